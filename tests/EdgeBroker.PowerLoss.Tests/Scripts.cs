using EdgeBroker.Limits;
using EdgeBroker.Protocol;

namespace EdgeBroker.PowerLoss.Tests
{
    /// <summary>Short scenarios, each about one rule of what an acknowledgement promises.</summary>
    internal static partial class Scripts
    {
        private const long Long = 100000;

        internal static readonly Scenario[] All =
        [
            new("queue", _ => Two(ProtocolLevel.V5, ProtocolLevel.V311), Queue),
            new("queue311", _ => Two(ProtocolLevel.V311, ProtocolLevel.V5), Queue),
            new("online", _ => Two(ProtocolLevel.V5, ProtocolLevel.V5), Online),
            new("online311", _ => Two(ProtocolLevel.V311, ProtocolLevel.V311), Online),
            new("slow", _ => Two(ProtocolLevel.V5, ProtocolLevel.V311), Slow),
            new("publisher", _ => Two(ProtocolLevel.V5, ProtocolLevel.V5), Publisher),
            new("own", _ => Two(ProtocolLevel.V5, ProtocolLevel.V311), Own),
            new("fan-out", _ => Make([5, 4, 5, 5], [Long, Long, Long, 0]), FanOut),
            new("shared", _ => Make([5, 5, 4, 5], [Long, Long, Long, Long]), Shared),
            new("subscribe", _ => Two(ProtocolLevel.V5, ProtocolLevel.V311), Subscribe),
            new("sessions", _ => Make([5, 4, 5], [Long, Long, 0]), Sessions),
            new("expiry", _ => Make([5, 5, 4], [20, 7, Long]), Expiry),
            new("wills", _ => Wills(), WillScript),
            new("retained", _ => Make([5, 4], [Long, Long]), RetainedScript),
            new("burst", _ => Burst(), BurstScript),
            new("drop", _ => Drop(), DropScript),
            new("relaxed", _ => Relaxed(), Online),
            new("cold", _ => Cold(), Sessions),
            new("small", _ => Small(), Churn),
            new("deaf", _ => Two(ProtocolLevel.V5, ProtocolLevel.V311), Deaf),
            new("message-expiry", _ => Make([5, 5, 4], [Long, Long, Long]), Expiring),
            new("owed", _ => Two(ProtocolLevel.V5, ProtocolLevel.V311), Owed),
            new("owed311", _ => Two(ProtocolLevel.V311, ProtocolLevel.V5), Owed),
            new("terms", _ => Make([5, 4], [5, Long]), Terms),
            new("handed-over", _ => Make([5, 5, 4, 5], [Long, Long, Long, Long]), HandedOver),
            new("stubborn", _ => Make([5, 5, 4], [Long, Long, Long]), Stubborn),
        ];

        private static Settings Make(int[] levels, long[] expiriesS) => new() { Levels = levels, ExpiriesS = expiriesS };

        // A durable subscriber, and a durable publisher.
        private static Settings Two(int level, int publisherLevel) => Make([level, publisherLevel], [Long, Long]);

        private static Settings Wills()
        {
            Settings settings = Make([5, 5, 4], [Long, Long, Long]);
            settings.RestMs = 75000;
            return settings;
        }

        private static Settings Burst()
        {
            Settings settings = Make([5, 5, 5], [Long, Long, Long]);
            settings.StoreBytesMax = 32768;
            return settings;
        }

        private static Settings Drop()
        {
            Settings settings = Make([5, 5], [Long, Long]);
            settings.SessionQueueBytesMax = 1500;
            settings.QueueFull = QueueFullPolicy.DropOldest;
            return settings;
        }

        private static Settings Relaxed()
        {
            Settings settings = Two(ProtocolLevel.V5, ProtocolLevel.V5);
            settings.Mode = StoreMode.Relaxed;
            return settings;
        }

        private static Settings Cold()
        {
            Settings settings = Make([5, 4, 5], [Long, Long, 0]);
            settings.IsCold = true;
            return settings;
        }

        private static Settings Small()
        {
            Settings settings = Make([5, 4, 5], [Long, Long, Long]);
            settings.StoreBytesMax = 24576;
            settings.MayRefuse = true;
            return settings;
        }

        private static void Queue(World world)
        {
            world.Do(p => p[0].Connect());
            world.Do(p => p[0].Subscribe("a", 4));
            world.Do(p => p[0].Subscribe("b", 3));
            world.Do(p => p[0].Disconnect());
            world.Do(p => p[1].Connect());
            for (int i = 0; i < 4; i++)
            {
                world.Do(p => p[1].Publish("a", 1));
                world.Do(p => p[1].Publish("b", 2, false, 40));
                world.Do(p =>
                {
                    p[1].Publish("a", 2);
                    p[1].Publish("b", 1);
                });
            }

            world.Do(p => p[0].Connect());
            world.Do(p => p[1].Publish("a", 2));
            world.Do(p => p[0].Disconnect());
            world.Do(p => p[1].Publish("a", 2));
        }

        private static void Online(World world)
        {
            world.Do(p => p[0].Connect());
            world.Do(p => p[0].Subscribe("a", 2));
            world.Do(p => p[0].Subscribe("b", 1));
            world.Do(p => p[1].Connect());
            for (int i = 0; i < 5; i++)
            {
                world.Do(p => p[1].Publish("a", 2));
                world.Do(p => p[1].Publish("b", 2));
                world.Do(p => p[1].Publish("a", 1));
                world.Do(p => p[0].AutoAck = i % 2 == 0);
                world.Do(p => p[1].Publish("a", 2));
                world.Do(p => p[0].Acknowledge(1));
                world.Advance(250);
            }
        }

        private static void Slow(World world)
        {
            world.Do(p => p[0].Connect());
            world.Do(p => p[0].Subscribe("a"));
            world.Do(p => p[0].Subscribe("b"));
            world.Do(p => p[1].Connect());
            world.Do(p => p[0].ReceiveMaximum = 3);
            world.Do(p => p[0].AutoAck = false);
            for (int i = 0; i < 6; i++)
            {
                world.Do(p => p[1].Publish("a", 1));
                world.Do(p => p[1].Publish("b", 1));
                world.Advance(i % 2 == 0 ? 100 : 301);
                world.Do(p => p[0].Acknowledge(1));
                world.Do(p => p[1].Publish("b", 2));
            }

            world.Do(p => p[1].Publish("a", 1));
            world.Do(p => p[1].Drop(false));
            world.Do(p => p[0].Acknowledge(2));
            world.Do(p => p[1].Connect());
            world.Do(p => p[1].Publish("a", 1));
            world.Do(p => p[0].Drop(false));
            world.Do(p => p[1].Publish("a", 1));
            world.Do(p => p[0].AutoAck = true);
            world.Do(p => p[0].Connect());
        }

        private static void Publisher(World world)
        {
            world.Do(p => p[0].Connect());
            world.Do(p => p[0].Subscribe("a"));
            world.Do(p => p[1].IdentifiersMax = 2);
            world.Do(p => p[1].Connect());
            for (int i = 0; i < 8; i++)
            {
                world.Do(p => p[1].Publish("a", 2));
                world.Do(p =>
                {
                    p[1].Publish("a", 2);
                    p[1].Publish("b", 2);
                });
                if (i % 3 == 2)
                {
                    world.Do(p => p[1].Publish("a", 2));
                    world.Do(p => p[1].Drop(false));
                    world.Do(p => p[1].Connect());
                }
            }
        }

        private static void Own(World world)
        {
            foreach (string filter in new[] { "a", "c/#", "+/d" })
            {
                world.Do(p => p[0].Connect());
                world.Do(p => p[0].Subscribe(filter, 3));
                world.Do(p => p[1].Connect());
                world.Do(p => p[1].Subscribe(filter, 2));
                for (int qos = 1; qos < 3; qos++)
                {
                    world.Do(p => p[0].Publish("a", qos));
                    world.Do(p => p[1].Publish("c/d", qos));
                    world.Do(p =>
                    {
                        p[0].Publish("c/d", qos);
                        p[0].Drop(true);
                    });
                    world.Do(p => p[0].Connect());
                }
            }
        }

        private static void FanOut(World world)
        {
            foreach (int i in new[] { 0, 1, 2 })
            {
                world.Do(p => p[i].Connect());
                world.Do(p => p[i].Subscribe("a", i + 2));
                world.Do(p => p[i].Subscribe("c/#", i + 5));
            }

            world.Do(p => p[3].Connect());
            world.Do(p => p[0].Disconnect());
            world.Do(p => p[1].AutoAck = false);
            for (int i = 0; i < 3; i++)
            {
                world.Do(p => p[3].Publish("a", 1));
                world.Do(p => p[3].Publish("c/d", 2, false, 100));
                world.Do(p => p[3].Publish("a", 2));
                world.Do(p => p[1].Acknowledge(2));
                world.Advance(200);
            }

            world.Do(p => p[0].Connect());
            world.Do(p => p[2].Disconnect());
            world.Do(p => p[3].Publish("c/d", 1));
            world.Do(p => p[1].Connect(clean: true));
            world.Do(p => p[3].Publish("a", 2));
        }
    }
}
