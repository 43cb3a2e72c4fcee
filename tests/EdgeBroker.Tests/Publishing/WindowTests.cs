using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests.Publishing
{
    /// <summary>Receive Maximum and Maximum Packet Size, in both directions.</summary>
    [TestClass]
    public class WindowTests
    {
        // [MQTT5-3.3.4-9] [MQTT5-4.9.0-1] [MQTT5-4.9.0-2] [MQTT5-4.9.0-3] [MQTT5-3.3.4-10]
        [TestMethod]
        public void NoMoreThanReceiveMaximumIsInFlightAndAllElseGoesOn()
        {
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = bench.Client(ProtocolLevel.V5, "s");
            subscriber.Options.ReceiveMaximum = 2;
            Assert.AreEqual("CONNACK 00", subscriber.Connect());
            Expect.Subscribed(subscriber, "t", 2);
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            publisher.AutoAcknowledge = true;
            publisher.Publish("t", "1", 2);
            publisher.Publish("t", "2", 1);
            publisher.Publish("t", "3", 1);
            publisher.Publish("t", "4", 2);
            Expect.All(subscriber, "PUBLISH t '1' q2 i1; PUBLISH t '2' q1 i2");

            publisher.Publish("t", "0", 0);
            Expect.All(subscriber, "PUBLISH t '0' q0");
            subscriber.Ping();
            Expect.All(subscriber, "PINGRESP");
            subscriber.Ack(PacketType.Pubrec, 1);
            Expect.All(subscriber, "PUBREL i1");
            subscriber.Subscribe("other", 0);
            Expect.All(subscriber, "SUBACK i2 00");
            subscriber.Ack(PacketType.Pubcomp, 1);
            Expect.All(subscriber, "PUBLISH t '3' q1 i3");
            subscriber.Ack(PacketType.Puback, 2, ReasonCode.NotAuthorized);
            Expect.All(subscriber, "PUBLISH t '4' q2 i4");
            subscriber.Ack(PacketType.Pubrec, 4, ReasonCode.NotAuthorized);
            subscriber.Ack(PacketType.Puback, 3);
            Expect.Nothing(subscriber);
            subscriber.Disconnect();
            publisher.Disconnect();
            Leaks.AssertNone(bench);
        }

        [TestMethod]
        public void BrokersOwnBoundHoldsForOlderClientsToo()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.ReceiveMax = 1;
            SimClient subscriber = Expect.Subscriber(bench, ProtocolLevel.V311, "s", "t", 1);
            SimClient publisher = bench.Connect(ProtocolLevel.V311, "p");
            publisher.Publish("t", "1", 1);
            publisher.Publish("t", "2", 1);

            Expect.All(subscriber, "PUBLISH t '1' q1 i1");
            subscriber.Ack(PacketType.Puback, 1);
            Expect.All(subscriber, "PUBLISH t '2' q1 i2");
        }

        // [MQTT5-3.3.4-7]
        [TestMethod]
        public void MoreOpenQoS2MessagesThanAnnouncedEndAConnectionOf5()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.ReceiveMax = 2;
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            publisher.Publish("t", "1", 2);
            publisher.Publish("t", "2", 2);
            publisher.Publish("t", "3", 1);
            Expect.All(publisher, "PUBREC i1; PUBREC i2; PUBACK i3 10");
            publisher.Publish("t", "4", 2);

            Expect.Disconnected(publisher, ReasonCode.ReceiveMaximumExceeded);
        }

        [TestMethod]
        public void PubrelMakesRoomForTheNextMessage()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.ReceiveMax = 1;
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            for (int i = 1; i <= 5; i++)
            {
                publisher.Publish("t", "x", 2);
                Expect.Next(publisher, "PUBREC i" + i);
                publisher.Ack(PacketType.Pubrel, i);
                Expect.Next(publisher, "PUBCOMP i" + i);
            }
        }

        // A 3.1.1 Client can't be told a bound: 64 are allowed whatever the limit, then it has to go.
        [TestMethod]
        public void OlderClientMayLeave64QoS2MessagesOpen()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.ReceiveMax = 2;
            SimClient publisher = bench.Connect(ProtocolLevel.V311, "p");
            for (int i = 1; i <= 64; i++)
            {
                publisher.Publish("t", "x", 2);
                Expect.Next(publisher, "PUBREC i" + i);
            }

            publisher.Publish("t", "x", 2);
            Expect.All(publisher, "closed");
            Assert.AreEqual(ReasonCode.ReceiveMaximumExceeded, bench.Events.LastDetail(BrokerEvent.ServerDisconnected));
        }

        // [MQTT5-3.1.2-24] [MQTT5-3.1.2-25]
        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(2)]
        public void MessageTooLargeForTheSubscriberCountsAsSent(int qos)
        {
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = bench.Client(ProtocolLevel.V5, "s");
            subscriber.Options.CleanStart = false;
            subscriber.Options.SessionExpiryIntervalS = 100;
            subscriber.Options.MaximumPacketSize = 50;
            Assert.AreEqual("CONNACK 00", subscriber.Connect());
            Expect.Subscribed(subscriber, "t", qos);
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            publisher.AutoAcknowledge = true;
            int overhead = qos == 0 ? 6 : 8;
            publisher.Publish("t", new string('x', 50 - overhead), qos);
            publisher.Publish("t", new string('y', 51 - overhead), qos);
            publisher.Publish("t", "z", qos);
            Expect.Next(subscriber, "PUBLISH t '" + new string('x', 50 - overhead) + "' q" + qos + (qos == 0 ? "" : " i1"));
            Expect.Next(subscriber, "PUBLISH t 'z' q" + qos + (qos == 0 ? "" : " i2"));
            Assert.AreEqual(1L, bench.Broker.Counters.Drops[DropReason.TooLarge]);

            subscriber.Disconnect();
            publisher.Publish("t", new string('y', 51 - overhead), qos);
            publisher.Publish("t", "a", qos);
            bench.Run();
            Assert.AreEqual("CONNACK 00 present", subscriber.Connect());
            string text = subscriber.NextAll();
            Assert.IsTrue(text.IndexOf("yyy") < 0, text);
            Assert.AreEqual(qos > 0, text.EndsWith("PUBLISH t 'a' q" + qos + " i3"), text);
        }

        // What was sent before and is too large now is complete, and opens no place in the window that was not taken.
        [TestMethod]
        public void MessageTooLargeToBeSentAgainDoesNotWidenTheWindow()
        {
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = Expect.DurableSubscriber(bench, ProtocolLevel.V5, "s", "t", 1);
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            publisher.Publish("t", new string('x', 60), 1);
            publisher.Publish("t", new string('y', 60), 1);
            publisher.Publish("t", "1", 1);
            publisher.Publish("t", "2", 1);
            bench.Run();
            subscriber.Reset();
            subscriber.Options.MaximumPacketSize = 50;
            subscriber.Options.ReceiveMaximum = 1;
            Assert.AreEqual("CONNACK 00 present", subscriber.Connect());
            Expect.All(subscriber, "PUBLISH t '1' q1 i3 dup");
            subscriber.Ack(PacketType.Puback, 3);
            Expect.All(subscriber, "PUBLISH t '2' q1 i4 dup");
            Assert.AreEqual(2L, bench.Broker.Counters.Drops[DropReason.TooLarge]);
        }

        // [MQTT5-3.1.2-24]: what the broker has to tell does not fit, and CONNACK is the largest packet without a payload, so no
        // acknowledgement can be too large for a Client that is connected.
        [TestMethod]
        [DataRow(15, "closed")]
        [DataRow(16, "CONNACK 00")]
        public void ClientThatCantTakeConnackIsClosed(int maximumPacketSize, string answer)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Client(ProtocolLevel.V5, "c");
            client.Options.MaximumPacketSize = maximumPacketSize;

            Assert.AreEqual(answer, client.Connect());
            client.Disconnect();
            Leaks.AssertNone(bench);
        }

        // [MQTT5-3.2.2-15]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void PacketLargerThanAnnouncedEndsTheConnectionBeforeItIsAllThere(int level)
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.PacketSizeMax = 256;
            SimClient subscriber = Expect.Subscriber(bench, ProtocolLevel.V5, "s", "t", 0);
            SimClient publisher = bench.Connect(level, "p");
            int room = level == ProtocolLevel.V5 ? 249 : 250;
            publisher.Publish("t", new string('x', room), 0);
            Expect.Next(subscriber, "PUBLISH t '*" + room + "' q0");
            publisher.SendHex("30 FE 01 00 01 74");
            Expect.Disconnected(publisher, ReasonCode.PacketTooLarge);
        }
    }
}
