using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests.Retaining
{
    /// <summary>Retained messages: set, replaced, removed, expired, and who is sent them.</summary>
    [TestClass]
    public class RetainedTests
    {
        private const int V3 = ProtocolLevel.V311;
        private const int V5 = ProtocolLevel.V5;

        // [MQTT-3.3.1-5] [MQTT-3.3.1-6] [MQTT-3.3.1-8] [MQTT-3.3.1-7] [MQTT5-3.3.1-5] [MQTT-3.8.4-6] [MQTT5-3.8.4-8]
        [TestMethod]
        [DataRow(0, 0, 0)]
        [DataRow(0, 2, 0)]
        [DataRow(1, 0, 0)]
        [DataRow(1, 1, 1)]
        [DataRow(2, 1, 1)]
        [DataRow(2, 2, 2)]
        public void NewSubscriptionGetsTheLastRetainedMessageAtTheLowerQoS(int published, int granted, int sent)
        {
            BrokerBench bench = new BrokerBench();
            Retain(bench, "t", "old", 2);
            Retain(bench, "t", "new", published);
            SimClient subscriber = bench.Connect(V3, "s");
            subscriber.Subscribe("t", granted);

            Expect.Next(subscriber, "SUBACK i1 0" + granted);
            Expect.All(subscriber, "PUBLISH t 'new' q" + sent + (sent > 0 ? " i1" : "") + " retain");
        }

        [TestMethod]
        public void WhatComesByItselfDoesNotComeAsRetainedBecauseOfAnotherSubscription()
        {
            BrokerBench bench = new BrokerBench();
            Retain(bench, "r/0", "0", 1);
            Retain(bench, "r/1", "1", 1);
            SimClient subscriber = bench.Client(V5, "s");
            subscriber.Options.ReceiveMaximum = 1;
            subscriber.Connect();
            subscriber.Subscribe("r/#", 1);
            Expect.All(subscriber, "SUBACK i1 01; PUBLISH r/0 '0' q1 i1 retain");
            Retain(bench, "r/2", "2", 0);
            Retain(bench, "x", "3", 0);
            Expect.All(subscriber, "PUBLISH r/2 '2' q0");
            subscriber.Subscribe("x", 0);
            Expect.Next(subscriber, "SUBACK i2 00");
            subscriber.Ack(PacketType.Puback, 1);
            Expect.All(subscriber, "PUBLISH r/1 '1' q1 i2 retain; PUBLISH x '3' q0 retain");
        }

        // [MQTT-3.3.1-9] [MQTT5-3.3.1-12] [MQTT5-3.3.1-13]
        [TestMethod]
        public void FlagIsPassedOnToEstablishedSubscriptionsOnlyIfTheyWantIt()
        {
            BrokerBench bench = new BrokerBench();
            SimClient old = Expect.Subscriber(bench, V3, "old", "t", 1);
            SimClient plain = Expect.Subscriber(bench, V5, "plain", "t", 1);
            SimClient wants = Expect.Subscriber(bench, V5, "wants", "t", 1 | SubscriptionOptions.RetainAsPublished);
            SimClient publisher = bench.Connect(V5, "p");
            publisher.Publish("t", "x", 1, true, null);
            publisher.Publish("t", "y", 0, false, null);

            Expect.All(old, "PUBLISH t 'x' q1 i1; PUBLISH t 'y' q0");
            Expect.All(plain, "PUBLISH t 'x' q1 i1; PUBLISH t 'y' q0");
            Expect.All(wants, "PUBLISH t 'x' q1 i1 retain; PUBLISH t 'y' q0");
        }

        [TestMethod]
        public void FlagSurvivesTheQueueOfADurableSession()
        {
            BrokerBench bench = new BrokerBench();
            SimClient away = Expect.DurableSubscriber(bench, V5, "away", "t", 1 | SubscriptionOptions.RetainAsPublished);
            away.Disconnect();
            Retain(bench, "t", "x", 1);

            Assert.AreEqual("CONNACK 00 present", away.Connect());
            Expect.All(away, "PUBLISH t 'x' q1 i1 retain");
        }

        // [MQTT-3.3.1-10] [MQTT-3.3.1-11] [MQTT5-3.3.1-6] [MQTT5-3.3.1-7]
        [TestMethod]
        [DataRow(V3, 0)]
        [DataRow(V5, 1)]
        public void EmptyPayloadIsDeliveredAndRemovesTheRetainedMessage(int level, int qos)
        {
            BrokerBench bench = new BrokerBench();
            Retain(bench, "t", "x", 1);
            Retain(bench, "t/u", "other", 1);
            SimClient subscriber = Expect.Subscriber(bench, level, "s", "t", 0);
            Expect.All(subscriber, "PUBLISH t 'x' q0 retain");
            Retain(bench, "t", "", qos);
            Retain(bench, "never", "", qos);

            Expect.All(subscriber, "PUBLISH t '' q0");
            Assert.AreEqual(1, bench.Broker.RetainedCount);
            SimClient late = Expect.Subscriber(bench, level, "late", "t", 0);
            Expect.Nothing(late);
        }

        // [MQTT-3.3.1-12] [MQTT5-3.3.1-8]
        [TestMethod]
        public void MessageWithoutTheFlagChangesNothing()
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(V3, "p");
            publisher.Publish("t", "x", 0);
            bench.Run();
            Assert.AreEqual(0, bench.Broker.RetainedCount);
            Retain(bench, "t", "kept", 0);
            publisher.Publish("t", "y", 0);
            publisher.Publish("t", "", 0);

            SimClient late = Expect.Subscriber(bench, V3, "late", "t", 0);
            Expect.All(late, "PUBLISH t 'kept' q0 retain");
        }

        // [MQTT5-3.3.1-9] [MQTT5-3.3.1-10] [MQTT5-3.3.1-11] [MQTT5-3.8.4-4] [MQTT5-3.8.4-3]
        [TestMethod]
        [DataRow(0, true, true)]
        [DataRow(SubscriptionOptions.RetainIfNew, true, false)]
        [DataRow(SubscriptionOptions.RetainNever, false, false)]
        public void RetainHandlingDecides(int handling, bool first, bool again)
        {
            BrokerBench bench = new BrokerBench();
            Retain(bench, "t", "x", 0);
            SimClient subscriber = bench.Connect(V5, "s");
            subscriber.Subscribe("t", handling);
            Expect.All(subscriber, first ? "SUBACK i1 00; PUBLISH t 'x' q0 retain" : "SUBACK i1 00");
            subscriber.Subscribe("t", handling);
            Expect.All(subscriber, again ? "SUBACK i2 00; PUBLISH t 'x' q0 retain" : "SUBACK i2 00");
            subscriber.Unsubscribe("t");
            Expect.Next(subscriber, "UNSUBACK i3 00");
            subscriber.Subscribe("t", handling);
            Expect.All(subscriber, first ? "SUBACK i4 00; PUBLISH t 'x' q0 retain" : "SUBACK i4 00");
        }

        [TestMethod]
        public void SubscribingAgainBeforeTheFirstIsServedLosesNothing()
        {
            BrokerBench bench = new BrokerBench();
            Retain(bench, "t", "x", 0);
            SimClient subscriber = bench.Connect(V5, "s");
            subscriber.Subscribe("t", 0);
            subscriber.Subscribe("t", SubscriptionOptions.RetainIfNew);

            Expect.All(subscriber, "SUBACK i1 00; SUBACK i2 00; PUBLISH t 'x' q0 retain");
        }

        // [MQTT-3.8.4-3]
        [TestMethod]
        public void OlderClientGetsThemAgainWhenItSubscribesAgain()
        {
            BrokerBench bench = new BrokerBench();
            Retain(bench, "t", "x", 1);
            SimClient subscriber = bench.Connect(V3, "s");
            subscriber.Subscribe("t", 1);
            Expect.All(subscriber, "SUBACK i1 01; PUBLISH t 'x' q1 i1 retain");
            subscriber.Subscribe("t", 0);
            Expect.All(subscriber, "SUBACK i2 00; PUBLISH t 'x' q0 retain");
        }

        [TestMethod]
        public void ReconnectToASessionSendsNoRetainedMessages()
        {
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = Expect.DurableSubscriber(bench, V3, "s", "t", 1);
            Retain(bench, "t", "x", 1);
            Expect.All(subscriber, "PUBLISH t 'x' q1 i1");
            subscriber.Ack(PacketType.Puback, 1);
            subscriber.Disconnect();

            Assert.AreEqual("CONNACK 00 present", subscriber.Connect());
            Expect.Nothing(subscriber);
        }

        // A Shared Subscription gets none, whatever its options (5.0, section 4.8.2).
        [TestMethod]
        public void SharedSubscriptionGetsNoRetainedMessages()
        {
            BrokerBench bench = new BrokerBench();
            Retain(bench, "t", "x", 1);
            SimClient subscriber = Expect.Subscriber(bench, V5, "s", "$share/g/t", 1);

            Expect.Nothing(subscriber);
        }

        // [MQTT5-3.3.2-6]
        [TestMethod]
        public void RetainedMessageExpires()
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(V5, "p");
            publisher.Publish("t", "x", 1, true, new PropertyList().UInt32(PropertyId.MessageExpiryInterval, 10).User("k", "v"));
            bench.Advance(9500);
            SimClient early = Expect.Subscriber(bench, V5, "early", "t", 1);
            Expect.All(early, "PUBLISH t 'x' q1 i1 retain {expiry=1 user=k:v}");
            bench.Advance(500);
            SimClient late = Expect.Subscriber(bench, V5, "late", "t", 1);
            Expect.Nothing(late);
            Assert.AreEqual(0, bench.Broker.RetainedCount);
        }

        // [MQTT-4.7.2-1] [MQTT5-4.7.2-1] [MQTT-4.7.1-2] [MQTT-4.7.1-3]
        [TestMethod]
        [DataRow("#", "a b/c b/d/e")]
        [DataRow("+", "a")]
        [DataRow("+/+", "b/c")]
        [DataRow("b/#", "b/c b/d/e")]
        [DataRow("b/+/e", "b/d/e")]
        [DataRow("$x/#", "$x/y")]
        [DataRow("a", "a")]
        public void FilterDecidesWhichAreSent(string filter, string expected)
        {
            BrokerBench bench = new BrokerBench();
            string[] topics = { "a", "b/c", "b/d/e", "$x/y" };
            for (int i = 0; i < topics.Length; i++)
            {
                Retain(bench, topics[i], "v", 0);
            }

            SimClient subscriber = Expect.Subscriber(bench, V3, "s", filter, 0);
            string got = "";
            while (subscriber.Next().Length > 0)
            {
                got += (got.Length == 0 ? "" : " ") + subscriber.Last.Topic;
            }

            Assert.AreEqual(expected, got);
        }

        [TestMethod]
        public void FullTableRefusesNewTopicsAndServesTheKnown()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.RetainedMax = 2;
            SimClient publisher = bench.Connect(V5, "p");
            publisher.Publish("a", "1", 1, true, null);
            publisher.Publish("b", "1", 1, true, null);
            Expect.All(publisher, "PUBACK i1 10; PUBACK i2 10");
            publisher.Publish("c", "1", 1, true, null);
            publisher.Publish("a", "2", 1, true, null);
            Expect.All(publisher, "PUBACK i3 97; PUBACK i4 10");
            publisher.Publish("b", "", 1, true, null);
            publisher.Publish("c", "2", 1, true, null);
            Expect.All(publisher, "PUBACK i5 10; PUBACK i6 10");
        }

        // A value that changes while the walk goes on is delivered, and never an older one after a newer one.
        [TestMethod]
        public void ValueThatChangesDuringTheWalkArrivesLast()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.ReceiveMax = 2;
            for (int i = 0; i < 6; i++)
            {
                Retain(bench, "t/" + i, "old", 1);
            }

            SimClient subscriber = Expect.Subscriber(bench, V3, "s", "t/#", 1);
            Retain(bench, "t/0", "new", 1);
            Retain(bench, "t/5", "new", 1);
            subscriber.AutoAcknowledge = true;
            subscriber.Ack(PacketType.Puback, 1);
            subscriber.Ack(PacketType.Puback, 2);
            string text = subscriber.NextAll();
            Assert.IsTrue(text.IndexOf("t/0 'old'") < text.IndexOf("t/0 'new'"), text);
            Assert.IsTrue(text.IndexOf("t/5 'old'") < 0, text);
            Assert.IsTrue(text.IndexOf("t/5 'new'") > 0, text);
            Assert.IsTrue(text.IndexOf("t/4 'old'") > 0, text);
        }

        [TestMethod]
        public void WalkGoesOnAfterAReconnect()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.ReceiveMax = 1;
            for (int i = 0; i < 4; i++)
            {
                Retain(bench, "t/" + i, "v", 1);
            }

            SimClient subscriber = Expect.DurableSubscriber(bench, V3, "s", "t/#", 1);
            Expect.All(subscriber, "PUBLISH t/0 'v' q1 i1 retain");
            subscriber.Reset();
            subscriber.AutoAcknowledge = true;
            Assert.AreEqual("CONNACK 00 present", subscriber.Connect());
            Expect.All(
                subscriber,
                "PUBLISH t/0 'v' q1 i1 retain dup; PUBLISH t/1 'v' q1 i2 retain; PUBLISH t/2 'v' q1 i3 retain; "
                    + "PUBLISH t/3 'v' q1 i4 retain");
        }

        private static void Retain(BrokerBench bench, string topic, string payload, int qos)
        {
            SimClient publisher = bench.Connect(V3, "retainer");
            publisher.AutoAcknowledge = true;
            publisher.Publish(topic, payload, qos, true, null);
            bench.Run();
            publisher.Disconnect();
        }
    }
}
