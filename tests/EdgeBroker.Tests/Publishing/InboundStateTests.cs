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
    /// <summary>PUBLISH and PUBREL from a Client: every state of a Packet Identifier against every packet, in both versions.</summary>
    [TestClass]
    public class InboundStateTests
    {
        // [MQTT-3.3.4-1] [MQTT5-3.3.4-1] [MQTT-4.3.2-2] [MQTT5-4.3.2-4] [MQTT-3.3.1-2] [MQTT5-3.3.1-2]
        [TestMethod]
        [DataRow(ProtocolLevel.V311, 0, "")]
        [DataRow(ProtocolLevel.V311, 1, "PUBACK i1")]
        [DataRow(ProtocolLevel.V311, 2, "PUBREC i1")]
        [DataRow(ProtocolLevel.V5, 0, "")]
        [DataRow(ProtocolLevel.V5, 1, "PUBACK i1")]
        [DataRow(ProtocolLevel.V5, 2, "PUBREC i1")]
        public void PublishIsAnsweredByItsQoS(int level, int qos, string answer)
        {
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = Expect.Subscriber(bench, level, "s", "t", 0);
            SimClient publisher = bench.Connect(level, "p");
            publisher.Publish("t", "x", qos);

            Expect.All(publisher, answer);
            Expect.All(subscriber, "PUBLISH t 'x' q0");
        }

        // [MQTT5-3.4.2-1] [MQTT5-3.5.2-1]
        [TestMethod]
        [DataRow(ProtocolLevel.V311, 1, "PUBACK i1")]
        [DataRow(ProtocolLevel.V311, 2, "PUBREC i1")]
        [DataRow(ProtocolLevel.V5, 1, "PUBACK i1 10")]
        [DataRow(ProtocolLevel.V5, 2, "PUBREC i1")]
        public void MessageThatNobodyWantsIsAcknowledged(int level, int qos, string answer)
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(level, "p");
            publisher.Publish("t", "x", qos);

            Expect.All(publisher, answer);
        }

        // [MQTT5-4.3.2-5]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void SameIdentifierAtQoS1IsANewMessageWhateverTheDupFlag(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = Expect.Subscriber(bench, level, "s", "t", 0);
            SimClient publisher = bench.Connect(level, "p");
            publisher.PublishAgain("t", "a", 1, false, false, 7, null);
            publisher.PublishAgain("t", "b", 1, false, true, 7, null);

            Expect.All(publisher, "PUBACK i7; PUBACK i7");
            Expect.All(subscriber, "PUBLISH t 'a' q0; PUBLISH t 'b' q0");
        }

        // [MQTT-4.3.3-2] [MQTT5-4.3.3-8] [MQTT5-4.3.3-10] [MQTT5-4.3.3-11] [MQTT5-4.3.3-12]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void SameIdentifierAtQoS2IsTheSameMessageUntilPubrel(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = Expect.Subscriber(bench, level, "s", "t", 0);
            SimClient publisher = bench.Connect(level, "p");
            publisher.PublishAgain("t", "a", 2, false, false, 7, null);
            publisher.PublishAgain("t", "a", 2, false, true, 7, null);
            publisher.PublishAgain("t", "a", 2, false, false, 7, null);
            Expect.All(publisher, "PUBREC i7; PUBREC i7; PUBREC i7");
            Expect.All(subscriber, "PUBLISH t 'a' q0");

            publisher.Ack(PacketType.Pubrel, 7);
            Expect.All(publisher, "PUBCOMP i7");
            publisher.PublishAgain("t", "b", 2, false, true, 7, null);
            Expect.All(publisher, "PUBREC i7");
            Expect.All(subscriber, "PUBLISH t 'b' q0");
        }

        // [MQTT5-3.7.2-1]
        [TestMethod]
        [DataRow(ProtocolLevel.V311, "PUBCOMP i7")]
        [DataRow(ProtocolLevel.V5, "PUBCOMP i7 92")]
        public void PubrelForAnUnknownIdentifierIsAnswered(int level, string answer)
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(level, "p");
            publisher.Ack(PacketType.Pubrel, 7);

            Expect.All(publisher, answer);
        }

        [TestMethod]
        [DataRow(ProtocolLevel.V311, "PUBCOMP i7; PUBCOMP i7")]
        [DataRow(ProtocolLevel.V5, "PUBCOMP i7; PUBCOMP i7 92")]
        public void PubrelTwiceIsAnsweredTwice(int level, string answer)
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(level, "p");
            publisher.PublishAgain("t", "a", 2, false, false, 7, null);
            Expect.Next(publisher, "PUBREC i7");
            publisher.Ack(PacketType.Pubrel, 7);
            publisher.Ack(PacketType.Pubrel, 7);

            Expect.All(publisher, answer);
        }

        // [MQTT-4.4.0-1] [MQTT5-4.3.3-10]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void QoS2MessageSentAgainAfterReconnectIsDeliveredOnce(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = Expect.Subscriber(bench, level, "s", "t", 0);
            SimClient publisher = bench.ConnectDurable(level, "p");
            publisher.PublishAgain("t", "a", 2, false, false, 7, null);
            Expect.Next(publisher, "PUBREC i7");
            publisher.Reset();
            Assert.AreEqual("CONNACK 00 present", publisher.Connect());
            publisher.PublishAgain("t", "a", 2, false, true, 7, null);
            Expect.Next(publisher, "PUBREC i7");
            publisher.Ack(PacketType.Pubrel, 7);
            Expect.Next(publisher, "PUBCOMP i7");

            Expect.All(subscriber, "PUBLISH t 'a' q0");
        }

        [TestMethod]
        public void QoS2MessageSentAgainWithACleanStartIsANewOne()
        {
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = Expect.Subscriber(bench, ProtocolLevel.V311, "s", "t", 0);
            SimClient publisher = bench.ConnectDurable(ProtocolLevel.V311, "p");
            publisher.PublishAgain("t", "a", 2, false, false, 7, null);
            Expect.Next(publisher, "PUBREC i7");
            publisher.Reset();
            publisher.Options.CleanStart = true;
            Assert.AreEqual("CONNACK 00", publisher.Connect());
            publisher.PublishAgain("t", "a", 2, false, true, 7, null);

            Expect.Next(publisher, "PUBREC i7");
            Expect.All(subscriber, "PUBLISH t 'a' q0; PUBLISH t 'a' q0");
        }

        // [MQTT-3.3.1-4] [MQTT5-3.3.1-4] [MQTT-3.3.1-2] [MQTT-2.3.1-1] [MQTT5-2.2.1-3] [MQTT-3.3.2-1] [MQTT5-3.3.2-1]
        // [MQTT-3.3.2-2] [MQTT5-3.3.2-2] [MQTT-4.7.1-1] [MQTT5-4.7.0-1] [MQTT-4.7.3-1] [MQTT5-4.7.3-1] [MQTT-4.7.3-2]
        // [MQTT5-4.7.3-2] [MQTT5-1.5.4-1] [MQTT5-1.5.4-2] [MQTT5-2.1.3-1]
        [TestMethod]
        [DataRow("36 06 00 01 61 00 01 78", ReasonCode.MalformedPacket)]
        [DataRow("38 04 00 01 61 78", ReasonCode.MalformedPacket)]
        [DataRow("32 06 00 01 61 00 00 78", ReasonCode.ProtocolError)]
        [DataRow("30 03 00 00 78", ReasonCode.ProtocolError)]
        [DataRow("30 04 00 01 23 78", ReasonCode.MalformedPacket)]
        [DataRow("30 06 00 03 61 2F 2B 78", ReasonCode.MalformedPacket)]
        [DataRow("30 04 00 01 00 78", ReasonCode.MalformedPacket)]
        [DataRow("30 04 00 01 80 78", ReasonCode.MalformedPacket)]
        [DataRow("30 04 00 09 61 78", ReasonCode.MalformedPacket)]
        [DataRow("30 FF FF FF FF 7F", ReasonCode.MalformedPacket)]
        [DataRow("30 80 00", ReasonCode.MalformedPacket)]
        public void IllFormedPublishEndsTheConnection(string hex, int code)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(ProtocolLevel.V311, "c");
            client.SendHex(hex);
            Expect.All(client, "closed");
            Assert.AreEqual(code, bench.Events.LastDetail(Ports.BrokerEvent.ServerDisconnected));
            Leaks.AssertNone(bench);
        }

        // [MQTT5-3.3.2-14] [MQTT5-3.3.2-13] [MQTT5-3.3.2-19] [MQTT5-3.3.4-6] [MQTT5-3.3.2-8] [MQTT5-1.5.7-1] [MQTT5-2.2.2-1]
        [TestMethod]
        [DataRow("30 08 00 01 61 04 08 00 01 23", ReasonCode.ProtocolError, "wildcard in the Response Topic")]
        [DataRow("30 08 00 01 61 04 08 00 01 80", ReasonCode.MalformedPacket, "Response Topic not UTF-8")]
        [DataRow("30 08 00 01 61 04 03 00 01 80", ReasonCode.MalformedPacket, "Content Type not UTF-8")]
        [DataRow("30 06 00 01 61 02 0B 01", ReasonCode.ProtocolError, "Subscription Identifier")]
        [DataRow("30 07 00 01 61 03 23 00 00", ReasonCode.TopicAliasInvalid, "Topic Alias 0")]
        [DataRow("30 07 00 01 61 03 23 00 41", ReasonCode.TopicAliasInvalid, "Topic Alias above the maximum")]
        [DataRow("30 06 00 00 03 23 00 01", ReasonCode.ProtocolError, "Topic Alias that was not set")]
        [DataRow("30 0B 00 01 61 07 26 00 01 61 00 01 80", ReasonCode.MalformedPacket, "User Property not UTF-8")]
        [DataRow("30 03 00 01 61", ReasonCode.MalformedPacket, "no Property Length")]
        [DataRow("30 08 00 01 61 04 01 00 01 00", ReasonCode.ProtocolError, "property twice")]
        [DataRow("30 06 00 01 61 02 11 00", ReasonCode.MalformedPacket, "property of another packet")]
        public void IllFormedPropertiesEndTheConnection(string hex, int code, string why)
        {
            Assert.IsTrue(why.Length > 0);
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(ProtocolLevel.V5, "c");
            client.SendHex(hex);

            Expect.Disconnected(client, code);
            Leaks.AssertNone(bench);
        }

        // [MQTT-4.7.3-3] [MQTT5-4.7.3-3] [MQTT-1.5.3-3] [MQTT5-1.5.4-3] [MQTT-4.7.3-4] [MQTT5-4.7.3-4]
        [TestMethod]
        public void LongestTopicAndByteOrderMarkArePassedOnAsTheyAre()
        {
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = Expect.Subscriber(bench, ProtocolLevel.V311, "s", "#", 0);
            SimClient publisher = bench.Connect(ProtocolLevel.V311, "p");
            publisher.Publish(new string('t', 65535), "x", 0);
            Expect.All(subscriber, "PUBLISH *65535 'x' q0");
            publisher.SendHex("30 06 00 03 EF BB BF 78");
            Expect.All(subscriber, "PUBLISH \\EF\\BB\\BF 'x' q0");
        }
    }
}
