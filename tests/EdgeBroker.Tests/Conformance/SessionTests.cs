using EdgeBroker.Limits;
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
    /// <summary>How long a Session lasts, and what CONNACK says of it.</summary>
    [TestClass]
    public class SessionTests
    {
        // [MQTT-3.1.2-4] [MQTT-3.1.2-6] [MQTT-3.1.4-3] [MQTT-3.2.2-1] [MQTT-3.2.2-2] [MQTT-3.2.2-3] [MQTT-4.1.0-1]
        [TestMethod]
        public void SessionPresentOf311SaysWhatCleanSessionLeft()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Client(ProtocolLevel.V311, "c");
            client.Options.CleanStart = false;
            Assert.AreEqual("CONNACK 00", client.Connect());
            client.Subscribe("a", 1);
            client.Next();
            client.Disconnect();
            bench.Advance(1000000000);
            Assert.AreEqual("CONNACK 00 present", client.Connect());
            Assert.AreEqual(1, bench.Broker.SubscriptionCount);
            client.Disconnect();

            // A clean one ends the old Session, and ends itself with its connection.
            client.Options.CleanStart = true;
            Assert.AreEqual("CONNACK 00", client.Connect());
            Assert.AreEqual(0, bench.Broker.SubscriptionCount);
            client.Subscribe("a", 1);
            client.Next();
            client.Disconnect();
            Assert.AreEqual(0, bench.Broker.SessionCount);
            client.Options.CleanStart = false;
            Assert.AreEqual("CONNACK 00", client.Connect());
            Assert.AreEqual(0, bench.Broker.SubscriptionCount);
        }

        // [MQTT5-3.1.2-4] [MQTT5-3.1.2-5] [MQTT5-3.1.2-6] [MQTT5-3.1.2-23] [MQTT5-3.1.4-4] [MQTT5-3.2.2-2] [MQTT5-3.2.2-3]
        // [MQTT5-4.1.0-1] [MQTT5-4.1.0-2]
        [TestMethod]
        public void SessionOf50LivesOnForItsExpiryAndNoLonger()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Client(ProtocolLevel.V5, "c");
            client.Options.CleanStart = false;
            client.Options.SessionExpiryIntervalS = 10;
            Assert.AreEqual("CONNACK 00", client.Connect());
            client.Subscribe("a", 1);
            client.Next();
            client.Reset();
            bench.Advance(9999);
            Assert.AreEqual(1, bench.Broker.SessionCount);
            Assert.AreEqual("CONNACK 00 present", client.Connect());
            Assert.AreEqual(1, bench.Broker.SubscriptionCount);

            // The time begins anew with each end of a connection.
            bench.Advance(100000);
            client.Ping();
            Assert.AreEqual("PINGRESP", client.NextAll());
            client.Reset();
            bench.Advance(9999);
            Assert.AreEqual(1, bench.Broker.SessionCount);
            bench.Advance(1);
            Assert.AreEqual(0, bench.Broker.SessionCount);
            Assert.AreEqual("CONNACK 00", client.Connect());
            Assert.AreEqual(0, bench.Broker.SubscriptionCount);

            client.Subscribe("a", 1);
            client.Next();
            client.Reset();
            client.Options.CleanStart = true;
            Assert.AreEqual("CONNACK 00", client.Connect());
            Assert.AreEqual(0, bench.Broker.SubscriptionCount);
        }

        // [MQTT-4.1.0-2] [MQTT5-4.1.0-1]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void SessionOfAConnectedClientLastsHoweverLongThatIs(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(level, "c");
            client.Subscribe("a", 1);
            client.Next();
            client.Publish("b", "open", 2);
            Assert.AreEqual("PUBREC i2", client.Next());

            bench.Advance(2000000000000);

            client.Ack(PacketType.Pubrel, 2);
            Assert.AreEqual("PUBCOMP i2", client.Next());
            client.Publish("a", "x", 1);
            Assert.AreEqual("PUBLISH a 'x' q1 i1; PUBACK i3", client.NextAll());
        }

        // [MQTT5-3.1.2-28]
        [TestMethod]
        public void ResponseInformationIsSentToWhoAskedOnly()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Client(ProtocolLevel.V5, "c");
            client.Connect();
            Assert.AreEqual(-1, client.Last.Properties.IndexOf("response-information"));
            client.Options.Properties = new PropertyList().Byte(PropertyId.RequestResponseInformation, 1).ToBytes();
            client.Connect();
            Assert.IsTrue(client.Last.Properties.IndexOf("response-information=response/c") >= 0, client.Last.Properties);
        }

        // [MQTT5-3.2.2-20]
        [TestMethod]
        public void LossesAreToldOnceTheyFit()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.PacketSizeMax = 500;
            bench.Limits.SessionQueueBytesMax = 600;
            bench.Limits.QueueFull = QueueFullPolicy.DropOldest;
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            SimClient client = bench.ConnectDurable(ProtocolLevel.V5, "c");
            client.Subscribe("a", 1);
            client.Next();
            client.Disconnect();
            for (int i = 0; i < 3; i++)
            {
                publisher.Publish("a", new string('x', 400), 1);
                Assert.IsTrue(publisher.Next().IndexOf("PUBACK") == 0);
            }

            client.Options.MaximumPacketSize = 25;
            Assert.AreEqual("CONNACK 00 present", client.Connect());
            Assert.AreEqual(-1, client.Last.Properties.IndexOf("user="));
            client.Disconnect();
            client.Options.MaximumPacketSize = -1;
            Assert.AreEqual("CONNACK 00 present", client.Connect());
            Assert.IsTrue(client.Last.Properties.IndexOf("user=dropped:2") >= 0, client.Last.Properties);
            client.Disconnect();
            Assert.AreEqual("CONNACK 00 present", client.Connect());
            Assert.AreEqual(-1, client.Last.Properties.IndexOf("user="));
        }

        // [MQTT5-3.1.3-8] [MQTT-3.1.3-9]
        [TestMethod]
        [DataRow(ProtocolLevel.V311, "CONNACK 02; closed")]
        [DataRow(ProtocolLevel.V5, "CONNACK 85; closed")]
        public void NameOfAnInProcessClientIsRefused(int level, string answer)
        {
            BrokerBench bench = new BrokerBench();
            Assert.IsNotNull(bench.Broker.CreateLocalClient("host", null));
            SimClient client = bench.Client(level, "host");
            client.Open();
            client.SendConnect();
            Assert.AreEqual(answer, client.NextAll());
        }

        // [MQTT5-3.14.0-1] [MQTT5-3.14.2-2] [MQTT5-3.14.2-3] [MQTT5-3.14.2-4] [MQTT5-3.14.4-1] [MQTT5-3.14.4-2] [MQTT5-4.13.2-1]
        [TestMethod]
        [DataRow(-1, true)]
        [DataRow(25, false)]
        public void DisconnectSaysWhatFitsAndIsTheLast(int packetSizeMax, bool isExplained)
        {
            BrokerBench bench = new BrokerBench();
            SimClient other = bench.Client(ProtocolLevel.V5, "other");
            other.Open();
            SimClient client = bench.Client(ProtocolLevel.V5, "c");
            client.Options.MaximumPacketSize = packetSizeMax;
            client.Options.SessionExpiryIntervalS = 100;
            client.Connect();
            client.Subscribe("a", 0);
            client.Next();

            // Its own message is on the way to it, and it asks for more, when the broker stops.
            client.Publish("a", "x", 0);
            bench.Broker.BeginShutdown(ReasonCode.ServerShuttingDown);
            client.Ping();

            Assert.AreEqual("DISCONNECT 8B", client.Next());
            Assert.AreEqual(isExplained ? 0 : -1, client.Last.Properties.IndexOf("reason=shutting down, try again later user=retry-after-ms:"));
            Assert.AreEqual(isExplained, client.Last.Properties.Length > 0);
            Assert.AreEqual(-1, client.Last.Properties.IndexOf("session-expiry"));
            Assert.AreEqual("closed", client.NextAll());
            bench.Advance(600);
            Assert.AreEqual("closed", other.NextAll());
        }

        // [MQTT5-4.13.2-1] [MQTT5-4.13.1-1] [MQTT-4.8.0-1] [MQTT-2.2.2-2]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void FaultOfOneClientEndsItsConnectionAndNoOther(int level)
        {
            string[] faults = new string[] { "80 00", "60 02 00 01", "C1 00", "36 04 00 01 61 78", "F0 00", "10 00", "20 02 00 00" };
            for (int i = 0; i < faults.Length; i++)
            {
                BrokerBench bench = new BrokerBench();
                SimClient other = bench.Connect(level, "other");
                SimClient client = bench.Connect(level, "c");
                client.SendHex(faults[i]);
                string text = client.NextAll();
                Assert.IsTrue(text == "closed" || (level == ProtocolLevel.V5 && text.IndexOf("DISCONNECT 8") == 0), faults[i] + text);
                Assert.IsTrue(text.IndexOf("closed") >= 0, faults[i] + text);
                other.Ping();
                Assert.AreEqual("PINGRESP", other.NextAll());
            }
        }

        // [MQTT-7.0.0-2]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void ClientThatKnowsNothingButTheStandardIsServed(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Client(level, "");
            Assert.AreEqual("CONNACK 00", client.Connect());
            client.Subscribe("a", 2);
            client.Publish("a", "x", 2);
            Assert.AreEqual("SUBACK i1 02; PUBLISH a 'x' q2 i1; PUBREC i2", client.NextAll());
            client.Ack(PacketType.Pubrel, 2);
            client.Ack(PacketType.Pubrec, 1);
            Assert.AreEqual("PUBCOMP i2; PUBREL i1", client.NextAll());
            client.Ack(PacketType.Pubcomp, 1);
            client.Disconnect();
            Assert.AreEqual("closed", client.NextAll());
            Leaks.AssertNone(bench);
        }
    }
}
