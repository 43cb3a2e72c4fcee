using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests.Keeping
{
    /// <summary>What a durable Session is sent when its Client comes back, and Packet Identifiers.</summary>
    [TestClass]
    public class RedeliveryTests
    {
        // [MQTT-4.4.0-1] [MQTT5-4.4.0-1] [MQTT-3.3.1-1] [MQTT5-3.3.1-1] [MQTT-4.6.0-6] [MQTT5-4.6.0-5] [MQTT5-4.6.0-6]
        // [MQTT-4.3.3-1] [MQTT5-4.3.3-6] [MQTT5-4.8.2-4]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void UnacknowledgedPacketsAreSentAgainInOrderWithTheirIdentifiers(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = Expect.DurableSubscriber(bench, level, "s", "t", 2);
            SimClient publisher = bench.Connect(level, "p");
            publisher.AutoAcknowledge = true;
            publisher.Publish("t", "1", 1);
            publisher.Publish("t", "2", 2);
            publisher.Publish("t", "3", 2);
            publisher.Publish("t", "4", 1);
            publisher.Publish("t", "5", 2);
            bench.Run();
            subscriber.Ack(PacketType.Pubrec, 3);
            subscriber.Ack(PacketType.Puback, 4);
            bench.Run();
            subscriber.Reset();
            publisher.Publish("t", "6", 1);
            bench.Run();

            Assert.AreEqual("CONNACK 00 present", subscriber.Connect());
            Expect.All(
                subscriber,
                "PUBREL i3; PUBLISH t '1' q1 i1 dup; PUBLISH t '2' q2 i2 dup; PUBLISH t '5' q2 i5 dup; PUBLISH t '6' q1 i6");

            // Nothing is sent again while the connection lasts.
            bench.Advance(3600000);
            Expect.Nothing(subscriber);
            subscriber.Ack(PacketType.Puback, 1);
            subscriber.Ack(PacketType.Pubrec, 2);
            subscriber.Ack(PacketType.Pubcomp, 3);
            subscriber.Ack(PacketType.Pubrec, 5);
            subscriber.Ack(PacketType.Puback, 6);
            Expect.All(subscriber, "PUBREL i2; PUBREL i5");
            subscriber.Ack(PacketType.Pubcomp, 2);
            subscriber.Ack(PacketType.Pubcomp, 5);
            bench.Run();
            Assert.AreEqual(0, bench.Broker.Context.Deliveries.Count);
        }

        [TestMethod]
        public void MessageAcknowledgedInTheLastMomentIsNotSentAgain()
        {
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = Expect.DurableSubscriber(bench, ProtocolLevel.V311, "s", "t", 1);
            SimClient publisher = bench.Connect(ProtocolLevel.V311, "p");
            publisher.Publish("t", "1", 1);
            Expect.Next(subscriber, "PUBLISH t '1' q1 i1");
            subscriber.Ack(PacketType.Puback, 1);
            subscriber.Close();

            Assert.AreEqual("CONNACK 00 present", subscriber.Connect());
            Expect.Nothing(subscriber);
        }

        [TestMethod]
        public void SecondRedeliveryCountsAsRedeliveryToo()
        {
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = Expect.DurableSubscriber(bench, ProtocolLevel.V5, "s", "t", 1);
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            publisher.Publish("t", "1", 1);
            Expect.Next(subscriber, "PUBLISH t '1' q1 i1");
            for (int i = 0; i < 3; i++)
            {
                subscriber.Reset();
                Assert.AreEqual("CONNACK 00 present", subscriber.Connect());
                Expect.All(subscriber, "PUBLISH t '1' q1 i1 dup");
            }
        }

        // [MQTT-3.1.2-5] [MQTT-4.5.0-1] [MQTT5-4.5.0-1] [MQTT-4.3.1-1]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void MessagesOfQoS1And2AreKeptForTheAbsentAndThoseOfQoS0AreNot(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = Expect.DurableSubscriber(bench, level, "s", "t", 2);
            subscriber.Disconnect();
            SimClient publisher = bench.Connect(level, "p");
            publisher.AutoAcknowledge = true;
            publisher.Publish("t", "0", 0);
            publisher.Publish("t", "1", 1);
            publisher.Publish("t", "2", 2);
            bench.Run();

            Assert.AreEqual("CONNACK 00 present", subscriber.Connect());
            Expect.All(subscriber, "PUBLISH t '1' q1 i1; PUBLISH t '2' q2 i2");
        }

        // [MQTT-2.3.1-4] [MQTT5-2.2.1-4] [MQTT5-4.3.2-1] [MQTT5-4.3.3-1]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void PacketIdentifiersWrapAroundAndThoseInUseAreSkipped(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = Expect.DurableSubscriber(bench, level, "s", "t", 2);
            SimClient publisher = bench.Connect(level, "p");
            publisher.AutoAcknowledge = true;
            publisher.Publish("t", "first", 1);
            Expect.Next(subscriber, "PUBLISH t 'first' q1 i1");
            publisher.Publish("t", "second", 2);
            Expect.Next(subscriber, "PUBLISH t 'second' q2 i2");
            subscriber.Ack(PacketType.Pubrec, 2);
            Expect.Next(subscriber, "PUBREL i2");
            bench.Broker.Context.Sessions.Find(Bytes.OfText("s"), 0, 1).LastPacketIdentifier = 65533;

            for (int i = 0; i < 4; i++)
            {
                publisher.Publish("t", "x", 1);
            }

            Expect.All(
                subscriber, "PUBLISH t 'x' q1 i65534; PUBLISH t 'x' q1 i65535; PUBLISH t 'x' q1 i3; PUBLISH t 'x' q1 i4");
            subscriber.Ack(PacketType.Puback, 1);
            subscriber.Ack(PacketType.Pubcomp, 2);
            publisher.Publish("t", "y", 1);
            Expect.Next(subscriber, "PUBLISH t 'y' q1 i5");
        }

        // All identifiers of a window stay different over several rounds, whatever is acknowledged when.
        [TestMethod]
        public void IdentifiersInFlightAreNeverGivenTwice()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.ReceiveMax = 40;
            SimClient subscriber = Expect.Subscriber(bench, ProtocolLevel.V5, "s", "t", 1);
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            bool[] inUse = new bool[65536];
            int[] open = new int[40];
            int openCount = 0;
            uint random = 12345;
            for (int i = 0; i < 70000; i++)
            {
                if (openCount == open.Length)
                {
                    random = random * 1664525 + 1013904223;
                    int index = (int)(random >> 16) % (i % 1000 == 0 ? open.Length : open.Length / 2);
                    inUse[open[index]] = false;
                    subscriber.Ack(PacketType.Puback, open[index]);
                    openCount--;
                    open[index] = open[openCount];
                }

                publisher.Publish("t", "", 1);
                bench.Round();
                bench.Round();
                if (subscriber.InboxCount == 0)
                {
                    bench.Run();
                }

                subscriber.Next();
                int identifier = subscriber.Last.PacketIdentifier;
                Assert.IsFalse(inUse[identifier], "twice: " + identifier);
                inUse[identifier] = true;
                open[openCount++] = identifier;
                publisher.Next();
            }
        }

        // [MQTT5-3.3.4-9] [MQTT5-4.9.0-1]
        [TestMethod]
        public void RedeliveryRespectsASmallerWindow()
        {
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = Expect.DurableSubscriber(bench, ProtocolLevel.V5, "s", "t", 2);
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            publisher.AutoAcknowledge = true;
            for (int i = 1; i <= 4; i++)
            {
                publisher.Publish("t", i.ToString(), i % 2 + 1);
            }

            bench.Run();
            subscriber.Ack(PacketType.Pubrec, 1);
            bench.Run();
            subscriber.Reset();
            subscriber.Options.ReceiveMaximum = 2;
            Assert.AreEqual("CONNACK 00 present", subscriber.Connect());
            Expect.All(subscriber, "PUBREL i1; PUBLISH t '2' q1 i2 dup");
            subscriber.Ack(PacketType.Puback, 2);
            Expect.All(subscriber, "PUBLISH t '3' q2 i3 dup");
            subscriber.Ack(PacketType.Pubcomp, 1);
            Expect.All(subscriber, "PUBLISH t '4' q1 i4 dup");
        }
    }
}
