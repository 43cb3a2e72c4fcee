namespace EdgeBroker.PowerLoss.Tests
{
    /// <content>Clients that take nothing, messages that expire, and Clients that come back while the storage fails.</content>
    internal static partial class Scripts
    {
        private static void Deaf(World world)
        {
            world.Do(p => p[0].Connect());
            world.Do(p => p[0].Subscribe("a", 2));
            world.Do(p => p[0].Subscribe("b", 3));
            world.Do(p => p[1].Connect());
            for (int i = 0; i < 3; i++)
            {
                int variant = 4 + i;
                world.Do(p => p[0].Reads = false);
                world.Do(p => p[1].Publish("a", 1));
                world.Do(p => p[1].Publish("b", 1));
                world.Advance(100);
                world.Do(p => p[1].Subscribe("b", variant));
                world.Advance(250);
                world.Do(p => p[1].Publish("b", 2));
                world.Do(p => p[1].Publish("a", 1));
                world.Do(p => p[0].Reads = true);
                world.Do(p => p[1].Publish("a", 1));
            }
        }

        private static void Expiring(World world)
        {
            world.Do(p => p[0].Connect());
            world.Do(p => p[0].Subscribe("a", 2));
            world.Do(p => p[2].Connect());
            world.Do(p => p[2].Subscribe("a", 3));
            world.Do(p => p[2].Disconnect());
            world.Do(p => p[1].Connect());
            for (int i = 0; i < 3; i++)
            {
                int qos = 1 + (i % 2);
                world.Do(p => p[0].Disconnect());
                world.Do(p => p[1].Publish("a", qos, expiryS: 8));
                world.Do(p => p[1].Publish("a", 3 - qos, expiryS: 2000));
                world.Do(p => p[1].Publish("a", qos, expiryS: 20));
                world.Advance(3000);
                world.Do(p => p[2].Connect());
                world.Do(p => p[2].Disconnect());
                world.Do(p => p[1].Publish("a", qos, expiryS: 8));
                world.Advance(9000);
                world.Do(p => p[0].Connect());
            }
        }

        // What was retained before a SUBSCRIBE is owed once SUBACK has come.
        private static void Owed(World world)
        {
            world.Do(p => p[1].Connect());
            for (int i = 1; i <= 8; i++)
            {
                int number = i;
                world.Do(p => p[1].Publish(Topics.Retained + number, 1 + (number % 2), true, number));
            }

            world.Do(p => p[0].ReceiveMaximum = 2);
            world.Do(p => p[0].Connect());
            world.Do(p => p[0].AutoAck = false);
            world.Do(p => p[0].Subscribe("r/#", 2));
            world.Do(p => p[1].Subscribe("b", 3));
            for (int i = 0; i < 4; i++)
            {
                world.Do(p => p[0].Acknowledge(2));
                world.Do(p => p[1].Publish("r/9", 2, true));
                world.Do(p => p[0].Acknowledge(2));
                if (i == 2)
                {
                    Return(world, 0);
                }
            }
        }

        // The expiry that DISCONNECT gives counts after a cut as well.
        private static void Terms(World world)
        {
            for (int i = 0; i < 2; i++)
            {
                world.Do(p => p[0].Connect());
                world.Do(p => p[0].Subscribe("a", 2 + (i * 2)));
                world.Do(p => p[1].Connect());
                world.Do(p => p[0].Disconnect(expiryS: 60));
                world.Do(p => p[1].Publish("a", 2));
                world.Advance(12000);
                world.Do(p => p[1].Publish("a", 1));
                world.Do(p => p[0].Connect());
                world.Do(p => p[0].Disconnect(expiryS: 20));
                world.Do(p => p[1].Publish("a", 2));
                world.Advance(25000);
            }
        }

        private static void Stubborn(World world)
        {
            world.Do(p => p[0].Connect());
            world.Do(p => p[0].Subscribe("a", 2));
            world.Do(p => p[1].Connect());
            world.Do(p => p[2].Connect());
            for (int i = 0; i < 2; i++)
            {
                world.Do(p => p[0].AutoAck = false);
                world.Do(p => p[1].Publish("a", 2));
                world.Do(p => p[1].Publish("a", 2));
                world.Do(p => p[0].Acknowledge(1));
                Return(world, 0);
                world.Do(p => p[0].Acknowledge(2));
                Return(world, 0);
                world.Do(p => p[0].AutoAck = true);
                world.Do(p => p[1].Publish("a", 2));
                Return(world, 1);
                world.Do(p => p[1].Publish("a", 2));
                world.Do(p => p[0].Subscribe("b", 4));
                Return(world, 0);
                world.Do(p => p[0].Unsubscribe("b"));
                Return(world, 0);
                world.Do(p => p[2].Connect(clean: true));
                world.Do(p =>
                {
                    p[2].Drop(false);
                    p[2].Connect(clean: true);
                });
                world.Do(p => p[2].Disconnect());
                world.Do(p => p[1].Publish("a", 1));
                world.Do(p => p[1].Publish("a", 1));
                world.Do(p => p[2].Connect());
            }
        }

        // What the one that was chosen has not taken goes to one that is away.
        private static void HandedOver(World world)
        {
            for (int i = 0; i < 3; i++)
            {
                int index = i;
                world.Do(p => p[index].Connect());
                world.Do(p => p[index].Subscribe("$share/g/s", index + 2));
            }

            world.Do(p => p[3].Connect());
            world.Do(p => p[0].Disconnect());
            world.Do(p => p[2].Disconnect());
            world.Do(p => p[1].Reads = false);
            for (int i = 0; i < 3; i++)
            {
                world.Do(p => p[3].Publish("s", 1));
            }

            world.Advance(500);
            world.Do(p => p[1].Connect(clean: true));
            for (int i = 2; i < 6; i++)
            {
                int variant = i;
                world.Do(p => p[3].Subscribe("b", variant));
            }

            world.Do(p => p[0].Connect());
            world.Do(p => p[3].Publish("s", 1));
        }

        private static void Return(World world, int peer)
        {
            world.Do(p =>
            {
                p[peer].Drop(false);
                p[peer].Connect();
            });
        }
    }
}
