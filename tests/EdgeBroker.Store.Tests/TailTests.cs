using EdgeBroker.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Store.Tests
{
    /// <summary>Where frames go on a storage that does not prefer appending, and how a mount goes on with what it finds there.</summary>
    [TestClass]
    public class TailTests : IJournalOwner
    {
        private readonly FakeStorage _storage = new FakeStorage(false);
        private int _shown;
        private int _lost;

        [TestMethod]
        public void AMountWritesNothingAndGoesOnInTheSameFile()
        {
            Journal journal = Open();
            for (int i = 0; i < 7; i++)
            {
                Put(journal, 50);
                Assert.AreEqual(StorageResult.Ok, journal.Commit());
            }

            // Each mount finds what the last one has added.
            for (int i = 0; i < 3; i++)
            {
                int operations = _storage.OperationCount;
                journal = Open();
                Assert.AreEqual(operations, _storage.OperationCount);
                Assert.AreEqual(7 + i, _shown);
                int size = SizeOf(FileNumbers.FirstTail + 3);
                Put(journal, 20);
                Assert.AreEqual(StorageResult.Ok, journal.Commit());
                Assert.AreEqual(operations + 1, _storage.OperationCount);
                Assert.IsTrue(SizeOf(FileNumbers.FirstTail + 3) > size, "not in the last file");
            }

            Assert.AreEqual(StorageResult.NotFound, _storage.Size(FileNumbers.FirstSegment));
        }

        [TestMethod]
        public void TheFrameThatDoesNotFitCompletesTheSegment()
        {
            Journal journal = Open();
            int frames = 0;
            while (_storage.Size(FileNumbers.FirstSegment) < 0)
            {
                Put(journal, 150);
                int operations = _storage.OperationCount;
                Assert.AreEqual(StorageResult.Ok, journal.Commit());
                Assert.AreEqual(operations + 1, _storage.OperationCount);
                frames++;
            }

            // Six files of one frame each, and this one.
            Assert.AreEqual(7, frames);
            Assert.IsTrue(SizeOf(FileNumbers.FirstSegment) >= 7 * 150);
            Put(journal, 150);
            Assert.AreEqual(StorageResult.Ok, journal.Commit());
            Open();
            Assert.AreEqual(8, _shown);
        }

        [TestMethod]
        public void AFrameLargerThanATailFileIsInASegmentWithThoseBefore()
        {
            Journal journal = Open();
            Put(journal, 20);
            journal.Commit();
            int item = Put(journal, 600);
            Assert.AreEqual(StorageResult.Ok, journal.Commit());
            Assert.IsTrue(SizeOf(FileNumbers.FirstSegment) > 620);
            int offset;
            Assert.AreEqual(600, journal.Read(item, new byte[700], 0, out offset));
            Put(journal, 20);
            journal.Commit();
            Open();
            Assert.AreEqual(3, _shown);
        }

        [TestMethod]
        public void ASegmentThatCannotBeWrittenChangesNothing()
        {
            Journal journal = Open();
            int frames = 0;
            while (_storage.Size(FileNumbers.FirstSegment) < 0)
            {
                Put(journal, 150);
                _storage.Failing = frames == 6 ? StorageResult.Full : 0;
                for (int i = 0; i < 3 && frames == 6; i++)
                {
                    Assert.AreEqual(StorageResult.Full, journal.Commit());
                    Put(journal, 10);
                }

                _storage.Failing = 0;
                Assert.AreEqual(StorageResult.Ok, journal.Commit());
                frames++;
            }

            Open();
            Assert.AreEqual(10, _shown);
        }

        [TestMethod]
        public void FilesThatCannotBeGoneOnWithBecomeASegment()
        {
            Journal journal = Open();
            for (int i = 0; i < 5; i++)
            {
                Put(journal, 150);
                journal.Commit();
            }

            _storage.SetFile(FileNumbers.FirstTail + 1, null);
            journal = new Journal(_storage, JournalTests.Limits());
            Assert.AreEqual(MountResult.Damaged, journal.Mount(this));
            Assert.AreEqual(1L, journal.MissingFrames);
            Assert.AreEqual(1, _lost);
            Assert.IsTrue(SizeOf(FileNumbers.FirstSegment) > 600);
            Put(journal, 20);
            journal.Commit();
            journal = new Journal(_storage, JournalTests.Limits());
            journal.Mount(this);
            Assert.AreEqual(1, journal.ItemCount);
        }

        [TestMethod]
        public void FewerOrSmallerTailFilesThanBeforeAreNoMatter()
        {
            Journal journal = Open();
            for (int i = 0; i < 5; i++)
            {
                Put(journal, 150);
                journal.Commit();
            }

            JournalLimits limits = JournalTests.Limits();
            limits.TailCount = 2;
            limits.TailSize = 100;
            limits.TailFrameMax = 100;
            journal = new Journal(_storage, limits);
            Assert.AreEqual(MountResult.Ok, journal.Mount(this));
            Put(journal, 20);
            Assert.AreEqual(StorageResult.Ok, journal.Commit());
            Open();
            Assert.AreEqual(6, _shown);
        }

        // Power went when it was made. If it counted as the segment that compaction has to leave, no segment with frames would be left,
        // and the tail files' old ones would be taken for new.
        [TestMethod]
        public void AnEmptySegmentFileIsWrittenAgain()
        {
            Journal journal = Open();
            int segment = FileNumbers.FirstSegment;
            int item = Put(journal, 50);
            for (int round = 0; round < 5; round++)
            {
                while (_storage.Size(segment) < 0)
                {
                    journal.Delete(item, 1);
                    item = Put(journal, 50);
                    Assert.AreEqual(StorageResult.Ok, journal.Commit());
                    while (journal.Compact(1000))
                    {
                    }
                }

                segment++;
            }

            // Some of the tail files have frames of before still.
            for (int i = 0; i < 3; i++)
            {
                journal.Delete(item, 1);
                item = Put(journal, 50);
                Assert.AreEqual(StorageResult.Ok, journal.Commit());
            }

            _storage.SetFile(segment, new byte[0]);
            journal = Open();
            for (int i = 0; i < 10; i++)
            {
                while (journal.Compact(1000))
                {
                }

                Put(journal, 300);
                Assert.AreEqual(StorageResult.Ok, journal.Commit());
                journal = Open();
            }

            Assert.IsTrue(_storage.Size(segment) > 0);
            Assert.AreEqual(11, _shown);
        }

        /// <inheritdoc/>
        public void OnItem(int item, long id, int type, int owner, byte[] buffer, int offset, int count)
        {
            _shown++;
        }

        /// <inheritdoc/>
        public void OnOwnerLost(int owner)
        {
            _lost++;
        }

        private static int Put(Journal journal, int size)
        {
            byte[] buffer;
            int offset;
            int item = journal.BeginPut(RecordType.ItemMin, 1, size, out buffer, out offset);
            journal.EndPut();
            return item;
        }

        private int SizeOf(int file)
        {
            return _storage.Size(file);
        }

        private Journal Open()
        {
            Journal journal = new Journal(_storage, JournalTests.Limits());
            _shown = 0;
            Assert.AreEqual(MountResult.Ok, journal.Mount(this));
            return journal;
        }
    }
}
