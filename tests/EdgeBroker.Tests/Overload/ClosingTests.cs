using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests.Overload
{
    /// <summary>How connections end: the last packet arrives, and nobody stays longer than the bounds.</summary>
    [TestClass]
    public class ClosingTests
    {
        private const int V3 = ProtocolLevel.V311;
        private const int V5 = ProtocolLevel.V5;

        // DISCONNECT arrives though the Client has sent more than the broker had read [MQTT5-4.13.1-1].
        [TestMethod]
        public void DisconnectArrivesThoughTheClientGoesOnSending()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(V5, "c");
            client.ClosesWhenClosed = false;
            client.SendConnect();
            client.Publish("t", new string('x', 20000), 0);
            bench.Run();
            client.Publish("t", new string('y', 20000), 0);
            Expect.All(client, "DISCONNECT 82; closed");
            Assert.IsFalse(bench.Network.ServerReset(client.Link));
            client.Close();
            Leaks.AssertNone(bench);
        }

        [TestMethod]
        public void LingeringIsBoundedByTime()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(V5, "c");
            client.ClosesWhenClosed = false;
            client.SendConnect();
            bench.Advance(999);
            Assert.AreEqual(1, bench.Broker.Context.Connections.Count);
            bench.Advance(1);
            Assert.AreEqual(0, bench.Broker.Context.Connections.Count);
        }

        [TestMethod]
        public void LingeringIsBoundedByBytes()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(V5, "c");
            client.ClosesWhenClosed = false;
            client.SendConnect();
            Expect.All(client, "DISCONNECT 82; closed");
            byte[] much = new byte[65536];
            client.SendBytes(much, 0, much.Length);
            bench.Run();
            Assert.AreEqual(1, bench.Broker.Context.Connections.Count);
            client.SendBytes(much, 0, 1);
            bench.Run();
            Assert.AreEqual(0, bench.Broker.Context.Connections.Count);
        }

        [TestMethod]
        public void HalfSentPacketHasFiveSecondsToLeave()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(V5, "c");
            client.SetReading(false, 2);
            client.SendConnect();
            bench.Advance(4000);
            Assert.AreEqual(1, bench.Broker.Context.Connections.Count);
            client.SetReading(true, 100);
            Expect.All(client, "DISCONNECT 82; closed");
            bench.Run();
            Assert.AreEqual(0, bench.Broker.Context.Connections.Count);
        }

        [TestMethod]
        public void ClientThatLeavesInTheMiddleOfAPacketLeavesNothingBehind()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(V3, "c");
            client.SendHex("30 7F 00 01 61 78 78 78");
            bench.Run();
            client.Reset();
            Assert.AreEqual(1, bench.Events.CountOf(BrokerEvent.ConnectionLost));
            Leaks.AssertNone(bench);
        }

        [TestMethod]
        public void ClientThatEndsItsSendingSideOnlyIsGone()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(V3, "c");
            client.Publish("t", "x", 1);
            bench.Network.ClientCloseSend(client.Link);
            bench.Run();
            Assert.AreEqual(0, bench.Broker.ConnectedCount);
            Leaks.AssertNone(bench);
        }

        // [MQTT-3.14.1-1] [MQTT5-3.14.1-1]
        [TestMethod]
        [DataRow(V3)]
        [DataRow(V5)]
        public void IllFormedDisconnectIsNoGoodbye(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(level, "c");
            client.SendHex("E1 00");

            Expect.Disconnected(client, ReasonCode.MalformedPacket);
        }

        // [MQTT-4.8.0-1]: what comes behind DISCONNECT is not looked at.
        [TestMethod]
        [DataRow(V3)]
        [DataRow(V5)]
        public void PacketsBehindDisconnectAreIgnored(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient watcher = Expect.Subscriber(bench, V5, "w", "#", 0);
            SimClient client = bench.Connect(level, "c");
            client.SendDisconnect(ReasonCode.NormalDisconnection, -1);
            client.Publish("t", "x", 1);
            client.Ping();

            Expect.All(client, "closed");
            Expect.Nothing(watcher);
        }

        // [MQTT5-3.14.2-3] [MQTT5-3.14.2-4]
        [TestMethod]
        [DataRow(50, 0)]
        [DataRow(20, -1)]
        public void ReasonOfDisconnectIsLeftOutWhereItIsTooLong(int size, int timeAt)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Client(V5, "c");
            client.Options.MaximumPacketSize = size;
            Assert.AreEqual("CONNACK 00", client.Connect());
            bench.Broker.BeginShutdown(ReasonCode.ServerShuttingDown);
            Expect.Next(client, "DISCONNECT 8B");
            Assert.AreEqual(timeAt, client.Last.Properties.IndexOf("user=retry-after-ms:"));
            Assert.AreEqual(-1, client.Last.Properties.IndexOf("reason="));
        }

        [TestMethod]
        public void ServerReferenceGoesWithTheCodeThatSendsElsewhere()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.ServerReference = "other.example:1883";
            SimClient client = bench.Connect(V5, "c");
            bench.Broker.BeginShutdown(ReasonCode.UseAnotherServer);
            Expect.Next(client, "DISCONNECT 9C");
            Assert.IsTrue(client.Last.Properties.IndexOf("server=other.example:1883") >= 0, client.Last.Properties);
        }

        // Every way to leave, with everything a Client can have: nothing is left of it.
        [TestMethod]
        [DataRow("disconnect")]
        [DataRow("reset")]
        [DataRow("error")]
        [DataRow("shutdown")]
        [DataRow("deaf")]
        public void PoolsAreEmptyWhenAllHaveLeft(string way)
        {
            BrokerBench bench = new BrokerBench();
            SimClient[] clients = new SimClient[6];
            for (int i = 0; i < clients.Length; i++)
            {
                clients[i] = bench.Client(i % 2 == 0 ? V3 : V5, "c" + i);
                clients[i].Options.WillTopic = Bytes.OfText("wills/" + i);
                clients[i].Options.WillPayload = Bytes.OfText(new string('w', 300));
                clients[i].Options.WillQoS = i % 3;
                clients[i].Options.ReceiveMaximum = 3;
                clients[i].Options.TopicAliasMaximum = 5;
                clients[i].Connect();
                clients[i].Subscribe("#", i % 3, i);
                clients[i].Subscribe("$share/g/#", 2, 7);
                clients[i].NextAll();
            }

            for (int i = 0; i < 60; i++)
            {
                SimClient client = clients[i % clients.Length];
                PropertyList properties = new PropertyList().UInt16(PropertyId.TopicAlias, i % 3 + 1).User("k", "v");
                client.Publish("t/" + (i % 3), new string('p', i * 7), i % 3, false, properties);
            }

            clients[5].SendHex("30 7F 00 01");
            bench.Run();
            Leave(bench, clients, way);
            bench.Advance(10000);
            Leaks.AssertNone(bench);
        }

        private static void Leave(BrokerBench bench, SimClient[] clients, string way)
        {
            if (way == "shutdown")
            {
                bench.Broker.BeginShutdown(ReasonCode.ServerShuttingDown);
                return;
            }

            for (int i = 0; i < clients.Length; i++)
            {
                switch (way)
                {
                    case "disconnect":
                        clients[i].Disconnect();
                        break;
                    case "reset":
                        clients[i].Reset();
                        break;
                    case "error":
                        clients[i].SendHex("00 00");
                        break;
                    default:
                        clients[i].SetReading(false, 0);
                        clients[i].SendHex("C0 00 00 00");
                        break;
                }
            }

            // The one in the middle of a packet has to be told apart from those who said something wrong.
            bench.Run();
            clients[5].Close();
        }
    }
}
