using EdgeBroker.Ports;
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
    /// <summary>Session Present in every case, and how long Sessions are kept.</summary>
    [TestClass]
    public class SessionPresentTests
    {
        private const int V3 = ProtocolLevel.V311;
        private const int V5 = ProtocolLevel.V5;

        // The first connection, how it ends, and the second: 3.1.1, section 3.2.2.2.
        // [MQTT-3.1.2-4] [MQTT-3.1.2-6] [MQTT-3.2.2-1] [MQTT-3.2.2-2] [MQTT-3.2.2-3] [MQTT-3.1.4-3] [MQTT-4.1.0-1]
        [TestMethod]
        [DataRow(false, "disconnect", false, "CONNACK 00 present")]
        [DataRow(false, "reset", false, "CONNACK 00 present")]
        [DataRow(false, "stay", false, "CONNACK 00 present")]
        [DataRow(false, "disconnect", true, "CONNACK 00")]
        [DataRow(false, "stay", true, "CONNACK 00")]
        [DataRow(true, "disconnect", false, "CONNACK 00")]
        [DataRow(true, "reset", false, "CONNACK 00")]
        [DataRow(true, "stay", false, "CONNACK 00")]
        [DataRow(true, "stay", true, "CONNACK 00")]
        public void SessionPresentBefore5(bool firstClean, string end, bool secondClean, string answer)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Client(V3, "c");
            client.Options.CleanStart = firstClean;
            Assert.AreEqual("CONNACK 00", client.Connect());
            Expect.Subscribed(client, "t", 1);
            End(client, end);
            SimClient back = bench.Client(V3, "c");
            back.Options.CleanStart = secondClean;

            Assert.AreEqual(answer, back.Connect());
            AssertState(bench, back, answer.EndsWith("present"));
        }

        // 5.0, section 3.2.2.1.1.
        // [MQTT5-3.1.2-4] [MQTT5-3.1.2-5] [MQTT5-3.1.2-6] [MQTT5-3.2.2-2] [MQTT5-3.2.2-3] [MQTT5-3.1.4-4] [MQTT5-3.1.2-23]
        // [MQTT5-4.1.0-1]
        [TestMethod]
        [DataRow(-1, "disconnect", false, "CONNACK 00")]
        [DataRow(0, "disconnect", false, "CONNACK 00")]
        [DataRow(0, "stay", false, "CONNACK 00")]
        [DataRow(100, "disconnect", false, "CONNACK 00 present")]
        [DataRow(100, "reset", false, "CONNACK 00 present")]
        [DataRow(100, "stay", false, "CONNACK 00 present")]
        [DataRow(100, "disconnect", true, "CONNACK 00")]
        [DataRow(100, "stay", true, "CONNACK 00")]
        public void SessionPresentOf5(int expiryS, string end, bool secondClean, string answer)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Client(V5, "c");
            client.Options.SessionExpiryIntervalS = expiryS;
            Assert.AreEqual("CONNACK 00", client.Connect());
            Expect.Subscribed(client, "t", 1);
            End(client, end);
            SimClient back = bench.Client(V5, "c");
            back.Options.CleanStart = secondClean;

            Assert.AreEqual(answer, back.Connect());
            AssertState(bench, back, answer.EndsWith("present"));
        }

        // [MQTT-3.2.2-4] [MQTT5-3.2.2-6]
        [TestMethod]
        public void RefusalNeverSaysSessionPresent()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.ConnectionsMax = 1;
            SimClient client = bench.ConnectDurable(V5, "c");
            client.Disconnect();
            bench.Connect(V5, "other");

            Assert.AreEqual("CONNACK 89", client.Connect());
        }

        // MQTT 3.1 has no Session Present, but Sessions.
        [TestMethod]
        public void SessionOf31IsResumedWithoutSayingSo()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = Expect.DurableSubscriber(bench, ProtocolLevel.V31, "c", "t", 1);
            client.Disconnect();
            Publish(bench);

            Assert.AreEqual("CONNACK 00", client.Connect());
            Expect.Next(client, "PUBLISH t 'x' q1 i1");
        }

        [TestMethod]
        public void SessionOutlivesAChangeOfVersion()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = Expect.DurableSubscriber(bench, V3, "c", "t", 1);
            client.Disconnect();
            Publish(bench);
            client.Level = V5;

            Assert.AreEqual("CONNACK 00 present", client.Connect());
            Expect.Next(client, "PUBLISH t 'x' q1 i1");
        }

        // [MQTT5-4.1.0-2]
        [TestMethod]
        public void SessionEndsWhenItsExpiryIntervalIsOver()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Client(V5, "c");
            client.Options.CleanStart = false;
            client.Options.SessionExpiryIntervalS = 100;
            Assert.AreEqual("CONNACK 00", client.Connect());
            Expect.Subscribed(client, "t", 1);
            bench.Advance(200000);
            client.Disconnect();
            Publish(bench);
            bench.Advance(99999);
            Assert.AreEqual(1, bench.Broker.SessionCount);
            bench.Advance(1);

            Assert.AreEqual(0, bench.Broker.SessionCount);
            Assert.AreEqual(1L, bench.Broker.Counters.SessionsExpired);
            Assert.AreEqual(1L, bench.Broker.Counters.Drops[DropReason.SessionEnded]);
            Leaks.AssertNone(bench);
            Assert.AreEqual("CONNACK 00", client.Connect());
        }

        [TestMethod]
        [DataRow(50L, "", 50)]
        [DataRow(200L, "100", 100)]
        [DataRow(4294967295L, "100", 100)]
        public void SessionExpiryIsCappedAndTheCapIsTold(long asked, string told, int keptS)
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.SessionExpiryMaxS = 100;
            SimClient client = bench.Client(V5, "c");
            client.Options.SessionExpiryIntervalS = asked;
            Assert.AreEqual("CONNACK 00", client.Connect());
            Assert.AreEqual(told, Connecting.ConnectTests.PropertyOf(client, "session-expiry"));

            client.Disconnect();
            bench.Advance(keptS * 1000 - 1);
            Assert.AreEqual(1, bench.Broker.SessionCount);
            bench.Advance(1);
            Assert.AreEqual(0, bench.Broker.SessionCount);
        }

        [TestMethod]
        public void CapHoldsForSessionsOf311()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.SessionExpiryMaxS = 100;
            SimClient client = bench.ConnectDurable(V3, "c");
            client.Disconnect();
            bench.Advance(99999);
            Assert.AreEqual(1, bench.Broker.SessionCount);
            bench.Advance(1);

            Leaks.AssertNone(bench);
        }

        [TestMethod]
        public void SessionThatNeverExpiresDoesNot()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.ConnectDurable(V5, "c");
            client.Disconnect();
            bench.Advance(200L * 365 * 24 * 3600 * 1000);
            client.Options.CleanStart = false;

            Assert.AreEqual("CONNACK 00 present", client.Connect());
        }

        [TestMethod]
        public void DisconnectChangesTheExpiry()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Client(V5, "c");
            client.Options.SessionExpiryIntervalS = 100;
            Assert.AreEqual("CONNACK 00", client.Connect());
            client.Disconnect(ReasonCode.NormalDisconnection, 5);
            bench.Advance(4999);
            Assert.AreEqual(1, bench.Broker.SessionCount);
            bench.Advance(1);
            Assert.AreEqual(0, bench.Broker.SessionCount);

            Assert.AreEqual("CONNACK 00", client.Connect());
            client.Disconnect(ReasonCode.NormalDisconnection, 0);
            Leaks.AssertNone(bench);
        }

        [TestMethod]
        public void DisconnectCantMakeASessionDurable()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(V5, "c");
            client.SendDisconnect(ReasonCode.NormalDisconnection, 5);

            Expect.Disconnected(client, ReasonCode.ProtocolError);
            Leaks.AssertNone(bench);
        }

        [TestMethod]
        public void DisconnectCantExceedTheCap()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.SessionExpiryMaxS = 100;
            SimClient client = bench.Client(V5, "c");
            client.Options.SessionExpiryIntervalS = 10;
            Assert.AreEqual("CONNACK 00", client.Connect());
            client.Disconnect(ReasonCode.NormalDisconnection, 4294967295);
            bench.Advance(100000);

            Leaks.AssertNone(bench);
        }

        // [MQTT-3.1.2-7]
        [TestMethod]
        public void RetainedMessagesOutliveTheSession()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(V3, "c");
            client.Publish("t", "x", 1, true, null);
            Expect.Next(client, "PUBACK i1");
            client.Disconnect();

            Assert.AreEqual(0, bench.Broker.SessionCount);
            Assert.AreEqual(1, bench.Broker.RetainedCount);
        }

        private static void End(SimClient client, string end)
        {
            if (end == "disconnect")
            {
                client.Disconnect();
            }
            else if (end == "reset")
            {
                client.Reset();
            }
        }

        private static void Publish(BrokerBench bench)
        {
            SimClient publisher = bench.Connect(V3, "publisher");
            publisher.Publish("t", "x", 1);
            Expect.Next(publisher, "PUBACK i1");
            publisher.Disconnect();
        }

        // What Session Present says is what there is.
        private static void AssertState(BrokerBench bench, SimClient client, bool present)
        {
            Publish(bench);
            Expect.All(client, present ? "PUBLISH t 'x' q1 i1" : "");
        }
    }
}
