using EdgeBroker.Ports;
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
    /// <summary>CONNECT packets that are accepted, and the terms.</summary>
    [TestClass]
    public class ConnectTests
    {
        // [MQTT-3.1.4-4] [MQTT-3.2.0-1] [MQTT5-3.1.4-5] [MQTT5-3.2.0-1] [MQTT5-3.2.0-2] [MQTT5-3.2.2-1] [MQTT5-3.2.2-8]
        [TestMethod]
        [DataRow(ProtocolLevel.V31)]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void ConnectIsAnsweredByOneConnackBeforeAnythingElse(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Client(level, "c");
            client.Open();
            client.SendConnect();
            client.Ping();

            Expect.All(client, "CONNACK 00; PINGRESP");
            Assert.AreEqual(1, bench.Broker.ConnectedCount);
            client.Disconnect();
            Leaks.AssertNone(bench);
        }

        // [MQTT-3.1.0-2] [MQTT5-3.1.0-2] [MQTT-4.8.0-1]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void SecondConnectIsAProtocolError(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(level, "c");
            client.SendConnect();

            Expect.Disconnected(client, ReasonCode.ProtocolError);
            Leaks.AssertNone(bench);
        }

        [TestMethod]
        [DataRow("20 02 00 00")]
        [DataRow("90 03 00 01 00")]
        [DataRow("B0 02 00 01")]
        [DataRow("D0 00")]
        [DataRow("F0 00")]
        public void PacketThatOnlyAServerSendsIsAProtocolError(string hex)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(ProtocolLevel.V311, "c");
            client.SendHex(hex);

            Expect.Disconnected(client, ReasonCode.ProtocolError);
            Leaks.AssertNone(bench);
        }

        // [MQTT-3.1.3-5] [MQTT5-3.1.3-5] [MQTT-3.1.3-2] [MQTT5-3.1.3-2] [MQTT-3.1.3-3] [MQTT5-3.1.3-3]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void ClientIdentifiersOfEveryAllowedLetterAndLengthAreAccepted(int level)
        {
            const string Letters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
            BrokerBench bench = new BrokerBench();
            bench.Connect(level, Letters.Substring(0, 1));
            bench.Connect(level, Letters.Substring(0, 23));
            bench.Connect(level, Letters.Substring(20, 23));
            bench.Connect(level, Letters.Substring(39, 23));
            bench.Connect(level, Letters + Letters + Letters + Letters);

            Assert.AreEqual(5, bench.Broker.ConnectedCount);
        }

        // [MQTT-3.1.3-6]
        [TestMethod]
        public void EmptyIdentifierWithCleanSessionGetsASessionOfItsOwn()
        {
            BrokerBench bench = new BrokerBench();
            SimClient first = bench.Connect(ProtocolLevel.V311, null);
            SimClient second = bench.Connect(ProtocolLevel.V311, null);

            Assert.AreEqual(2, bench.Broker.SessionCount);
            first.Ping();
            Expect.Next(first, "PINGRESP");
            second.Disconnect();
            first.Disconnect();
            Leaks.AssertNone(bench);
        }

        // [MQTT5-3.1.3-6] [MQTT5-3.1.3-7] [MQTT5-3.2.2-16]
        [TestMethod]
        public void AssignedIdentifierIsToldUniqueAndLeadsBackToTheSession()
        {
            BrokerBench bench = new BrokerBench();
            SimClient first = bench.Client(ProtocolLevel.V5, null);
            first.Options.SessionExpiryIntervalS = 100;
            Assert.AreEqual("CONNACK 00", first.Connect());
            string assigned = PropertyOf(first, "assigned");
            SimClient second = bench.Client(ProtocolLevel.V5, null);
            Assert.AreEqual("CONNACK 00", second.Connect());

            Assert.IsTrue(assigned.Length > 0);
            Assert.IsTrue(assigned != PropertyOf(second, "assigned"));
            first.Disconnect();
            SimClient back = bench.Client(ProtocolLevel.V5, assigned);
            back.Options.CleanStart = false;
            Assert.AreEqual("CONNACK 00 present", back.Connect());
            Assert.AreEqual("", PropertyOf(back, "assigned"));
        }

        // [MQTT5-3.1.2-21] [MQTT5-3.2.2-21] [MQTT5-3.2.2-22]
        [TestMethod]
        [DataRow(60, 0, "")]
        [DataRow(60, 30, "30")]
        [DataRow(20, 30, "")]
        [DataRow(0, 30, "30")]
        public void ServerKeepAliveIsToldWhereItIsShorter(int asked, int most, string told)
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.ServerKeepAliveS = most;
            SimClient client = bench.Client(ProtocolLevel.V5, "c");
            client.Options.KeepAliveS = asked;
            Assert.AreEqual("CONNACK 00", client.Connect());
            Assert.AreEqual(told, PropertyOf(client, "keep-alive"));

            int granted = told.Length == 0 ? asked : most;
            bench.Advance(granted * 1500 - 1);
            Expect.Nothing(client);
            bench.Advance(1);
            Expect.Disconnected(client, ReasonCode.KeepAliveTimeout);
        }

        // [MQTT-3.1.2-24] [MQTT5-3.1.2-22]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void SilenceForOneAndAHalfKeepAlivesEndsTheConnection(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Client(level, "c");
            client.Options.KeepAliveS = 7;
            Assert.AreEqual("CONNACK 00", client.Connect());
            bench.Advance(10000);
            client.Ping();
            Expect.Next(client, "PINGRESP");
            bench.Advance(10499);
            Expect.Nothing(client);
            bench.Advance(1);

            Expect.Disconnected(client, ReasonCode.KeepAliveTimeout);
            Leaks.AssertNone(bench);
        }

        [TestMethod]
        public void KeepAliveOfZeroNeverEndsTheConnection()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(ProtocolLevel.V311, "c");
            bench.Advance(7L * 24 * 3600 * 1000);
            client.Ping();

            Expect.Next(client, "PINGRESP");
        }

        [TestMethod]
        public void PacketThatTricklesInIsASignOfLifeForABoundedTime()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Client(ProtocolLevel.V5, "c");
            client.Options.KeepAliveS = 10;
            Assert.AreEqual("CONNACK 00", client.Connect());
            client.SendHex("30 7F 00 01 61 00");
            int seconds = 0;
            while (client.Next().Length == 0 && seconds < 200)
            {
                client.SendHex("78");
                bench.Advance(10000);
                seconds += 10;
            }

            Assert.AreEqual(60, seconds);
        }

        // [MQTT-3.1.4-2] [MQTT5-3.1.4-3]
        [TestMethod]
        [DataRow(ProtocolLevel.V311, ProtocolLevel.V5)]
        [DataRow(ProtocolLevel.V5, ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5, ProtocolLevel.V5)]
        public void ClientThatConnectsTwiceTakesOver(int first, int second)
        {
            BrokerBench bench = new BrokerBench();
            SimClient old = bench.Connect(first, "c");
            SimClient young = bench.Connect(second, "c");

            Expect.Disconnected(old, ReasonCode.SessionTakenOver);
            young.Ping();
            Expect.Next(young, "PINGRESP");
            Assert.AreEqual(1, bench.Broker.ConnectedCount);
            Assert.AreEqual(1, bench.Broker.SessionCount);
        }

        [TestMethod]
        public void TakeOverNeedsNoFreeConnection()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.ConnectionsMax = 1;
            bench.Limits.SessionsMax = 1;
            SimClient old = bench.ConnectDurable(ProtocolLevel.V311, "c");
            SimClient young = bench.Client(ProtocolLevel.V311, "c");
            young.Options.CleanStart = false;

            Assert.AreEqual("CONNACK 00 present", young.Connect());
            Expect.All(old, "closed");
            Assert.AreEqual(1, bench.Events.CountOf(BrokerEvent.ServerDisconnected));
        }

        // [MQTT5-3.1.2-28]
        [TestMethod]
        [DataRow(0, "")]
        [DataRow(1, "response/c")]
        public void ResponseInformationComesOnlyIfAskedFor(int asked, string told)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Client(ProtocolLevel.V5, "c");
            client.Options.Properties = new PropertyList().Byte(PropertyId.RequestResponseInformation, asked).ToBytes();

            Assert.AreEqual("CONNACK 00", client.Connect());
            Assert.AreEqual(told, PropertyOf(client, "response-information"));
        }

        // [MQTT5-3.2.2-9]: what is not restricted is not announced.
        [TestMethod]
        public void BoundsAreAnnounced()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.ReceiveMax = 10;
            bench.Limits.PacketSizeMax = 2000;
            bench.Limits.TopicAliasMax = 3;
            SimClient client = bench.Connect(ProtocolLevel.V5, "c");
            Assert.AreEqual("receive-max=10 packet-max=2000 alias-max=3", client.Last.Properties);

            bench = new BrokerBench();
            bench.Limits.MaximumQoS = 1;
            bench.Limits.RetainAvailable = false;
            bench.Limits.WildcardAvailable = false;
            bench.Limits.SubscriptionIdsAvailable = false;
            bench.Limits.SharedAvailable = false;
            client = bench.Connect(ProtocolLevel.V5, "c");
            Assert.AreEqual(
                "receive-max=1024 qos-max=1 retain=0 packet-max=1048576 alias-max=10 wildcard=0 sub-ids=0 shared=0",
                client.Last.Properties);
        }

        /// <summary>The value of a property of the packet that was told last; "" if it has none.</summary>
        internal static string PropertyOf(SimClient client, string name)
        {
            string text = " " + client.Last.Properties + " ";
            int start = text.IndexOf(" " + name + "=");
            if (start < 0)
            {
                return "";
            }

            start += name.Length + 2;
            return text.Substring(start, text.IndexOf(' ', start) - start);
        }
    }
}
