#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
using EdgeBroker.Store;

namespace EdgeBroker.Tests.Storing
{
    /// <summary>What the broker tells of its store under $SYS.</summary>
    [TestClass]
    public class StoreSysTests
    {
        [TestMethod]
        public void CommitsAndWearAreTold()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient watcher = Watch(bench);
            Assert.AreEqual(0, Number(watcher, "commits"));
            Assert.AreEqual("0", Value(watcher, "damage"));
            Assert.AreEqual("good", Value(watcher, "state"));
            Assert.AreEqual(string.Empty, Value(watcher, "life-days"));
            int erases = Number(watcher, "erases");

            SimClient sleeper = bench.ConnectDurable(ProtocolLevel.V311, "sleeper");
            Expect.Subscribed(sleeper, "t", 1);
            sleeper.Disconnect();
            SimClient other = bench.Connect(ProtocolLevel.V5, "other");
            for (int i = 0; i < 50; i++)
            {
                other.Publish("t", "some bytes that are to be kept until the sleeper wakes up", 1);
                Assert.IsTrue(other.Next().Length > 0);
            }

            Assert.AreEqual(50, Number(watcher, "messages/count"));
            Assert.IsTrue(Number(watcher, "messages/bytes") > 50 * 57);
            bench.Advance(61000);
            int commits = Number(watcher, "commits");
            Assert.IsTrue(commits >= 52, commits.ToString());
            Assert.IsTrue(Number(watcher, "bytes") > 2500);
            Assert.IsTrue(Number(watcher, "erases") > erases);
            Assert.IsTrue(Number(watcher, "life-days") > 0);
        }

        [TestMethod]
        public void StorageThatFailsIsTold()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient watcher = Watch(bench);
            StoreBench.Break(bench);
            SimClient lost = bench.Connect(ProtocolLevel.V311, "lost");
            lost.Publish("t", "kept", 1, true, null);
            bench.Advance(10);
            Assert.AreEqual("failing", Value(watcher, "state"));
            bench.Advance(10000);
            Assert.AreEqual("failed", Value(watcher, "state"));
            StoreBench.Mend(bench);
            Assert.AreEqual("good", Value(watcher, "state"));
        }

        [TestMethod]
        public void AFolderThatWasSetAsideIsDamage()
        {
            BrokerBench bench = StoreBench.Make();
            FlashStorage storage = new FlashStorage(bench.Flash);
            Assert.AreEqual(StorageResult.Ok, storage.Write(0, new byte[] { 1, 2, 3 }, 0, 3));
            Assert.AreEqual("1", Value(Watch(bench), "damage"));
        }

        [TestMethod]
        public void NothingIsToldOfAStoreThatIsNotThere()
        {
            BrokerBench bench = new BrokerBench();
            SimClient watcher = Watch(bench);
            Assert.AreEqual(string.Empty, Value(watcher, "commits"));
            Assert.AreEqual(string.Empty, Value(watcher, "state"));
        }

        private static SimClient Watch(BrokerBench bench)
        {
            return bench.Connect(ProtocolLevel.V311, "watcher");
        }

        private static int Number(SimClient watcher, string name)
        {
            return int.Parse(Value(watcher, name));
        }

        // A subscription is answered with the value of now; nothing if there is none.
        private static string Value(SimClient watcher, string name)
        {
            watcher.NextAll();
            watcher.Subscribe("$SYS/broker/store/" + name, 0);
            string answer = watcher.NextAll();
            int from = answer.IndexOf('\'') + 1;
            return from == 0 ? string.Empty : answer.Substring(from, answer.IndexOf('\'', from) - from);
        }
    }
}
