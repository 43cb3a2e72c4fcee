namespace EdgeBroker.PowerLoss.Tests
{
    /// <content>More of them.</content>
    internal static partial class Scripts
    {
        private static void Shared(World world)
        {
            for (int i = 0; i < 3; i++)
            {
                int index = i;
                world.Do(p => p[index].Connect());
                world.Do(p => p[index].Subscribe("$share/g/s", index + 2));
            }

            world.Do(p => p[3].Connect());
            world.Do(p => p[0].Disconnect());
            world.Do(p => p[1].AutoAck = false);
            for (int i = 0; i < 4; i++)
            {
                world.Do(p => p[3].Publish("s", 1));
                world.Do(p => p[3].Publish("s", 2));
                world.Do(p => p[3].Publish("s", 1));
                world.Advance(200);
                world.Do(p => p[1].Acknowledge(1));
            }

            world.Do(p => p[1].Drop(false));
            world.Do(p => p[3].Publish("s", 1));
            world.Do(p => p[2].Disconnect());
            world.Do(p => p[3].Publish("s", 1));

            // What it has goes to the others.
            world.Do(p => p[1].Connect(clean: true));
            world.Do(p => p[0].Connect());
            world.Do(p => p[0].Unsubscribe("$share/g/s"));
            world.Do(p => p[3].Publish("s", 2));
        }

        private static void Subscribe(World world)
        {
            world.Do(p => p[0].Connect());
            world.Do(p => p[1].Connect());
            for (int i = 0; i < 3; i++)
            {
                int variant = i;
                world.Do(p => p[0].Subscribe("a", 2 + variant));
                world.Do(p =>
                {
                    p[0].Subscribe("c/#", 6 + variant);
                    p[0].Subscribe("+/d", 12 - variant);
                });
                world.Do(p => p[1].Subscribe("b"));
                world.Do(p => p[1].Publish("a", 2));
                world.Do(p => p[1].Publish("c/d", 1));
                world.Do(p => p[0].Unsubscribe("+/d"));
                world.Do(p => p[0].Unsubscribe("b"));
                world.Do(p => p[1].Publish("c/d", 2));
                world.Do(p =>
                {
                    p[1].Unsubscribe("b");
                    p[0].Publish("b", 2);
                });
            }
        }

        private static void Sessions(World world)
        {
            for (int i = 0; i < 3; i++)
            {
                world.Do(p => p[0].Connect());
                world.Do(p => p[1].Connect());
                world.Do(p => p[0].Subscribe("a", 2));
                world.Do(p => p[1].Subscribe("a"));
                world.Do(p => p[0].Disconnect());
                world.Do(p => p[2].Connect());
                world.Do(p => p[2].Publish("a", 1));
                world.Do(p => p[1].Connect());
                world.Do(p => p[1].Disconnect());
                world.Do(p => p[2].Publish("a", 2));
                world.Do(p => p[0].Connect(clean: true));
                world.Do(p => p[0].Subscribe("a", 4));
                world.Do(p => p[2].Publish("a", 2));
                world.Do(p => p[1].Connect(clean: i == 1));
                world.Do(p => p[0].Disconnect(expiryS: 0));
                world.Do(p => p[2].Disconnect());
            }
        }

        private static void Expiry(World world)
        {
            world.Do(p => p[2].Connect());
            for (int i = 0; i < 3; i++)
            {
                world.Do(p => p[0].Connect());
                world.Do(p => p[1].Connect());
                world.Do(p => p[0].Subscribe("a", 2));
                world.Do(p => p[1].Subscribe("a", 3));
                world.Do(p => p[0].Disconnect(expiryS: i == 1 ? 40 : -1));
                world.Do(p => p[1].Drop(false));
                world.Do(p => p[2].Publish("a", 1));
                world.Advance(4000);
                world.Do(p => p[2].Publish("a", 2));
                world.Do(p => p[1].Connect());
                world.Do(p => p[1].Disconnect(expiryS: 15));
                world.Advance(12000);
                world.Do(p => p[0].ExpiryS = i == 0 ? 30 : 10);
                world.Do(p => p[0].Connect());
                world.Do(p => p[0].Disconnect());
                world.Advance(11500);
            }
        }

        private static void WillScript(World world)
        {
            world.Do(p => p[2].Connect());
            world.Do(p => p[2].Subscribe("w"));
            world.Do(p => p[0].ReturnsAtOnce = false);
            world.Do(p => p[0].Connect(willDelayS: 0));
            world.Do(p => p[0].Drop(false));
            world.Do(p => p[0].Connect(willDelayS: 0));
            world.Do(p => p[0].Disconnect());
            world.Do(p => p[1].Connect(willDelayS: 40));
            world.Do(p => p[0].Connect(willDelayS: 3));
            world.Do(p => p[0].Drop(true));
            world.Advance(2000);
            world.Do(p => p[0].Connect(willDelayS: 2));
            world.Do(p => p[0].Drop(false));
            world.Do(p => p[2].Disconnect());
            world.Advance(3000);
            world.Do(p => p[0].Connect(willDelayS: 0));
            world.Do(p => p[1].Connect(willDelayS: 0));
            world.Do(p => p[0].Disconnect(withWill: true));
            world.Do(p => p[1].Drop(false));
            world.Do(p => p[0].Connect(willDelayS: 0));
            world.Do(p => p[0].Connect(clean: true, willDelayS: 0));
            world.Do(p => p[1].Connect(willDelayS: 5));
            world.Do(p => p[1].Publish("a", 2));
            world.Do(p => p[2].Connect());
            world.Do(p => p[2].Connect(willDelayS: 0));
            world.Do(p => p[0].Publish("b", 2));
        }

        private static void RetainedScript(World world)
        {
            world.Do(p => p[0].Connect());
            world.Do(p => p[1].Connect());
            world.Do(p => p[1].Subscribe("r/#"));
            for (int i = 0; i < 3; i++)
            {
                int qos = i;
                world.Do(p => p[0].Publish("r/1", 1, true));
                world.Do(p => p[0].Publish("r/2", qos, true));
                world.Do(p => p[0].Publish("r/1", qos, true, 50));
                world.Do(p =>
                {
                    p[0].Publish("r/3", 2, true);
                    p[0].Publish("r/2", 1, true, -1);
                });
                world.Advance(i == 1 ? 11000 : 3000);
                world.Do(p => p[0].Publish("r/1", 2, true));
                world.Do(p => p[1].Subscribe("r/#", 2));
                world.Do(p => p[0].Publish("r/1", qos, true, -1));
                world.Do(p => p[0].Publish("r/3", qos, true));
                world.Do(p => p[0].Publish("r/2", 1, true));
                world.Advance(1000);
            }
        }

        private static void BurstScript(World world)
        {
            world.Do(p => p[0].Connect());
            world.Do(p => p[0].Subscribe("a"));
            world.Do(p => p[0].Subscribe("b"));
            world.Do(p => p[0].Subscribe("w"));
            world.Do(p => p[0].Disconnect());
            world.Do(p => p[1].IdentifiersMax = 16);
            world.Do(p => p[2].IdentifiersMax = 16);
            world.Do(p => p[1].Connect(willDelayS: 0));
            world.Do(p => p[2].Connect(willDelayS: 0));
            for (int i = 0; i < 2; i++)
            {
                int qos = 2 - i;
                world.Do(p =>
                {
                    for (int message = 0; message < 12; message++)
                    {
                        p[1].Publish("a", qos, false, 350);
                        p[2].Publish("b", 3 - qos, false, 350);
                    }

                    p[2].Drop(true);
                });
                world.Do(p => p[2].Connect(willDelayS: 0));
            }

            world.Do(p => p[0].Connect());
        }

        private static void DropScript(World world)
        {
            world.Do(p => p[0].Connect());
            world.Do(p => p[0].Subscribe("a"));
            world.Do(p => p[0].Disconnect());
            world.Do(p => p[1].Connect());
            for (int i = 0; i < 2; i++)
            {
                for (int message = 0; message < 14; message++)
                {
                    int qos = 1 + (message % 2);
                    world.Do(p => p[1].Publish("a", qos, false, 100));
                }

                world.Do(p => p[0].Connect());
                world.Do(p => p[0].Disconnect());
            }
        }

        private static void Churn(World world)
        {
            world.Do(p => p[0].Connect());
            world.Do(p => p[0].Subscribe("a", 2));
            world.Do(p => p[2].Connect());
            world.Do(p => p[2].Subscribe("b", 2));
            world.Do(p => p[1].Connect());
            world.Do(p => p[0].Disconnect());
            for (int i = 0; i < 60; i++)
            {
                int qos = 1 + (i % 2);
                world.Do(p => p[1].Publish("a", qos, false, 200));
                world.Do(p => p[1].Publish("b", qos, false, 200));
                world.Do(p => p[1].Publish("r/1", qos, true, 100));
                if (i % 6 == 5)
                {
                    world.Do(p => p[0].Connect());
                    world.Do(p => p[0].Disconnect());
                    world.Do(p => p[2].Connect(willDelayS: 1));
                    world.Advance(6000);
                }
            }
        }
    }
}
