using EdgeBroker.Store;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Store.Tests
{
    /// <summary>What a frame and the store may hold, what is never refused, and what a frame carries besides records.</summary>
    [TestClass]
    public class JournalBoundsTests
    {
        private const int Owner = 3;

        // What a device's heap has room for, or more than any table begins with.
#if NANOFRAMEWORK_1_0
        private const int ManyItems = 300;
#else
        private const int ManyItems = 6000;
#endif

        [TestMethod]
        public void TheStampOfTheLastFrameIsThereAfterAMount()
        {
            JournalBench bench = new JournalBench();
            FakeStorage storage = new FakeStorage(true);
            Journal journal = bench.Open(storage);
            Assert.AreEqual(0, journal.Stamp);
            journal.Stamp = 1000;
            Put(journal, Owner, 10);
            journal.Commit();
            journal.Stamp = 2000000000;
            Put(journal, Owner, 10);
            journal.Commit();

            // Nothing is staged: no frame, so this is not kept.
            journal.Stamp = 2000000001;
            journal.Commit();
            Assert.AreEqual(2000000000, bench.Open(storage).Stamp);
        }

        [TestMethod]
        public void PutsAreBoundedByTheFrameAndRoomComesBackWithTheCommit()
        {
            JournalBench bench = new JournalBench();
            Journal journal = bench.Open(new FakeStorage(true));
            int count = 0;
            int bound = JournalBench.Limits().StageBytesMax;
            Assert.IsTrue(journal.Room > bound / 2, "room that is not told: " + journal.Room);
            while (journal.HasRoom(1, 100, 1))
            {
                Put(journal, Owner, 100);
                count++;
            }

            Assert.IsTrue(journal.StagedBytes <= bound && journal.StagedBytes > bound - 150, "staged: " + journal.StagedBytes);
            Assert.IsTrue(journal.HasRoom(0, 0, 1), "no room for nothing");
            Assert.IsFalse(journal.HasRoom(5, 0, 5), "room for five more");
            Assert.IsTrue(journal.HasStaged);
            Assert.AreEqual(StorageResult.Ok, journal.Commit());
            Assert.AreEqual(0, journal.StagedBytes);
            Assert.IsTrue(journal.HasRoom(1, 100, 1), "no room after the commit");
            Assert.IsTrue(journal.Room > bound / 2, "room that is not told after the commit: " + journal.Room);
            Assert.IsFalse(journal.HasRoom(1, bound, 1), "room for more than the bound");
            Assert.AreEqual(count, journal.ItemCount);
        }

        [TestMethod]
        public void EndsAreNeverRefused()
        {
            JournalBench bench = new JournalBench();
            FakeStorage storage = new FakeStorage(false);
            Journal journal = bench.Open(storage);
            int[] items = new int[400];
            for (int i = 0; i < items.Length; i++)
            {
                items[i] = Put(journal, i, 20);
                if (!journal.HasRoom(1, 20, 1))
                {
                    Assert.AreEqual(StorageResult.Ok, journal.Commit());
                }
            }

            Assert.AreEqual(StorageResult.Ok, journal.Commit());
            long bytes = journal.BytesCommitted;
            for (int i = 0; i < 399; i++)
            {
                if (i % 2 == 0)
                {
                    journal.Delete(items[i], i);
                }
                else
                {
                    journal.EndOwner(i);
                    journal.Release(items[i]);
                }
            }

            long commits = journal.CommitCount;
            Assert.IsTrue(journal.StagedBytes > 1000, "within the bound of puts: " + journal.StagedBytes);
            Assert.AreEqual(StorageResult.Ok, journal.Commit());
            Assert.AreEqual(commits + 1, journal.CommitCount);
            Assert.IsTrue(journal.BytesCommitted > bytes + 1000);
            bench.Open(storage);
            Assert.AreEqual(1, bench.Shown);
        }

        [TestMethod]
        public void AFullStoreStaysFullUntilASegmentIsFree()
        {
            JournalBench bench = new JournalBench();
            JournalLimits limits = JournalBench.Limits();
            Journal journal = bench.Open(new FakeStorage(true));
            int[] items = new int[1000];
            int count = 0;
            while (!journal.IsOverQuota(200))
            {
                items[count++] = Put(journal, Owner, 200);
                Assert.AreEqual(StorageResult.Ok, journal.Commit());
            }

            Assert.IsTrue(journal.Bytes > limits.BytesMax / 2 && journal.Bytes <= limits.BytesMax);
            Assert.IsTrue(journal.IsOverQuota(0), "it is full only for what is large");
            long full = journal.Bytes;
            int deleted = 0;
            while (journal.IsOverQuota(0))
            {
                journal.Delete(items[deleted], Owner);
                deleted++;
                Assert.AreEqual(StorageResult.Ok, journal.Commit());
                while (journal.Compact(500))
                {
                }
            }

            int slack = limits.SegmentSize < limits.BytesMax / 16 ? limits.SegmentSize : limits.BytesMax / 16;
            Assert.IsTrue(journal.Bytes <= full - slack + 200, "not full any more at " + journal.Bytes + " of " + full);
            Assert.IsFalse(journal.IsOverQuota(200), "full again at once");
        }

        [TestMethod]
        public void IdsGoUpAndAreTheSameAfterAMount()
        {
            JournalBench bench = new JournalBench();
            FakeStorage storage = new FakeStorage(true);
            Journal journal = bench.Open(storage);
            int first = Put(journal, Owner, 5);
            long id = journal.Id(first);
            journal.Delete(first, Owner);
            int second = Put(journal, Owner, 5);
            Assert.IsTrue(journal.Id(second) > id);
            id = journal.Id(second);
            journal.Commit();
            bench.Open(storage);
            Assert.AreEqual(id, bench.IdShown);
        }

        [TestMethod]
        public void CopiesOfAFailedCompactionGoWithTheNextCommitOnce()
        {
            JournalBench bench = new JournalBench();
            FakeStorage storage = new FakeStorage(true);
            Journal journal = bench.Open(storage);
            int[] items = new int[160];
            for (int i = 0; i < items.Length; i++)
            {
                items[i] = Put(journal, Owner, 200);
                journal.Commit();
            }

            for (int i = 0; i < items.Length; i++)
            {
                if (i % 4 != 0)
                {
                    journal.Delete(items[i], Owner);
                }
            }

            Assert.AreEqual(StorageResult.Ok, journal.Commit());
            storage.Failing = StorageResult.Failed;
            int staged = 0;
            for (int i = 0; i < 5; i++)
            {
                Assert.IsFalse(journal.Compact(300));
                Assert.IsTrue(staged == 0 || journal.StagedBytes == staged, "copied again");
                staged = journal.StagedBytes;
            }

            Assert.IsTrue(staged > 0, "nothing was copied");
            storage.Failing = 0;
            Assert.IsTrue(journal.Compact(300));
            bench.Open(storage);
            Assert.AreEqual(40, bench.Shown);
        }

        [TestMethod]
        public void AFrameMayChangeAnyNumberOfOwners()
        {
            JournalBench bench = new JournalBench();
            FakeStorage storage = new FakeStorage(true);
            JournalLimits limits = JournalBench.Limits();
            limits.StageBytesMax = 500000;
            limits.BytesMax = 2000000;
            Journal journal = new Journal(storage, limits);
            journal.Mount(bench);
            for (int i = 0; i < ManyItems; i++)
            {
                Put(journal, i / 2, 5);
            }

            Assert.AreEqual(StorageResult.Ok, journal.Commit());
            Assert.AreEqual(1, journal.CommitCount);

            // 20 bytes for each item, one digest of at most 10 for each owner.
            Assert.IsTrue(journal.BytesCommitted < (ManyItems * 20) + (ManyItems / 2 * 10), "bytes: " + journal.BytesCommitted);
            bench.Open(storage);
            Assert.AreEqual(ManyItems, bench.Shown);
        }

        private static int Put(Journal journal, int owner, int size)
        {
            return JournalBench.Put(journal, owner, size);
        }
    }
}
