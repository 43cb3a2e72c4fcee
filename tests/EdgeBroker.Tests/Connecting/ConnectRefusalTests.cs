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
    /// <summary>CONNECT packets that are not accepted, and what is answered.</summary>
    [TestClass]
    public class ConnectRefusalTests
    {
        // [MQTT-3.1.0-1] [MQTT5-3.1.0-1] [MQTT5-3.14.0-1]: no DISCONNECT before CONNACK.
        [TestMethod]
        [DataRow("C0 00")]
        [DataRow("30 05 00 01 61 00 62")]
        [DataRow("E0 00")]
        [DataRow("F0 00")]
        [DataRow("00 00")]
        public void FirstPacketThatIsNotConnectClosesWithoutAWord(string hex)
        {
            AssertClosed(hex);
        }

        // [MQTT-3.1.4-1] [MQTT5-3.1.4-1] [MQTT5-4.13.1-1]
        [TestMethod]
        [DataRow("10 0D 00 04 4D 51 54 54 04 02 00 00 00 02 61", "string beyond the packet")]
        [DataRow("10 0B 00 04 4D 51 54 54 04 02 00 00 00 00", "too short for its level")]
        [DataRow("11 0D 00 04 4D 51 54 54 04 02 00 00 00 01 61", "reserved bits of the Fixed Header [MQTT-2.2.2-1] [MQTT-2.2.2-2]")]
        [DataRow("10 0D 00 04 4D 51 54 54 04 03 00 00 00 01 61", "reserved flag [MQTT-3.1.2-3]")]
        [DataRow("10 0E 00 04 4D 51 54 54 05 03 00 00 00 00 01 61", "reserved flag of 5.0 [MQTT5-3.1.2-3]")]
        [DataRow("10 0D 00 04 4D 51 54 58 04 02 00 00 00 01 61", "wrong name [MQTT-3.1.2-1] [MQTT5-3.1.2-1]")]
        [DataRow("10 0D 00 04 4D 51 54 54 04 1A 00 00 00 01 61", "Will QoS 3 or without Will [MQTT-3.1.2-11] [MQTT-3.1.2-13]")]
        [DataRow("10 0D 00 04 4D 51 54 54 04 22 00 00 00 01 61", "Will Retain without Will [MQTT-3.1.2-15]")]
        [DataRow("10 0D 00 04 4D 51 54 54 04 42 00 00 00 01 61", "password without user name [MQTT-3.1.2-22]")]
        [DataRow("10 0D 00 04 4D 51 54 54 04 82 00 00 00 01 61", "no user name despite its flag")]
        [DataRow("10 0D 00 04 4D 51 54 54 04 02 00 00 00 01 00", "null character [MQTT-1.5.3-2]")]
        [DataRow("10 0D 00 04 4D 51 54 54 04 02 00 00 00 01 80", "ill-formed UTF-8 [MQTT-1.5.3-1] [MQTT-3.1.3-4]")]
        [DataRow("10 80 80 80 80 01", "Remaining Length of five bytes")]
        public void IllFormedConnectClosesWithoutConnack(string hex, string why)
        {
            Assert.IsTrue(why.Length > 0);
            AssertClosed(hex);
        }

        // [MQTT-3.1.2-2] [MQTT5-3.1.2-2] [MQTT-3.2.2-5]
        [TestMethod]
        [DataRow("10 0D 00 04 4D 51 54 54 06 02 00 00 00 01 61")]
        [DataRow("10 0D 00 04 4D 51 54 54 03 02 00 00 00 01 61")]
        [DataRow("10 0F 00 06 4D 51 49 73 64 70 09 02 00 00 00 01 61")]
        public void UnknownLevelIsAnsweredWithReturnCode1(string hex)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Client(ProtocolLevel.V311, "");
            client.Open();
            client.SendHex(hex);

            Expect.All(client, "CONNACK 01; closed");
            Assert.AreEqual(1, bench.Events.CountOf(BrokerEvent.ConnectRefused));
            Leaks.AssertNone(bench);
        }

        // [MQTT-3.1.3-8] [MQTT-3.1.3-9] [MQTT-3.2.2-4] [MQTT-3.2.2-5]
        [TestMethod]
        [DataRow(ProtocolLevel.V311, false)]
        [DataRow(ProtocolLevel.V31, false)]
        [DataRow(ProtocolLevel.V31, true)]
        public void EmptyClientIdentifierThatCantBeAssignedIsAnsweredWithReturnCode2(int level, bool clean)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Client(level, null);
            client.Options.CleanStart = clean;

            Expect.Next(client, "");
            Assert.AreEqual("CONNACK 02", client.Connect());
            Expect.Next(client, "closed");
            Leaks.AssertNone(bench);
        }

        // [MQTT-3.1.4-5] [MQTT5-3.1.4-6] [MQTT5-3.2.2-7] [MQTT5-4.13.2-1]
        [TestMethod]
        [DataRow(ProtocolLevel.V311, "CONNACK 03; closed")]
        [DataRow(ProtocolLevel.V5, "CONNACK 89; closed")]
        public void PacketsBehindARefusedConnectAreNotProcessed(int level, string answer)
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.ConnectionsMax = 1;
            SimClient subscriber = Expect.Subscriber(bench, ProtocolLevel.V5, "s", "#", 0);
            SimClient late = bench.Client(level, "late");
            late.Open();
            late.SendConnect();
            late.Publish("t", "x", 0);

            Expect.All(late, answer);
            Expect.Nothing(subscriber);
            Assert.AreEqual(1, bench.Broker.SessionCount);
        }

        [TestMethod]
        [DataRow(ProtocolLevel.V311, "CONNACK 03; closed")]
        [DataRow(ProtocolLevel.V5, "CONNACK 97; closed")]
        public void FullSessionTableIsAnswered(int level, string answer)
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.ConnectionsMax = 1;
            bench.Limits.SessionsMax = 1;
            SimClient first = bench.ConnectDurable(ProtocolLevel.V5, "first");
            first.Disconnect();
            SimClient second = bench.Client(level, "second");
            second.Open();
            second.SendConnect();

            Expect.All(second, answer);
            first.Options.CleanStart = false;
            Assert.AreEqual("CONNACK 00 present", first.Connect());
        }

        [TestMethod]
        public void OverloadRefusalSaysWhenToTryAgainAndTheTimesDiffer()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.ConnectionsMax = 1;
            bench.Connect(ProtocolLevel.V5, "a");
            SimClient late = bench.Client(ProtocolLevel.V5, "late");

            Assert.AreEqual("CONNACK 89", late.Connect());
            string first = late.Last.Properties;
            Assert.IsTrue(first.StartsWith("reason=temporarily unavailable, try again later user=retry-after-ms:"), first);
            Assert.AreEqual("CONNACK 89", late.Connect());
            Assert.IsTrue(first != late.Last.Properties, first);
        }

        // [MQTT5-3.2.2-19] [MQTT5-3.2.2-20]: what is of most use stays longest, and the code in any case.
        [TestMethod]
        [DataRow(60, "", "CONNACK 89", "user=retry-after-ms:")]
        [DataRow(20, "", "CONNACK 89", "")]
        [DataRow(60, "other.example:1883", "CONNACK 9C", "user=retry-after-ms:")]
        [DataRow(30, "other.example:1883", "CONNACK 9C", "server=other.example:1883")]
        [DataRow(20, "other.example:1883", "CONNACK 9C", "")]
        public void ReasonIsLeftOutWhereTheClientsMaximumPacketSizeIsTooSmall(int size, string reference, string answer, string left)
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.ConnectionsMax = 1;
            bench.Limits.ServerReference = reference;
            bench.Connect(ProtocolLevel.V5, "a");
            SimClient late = bench.Client(ProtocolLevel.V5, "late");
            late.Options.MaximumPacketSize = size;

            Assert.AreEqual(answer, late.Connect());
            string told = late.Last.Properties;
            Assert.IsTrue(left.Length == 0 ? told.Length == 0 : told.IndexOf(left) >= 0, told);
            Assert.AreEqual(-1, told.IndexOf("reason="));
            Expect.Next(late, "closed");
        }

        // A CONNECT has to come in a reasonable time (section 3.1.4 of both standards).
        [TestMethod]
        public void ConnectionWithoutConnectInTimeIsClosed()
        {
            BrokerBench bench = new BrokerBench();
            SimClient silent = bench.Client(ProtocolLevel.V5, "c");
            silent.Open();
            bench.Advance(4999);
            Expect.Nothing(silent);
            bench.Advance(1);
            Expect.All(silent, "closed");
            Leaks.AssertNone(bench);
        }

        [TestMethod]
        public void ConnectThatTricklesInIsClosedInTimeToo()
        {
            BrokerBench bench = new BrokerBench();
            SimClient slow = bench.Client(ProtocolLevel.V311, "c");
            slow.Open();
            string[] parts = { "10 0D", "00 04", "4D 51", "54 54", "04 02", "00 00" };
            for (int i = 0; i < parts.Length; i++)
            {
                Expect.Nothing(slow);
                slow.SendHex(parts[i]);
                bench.Advance(900);
            }

            Expect.All(slow, "closed");
            Leaks.AssertNone(bench);
        }

        private static void AssertClosed(string hex)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Client(ProtocolLevel.V5, "");
            client.Open();
            client.SendHex(hex);

            Expect.All(client, "closed");
            Leaks.AssertNone(bench);
        }
    }
}
