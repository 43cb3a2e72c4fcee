using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests.Conformance
{
    /// <summary>Retained messages: which are kept, who gets them, and with which flag.</summary>
    [TestClass]
    public class RetainTests
    {
        // [MQTT-3.3.1-5] [MQTT-3.3.1-6] [MQTT-3.3.1-7] [MQTT-3.3.1-8] [MQTT-3.3.1-12] [MQTT5-3.3.1-5] [MQTT5-3.3.1-8] [MQTT5-3.3.1-9]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void NewSubscriptionGetsTheLastRetainedMessageOfEachTopicWithItsQoS(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(level, "p");
            publisher.Publish("a/1", "old", 1, true, null);
            publisher.Publish("a/1", "one", 2, true, null);
            publisher.Publish("a/2", "two", 1, true, null);
            publisher.Publish("a/2", "zero", 0, true, null);
            publisher.Publish("b", "elsewhere", 1, true, null);
            publisher.Publish("a/1", "passing", 1, false, null);
            publisher.NextAll();

            SimClient subscriber = bench.Connect(level, "s");
            subscriber.Subscribe("a/+", 2);

            Assert.AreEqual("SUBACK i1 02; PUBLISH a/1 'one' q2 i1 retain; PUBLISH a/2 'zero' q0 retain", subscriber.NextAll());
        }

        // [MQTT-3.3.1-9] [MQTT-3.3.1-10] [MQTT-3.3.1-11] [MQTT5-3.3.1-6] [MQTT5-3.3.1-7] [MQTT5-3.3.1-12]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void EmptyMessageIsDeliveredAndRemovesWhatWasRetained(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(level, "p");
            SimClient subscriber = bench.Connect(level, "s");
            subscriber.Subscribe("a", 0);
            subscriber.NextAll();

            publisher.Publish("a", "x", 0, true, null);
            Assert.AreEqual("PUBLISH a 'x' q0", subscriber.NextAll());
            Assert.AreEqual(1, bench.Broker.RetainedCount);
            publisher.Publish("a", "", 0, true, null);
            Assert.AreEqual("PUBLISH a '' q0", subscriber.NextAll());
            Assert.AreEqual(0, bench.Broker.RetainedCount);
            publisher.Publish("b", "", 1, true, null);
            Assert.AreEqual(0, bench.Broker.RetainedCount);
        }

        // [MQTT-3.1.2-7]
        [TestMethod]
        public void RetainedMessageSurvivesTheSessionOfWhoSentIt()
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(ProtocolLevel.V311, "p");
            publisher.Publish("a", "x", 1, true, null);
            publisher.NextAll();
            publisher.Disconnect();
            Assert.AreEqual(0, bench.Broker.SessionCount);

            SimClient subscriber = bench.Connect(ProtocolLevel.V311, "s");
            subscriber.Subscribe("a", 0);

            Assert.AreEqual("SUBACK i1 00; PUBLISH a 'x' q0 retain", subscriber.NextAll());
        }

        // [MQTT5-3.3.1-9] [MQTT5-3.3.1-10] [MQTT5-3.3.1-11] [MQTT5-3.8.4-4]
        [TestMethod]
        [DataRow(0, "; PUBLISH a 'x' q0 retain", "; PUBLISH a 'x' q0 retain")]
        [DataRow(SubscriptionOptions.RetainIfNew, "; PUBLISH a 'x' q0 retain", "")]
        [DataRow(SubscriptionOptions.RetainNever, "", "")]
        public void RetainHandlingSaysWhenRetainedMessagesAreSent(int options, string first, string again)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(ProtocolLevel.V5, "c");
            client.Publish("a", "x", 0, true, null);

            client.Subscribe("a", options);
            Assert.AreEqual("SUBACK i1 00" + first, client.NextAll());
            client.Subscribe("a", options);
            Assert.AreEqual("SUBACK i2 00" + again, client.NextAll());
            client.Unsubscribe("a");
            client.NextAll();
            client.Subscribe("a", options);
            Assert.AreEqual("SUBACK i4 00" + first, client.NextAll());
        }

        // [MQTT5-3.3.1-12] [MQTT5-3.3.1-13]
        [TestMethod]
        public void RetainAsPublishedHandsTheFlagOn()
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            SimClient plain = bench.Connect(ProtocolLevel.V5, "plain");
            SimClient client = bench.Connect(ProtocolLevel.V5, "c");
            plain.Subscribe("a", 1);
            client.Subscribe("a", 1 | SubscriptionOptions.RetainAsPublished);
            plain.NextAll();
            client.NextAll();

            publisher.Publish("a", "x", 1, true, null);
            publisher.Publish("a", "y", 1, false, null);

            Assert.AreEqual("PUBLISH a 'x' q1 i1; PUBLISH a 'y' q1 i2", plain.NextAll());
            Assert.AreEqual("PUBLISH a 'x' q1 i1 retain; PUBLISH a 'y' q1 i2", client.NextAll());
        }
    }
}
