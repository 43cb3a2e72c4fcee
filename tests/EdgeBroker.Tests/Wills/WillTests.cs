using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests.Wills
{
    /// <summary>When Will Messages are published, when not, and never twice.</summary>
    [TestClass]
    public class WillTests
    {
        private const int V3 = ProtocolLevel.V311;
        private const int V5 = ProtocolLevel.V5;

        // [MQTT-3.1.2-8] [MQTT-3.1.2-10] [MQTT-3.1.2-12] [MQTT-3.14.4-3] [MQTT5-3.1.2-7] [MQTT5-3.1.2-8] [MQTT5-3.1.2-10]
        // [MQTT5-3.14.4-3]
        [TestMethod]
        [DataRow("reset", true)]
        [DataRow("close", true)]
        [DataRow("keep alive", true)]
        [DataRow("protocol error", true)]
        [DataRow("malformed", true)]
        [DataRow("taken over", true)]
        [DataRow("disconnect", false)]
        public void WillIsPublishedUnlessTheClientSaysGoodbye(string end, bool published)
        {
            AssertEnd(V3, end, published);
            AssertEnd(V31(), end, published);
            AssertEnd(V5, end, published);
        }

        [TestMethod]
        [DataRow(ReasonCode.NormalDisconnection, false)]
        [DataRow(ReasonCode.DisconnectWithWillMessage, true)]
        [DataRow(ReasonCode.UnspecifiedError, true)]
        [DataRow(ReasonCode.QuotaExceeded, true)]
        public void CodeOfDisconnectDecides(int code, bool published)
        {
            BrokerBench bench = new BrokerBench();
            SimClient watcher = Expect.Subscriber(bench, V5, "w", "will", 2);
            SimClient client = WithWill(bench, V5, 1, false);
            client.Disconnect(code, -1);

            Expect.All(watcher, published ? "PUBLISH will 'gone' q1 i1" : "");
        }

        // [MQTT-3.1.2-16] [MQTT-3.1.2-17] [MQTT5-3.1.2-14] [MQTT5-3.1.2-15]
        [TestMethod]
        [DataRow(V3, 0, false)]
        [DataRow(V3, 1, true)]
        [DataRow(V3, 2, true)]
        [DataRow(V5, 0, true)]
        [DataRow(V5, 2, false)]
        public void WillHasItsQoSAndIsRetainedIfItSaysSo(int level, int qos, bool retain)
        {
            BrokerBench bench = new BrokerBench();
            SimClient watcher = Expect.Subscriber(bench, V3, "w", "will", 2);
            SimClient client = WithWill(bench, level, qos, retain);
            client.Reset();

            Expect.All(watcher, "PUBLISH will 'gone' q" + qos + (qos > 0 ? " i1" : ""));
            Assert.AreEqual(retain ? 1 : 0, bench.Broker.RetainedCount);
            SimClient late = Expect.Subscriber(bench, V3, "late", "will", 0);
            Expect.All(late, retain ? "PUBLISH will 'gone' q0 retain" : "");
        }

        [TestMethod]
        public void RetainedWillWithoutPayloadRemovesTheRetainedMessage()
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(V3, "p");
            publisher.Publish("will", "alive", 1, true, null);
            Expect.Next(publisher, "PUBACK i1");
            SimClient client = bench.Client(V3, "c");
            client.Options.WillTopic = Bytes.OfText("will");
            client.Options.WillRetain = true;
            client.Connect();
            client.Reset();

            Assert.AreEqual(0, bench.Broker.RetainedCount);
        }

        // [MQTT5-3.1.3-9] [MQTT5-3.1.2-8]
        [TestMethod]
        [DataRow(10, 100, 10)]
        [DataRow(100, 10, 10)]
        [DataRow(10, 0, 0)]
        [DataRow(0, 100, 0)]
        public void WillIsPublishedAfterItsDelayOrWithTheEndOfItsSession(int delayS, int expiryS, int dueS)
        {
            BrokerBench bench = new BrokerBench();
            SimClient watcher = Expect.Subscriber(bench, V5, "w", "will", 0);
            SimClient client = Delayed(bench, delayS, expiryS);
            client.Reset();
            if (dueS > 0)
            {
                bench.Advance(dueS * 1000 - 1);
                Expect.Nothing(watcher);
                bench.Advance(1);
            }

            Expect.All(watcher, "PUBLISH will 'gone' q0");
            bench.Advance(200000);
            Expect.Nothing(watcher);
            Assert.AreEqual(1, bench.Events.CountOf(BrokerEvent.WillPublished));
            watcher.Disconnect();
            Leaks.AssertNone(bench);
        }

        [TestMethod]
        [DataRow(false, "")]
        [DataRow(true, "PUBLISH will 'gone' q0")]
        public void ClientThatIsBackInTimeKeepsItsWillUnlessItsSessionEnds(bool clean, string published)
        {
            BrokerBench bench = new BrokerBench();
            SimClient watcher = Expect.Subscriber(bench, V5, "w", "will", 0);
            SimClient client = Delayed(bench, 10, 100);
            client.Reset();
            bench.Advance(9999);
            SimClient back = bench.Client(V5, "c");
            back.Options.CleanStart = clean;
            back.Connect();

            Expect.All(watcher, published);
            bench.Advance(200000);
            back.Disconnect();
            bench.Advance(200000);
            Expect.Nothing(watcher);
        }

        [TestMethod]
        [DataRow(10, false, "")]
        [DataRow(10, true, "PUBLISH will 'gone' q0")]
        [DataRow(0, false, "PUBLISH will 'gone' q0")]
        public void TakeOverPublishesAWillWithoutDelay(int delayS, bool clean, string published)
        {
            BrokerBench bench = new BrokerBench();
            SimClient watcher = Expect.Subscriber(bench, V5, "w", "will", 0);
            SimClient client = Delayed(bench, delayS, 100);
            SimClient young = bench.Client(V5, "c");
            young.Options.CleanStart = clean;
            young.Connect();

            Expect.All(watcher, published);
            Expect.Disconnected(client, ReasonCode.SessionTakenOver);
            bench.Advance(20000);
            Expect.Nothing(watcher);
        }

        [TestMethod]
        public void NewConnectionWithoutWillHasNone()
        {
            BrokerBench bench = new BrokerBench();
            SimClient watcher = Expect.Subscriber(bench, V3, "w", "will", 0);
            SimClient client = bench.Client(V3, "c");
            client.Options.CleanStart = false;
            client.Options.WillTopic = Bytes.OfText("will");
            client.Connect();
            client.Disconnect();
            client.Options.WillTopic = null;
            Assert.AreEqual("CONNACK 00 present", client.Connect());
            client.Reset();

            Expect.Nothing(watcher);
        }

        // [MQTT5-3.1.3-10] [MQTT5-3.1.2-9] [MQTT5-3.3.2-5]
        [TestMethod]
        public void WillPropertiesAreForwardedInOrderAndItsExpiryBeginsWithItsPublication()
        {
            BrokerBench bench = new BrokerBench();
            SimClient watcher = Expect.Subscriber(bench, V5, "w", "will", 1);
            SimClient away = Expect.DurableSubscriber(bench, V5, "away", "will", 1);
            away.Disconnect();
            SimClient client = bench.Client(V5, "c");
            client.Options.WillTopic = Bytes.OfText("will");
            client.Options.WillQoS = 1;
            client.Options.SessionExpiryIntervalS = 1000;
            client.Options.WillDelayIntervalS = 50;
            client.Options.WillProperties = new PropertyList()
                .User("b", "1")
                .UInt32(PropertyId.MessageExpiryInterval, 20)
                .Text(PropertyId.ContentType, "text")
                .User("a", "2")
                .User("b", "3")
                .ToBytes();
            client.Connect();
            client.Reset();
            bench.Advance(50000);
            Expect.All(watcher, "PUBLISH will '' q1 i1 {expiry=20 user=b:1 type=text user=a:2 user=b:3}");
            bench.Advance(20000);
            Assert.AreEqual("CONNACK 00 present", away.Connect());
            Expect.Nothing(away);
        }

        [TestMethod]
        public void WillThatSharesATopicWithItsOwnSubscriptionStaysInTheSession()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Client(V3, "c");
            client.Options.CleanStart = false;
            client.Options.WillTopic = Bytes.OfText("will");
            client.Options.WillPayload = Bytes.OfText("gone");
            client.Options.WillQoS = 1;
            client.Connect();
            Expect.Subscribed(client, "#", 1);
            client.Reset();

            Assert.AreEqual("CONNACK 00 present", client.Connect());
            Expect.Next(client, "PUBLISH will 'gone' q1 i1");
        }

        [TestMethod]
        public void WillsOfAChainOfClientsAreAllPublished()
        {
            // The Will of one breaks nothing while that of another is being published.
            BrokerBench bench = new BrokerBench();
            SimClient watcher = Expect.Subscriber(bench, V3, "w", "will", 0);
            SimClient[] clients = new SimClient[20];
            for (int i = 0; i < clients.Length; i++)
            {
                clients[i] = bench.Client(V3, "c" + i);
                clients[i].Options.WillTopic = Bytes.OfText("will");
                clients[i].Options.WillPayload = Bytes.OfText("w" + i);
                clients[i].Connect();
                Expect.Subscribed(clients[i], "#", 1);
            }

            for (int i = 0; i < clients.Length; i++)
            {
                bench.Network.ClientReset(clients[i].Link);
            }

            string text = watcher.NextAll();
            for (int i = 0; i < clients.Length; i++)
            {
                int first = text.IndexOf("'w" + i + "'");
                Assert.IsTrue(first >= 0 && text.IndexOf("'w" + i + "'", first + 1) < 0, "w" + i + " in " + text);
            }

            watcher.Disconnect();
            Leaks.AssertNone(bench);
        }

        private static int V31()
        {
            return ProtocolLevel.V31;
        }

        private static SimClient WithWill(BrokerBench bench, int level, int qos, bool retain)
        {
            SimClient client = bench.Client(level, "c");
            client.Options.KeepAliveS = 10;
            client.Options.WillTopic = Bytes.OfText("will");
            client.Options.WillPayload = Bytes.OfText("gone");
            client.Options.WillQoS = qos;
            client.Options.WillRetain = retain;
            Assert.AreEqual("CONNACK 00", client.Connect());
            return client;
        }

        private static SimClient Delayed(BrokerBench bench, int delayS, int expiryS)
        {
            SimClient client = bench.Client(V5, "c");
            client.Options.WillTopic = Bytes.OfText("will");
            client.Options.WillPayload = Bytes.OfText("gone");
            client.Options.WillDelayIntervalS = delayS;
            client.Options.SessionExpiryIntervalS = expiryS;
            Assert.AreEqual("CONNACK 00", client.Connect());
            return client;
        }

        private static void AssertEnd(int level, string end, bool published)
        {
            BrokerBench bench = new BrokerBench();
            SimClient watcher = Expect.Subscriber(bench, V5, "w", "will", 0);
            SimClient client = WithWill(bench, level, 1, false);
            switch (end)
            {
                case "reset":
                    client.Reset();
                    break;
                case "close":
                    client.Close();
                    break;
                case "keep alive":
                    bench.Advance(15000);
                    break;
                case "protocol error":
                    client.SendConnect();
                    break;
                case "malformed":
                    client.SendHex("36 00");
                    break;
                case "taken over":
                    bench.Connect(level, "c").Disconnect();
                    break;
                default:
                    client.Disconnect();
                    break;
            }

            Expect.All(watcher, published ? "PUBLISH will 'gone' q0" : "");
            bench.Advance(100000);
            Expect.Nothing(watcher);
            watcher.Disconnect();
            Leaks.AssertNone(bench);
        }
    }
}
