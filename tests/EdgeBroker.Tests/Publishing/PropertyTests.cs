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
    /// <summary>Properties of PUBLISH on their way: forwarded, counted down, replaced.</summary>
    [TestClass]
    public class PropertyTests
    {
        // [MQTT5-3.3.2-4] [MQTT5-3.3.2-15] [MQTT5-3.3.2-16] [MQTT5-3.3.2-17] [MQTT5-3.3.2-18] [MQTT5-3.3.2-20]
        [TestMethod]
        [DataRow(0, "q0")]
        [DataRow(1, "q1 i1")]
        [DataRow(2, "q2 i1")]
        public void PropertiesAreForwardedUnalteredAndInOrder(int qos, string text)
        {
            const string Forwarded = " {user=b:1 format=1 user=a:2 type=text response=r/1 correlation=\\00\\FF user=b:1}";
            BrokerBench bench = new BrokerBench();
            SimClient direct = Expect.Subscriber(bench, ProtocolLevel.V5, "direct", "t", 2);
            SimClient away = Expect.DurableSubscriber(bench, ProtocolLevel.V5, "away", "t", 2);
            SimClient old = Expect.Subscriber(bench, ProtocolLevel.V311, "old", "t", 2);
            away.Disconnect();
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            PropertyList properties = new PropertyList()
                .User("b", "1")
                .Byte(PropertyId.PayloadFormatIndicator, 1)
                .User("a", "2")
                .Text(PropertyId.ContentType, "text")
                .Text(PropertyId.ResponseTopic, "r/1");
            byte[] head = properties.ToBytes();
            byte[] tail = new PropertyList().User("b", "1").ToBytes();
            publisher.SendHex(PublishHex(qos, head, "09 00 02 00 FF", tail));

            Expect.Next(direct, "PUBLISH t 'x' " + text + Forwarded);
            Expect.Next(old, "PUBLISH t 'x' " + text);
            Assert.AreEqual("CONNACK 00 present", away.Connect());
            Expect.Next(away, qos == 0 ? "" : "PUBLISH t 'x' " + text + Forwarded);
        }

        [TestMethod]
        public void MessageOf311GetsAnEmptyPropertyList()
        {
            BrokerBench bench = new BrokerBench();
            SimClient young = Expect.Subscriber(bench, ProtocolLevel.V5, "young", "t", 1);
            SimClient publisher = bench.Connect(ProtocolLevel.V311, "p");
            publisher.Publish("t", "x", 0);
            publisher.Publish("t", "y", 1);

            Expect.All(young, "PUBLISH t 'x' q0; PUBLISH t 'y' q1 i1");
        }

        // [MQTT5-3.3.2-5] [MQTT5-3.3.2-6]
        [TestMethod]
        public void ExpiryIntervalIsCountedDownAndThenTheMessageIsGone()
        {
            BrokerBench bench = new BrokerBench();
            SimClient away = Expect.DurableSubscriber(bench, ProtocolLevel.V5, "away", "t", 1);
            away.Disconnect();
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            publisher.Publish("t", "short", 1, false, Expiry(10));
            publisher.Publish("t", "long", 1, false, Expiry(100));
            Expect.All(publisher, "PUBACK i1; PUBACK i2");
            bench.Advance(10000);

            Assert.AreEqual("CONNACK 00 present", away.Connect());
            Expect.All(away, "PUBLISH t 'long' q1 i1 {expiry=90}");
            Assert.AreEqual(1L, bench.Broker.Counters.Drops[DropReason.Expired]);
        }

        [TestMethod]
        public void ExpiryIntervalOfAMessageGivenAtOnceIsTheOneReceived()
        {
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = Expect.Subscriber(bench, ProtocolLevel.V5, "s", "t", 1);
            SimClient old = Expect.Subscriber(bench, ProtocolLevel.V311, "old", "t", 1);
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            publisher.Publish("t", "x", 0, false, Expiry(10));
            publisher.Publish("t", "y", 1, false, Expiry(4294967295));
            publisher.Publish("t", "z", 0, false, Expiry(0));

            Expect.All(
                subscriber, "PUBLISH t 'x' q0 {expiry=10}; PUBLISH t 'y' q1 i1 {expiry=4294967295}; PUBLISH t 'z' q0 {expiry=0}");
            Expect.All(old, "PUBLISH t 'x' q0; PUBLISH t 'y' q1 i1; PUBLISH t 'z' q0");
        }

        // [MQTT5-4.3.3-7] [MQTT5-4.3.3-13]
        [TestMethod]
        [DataRow(1)]
        [DataRow(2)]
        public void MessageThatWasSentOnceIsNotDroppedForItsAge(int qos)
        {
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = Expect.DurableSubscriber(bench, ProtocolLevel.V5, "s", "t", qos);
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            publisher.Publish("t", "x", qos, false, Expiry(1));
            Expect.Next(subscriber, "PUBLISH t 'x' q" + qos + " i1 {expiry=1}");
            subscriber.Reset();
            bench.Advance(5000);

            Assert.AreEqual("CONNACK 00 present", subscriber.Connect());
            Expect.Next(subscriber, "PUBLISH t 'x' q" + qos + " i1 dup {expiry=0}");
            if (qos == 2)
            {
                subscriber.Ack(PacketType.Pubrec, 1);
                Expect.Next(subscriber, "PUBREL i1");
            }
        }

        [TestMethod]
        public void ExpiredMessageInTheQueueOfAnOlderClientIsDroppedToo()
        {
            BrokerBench bench = new BrokerBench();
            SimClient away = Expect.DurableSubscriber(bench, ProtocolLevel.V311, "away", "t", 1);
            away.Disconnect();
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            publisher.Publish("t", "x", 1, false, Expiry(10));
            bench.Advance(10000);

            Assert.AreEqual("CONNACK 00 present", away.Connect());
            Expect.Nothing(away);
        }

        // [MQTT5-3.3.2-9] [MQTT5-3.3.2-12]
        [TestMethod]
        public void InboundAliasesAreSetReplacedAndUsed()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.TopicAliasMax = 2;
            SimClient subscriber = Expect.Subscriber(bench, ProtocolLevel.V5, "s", "#", 2);
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            publisher.Publish("a", "1", 0, false, Alias(1));
            publisher.Publish("b", "2", 1, false, Alias(2));
            publisher.Publish("", "3", 0, false, Alias(1));
            publisher.Publish("", "4", 2, false, Alias(2));
            publisher.Publish("c", "5", 0, false, Alias(1));
            publisher.Publish("", "6", 0, false, Alias(1).User("k", "v"));
            Expect.All(
                subscriber,
                "PUBLISH a '1' q0; PUBLISH b '2' q1 i1; PUBLISH a '3' q0; PUBLISH b '4' q2 i2; PUBLISH c '5' q0; "
                    + "PUBLISH c '6' q0 {user=k:v}");
            publisher.Publish("a", "7", 0, false, Alias(3));
            bench.Run();
            publisher.Next();
            publisher.Next();
            Expect.Disconnected(publisher, ReasonCode.TopicAliasInvalid);
            subscriber.Disconnect();
            Leaks.AssertNone(bench);
        }

        // [MQTT5-3.3.2-7]
        [TestMethod]
        public void AliasesEndWithTheConnection()
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.ConnectDurable(ProtocolLevel.V5, "p");
            publisher.Publish("a", "1", 0, false, Alias(1));
            bench.Run();
            publisher.Reset();
            Assert.AreEqual("CONNACK 00 present", publisher.Connect());
            publisher.Publish("", "2", 0, false, Alias(1));

            Expect.Disconnected(publisher, ReasonCode.ProtocolError);
        }

        // [MQTT5-3.1.2-26] [MQTT5-3.3.2-11] [MQTT5-3.3.2-7]
        [TestMethod]
        public void OutboundAliasesAreGivenUpToTheClientsMaximum()
        {
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = bench.Client(ProtocolLevel.V5, "s");
            subscriber.Options.TopicAliasMaximum = 2;
            subscriber.Options.SessionExpiryIntervalS = 100;
            Assert.AreEqual("CONNACK 00", subscriber.Connect());
            Expect.Subscribed(subscriber, "#", 1);
            subscriber.Options.CleanStart = false;
            SimClient publisher = bench.Connect(ProtocolLevel.V311, "p");
            publisher.Publish("a", "1", 0);
            publisher.Publish("b", "2", 1);
            publisher.Publish("c", "3", 0);
            publisher.Publish("a", "4", 1);
            publisher.Publish("b", "5", 0);
            Expect.All(
                subscriber,
                "PUBLISH a '1' q0 {alias=1}; PUBLISH b '2' q1 i1 {alias=2}; PUBLISH c '3' q0; PUBLISH - '4' q1 i2 {alias=1}; "
                    + "PUBLISH - '5' q0 {alias=2}");

            // What is sent again goes by new aliases.
            subscriber.Reset();
            Assert.AreEqual("CONNACK 00 present", subscriber.Connect());
            Expect.All(subscriber, "PUBLISH b '2' q1 i1 dup {alias=1}; PUBLISH a '4' q1 i2 dup {alias=2}");
        }

        // [MQTT5-3.1.2-27]
        [TestMethod]
        [DataRow(-1)]
        [DataRow(0)]
        public void NoAliasesForAClientThatWantsNone(int maximum)
        {
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = bench.Client(ProtocolLevel.V5, "s");
            subscriber.Options.TopicAliasMaximum = maximum;
            Assert.AreEqual("CONNACK 00", subscriber.Connect());
            Expect.Subscribed(subscriber, "#", 1);
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            publisher.Publish("a", "1", 0, false, Alias(1));
            publisher.Publish("a", "2", 0, false, Alias(1));

            Expect.All(subscriber, "PUBLISH a '1' q0; PUBLISH a '2' q0");
        }

        // [MQTT-3.3.1-3] [MQTT5-3.3.1-3]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void DupFlagOfThePublisherIsNotPassedOn(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = Expect.Subscriber(bench, level, "s", "t", 2);
            SimClient publisher = bench.Connect(level, "p");
            publisher.PublishAgain("t", "x", 1, false, true, 9, null);
            publisher.PublishAgain("t", "y", 2, false, true, 10, null);

            Expect.All(subscriber, "PUBLISH t 'x' q1 i1; PUBLISH t 'y' q2 i2");
        }

        private static PropertyList Expiry(long seconds)
        {
            return new PropertyList().UInt32(PropertyId.MessageExpiryInterval, seconds);
        }

        private static PropertyList Alias(int alias)
        {
            return new PropertyList().UInt16(PropertyId.TopicAlias, alias);
        }

        private static string PublishHex(int qos, byte[] head, string middle, byte[] tail)
        {
            string properties = Hex(head) + " " + middle + " " + Hex(tail);
            int length = Bytes.OfHex(properties).Length;
            string identifier = qos == 0 ? "" : " 00 07";
            int remaining = 3 + (qos == 0 ? 0 : 2) + 1 + length + 1;
            return Bytes.Hex(0x30 | (qos << 1)) + " " + Bytes.Hex(remaining) + " 00 01 74" + identifier + " " + Bytes.Hex(length)
                + " " + properties + " 78";
        }

        private static string Hex(byte[] bytes)
        {
            string text = "";
            for (int i = 0; i < bytes.Length; i++)
            {
                text += Bytes.Hex(bytes[i]);
            }

            return text;
        }
    }
}
