using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests.Connecting
{
    /// <summary>What a restricted broker refuses, with which code, in both versions; that it says so is in ConnectTests.</summary>
    [TestClass]
    public class CapabilityTests
    {
        private const int V3 = ProtocolLevel.V311;
        private const int V5 = ProtocolLevel.V5;

        // [MQTT5-3.2.2-9] [MQTT5-3.2.2-10] [MQTT5-3.2.2-11]
        [TestMethod]
        [DataRow(V3, 0)]
        [DataRow(V5, 0)]
        [DataRow(V3, 1)]
        [DataRow(V5, 1)]
        public void MaximumQoSIsGrantedAtTheMostAndPublishingAboveEndsTheConnection(int level, int maximum)
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaximumQoS = maximum;
            SimClient subscriber = bench.Connect(level, "s");
            subscriber.Subscribe("t", 2);
            Expect.Next(subscriber, "SUBACK i1 0" + maximum);
            SimClient publisher = bench.Connect(level, "p");
            publisher.Publish("t", "x", maximum);
            Expect.Next(subscriber, "PUBLISH t 'x' q" + maximum + (maximum > 0 ? " i1" : ""));
            publisher.NextAll();
            publisher.Publish("t", "y", maximum + 1);

            Expect.Disconnected(publisher, ReasonCode.QoSNotSupported);
            Expect.Nothing(subscriber);
        }

        // [MQTT5-3.2.2-12] [MQTT-3.2.2-6]
        [TestMethod]
        [DataRow(V3, "closed")]
        [DataRow(V5, "CONNACK 9B; closed")]
        public void WillAboveTheMaximumQoSIsRefused(int level, string answer)
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaximumQoS = 0;
            AssertWill(bench, level, 1, false, answer);
        }

        // [MQTT5-3.2.2-13]
        [TestMethod]
        [DataRow(V3, "closed")]
        [DataRow(V5, "CONNACK 9A; closed")]
        public void RetainedWillIsRefusedWithoutRetain(int level, string answer)
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.RetainAvailable = false;
            AssertWill(bench, level, 0, true, answer);
        }

        // [MQTT5-3.2.2-14]
        [TestMethod]
        [DataRow(V3)]
        [DataRow(V5)]
        public void RetainedMessageEndsTheConnectionWithoutRetain(int level)
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.RetainAvailable = false;
            SimClient client = bench.Connect(level, "c");
            client.Publish("t", "x", 0, true, null);

            Expect.Disconnected(client, ReasonCode.RetainNotSupported);
            Assert.AreEqual(0, bench.Broker.RetainedCount);
        }

        [TestMethod]
        [DataRow(V3, "a/+", "SUBACK i1 80")]
        [DataRow(V5, "a/+", "SUBACK i1 A2")]
        [DataRow(V5, "$share/g/#", "SUBACK i1 A2")]
        [DataRow(V5, "a", "SUBACK i1 00")]
        [DataRow(V5, "$share/g/a", "SUBACK i1 00")]
        public void WildcardsAreRefusedFilterByFilter(int level, string filter, string answer)
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.WildcardAvailable = false;
            SimClient client = bench.Connect(level, "c");
            client.Subscribe(filter, 0);

            Expect.All(client, answer);
        }

        [TestMethod]
        [DataRow(V3, "SUBACK i1 80")]
        [DataRow(V5, "SUBACK i1 9E")]
        public void SharedSubscriptionsAreRefused(int level, string answer)
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.SharedAvailable = false;
            SimClient client = bench.Connect(level, "c");
            client.Subscribe("$share/g/t", 0);
            Expect.All(client, answer);
            Expect.Subscribed(client, "$shared/g/t", 0);
        }

        [TestMethod]
        public void SubscriptionIdentifierEndsTheConnection()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.SubscriptionIdsAvailable = false;
            SimClient client = bench.Connect(V5, "c");
            client.Subscribe("t", 0, 1);

            Expect.Disconnected(client, ReasonCode.SubscriptionIdentifiersNotSupported);
        }

        // [MQTT5-3.2.2-17] [MQTT5-3.2.2-18]: without Topic Alias Maximum there are none.
        [TestMethod]
        public void AliasesEndTheConnectionWhereThereAreNone()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.TopicAliasMax = 0;
            SimClient client = bench.Client(V5, "c");
            client.Options.TopicAliasMaximum = 10;
            Assert.AreEqual("CONNACK 00", client.Connect());
            Assert.AreEqual("", ConnectTests.PropertyOf(client, "alias-max"));
            Expect.Subscribed(client, "t", 0);
            client.Publish("t", "x", 0);
            Expect.All(client, "PUBLISH t 'x' q0");
            client.Publish("t", "x", 0, false, new PropertyList().UInt16(PropertyId.TopicAlias, 1));
            Expect.Disconnected(client, ReasonCode.TopicAliasInvalid);
        }

        // [MQTT-4.7.2-1] [MQTT5-4.7.2-1]
        [TestMethod]
        [DataRow(V3, "PUBACK i1")]
        [DataRow(V5, "PUBACK i1 87")]
        public void ClientsMayNotPublishToSysAndShare(int level, string answer)
        {
            BrokerBench bench = new BrokerBench();
            SimClient watcher = Expect.Subscriber(bench, V5, "w", "$SYS/#", 0);
            watcher.NextAll();
            SimClient client = bench.Connect(level, "c");
            client.Publish("$SYS/broker/version", "mine", 1);
            Expect.All(client, answer);
            client.Publish("$share/g/t", "mine", 0, true, null);
            Expect.Nothing(client);
            Expect.Nothing(watcher);
            Assert.AreEqual(0, bench.Broker.RetainedCount);
            AssertWillTopic(bench, level, "$SYS/x", level == V5 ? "CONNACK 87; closed" : "CONNACK 05; closed");
        }

        private static void AssertWill(BrokerBench bench, int level, int qos, bool retain, string answer)
        {
            SimClient client = bench.Client(level, "c");
            client.Options.WillTopic = Bytes.OfText("will");
            client.Options.WillQoS = qos;
            client.Options.WillRetain = retain;
            client.Open();
            client.SendConnect();
            Expect.All(client, answer);
            Leaks.AssertNone(bench);
        }

        private static void AssertWillTopic(BrokerBench bench, int level, string topic, string answer)
        {
            SimClient client = bench.Client(level, "w2");
            client.Options.WillTopic = Bytes.OfText(topic);
            client.Open();
            client.SendConnect();
            Expect.All(client, answer);
        }
    }
}
