using EdgeBroker.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Store.Tests
{
    /// <summary>What a frame and the store may hold, what is never refused, and what a frame carries besides records.</summary>
    [TestClass]
    public class JournalBoundsTests : IJournalOwner
    {
        private const int Owner = 3;

        private int _shown;
        private long _idShown;

        [TestMethod]
        public void TheStampOfTheLastFrameIsThereAfterAMount()
        {
            FakeStorage storage = new FakeStorage(true);
            Journal journal = Open(storage);
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
            Assert.AreEqual(2000000000, Open(storage).Stamp);
        }

        [TestMethod]
        public void PutsAreBoundedByTheFrameAndRoomComesBackWithTheCommit()
        {
            Journal journal = Open(new FakeStorage(true));
            int count = 0;
            int bound = JournalTests.Limits().StageBytesMax;
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
            FakeStorage storage = new FakeStorage(false);
            Journal journal = Open(storage);
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
            Open(storage);
            Assert.AreEqual(1, _shown);
        }

        [TestMethod]
        public void AFullStoreStaysFullUntilASegmentIsFree()
        {
            JournalLimits limits = JournalTests.Limits();
            Journal journal = Open(new FakeStorage(true));
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
            FakeStorage storage = new FakeStorage(true);
            Journal journal = Open(storage);
            int first = Put(journal, Owner, 5);
            long id = journal.Id(first);
            journal.Delete(first, Owner);
            int second = Put(journal, Owner, 5);
            Assert.IsTrue(journal.Id(second) > id);
            id = journal.Id(second);
            journal.Commit();
            Open(storage);
            Assert.AreEqual(id, _idShown);
        }

        [TestMethod]
        public void CopiesOfAFailedCompactionGoWithTheNextCommitOnce()
        {
            FakeStorage storage = new FakeStorage(true);
            Journal journal = Open(storage);
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
            Open(storage);
            Assert.AreEqual(40, _shown);
        }

        [TestMethod]
        public void AFrameMayChangeAnyNumberOfOwners()
        {
            FakeStorage storage = new FakeStorage(true);
            JournalLimits limits = JournalTests.Limits();
            limits.StageBytesMax = 500000;
            limits.BytesMax = 2000000;
            Journal journal = new Journal(storage, limits);
            journal.Mount(this);
            for (int i = 0; i < 6000; i++)
            {
                Put(journal, i / 2, 5);
            }

            Assert.AreEqual(StorageResult.Ok, journal.Commit());
            Assert.AreEqual(1, journal.CommitCount);

            // 20 bytes for each item, one digest of at most 10 for each owner.
            Assert.IsTrue(journal.BytesCommitted < (6000 * 20) + (3000 * 10), "bytes: " + journal.BytesCommitted);
            Open(storage);
            Assert.AreEqual(6000, _shown);
        }

        /// <inheritdoc/>
        public void OnItem(int item, long id, int type, int owner, byte[] buffer, int offset, int count)
        {
            _shown++;
            _idShown = id;
        }

        /// <inheritdoc/>
        public void OnOwnerLost(int owner)
        {
            Assert.Fail("lost");
        }

        private static int Put(Journal journal, int owner, int size)
        {
            byte[] buffer;
            int offset;
            int item = journal.BeginPut(RecordType.ItemMin, owner, size, out buffer, out offset);
            journal.EndPut();
            return item;
        }

        private Journal Open(FakeStorage storage)
        {
            Journal journal = new Journal(storage, JournalTests.Limits());
            _shown = 0;
            Assert.AreEqual(MountResult.Ok, journal.Mount(this));
            return journal;
        }
    }
}
