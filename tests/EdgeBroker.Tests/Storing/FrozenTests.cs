using EdgeBroker.Persistence;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
using EdgeBroker.Simulation.Flash;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests.Storing
{
    /// <summary>What waits for a commit that does not come: nobody is left without an answer, or blamed for it.</summary>
    [TestClass]
    public class FrozenTests
    {
        private const int V3 = ProtocolLevel.V311;
        private const int V5 = ProtocolLevel.V5;
        private const int GiveUpMs = 6000;

        [TestMethod]
        [DataRow(ProtocolLevel.V311, "CONNACK 03")]
        [DataRow(ProtocolLevel.V5, "CONNACK 88")]
        public void ASessionThatBeganWithARefusedConnectIsNotThereAgain(int level, string answer)
        {
            BrokerBench bench = StoreBench.Make();
            _ = bench.Broker;
            StoreBench.Break(bench);
            SimClient client = bench.Client(level, "c");
            client.Options.CleanStart = false;
            client.Options.SessionExpiryIntervalS = 1000;
            Assert.AreEqual("", client.Connect());
            bench.Advance(6000);
            Assert.AreEqual(answer, client.Next());
            StoreBench.Mend(bench);
            Assert.AreEqual(0, bench.Broker.SessionCount);
            Assert.AreEqual("CONNACK 00", client.Connect());
            client.Close();
            Assert.AreEqual("CONNACK 00 present", client.Connect());
            bench.CutPower();
            Assert.AreEqual("CONNACK 00 present", client.Connect());
        }

        [TestMethod]
        [DataRow(V3, "CONNACK 03")]
        [DataRow(V5, "CONNACK 88")]
        public void ConnectThatIsNotStoredIsRefused(int level, string refusal)
        {
            BrokerBench bench = StoreBench.Make();
            _ = bench.Broker;
            StoreBench.Break(bench);
            SimClient client = bench.Client(level, "c");
            client.Options.CleanStart = false;
            client.Options.SessionExpiryIntervalS = 1000;
            client.Options.WillTopic = Bytes.OfText("w");
            SimClient watcher = bench.Connect(V5, "watcher");
            Expect.Subscribed(watcher, "w", 0);
            Assert.AreEqual("", client.Connect());
            bench.Advance(GiveUpMs);
            Expect.Next(client, refusal);
            Assert.IsTrue(level == V3 || client.Last.Properties.IndexOf("retry-after-ms") >= 0, client.Last.Properties);
            Expect.Next(client, "closed");

            // It never was connected.
            bench.Advance(1000);
            Expect.Nothing(watcher);
        }

        [TestMethod]
        [DataRow(V3, "closed")]
        [DataRow(V5, "DISCONNECT 89; closed")]
        public void WhoWaitsForTheStorageIsToldThatItFailed(int level, string told)
        {
            BrokerBench bench = StoreBench.Make();
            Expect.DurableSubscriber(bench, V5, "sleeper", "t", 1).Disconnect();
            SimClient publisher = bench.Connect(level, "p");
            StoreBench.Break(bench);
            publisher.Publish("t", "x", 1);
            Assert.AreEqual("", publisher.Next());
            bench.Advance(GiveUpMs);
            Assert.AreEqual(StoreState.Failed, bench.Broker.StoreState);
            Expect.All(publisher, told);
        }

        // [MQTT5-3.1.4-3]
        [TestMethod]
        public void TakeOverIsToldAtOnceThoughAnAnswerWaits()
        {
            BrokerBench bench = StoreBench.Make();
            Expect.DurableSubscriber(bench, V5, "sleeper", "t", 1).Disconnect();
            SimClient first = bench.Connect(V5, "p");
            StoreBench.Break(bench);
            first.Publish("t", "x", 1);
            Assert.AreEqual("", first.Next());
            bench.Client(V5, "p").Connect();
            Expect.All(first, "DISCONNECT 8E; closed");
        }

        // It has acknowledged everything, and its next packet waits for the storage: it is not the one that does not read.
        [TestMethod]
        public void ReaderThatTheStorageHoldsUpIsNotSentAway()
        {
            BrokerBench bench = StoreBench.Make();
            bench.Limits.PacketSizeMax = 1024;
            bench.Limits.SessionQueueBytesMax = 1024;
            SimClient reader = bench.Client(V5, "reader");
            reader.Options.CleanStart = false;
            reader.Options.SessionExpiryIntervalS = 1000;
            reader.Options.ReceiveMaximum = 1;
            Assert.AreEqual("CONNACK 00", reader.Connect());
            Expect.Subscribed(reader, "t", 2);
            SimClient publisher = bench.Connect(V5, "p");
            string payload = new string('x', 300);
            publisher.Publish("t", payload, 2);
            publisher.Publish("t", payload, 2);
            bench.Run();
            Assert.IsTrue(reader.Next().StartsWith("PUBLISH t "), reader.Last.Text);
            StoreBench.Break(bench);
            reader.Ack(PacketType.Pubrec, 1);
            Assert.AreEqual("", reader.Next());
            bench.Advance(bench.Limits.WaitMs + 500);
            publisher.Publish("t", new string('x', 900), 2);
            bench.Advance(bench.Limits.WaitMs + 500);
            Expect.Nothing(reader);
            StoreBench.Mend(bench);
            Expect.Next(reader, "PUBREL i1");
        }

        // Or all Sessions would be gone until the next start.
        [TestMethod]
        public void MountReadsAgainWhatCantBeReadInAMoment()
        {
            for (int seed = 1; seed <= 20; seed++)
            {
                BrokerBench bench = StoreBench.Make();
                bench.Flash = new FlashDevice(FlashDevice.BlockCountDefault, seed, bench.Clock);
                SimClient client = Expect.DurableSubscriber(bench, V5, "sleeper", "t", 1);
                bench.Flash.Faults.ReadFailRate = FlashFaults.RateMax / 20;
                bench.CutPower();
                Assert.AreEqual("CONNACK 00 present", client.Connect());
            }
        }
    }
}
