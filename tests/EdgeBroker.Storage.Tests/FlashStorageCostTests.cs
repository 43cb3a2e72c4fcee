using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Flash;
using EdgeBroker.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Storage.Tests
{
    /// <summary>What commits cost through the port on simulated flash: the figures measured on littlefs itself.</summary>
    [TestClass]
    public class FlashStorageCostTests
    {
        private const int Commits = 4000;

        private readonly FlashDevice _device = new FlashDevice(FlashDevice.BlockCountDefault, 1, null);

        // Erases in 1/10,000 of a commit.
        [TestMethod]
        [DataRow(64, 300, 128)]
        [DataRow(200, 600, 256)]
        [DataRow(400, 1250, 512)]
        [DataRow(1000, 10300, 1152)]
        public void OverwritingAFile(int size, int erases, int bytes)
        {
            FlashStorage storage = new FlashStorage(_device);
            byte[] content = new byte[size];
            _device.ResetCounts();
            for (int i = 0; i < Commits; i++)
            {
                Assert.AreEqual(StorageResult.Ok, storage.Write(0, content, 0, size));
            }

            AssertNear(erases, storage.Erases * 10000 / Commits);
            AssertNear(bytes, storage.BytesProgrammed / Commits);
        }

        [TestMethod]
        [DataRow(64, 10300, 2290)]
        [DataRow(400, 11000, 2600)]
        public void AppendingToSegments(int size, int erases, int bytes)
        {
            FlashStorage storage = new FlashStorage(_device);
            byte[] content = new byte[size];
            _device.ResetCounts();
            int perSegment = 32768 / size;
            for (int i = 0; i < Commits; i++)
            {
                int segment = i / perSegment;
                Assert.AreEqual(StorageResult.Ok, storage.Append(100 + segment, content, 0, size));
                if (i % perSegment == 0 && segment >= 4)
                {
                    Assert.AreEqual(StorageResult.Ok, storage.Delete(100 + segment - 4));
                }
            }

            AssertNear(erases, storage.Erases * 10000 / Commits);
            AssertNear(bytes, storage.BytesProgrammed / Commits);
        }

        // The journal itself: a frame of 110 bytes for each commit, compaction counted as well.
        [TestMethod]
        [DataRow(4, 480, 2000)]
        [DataRow(8, 480, 1600)]
        [DataRow(16, 230, 1350)]
        public void CommittingWithTailFiles(int tailCount, int tailSize, int erases)
        {
            FlashStorage storage = new FlashStorage(_device);
            JournalCost cost = new JournalCost(storage, tailCount, tailSize, 110);
            cost.Commit(100);
            _device.ResetCounts();
            cost.Commit(Commits);

            Assert.AreEqual(110, cost.FrameSize, 2);
            AssertNear(erases, storage.Erases * 10000 / Commits);
        }

        private static void AssertNear(long expected, long actual)
        {
            bool isNear = actual * 10 >= expected * 8 && actual * 10 <= expected * 12;
            Assert.IsTrue(isNear, $"expected about {expected}, was {actual}");
        }
    }
}
