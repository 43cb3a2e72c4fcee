using System.IO;
using EdgeBroker.Platform;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Flash;
using EdgeBroker.Store;
using EdgeBroker.Store.Tests;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Storage.Tests
{
    /// <summary>
    /// What the device's port estimates, against what the very same calls cost on the model of littlefs. Each way to commit is one
    /// that was measured on littlefs itself.
    /// </summary>
    [TestClass]
    public class WearEstimateTests
    {
        private const int Commits = 4000;

        private readonly byte[] _content = new byte[FlashDevice.BlockSize * 8];

        [TestMethod]
        [DataRow(64)]
        [DataRow(110)]
        [DataRow(200)]
        [DataRow(400)]
        [DataRow(1000)]
        [DataRow(6000)]
        public void OverwritingAFile(int size)
        {
            Compare(storage =>
            {
                for (int i = 0; i < Commits; i++)
                {
                    Check(storage.Write(0, _content, 0, size));
                }
            });
        }

        [TestMethod]
        [DataRow(64, 4096)]
        [DataRow(64, 32768)]
        [DataRow(200, 32768)]
        [DataRow(400, 4096)]
        [DataRow(1000, 4096)]
        [DataRow(1000, 32768)]
        public void AppendingToSegments(int size, int segmentSize)
        {
            int perSegment = segmentSize / size;
            Compare(storage =>
            {
                for (int i = 0; i < Commits; i++)
                {
                    int segment = i / perSegment;
                    Check(storage.Append(100 + segment, _content, 0, size));
                    if (i % perSegment == 0 && segment >= 4)
                    {
                        Check(storage.Delete(100 + segment - 4));
                    }
                }
            });
        }

        [TestMethod]
        [DataRow(64)]
        [DataRow(200)]
        [DataRow(400)]
        public void MergingNewSmallFiles(int size)
        {
            Compare(storage =>
            {
                for (int i = 0; i < Commits; i++)
                {
                    Check(storage.Write(100000 + i, _content, 0, size));
                    if (i % 16 == 15)
                    {
                        Check(storage.Write(100 + (i / 16), _content, 0, 16 * size));
                        for (int file = i - 15; file <= i; file++)
                        {
                            Check(storage.Delete(100000 + file));
                        }

                        if (i / 16 >= 4)
                        {
                            Check(storage.Delete(96 + (i / 16)));
                        }
                    }
                }
            });
        }

        [TestMethod]
        [DataRow(1, 480, 110)]
        [DataRow(24, 232, 110)]
        [DataRow(4, 480, 110)]
        [DataRow(24, 232, 200)]
        [DataRow(24, 480, 110)]
        [DataRow(8, 480, 110)]
        [DataRow(16, 230, 110)]
        [DataRow(4, 480, 200)]
        [DataRow(8, 480, 200)]
        public void CommittingWithTailFiles(int tailCount, int tailSize, int frameSize)
        {
            Compare(storage => new JournalCost(storage, tailCount, tailSize, frameSize).Commit(Commits));
        }

        [TestMethod]
        public void DeletingWhatWasNeverCountedIsNoFault()
        {
            LittleFsWear wear = new LittleFsWear();
            for (int i = 0; i < 100; i++)
            {
                wear.Deleted(500);
            }

            wear.Written(400, 0);
            Assert.AreEqual(3, wear.Erases);
        }

        // The port tells the estimate what it does, after a start as well.
        [TestMethod]
        public void TheDevicesPortEstimatesWhatItDoes()
        {
            DirectoryInfo parent = Directory.CreateTempSubdirectory("edgebroker-storage-");
            string folder = Path.Combine(parent.FullName, "edgebroker");
            LittleFsWear wear = new LittleFsWear();
            DeviceStorage device = new DeviceStorage(folder, 200000, 64);
            new JournalCost(device, 8, 480, 110).Commit(200);
            new JournalCost(new EstimatedStorage(new FakeStorage(false), wear), 8, 480, 110).Commit(200);
            Assert.AreEqual(wear.Erases, device.Erases);
            Assert.AreEqual(wear.BytesProgrammed, device.BytesProgrammed);
            Assert.AreEqual(64, device.Blocks);
            Assert.AreEqual(-1, device.MostWornErases);

            // The files that are there make each rewriting of the directory dearer.
            DeviceStorage again = new DeviceStorage(folder, 200000, 64);
            DeviceStorage empty = new DeviceStorage(folder + "2", 200000, 64);
            for (int i = 0; i < 20; i++)
            {
                Check(again.Write(1, _content, 0, 400));
                Check(empty.Write(1, _content, 0, 400));
            }

            parent.Delete(true);
            Assert.IsTrue(again.BytesProgrammed > empty.BytesProgrammed);
        }

        private static void Check(int result)
        {
            Assert.AreEqual(StorageResult.Ok, result);
        }

        private void Compare(System.Action<IStorage> run)
        {
            FlashStorage flash = new FlashStorage(new FlashDevice(FlashDevice.BlockCountDefault, 1, null));
            long erases = flash.Erases;
            long bytes = flash.BytesProgrammed;
            LittleFsWear wear = new LittleFsWear();
            run(new EstimatedStorage(flash, wear));
            AssertNear(flash.Erases - erases, wear.Erases, "erases");
            AssertNear(flash.BytesProgrammed - bytes, wear.BytesProgrammed, "bytes");
        }

        private static void AssertNear(long expected, long actual, string what)
        {
            bool isNear = actual * 10 >= expected * 8 && actual * 10 <= expected * 12;
            Assert.IsTrue(isNear, $"{what}: {expected} on the model, estimated {actual}");
        }
    }
}
