namespace EdgeBroker.PowerLoss.Tests
{
    /// <content>A world that has a bit of everything on its flash.</content>
    internal static partial class Scripts
    {
        /// <summary>The settings of <see cref="Ruin"/>.</summary>
        internal static Settings Ruins() => Make([5, 4, 5, 5, 4], [Long, Long, Long, Long, Long]);

        /// <summary>Some Sessions are away with queues, some in the middle of deliveries, some have everything.</summary>
        internal static void Ruin(World world)
        {
            Prng prng = world.Prng;
            for (int i = 0; i < 3; i++)
            {
                int index = i;
                world.Do(p => p[index].Connect());
                world.Do(p => p[index].Subscribe("a", index + 2));
                world.Do(p => p[index].Subscribe(index == 1 ? "b" : "c/#", index + 5));
            }

            // One that seldom gets anything, so that nothing later tells what it has.
            world.Do(p => p[4].Connect());
            world.Do(p => p[4].Subscribe("w", 9));
            world.Do(p => p[4].Disconnect());
            world.Do(p => p[3].Connect());
            world.Do(p => p[1].Disconnect());
            world.Do(p => p[0].ReceiveMaximum = 3);
            for (int i = 0; i < 40; i++)
            {
                string topic = Topics.Names[prng.Below(3)];
                int qos = 1 + prng.Below(2);
                int padding = prng.Below(60);
                world.Do(p => p[0].AutoAck = !prng.OneIn(2));
                world.Do(p => p[3].Publish(topic, qos, false, padding));
                world.Do(p => p[0].Acknowledge(prng.Below(3)));
                if (i is 10 or 33)
                {
                    world.Do(p => p[3].Publish("w", qos));
                }

                if (i % 7 == 6)
                {
                    world.Do(p => p[0].Drop(false));
                    world.Do(p => p[2].Subscribe("b", 2 + prng.Below(8)));
                    world.Do(p => p[3].Publish(Topics.Retained + "1", qos, true, padding));
                    world.Do(p => p[0].Connect());
                }

                world.Advance(prng.Below(400));
            }
        }
    }
}
