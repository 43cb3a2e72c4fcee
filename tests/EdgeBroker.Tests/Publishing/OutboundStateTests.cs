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
    /// <summary>
    /// Every state of a delivery to a Client against every acknowledgement, in both versions: what is answered, and whether
    /// the delivery is done.
    /// </summary>
    [TestClass]
    public class OutboundStateTests
    {
        private const string Error = "error";

        // [MQTT-2.3.1-6] [MQTT-4.3.2-1] [MQTT5-2.2.1-5] [MQTT5-4.3.2-2] [MQTT5-4.3.2-3] [MQTT-4.3.1-1] [MQTT5-4.3.1-1]
        [TestMethod]
        [DataRow("none", PacketType.Puback, "", 0)]
        [DataRow("none", PacketType.Pubrec, "PUBREL i1 92", 0)]
        [DataRow("none", PacketType.Pubcomp, "", 0)]
        [DataRow("puback", PacketType.Puback, "", 0)]
        [DataRow("puback", PacketType.Pubrec, Error, 1)]
        [DataRow("puback", PacketType.Pubcomp, Error, 1)]
        [DataRow("pubrec", PacketType.Puback, Error, 1)]
        [DataRow("pubrec", PacketType.Pubrec, "PUBREL i1", 1)]
        [DataRow("pubrec", PacketType.Pubcomp, Error, 1)]
        [DataRow("pubcomp", PacketType.Puback, Error, 1)]
        [DataRow("pubcomp", PacketType.Pubrec, "PUBREL i1", 1)]
        [DataRow("pubcomp", PacketType.Pubcomp, "", 0)]
        public void AcknowledgementInState(string state, int packetType, string answer, int left)
        {
            AssertRow(ProtocolLevel.V311, state, packetType, ReasonCode.Success, answer, left);
            AssertRow(ProtocolLevel.V5, state, packetType, ReasonCode.Success, answer, left);
        }

        // [MQTT5-4.4.0-2] [MQTT5-3.6.2-1] [MQTT5-3.7.2-1]
        [TestMethod]
        [DataRow("none", PacketType.Puback, ReasonCode.NotAuthorized, "", 0)]
        [DataRow("none", PacketType.Pubrec, ReasonCode.NotAuthorized, "", 0)]
        [DataRow("none", PacketType.Pubrec, ReasonCode.NoMatchingSubscribers, "PUBREL i1 92", 0)]
        [DataRow("none", PacketType.Pubcomp, ReasonCode.PacketIdentifierNotFound, "", 0)]
        [DataRow("puback", PacketType.Puback, ReasonCode.NotAuthorized, "", 0)]
        [DataRow("pubrec", PacketType.Pubrec, ReasonCode.NotAuthorized, "", 0)]
        [DataRow("pubrec", PacketType.Pubrec, ReasonCode.NoMatchingSubscribers, "PUBREL i1", 1)]
        [DataRow("pubcomp", PacketType.Pubrec, ReasonCode.NotAuthorized, "", 0)]
        [DataRow("pubcomp", PacketType.Pubcomp, ReasonCode.PacketIdentifierNotFound, "", 0)]
        public void AcknowledgementWithCodeInState(string state, int packetType, int code, string answer, int left)
        {
            AssertRow(ProtocolLevel.V5, state, packetType, code, answer, left);
        }

        // [MQTT-4.3.3-1] [MQTT5-4.3.3-2] [MQTT5-4.3.3-3] [MQTT5-4.3.3-4] [MQTT5-4.3.3-5]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void DeliveriesInFlightDoNotDisturbEachOther(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = Expect.Subscriber(bench, level, "s", "t", 2);
            SimClient publisher = bench.Connect(level, "p");
            publisher.Publish("t", "a", 2);
            publisher.Publish("t", "b", 1);
            publisher.Publish("t", "c", 2);
            Expect.All(subscriber, "PUBLISH t 'a' q2 i1; PUBLISH t 'b' q1 i2; PUBLISH t 'c' q2 i3");

            subscriber.Ack(PacketType.Pubrec, 3);
            Expect.Next(subscriber, "PUBREL i3");
            subscriber.Ack(PacketType.Pubrec, 1);
            Expect.Next(subscriber, "PUBREL i1");
            subscriber.Ack(PacketType.Pubcomp, 1);
            subscriber.Ack(PacketType.Puback, 2);
            subscriber.Ack(PacketType.Pubcomp, 3);
            Expect.Nothing(subscriber);
            Assert.AreEqual(0, bench.Broker.Context.Deliveries.Count);
        }

        [TestMethod]
        [DataRow("40 02 00 00")]
        [DataRow("41 02 00 01")]
        [DataRow("50 02 00 00")]
        [DataRow("60 02 00 01")]
        [DataRow("62 02 00 00")]
        [DataRow("70 01 00")]
        public void IllFormedAcknowledgementClosesTheConnection(string hex)
        {
            // 60 02: [MQTT-3.6.1-1]; identifier 0: [MQTT-2.3.1-1].
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(ProtocolLevel.V311, "c");
            client.SendHex(hex);

            Expect.All(client, "closed");
            Leaks.AssertNone(bench);
        }

        // [MQTT5-3.6.1-1] [MQTT5-4.13.1-1]
        [TestMethod]
        public void ReservedBitsOfPubrelAreMalformed()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(ProtocolLevel.V5, "c");
            client.SendHex("60 02 00 01");

            Expect.Disconnected(client, ReasonCode.MalformedPacket);
        }

        private static void AssertRow(int level, string state, int packetType, int code, string answer, int left)
        {
            string row = state + " " + packetType + " of level " + level;
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = InState(bench, level, state);
            subscriber.Ack(packetType, 1, code);
            string expected = answer;
            if (answer == Error)
            {
                expected = level == ProtocolLevel.V5 ? "DISCONNECT 82; closed" : "closed";
            }
            else if (level != ProtocolLevel.V5 && answer.EndsWith(" 92"))
            {
                expected = "PUBREL i1";
            }

            Assert.AreEqual(expected, subscriber.NextAll(), row);
            Assert.AreEqual(left, bench.Broker.Context.Deliveries.Count, row);
            if (answer != Error)
            {
                subscriber.Disconnect();
            }

            // Durable: what is left stays, nothing else does.
            Assert.AreEqual(left, bench.Broker.Context.Deliveries.Count, row);
            SimClient again = bench.Connect(level, "s");
            again.Disconnect();
            Leaks.AssertNone(bench);
        }

        private static SimClient InState(BrokerBench bench, int level, string state)
        {
            SimClient subscriber = Expect.DurableSubscriber(bench, level, "s", "t", 2);
            SimClient publisher = bench.Connect(level, "p");
            if (state == "puback")
            {
                publisher.Publish("t", "x", 1);
                Expect.Next(subscriber, "PUBLISH t 'x' q1 i1");
            }
            else if (state != "none")
            {
                publisher.Publish("t", "x", 2);
                Expect.Next(subscriber, "PUBLISH t 'x' q2 i1");
            }

            if (state == "pubcomp")
            {
                subscriber.Ack(PacketType.Pubrec, 1);
                Expect.Next(subscriber, "PUBREL i1");
            }

            publisher.Disconnect();
            return subscriber;
        }
    }
}
