using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests.Subscribing
{
    /// <summary>SUBSCRIBE and UNSUBSCRIBE, and what the subscriptions lead to.</summary>
    [TestClass]
    public class SubscribeTests
    {
        private const int V3 = ProtocolLevel.V311;
        private const int V5 = ProtocolLevel.V5;

        // [MQTT-2.3.1-7] [MQTT5-2.2.1-6] [MQTT-3.8.4-1] [MQTT-3.8.4-2] [MQTT-3.8.4-4] [MQTT-3.8.4-5] [MQTT-3.9.3-1]
        // [MQTT5-3.8.4-1] [MQTT5-3.8.4-2] [MQTT5-3.8.4-5] [MQTT5-3.8.4-6] [MQTT5-3.8.4-7] [MQTT5-3.9.3-1] [MQTT-3.10.4-4]
        // [MQTT-3.10.4-6] [MQTT5-3.10.4-4] [MQTT5-3.10.4-6] [MQTT5-3.9.3-2]
        [TestMethod]
        [DataRow(V3, "SUBACK i4660 00 01 02", "UNSUBACK i4661")]
        [DataRow(V5, "SUBACK i4660 00 01 02", "UNSUBACK i4661 11 00 00")]
        public void OneAnswerHasACodeForEachFilterInOrder(int level, string suback, string unsuback)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(level, "c");
            string none = level == V5 ? "00 " : "";
            client.SendHex("82 " + (level == V5 ? "0F" : "0E") + " 12 34 " + none + "00 01 61 00 00 01 62 01 00 01 63 02");
            Expect.All(client, suback);
            Assert.AreEqual(3, bench.Broker.SubscriptionCount);

            client.SendHex("A2 " + (level == V5 ? "0C" : "0B") + " 12 35 " + none + "00 01 78 00 01 61 00 01 63");
            Expect.All(client, unsuback);
            Assert.AreEqual(1, bench.Broker.SubscriptionCount);
        }

        // [MQTT-3.10.4-5] [MQTT5-3.10.4-5] [MQTT5-3.11.3-1] [MQTT5-3.11.3-2] [MQTT-3.10.4-1] [MQTT5-3.10.4-1]
        [TestMethod]
        [DataRow(V3, "UNSUBACK i2")]
        [DataRow(V5, "UNSUBACK i2 11")]
        public void UnsubscribeComparesTheFilterItselfAndIsAlwaysAnswered(int level, string answer)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = Expect.Subscriber(bench, level, "c", "a/+", 0);
            client.Unsubscribe("a/b");

            Expect.All(client, answer);
            Assert.AreEqual(1, bench.Broker.SubscriptionCount);
        }

        // [MQTT-3.10.4-2] [MQTT-3.10.4-3] [MQTT5-3.10.4-2] [MQTT5-3.10.4-3]
        [TestMethod]
        [DataRow(V3, "UNSUBACK i2")]
        [DataRow(V5, "UNSUBACK i2 00")]
        public void UnsubscribeEndsNewMessagesAndNotThoseThatWereBegun(int level, string answer)
        {
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = Expect.Subscriber(bench, level, "s", "t", 2);
            SimClient publisher = bench.Connect(level, "p");
            publisher.Publish("t", "1", 2);
            Expect.Next(subscriber, "PUBLISH t '1' q2 i1");
            subscriber.Unsubscribe("t");
            Expect.Next(subscriber, answer);
            publisher.Publish("t", "2", 1);
            bench.Run();
            subscriber.Ack(PacketType.Pubrec, 1);
            Expect.All(subscriber, "PUBREL i1");
        }

        // [MQTT-3.8.4-3] [MQTT5-3.8.4-3]
        [TestMethod]
        [DataRow(V3)]
        [DataRow(V5)]
        public void SameFilterReplacesTheSubscription(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = Expect.Subscriber(bench, level, "s", "t", 2);
            Expect.Subscribed(subscriber, "t", 0);
            bench.Connect(level, "p").Publish("t", "x", 2);

            Expect.All(subscriber, "PUBLISH t 'x' q0");
            Assert.AreEqual(1, bench.Broker.SubscriptionCount);
        }

        // [MQTT-3.3.5-1] [MQTT5-3.3.4-2] [MQTT-3.3.2-3] [MQTT5-3.3.2-3]
        [TestMethod]
        [DataRow(V3)]
        [DataRow(V5)]
        public void OverlappingSubscriptionsGiveOneCopyAtTheHighestQoS(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = Expect.Subscriber(bench, level, "s", "a/#", 0);
            Expect.Subscribed(subscriber, "a/+", 2);
            Expect.Subscribed(subscriber, "a/b", 1);
            SimClient publisher = bench.Connect(level, "p");
            publisher.Publish("a/b", "x", 2);
            publisher.Publish("a/b", "y", 1);

            Expect.All(subscriber, "PUBLISH a/b 'x' q2 i1; PUBLISH a/b 'y' q1 i2");
        }

        // [MQTT5-3.3.4-3] [MQTT5-3.3.4-4]
        [TestMethod]
        public void AllMatchingSubscriptionIdentifiersAreSent()
        {
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = bench.ConnectDurable(V5, "s");
            subscriber.Subscribe("a/#", 1, 5);
            subscriber.Subscribe("a/+", 1, 268435455);
            subscriber.Subscribe("a/b", 1);
            subscriber.Subscribe("c", 0, 7);
            subscriber.NextAll();
            SimClient publisher = bench.Connect(V5, "p");
            publisher.Publish("a/b", "x", 1);
            publisher.Publish("c", "y", 0);
            publisher.Publish("a/b/c", "z", 0);
            Assert.AreEqual("PUBLISH a/b 'x' q1 i1", Head(subscriber));
            AssertIdentifiers(subscriber, "sub=5", "sub=268435455");
            Expect.All(subscriber, "PUBLISH c 'y' q0 {sub=7}; PUBLISH a/b/c 'z' q0 {sub=5}");

            // The same after a wait in the queue.
            subscriber.Disconnect();
            publisher.Publish("a/b", "2", 1);
            publisher.Publish("a/b/c", "3", 1);
            subscriber.Options.CleanStart = false;
            Assert.AreEqual("CONNACK 00 present", subscriber.Connect());
            Assert.AreEqual("PUBLISH a/b 'x' q1 i1 dup", Head(subscriber));
            AssertIdentifiers(subscriber, "sub=5", "sub=268435455");
            Assert.AreEqual("PUBLISH a/b '2' q1 i2", Head(subscriber));
            AssertIdentifiers(subscriber, "sub=5", "sub=268435455");
            Expect.All(subscriber, "PUBLISH a/b/c '3' q1 i3 {sub=5}");

            // Replacing the subscription replaces its identifier, and the retained message carries it.
            publisher.Publish("c", "r", 0, true, null);
            subscriber.Subscribe("c", 0, 8);
            subscriber.NextAll();
            publisher.Publish("c", "s", 0);
            Expect.All(subscriber, "PUBLISH c 's' q0 {sub=8}");
            subscriber.Subscribe("c", 0, 9);
            Expect.All(subscriber, "SUBACK i6 00; PUBLISH c 'r' q0 retain {sub=9}");
            Assert.AreEqual(0, CountOfLists(bench));
        }

        // [MQTT5-3.8.3-3]
        [TestMethod]
        public void NoLocalKeepsOnlyTheOwnMessagesAway()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(V5, "c");
            client.Subscribe("a/#", 1 | SubscriptionOptions.NoLocal, 5);
            client.Subscribe("a/b", 0, 6);
            client.NextAll();
            SimClient other = bench.Connect(V5, "o");
            client.Publish("a/x", "own", 1);
            Expect.All(client, "PUBACK i3");
            client.Publish("a/b", "own", 1);
            Expect.All(client, "PUBLISH a/b 'own' q0 {sub=6}; PUBACK i4");
            other.Publish("a/x", "theirs", 1);
            Expect.All(client, "PUBLISH a/x 'theirs' q1 i1 {sub=5}");
        }

        // No Local looks at the Session: a Will of the own Client does not come back either.
        [TestMethod]
        public void OwnMessagesComeBackWithoutNoLocal()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = Expect.Subscriber(bench, V3, "c", "t", 2);
            client.Publish("t", "x", 0);
            Expect.All(client, "PUBLISH t 'x' q0");
            client.Publish("t", "y", 2);
            Expect.All(client, "PUBLISH t 'y' q2 i1; PUBREC i2");
        }

        // [MQTT-3.8.1-1] [MQTT-3.8.3-3] [MQTT-3.8.3-4] [MQTT-3.10.1-1] [MQTT-3.10.3-2] [MQTT-2.3.1-1] [MQTT-4.7.1-2]
        // [MQTT-4.7.1-3] [MQTT-4.7.3-1] [MQTT-4.7.3-2] [MQTT-3.8.3-1] [MQTT-3.10.3-1]
        [TestMethod]
        [DataRow("80 06 00 01 00 01 61 00", ReasonCode.MalformedPacket)]
        [DataRow("82 02 00 01", ReasonCode.ProtocolError)]
        [DataRow("82 06 00 01 00 01 61 03", ReasonCode.MalformedPacket)]
        [DataRow("82 06 00 01 00 01 61 04", ReasonCode.MalformedPacket)]
        [DataRow("82 06 00 00 00 01 61 00", ReasonCode.ProtocolError)]
        [DataRow("82 07 00 01 00 02 61 23 00", ReasonCode.MalformedPacket)]
        [DataRow("82 08 00 01 00 03 23 2F 61 00", ReasonCode.MalformedPacket)]
        [DataRow("82 07 00 01 00 02 61 2B 00", ReasonCode.MalformedPacket)]
        [DataRow("82 05 00 01 00 00 00", ReasonCode.MalformedPacket)]
        [DataRow("82 06 00 01 00 01 00 00", ReasonCode.MalformedPacket)]
        [DataRow("82 06 00 01 00 01 80 00", ReasonCode.MalformedPacket)]
        [DataRow("A0 05 00 01 00 01 61", ReasonCode.MalformedPacket)]
        [DataRow("A2 02 00 01", ReasonCode.ProtocolError)]
        [DataRow("A2 05 00 00 00 01 61", ReasonCode.ProtocolError)]
        [DataRow("A2 05 00 01 00 01 80", ReasonCode.MalformedPacket)]
        public void IllFormedRequestEndsTheConnection(string hex, int code)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(V3, "c");
            client.SendHex(hex);

            Expect.All(client, "closed");
            int told = bench.Events.LastDetail(Ports.BrokerEvent.ServerDisconnected);
            Assert.IsTrue(told == ReasonCode.MalformedPacket || told == ReasonCode.ProtocolError, "told " + told + " for " + code);
            Leaks.AssertNone(bench);
        }

        // [MQTT5-3.8.1-1] [MQTT5-3.8.3-1] [MQTT5-3.8.3-2] [MQTT5-3.8.3-4] [MQTT5-3.8.3-5] [MQTT5-3.10.1-1] [MQTT5-3.10.3-1]
        // [MQTT5-3.10.3-2] [MQTT5-4.7.1-1] [MQTT5-4.7.1-2] [MQTT5-4.8.2-1] [MQTT5-4.8.2-2]
        [TestMethod]
        [DataRow("80 07 00 01 00 00 01 61 00", "reserved bits")]
        [DataRow("82 03 00 01 00", "no filter")]
        [DataRow("82 07 00 01 00 00 01 61 03", "QoS 3")]
        [DataRow("82 07 00 01 00 00 01 61 30", "Retain Handling 3")]
        [DataRow("82 07 00 01 00 00 01 61 40", "reserved option")]
        [DataRow("82 07 00 01 00 00 01 80 00", "not UTF-8")]
        [DataRow("82 08 00 01 00 00 02 61 23 00", "# not after a separator")]
        [DataRow("82 08 00 01 00 00 02 2B 61 00", "+ beside a letter")]
        [DataRow("82 10 00 01 00 00 0A 24 73 68 61 72 65 2F 67 2F 74 04", "No Local on a Shared Subscription")]
        [DataRow("82 0F 00 01 00 00 09 24 73 68 61 72 65 2F 2F 74 00", "empty ShareName")]
        [DataRow("82 10 00 01 00 00 0A 24 73 68 61 72 65 2F 2B 2F 74 00", "wildcard in the ShareName")]
        [DataRow("82 0E 00 01 00 00 08 24 73 68 61 72 65 2F 67 00", "no filter behind the ShareName")]
        [DataRow("82 09 00 01 02 0B 00 00 01 61 00", "Subscription Identifier 0")]
        [DataRow("A0 06 00 01 00 00 01 61", "reserved bits of UNSUBSCRIBE")]
        [DataRow("A2 03 00 01 00", "no filter in UNSUBSCRIBE")]
        [DataRow("A2 06 00 01 00 00 01 80", "UNSUBSCRIBE not UTF-8")]
        public void IllFormedRequestOf5EndsTheConnection(string hex, string why)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(V5, "c");
            client.SendHex(hex);
            string answer = client.NextAll();

            Assert.IsTrue(answer == "DISCONNECT 81; closed" || answer == "DISCONNECT 82; closed", why + ": " + answer);
            Leaks.AssertNone(bench);
        }

        // [MQTT-3.9.3-2]
        [TestMethod]
        [DataRow(V3, "SUBACK i2 80")]
        [DataRow(V5, "SUBACK i2 97")]
        public void FullTableIsAnsweredFilterByFilter(int level, string answer)
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.SubscriptionsMax = 1;
            SimClient client = Expect.Subscriber(bench, level, "c", "a", 1);
            client.Subscribe("b", 1);
            Expect.All(client, answer);
            Expect.Subscribed(client, "a", 2);
            client.Unsubscribe("a");
            client.Next();
            Expect.Subscribed(client, "b", 1);
        }

        // [MQTT-3.12.4-1] [MQTT5-3.12.4-1]
        [TestMethod]
        [DataRow(V3)]
        [DataRow(V5)]
        public void PingIsAnswered(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(level, "c");
            client.Ping();
            Expect.All(client, "PINGRESP");
            client.SendHex("C1 00");
            Expect.Disconnected(client, ReasonCode.MalformedPacket);
        }

        private static string Head(SimClient client)
        {
            string text = client.Next();
            int brace = text.IndexOf(" {");
            return brace < 0 ? text : text.Substring(0, brace);
        }

        private static void AssertIdentifiers(SimClient client, string one, string other)
        {
            string properties = client.Last.Properties;
            Assert.IsTrue(properties == one + " " + other || properties == other + " " + one, properties);
        }

        private static int CountOfLists(BrokerBench bench)
        {
            // Deliveries that wait for PUBACK keep theirs; after a clean start none is left.
            SimClient clean = bench.Connect(V5, "s");
            clean.Disconnect();
            return bench.Broker.Context.Deliveries.Count;
        }
    }
}
