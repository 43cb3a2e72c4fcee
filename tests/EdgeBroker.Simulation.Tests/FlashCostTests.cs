using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Simulation.Tests
{
    /// <summary>
    /// The model costs what littlefs costs. Expected are figures of littlefs itself, on a device of 64 blocks, with a cache of 512
    /// bytes, programs of 128 and metadata moved every 512 erases.
    /// </summary>
    [TestClass]
    public class FlashCostTests
    {
        private const int Commits = 4000;

        // Erases in 1/10,000 of a commit, bytes per commit: measured independently, with other names and folders.
        [TestMethod]
        [DataRow(64, 4096, 9100, 2230)]
        [DataRow(64, 32768, 10300, 2290)]
        [DataRow(200, 4096, 9400, 2290)]
        [DataRow(200, 32768, 10600, 2410)]
        [DataRow(400, 4096, 9500, 2400)]
        [DataRow(400, 32768, 11000, 2600)]
        [DataRow(1000, 4096, 10500, 2750)]
        [DataRow(1000, 32768, 12500, 3300)]
        public void AppendingCostsAnErase(int size, int segmentSize, int erases, int bytes)
        {
            FlashWorkload workload = new FlashWorkload();
            workload.AppendToSegments(Commits, size, segmentSize);

            AssertNear(erases, workload.Erases(Commits));
            AssertNear(bytes, workload.Bytes(Commits));
        }

        [TestMethod]
        [DataRow(64, 1900, 575)]
        [DataRow(200, 2500, 905)]
        [DataRow(400, 6300, 1765)]
        public void NewSmallFilesCostLess(int size, int erases, int bytes)
        {
            FlashWorkload workload = new FlashWorkload();
            workload.CreateAndMerge(Commits, size);

            AssertNear(erases, workload.Erases(Commits));
            AssertNear(bytes, workload.Bytes(Commits));
        }

        [TestMethod]
        [DataRow(64, 300, 128)]
        [DataRow(200, 600, 256)]
        [DataRow(400, 1250, 512)]
        [DataRow(1000, 10300, 1152)]
        public void OverwritingASmallFileCostsLeast(int size, int erases, int bytes)
        {
            FlashWorkload workload = new FlashWorkload();
            workload.Overwrite(Commits, size);

            AssertNear(erases, workload.Erases(Commits));
            AssertNear(bytes, workload.Bytes(Commits));
        }

        [TestMethod]
        [DataRow(1, 480, 110, 2900)]
        [DataRow(4, 480, 110, 2000)]
        [DataRow(8, 480, 110, 1600)]
        [DataRow(16, 230, 110, 1350)]
        [DataRow(1, 480, 200, 4400)]
        [DataRow(4, 480, 200, 2700)]
        [DataRow(8, 480, 200, 2000)]
        [DataRow(16, 230, 200, 1600)]
        public void ATailOfSmallFilesCostsAFractionOfAppending(int fileCount, int fileSize, int recordSize, int erases)
        {
            FlashWorkload workload = new FlashWorkload();
            workload.FoldTail(Commits, fileCount, fileSize, recordSize, true);

            AssertNear(erases, workload.Erases(Commits));
        }

        // The very same calls on littlefs: to the erase, and to the byte.
        [TestMethod]
        [DataRow(1, 1541, 3468288, 10032)]
        [DataRow(2, 1476, 3335040, 9736)]
        [DataRow(3, 1485, 3344512, 9720)]
        [DataRow(4, 1546, 3450240, 9948)]
        [DataRow(5, 1498, 3384192, 9803)]
        public void AMixOfAllCostsTheSame(int seed, int erases, int bytes, int programs)
        {
            FlashWorkload workload = new FlashWorkload();
            long operations = workload.Device.OperationCount;

            workload.Mix(seed, Commits);

            Assert.AreEqual(erases, workload.Device.EraseCount);
            Assert.AreEqual(bytes, workload.Device.ProgrammedBytes);
            Assert.AreEqual(erases + programs, workload.Device.OperationCount - operations);
            Assert.AreEqual(0, workload.Device.OverwriteCount);
        }

        // Metadata moves only every 512 erases, so the blocks it is in wear first: about 5 times the average, and to the erase
        // what the same calls give on littlefs.
        [TestMethod]
        [DataRow(false, 279)]
        [DataRow(true, 454)]
        public void WearIsUneven(bool isInTurn, int percent)
        {
            FlashWorkload workload = new FlashWorkload();
            workload.MoveStart(7);
            workload.FoldTail(60000, 4, 480, 110, isInTurn);

            Assert.AreEqual(percent, workload.Unevenness());
        }

        // Larger than anything between two moves: without moves the whole wear of 60,000 overwrites is on two blocks.
        [TestMethod]
        public void MetadataMoves()
        {
            FlashWorkload workload = new FlashWorkload();
            workload.Overwrite(60000, 200);

            Assert.AreEqual(666, workload.Erases(60000));
            Assert.AreEqual(820, workload.Unevenness());
            Assert.AreEqual(2, workload.Files.PairCount);
        }

        private static void AssertNear(long expected, long actual)
        {
            bool isNear = actual * 10 >= expected * 8 && actual * 10 <= expected * 12;
            Assert.IsTrue(isNear, "expected about " + expected.ToString() + ", was " + actual.ToString());
        }
    }
}
