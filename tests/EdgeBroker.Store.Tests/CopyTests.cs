using EdgeBroker.Store;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Store.Tests
{
    /// <summary>Copies are read when their frame is written: what happens if they can't be, or have ended by then.</summary>
    [TestClass]
    public class CopyTests
    {
        private const int Count = 96;
        private const int ReadsMax = 40;

        // Every fourth item stays.
        private const int Stay = 4;

        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void AReadThatFailsLeavesItemsWhereTheyAre(bool prefersAppend)
        {
            int failures = 0;
            int[] items = new int[Count];
            for (int reads = 0; reads < ReadsMax; reads++)
            {
                JournalBench bench = new JournalBench();
                FakeStorage storage = new FakeStorage(prefersAppend);
                Journal journal = Fill(bench, storage, items);
                storage.ReadFailsAfter = reads;
                Compact(journal);
                failures += (int)journal.ReadFailures;
                storage.ReadFailsAfter = -1;
                Check(journal, items);
                Compact(journal);
                Check(journal, items);
                bench.Open(storage);
                Assert.AreEqual(Count / Stay, bench.Shown);
            }

            Assert.IsTrue(failures > Count / Stay, "compaction did not meet them: " + failures.ToString());
        }

        [TestMethod]
        [DataRow(false, StorageResult.Failed)]
        [DataRow(true, StorageResult.Failed)]
        [DataRow(false, StorageResult.Full)]
        [DataRow(true, StorageResult.Full)]
        public void ACopyOfWhatHasEndedIsNotWritten(bool prefersAppend, int failure)
        {
            int[] items = new int[Count];
            JournalBench bench = new JournalBench();
            FakeStorage storage = new FakeStorage(prefersAppend);
            Journal journal = Fill(bench, storage, items);
            storage.Failing = failure;
            Compact(journal);
            Assert.IsTrue(journal.StagedBytes > 400, "little was to be copied");
            for (int i = 0; i < Count; i += Stay * 2)
            {
                journal.Delete(items[i], 1);
                items[i] = -1;
            }

            // These take their handles.
            for (int i = 1; i < Count; i += Stay * 2)
            {
                items[i] = JournalBench.PutFilled(journal, SizeOf(i), i);
            }

            storage.Failing = 0;
            Assert.AreEqual(StorageResult.Ok, journal.Commit());
            Assert.AreEqual(0L, journal.ReadFailures);
            Check(journal, items);
            Compact(journal);
            Check(journal, items);
            long live = journal.LiveBytes;
            journal = bench.Open(storage);
            Assert.AreEqual(live, journal.LiveBytes);
            Assert.AreEqual(journal.ItemCount, bench.Shown);
        }

        // It is there all the same, and larger than the one that follows it under the same number: with fewer copies, and little else.
        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void AFrameThatWasWrittenAlthoughItFailedIsNotTakenForTheOneAfterIt(bool prefersAppend)
        {
            int[] items = new int[Count];
            for (int retries = 0; retries < 3; retries++)
            {
                JournalBench bench = new JournalBench();
                FakeStorage storage = new FakeStorage(prefersAppend);
                Journal journal = Fill(bench, storage, items);
                storage.Failing = StorageResult.Failed;
                storage.FailsAfterwards = true;
                Compact(journal);
                Assert.IsTrue(journal.StagedBytes > 400, "little was to be copied");
                for (int i = 0; i <= retries; i++)
                {
                    journal.Delete(items[i * Stay], 1);
                    items[i * Stay] = -1;
                    items[(i * Stay) + 1] = JournalBench.PutFilled(journal, 20 - i, i + 1);
                    storage.Failing = i == retries ? 0 : StorageResult.Failed;
                    Assert.AreEqual(storage.Failing, journal.Commit());

                    // The same once more changes nothing.
                    Assert.AreEqual(storage.Failing, journal.Commit());
                }

                journal.Delete(items[1], 1);
                Assert.AreEqual(StorageResult.Ok, journal.Commit());
                long live = journal.LiveBytes;
                journal = bench.Open(storage);
                Assert.AreEqual(live, journal.LiveBytes);
                Assert.AreEqual(journal.ItemCount, bench.Shown);
            }
        }

        private static int SizeOf(int index)
        {
            // Of most a record is more than is read at a time.
            return index % 8 == 0 ? 50 : 260 + index;
        }

        private static Journal Fill(JournalBench bench, FakeStorage storage, int[] items)
        {
            // Nearly full, so that it is compacted at once.
            bench.Bounds.BytesMax = 31000;
            Journal journal = bench.Open(storage);
            for (int i = 0; i < Count; i++)
            {
                items[i] = JournalBench.PutFilled(journal, SizeOf(i), i);
                Assert.AreEqual(StorageResult.Ok, journal.Commit());
            }

            for (int i = 0; i < Count; i++)
            {
                if (i % Stay != 0)
                {
                    journal.Delete(items[i], 1);
                    items[i] = -1;
                }
            }

            Assert.AreEqual(StorageResult.Ok, journal.Commit());
            return journal;
        }

        private static void Compact(Journal journal)
        {
            for (int i = 0; i < Count && journal.Compact(1000); i++)
            {
            }
        }

        private static void Check(Journal journal, int[] items)
        {
            for (int i = 0; i < Count; i++)
            {
                if (items[i] >= 0)
                {
                    JournalBench.CheckFilled(journal, items[i], SizeOf(i), i);
                }
            }
        }
    }
}
