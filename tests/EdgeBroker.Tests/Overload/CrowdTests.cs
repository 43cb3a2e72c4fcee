using EdgeBroker.Limits;
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
    /// <summary>
    /// More Clients than places, on a network with as few connections as a device has: everybody is answered, whoever says
    /// nothing makes room, and those who come back get their own place.
    /// </summary>
    [TestClass]
    public class CrowdTests
    {
        private const int V3 = ProtocolLevel.V311;
        private const int V5 = ProtocolLevel.V5;
        private const int Places = 12;

        [TestMethod]
        public void EveryoneOfACrowdIsAnsweredAtOnce()
        {
            BrokerBench bench = Device();
            SimClient[] clients = new SimClient[200];
            for (int i = 0; i < clients.Length; i++)
            {
                clients[i] = bench.Client(i % 2 == 0 ? V3 : V5, "c" + i);
                clients[i].Open();
                clients[i].SendConnect();
            }

            bench.Advance(200);
            int accepted = 0;
            for (int i = 0; i < clients.Length; i++)
            {
                string answer = clients[i].Next();
                if (answer == "CONNACK 00")
                {
                    accepted++;
                    continue;
                }

                Assert.AreEqual(i % 2 == 0 ? "CONNACK 03" : "CONNACK 89", answer);
                if (i % 2 != 0)
                {
                    string told = clients[i].Last.Properties;
                    Assert.IsTrue(told.IndexOf("reason=temporarily unavailable") >= 0 && told.IndexOf("retry-after-ms") >= 0, told);
                }

                Expect.All(clients[i], "closed");
            }

            Assert.AreEqual(Places, accepted);
            Assert.AreEqual(clients.Length - Places, bench.Broker.Counters.Refusals[Resource.Connections]);
            Assert.AreEqual(Places, bench.Broker.Context.Connections.Count);
        }

        // Clients that stay though they were refused don't keep the next from being answered.
        [TestMethod]
        public void RefusedClientsThatDoNotCloseHoldNobodyUp()
        {
            BrokerBench bench = Device();
            Fill(bench, 0);
            SimClient[] late = new SimClient[50];
            for (int i = 0; i < late.Length; i++)
            {
                late[i] = bench.Client(V5, "late" + i);
                late[i].ClosesWhenClosed = false;
                late[i].Open();
                late[i].SendConnect();
            }

            bench.Advance(600);
            for (int i = 0; i < late.Length; i++)
            {
                Expect.Next(late[i], "CONNACK 89");
                Assert.IsFalse(bench.Network.ServerReset(late[i].Link), "reset");
            }
        }

        [TestMethod]
        public void AsManyGetInAsHaveLeft()
        {
            BrokerBench bench = Device();
            SimClient[] clients = Fill(bench, 0);
            for (int i = 0; i < Places / 2; i++)
            {
                clients[i].Disconnect();
            }

            for (int i = 0; i < Places / 2; i++)
            {
                bench.Connect(V3, "new" + i);
            }

            Assert.AreEqual("CONNACK 03", bench.Client(V3, "more").Connect());
        }

        // They lose the network without a word and are back at once, with all places still taken by what they were.
        [TestMethod]
        [DataRow(V3, false)]
        [DataRow(V5, false)]
        [DataRow(V5, true)]
        public void ClientsThatVanishedGetTheirPlacesBack(int level, bool unread)
        {
            BrokerBench bench = Device();
            SimClient[] clients = Fill(bench, level);
            for (int i = 0; i < Places; i++)
            {
                if (unread)
                {
                    // Not even the DISCONNECT finds room.
                    clients[i].SetReading(false, 0);
                }

                bench.Network.SetHalfOpen(clients[i].Link, true);
            }

            SimClient[] back = new SimClient[Places];
            for (int i = 0; i < Places; i++)
            {
                back[i] = bench.Client(level, "c" + i);
                back[i].Open();
                back[i].SendConnect();
            }

            bench.Advance(2000);
            for (int i = 0; i < Places; i++)
            {
                Expect.Next(back[i], "CONNACK 00");
            }
        }

        [TestMethod]
        public void NewcomerPushesOutTheOldestThatSaidNothing()
        {
            BrokerBench bench = Device();
            SimClient[] silent = new SimClient[Places + 1];
            for (int i = 0; i < silent.Length; i++)
            {
                silent[i] = bench.Client(V3, "s" + i);
                silent[i].Open();
                bench.Advance(10);
            }

            bench.Advance(100);
            SimClient client = bench.Client(V3, "c");
            client.Open();
            client.SendConnect();
            bench.Advance(10);
            Assert.AreEqual("CONNACK 00", client.Next());
            Assert.AreEqual("closed", silent[0].Next());
            Assert.AreEqual("", silent[1].Next());
        }

        [TestMethod]
        public void NewcomerPushesOutNobodyWhoHasSpokenOrJustCame()
        {
            BrokerBench bench = Device();
            SimClient[] first = new SimClient[Places + 1];
            for (int i = 0; i < first.Length; i++)
            {
                first[i] = bench.Client(V3, "s" + i);
                first[i].Open();
            }

            bench.Run();
            SimClient client = bench.Client(V3, "c");
            client.Open();
            client.SendConnect();
            bench.Advance(50);
            Assert.AreEqual(1, bench.Network.BacklogCount);
            for (int i = 0; i < first.Length; i++)
            {
                first[i].SendConnect();
            }

            for (int i = 0; i < first.Length; i++)
            {
                Assert.AreEqual(i < Places ? "CONNACK 00" : "CONNACK 03", first[i].Next());
            }

            Assert.AreEqual("CONNACK 03", client.Next());
        }

        [TestMethod]
        public void ReserveIsNotWaitedForLong()
        {
            BrokerBench bench = Device();
            Fill(bench, 0);
            SimClient silent = bench.Client(V3, "silent");
            silent.Open();
            bench.Advance(499);
            Expect.Nothing(silent);
            bench.Advance(21);
            Expect.All(silent, "closed");
        }

        [TestMethod]
        public void OtherServerIsNamedIfThereIsOne()
        {
            BrokerBench bench = Device();
            bench.Limits.ServerReference = "other.example:1883";
            Fill(bench, 0);
            SimClient late = bench.Client(V5, "late");
            Assert.AreEqual("CONNACK 9C", late.Connect());
            Assert.IsTrue(late.Last.Properties.IndexOf("server=other.example:1883") >= 0, late.Last.Properties);
            Assert.AreEqual("CONNACK 03", bench.Client(V3, "old").Connect());
        }

        [TestMethod]
        public void ShortAnswerForAClientThatTakesNoLongOne()
        {
            BrokerBench bench = Device();
            Fill(bench, 0);
            SimClient late = bench.Client(V5, "late");
            late.Options.MaximumPacketSize = 20;
            Assert.AreEqual("CONNACK 89", late.Connect());
            Assert.AreEqual("", late.Last.Properties);
        }

        private static BrokerBench Device()
        {
            return new BrokerBench(Profile.Esp32, Places + 1);
        }

        // Level 0: both.
        private static SimClient[] Fill(BrokerBench bench, int level)
        {
            SimClient[] clients = new SimClient[Places];
            for (int i = 0; i < Places; i++)
            {
                clients[i] = bench.Connect(level != 0 ? level : i % 2 == 0 ? V3 : V5, "c" + i);
            }

            return clients;
        }
    }
}
