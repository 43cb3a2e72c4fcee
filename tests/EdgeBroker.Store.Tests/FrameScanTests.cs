using EdgeBroker.Store;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Store.Tests
{
    /// <summary>What is found behind bytes that are no frame: all frames, and nothing that only looks like one.</summary>
    [TestClass]
    public class FrameScanTests
    {
        // The type of an item is where a frame has its size, and its id where that has the sequence number.
        [TestMethod]
        public void AnItemOfATornFrameIsNoFrame()
        {
            FakeStorage storage = new FakeStorage(true);
            JournalBench bench = new JournalBench();
            Journal journal = bench.Open(storage);
            for (int i = 0; i < 20; i++)
            {
                JournalBench.Put(journal, 0, 3);
            }

            journal.Commit();
            byte[] buffer;
            int offset;
            journal.BeginPut(11, 1, 4, out buffer, out offset);
            journal.EndPut();
            journal.Commit();
            byte[] torn = storage.GetFile(FileNumbers.FirstSegment);
            byte[] longer = new byte[torn.Length + 10];
            System.Array.Copy(torn, 0, longer, 0, torn.Length - 1);
            storage.SetFile(FileNumbers.FirstSegment, longer);
            journal = bench.Open(storage);
            Assert.AreEqual(20, journal.ItemCount);
        }

        // Each pair of bytes could be the size of a frame of 8 KB that is to be computed over: the search must not give up for that.
        [TestMethod]
        public void AHoleAmongManyCommitsOfOneFileIsNoticed()
        {
            FakeStorage storage = new FakeStorage(true);
            JournalBench bench = new JournalBench();
            bench.Bounds.BytesMax = 200000;
            bench.Bounds.SegmentSize = 60000;
            Journal journal = bench.Open(storage);
            for (int i = 0; i < 20; i++)
            {
                byte[] buffer;
                int offset;
                journal.BeginPut(RecordType.ItemMin, 0, 200, out buffer, out offset);
                for (int at = 0; at < 200; at++)
                {
                    buffer[offset + at] = (byte)(at % 2 == 0 ? 0xFF : 0x3F);
                }

                journal.EndPut();
                journal.Commit();
            }

            byte[] written = storage.GetFile(FileNumbers.FirstSegment);
            byte[] damaged = new byte[16384];
            System.Array.Copy(written, 0, damaged, 0, written.Length);
            System.Array.Clear(damaged, 1000, 160);
            storage.SetFile(FileNumbers.FirstSegment, damaged);
            journal = new Journal(storage, bench.Bounds);
            Assert.AreEqual(MountResult.Damaged, journal.Mount(bench));
            Assert.AreEqual(2L, journal.MissingFrames);
        }
    }
}
