using EdgeBroker.Store;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Store.Tests
{
    /// <summary>Where frames go on a storage that does not prefer appending, and how a mount goes on with what it finds there.</summary>
    [TestClass]
    public class TailTests
    {
        [TestMethod]
        public void AMountWritesNothingAndGoesOnInTheSameFile()
        {
            JournalBench bench = new JournalBench();
            FakeStorage storage = new FakeStorage(false);
            Journal journal = bench.Open(storage);
            for (int i = 0; i < 7; i++)
            {
                Put(journal, 50);
                Assert.AreEqual(StorageResult.Ok, journal.Commit());
            }

            // Each mount finds what the last one has added.
            for (int i = 0; i < 3; i++)
            {
                int changes = storage.ChangeCount;
                journal = bench.Open(storage);
                Assert.AreEqual(changes, storage.ChangeCount);
                Assert.AreEqual(7 + i, bench.Shown);
                int size = storage.Size(FileNumbers.FirstTail + 3);
                Put(journal, 20);
                Assert.AreEqual(StorageResult.Ok, journal.Commit());
                Assert.AreEqual(changes + 1, storage.ChangeCount);
                Assert.IsTrue(storage.Size(FileNumbers.FirstTail + 3) > size, "not in the last file");
            }

            Assert.AreEqual(StorageResult.NotFound, storage.Size(FileNumbers.FirstSegment));
        }

        [TestMethod]
        public void TheFrameThatDoesNotFitCompletesTheSegment()
        {
            JournalBench bench = new JournalBench();
            FakeStorage storage = new FakeStorage(false);
            Journal journal = bench.Open(storage);
            int frames = 0;
            while (storage.Size(FileNumbers.FirstSegment) < 0)
            {
                Put(journal, 150);
                int changes = storage.ChangeCount;
                Assert.AreEqual(StorageResult.Ok, journal.Commit());
                Assert.AreEqual(changes + 1, storage.ChangeCount);
                frames++;
            }

            // Six files of one frame each, and this one.
            Assert.AreEqual(7, frames);
            Assert.IsTrue(storage.Size(FileNumbers.FirstSegment) >= 7 * 150);
            Put(journal, 150);
            Assert.AreEqual(StorageResult.Ok, journal.Commit());
            bench.Open(storage);
            Assert.AreEqual(8, bench.Shown);
        }

        [TestMethod]
        public void AFrameLargerThanATailFileIsInASegmentWithThoseBefore()
        {
            JournalBench bench = new JournalBench();
            FakeStorage storage = new FakeStorage(false);
            Journal journal = bench.Open(storage);
            Put(journal, 20);
            journal.Commit();
            int item = Put(journal, 600);
            Assert.AreEqual(StorageResult.Ok, journal.Commit());
            Assert.IsTrue(storage.Size(FileNumbers.FirstSegment) > 620);
            int offset;
            Assert.AreEqual(600, journal.Read(item, new byte[700], 0, out offset));
            Put(journal, 20);
            journal.Commit();
            bench.Open(storage);
            Assert.AreEqual(3, bench.Shown);
        }

        [TestMethod]
        public void ASegmentThatCannotBeWrittenChangesNothing()
        {
            JournalBench bench = new JournalBench();
            FakeStorage storage = new FakeStorage(false);
            Journal journal = bench.Open(storage);
            int frames = 0;
            while (storage.Size(FileNumbers.FirstSegment) < 0)
            {
                Put(journal, 150);
                storage.Failing = frames == 6 ? StorageResult.Full : 0;
                for (int i = 0; i < 3 && frames == 6; i++)
                {
                    Assert.AreEqual(StorageResult.Full, journal.Commit());
                    Put(journal, 10);
                }

                storage.Failing = 0;
                Assert.AreEqual(StorageResult.Ok, journal.Commit());
                frames++;
            }

            bench.Open(storage);
            Assert.AreEqual(10, bench.Shown);
        }

        [TestMethod]
        public void FilesThatCannotBeGoneOnWithBecomeASegment()
        {
            JournalBench bench = new JournalBench();
            FakeStorage storage = new FakeStorage(false);
            Journal journal = bench.Open(storage);
            for (int i = 0; i < 5; i++)
            {
                Put(journal, 150);
                journal.Commit();
            }

            storage.SetFile(FileNumbers.FirstTail + 1, null);
            journal = new Journal(storage, JournalBench.Limits());
            Assert.AreEqual(MountResult.Damaged, journal.Mount(bench));
            Assert.AreEqual(1L, journal.MissingFrames);
            Assert.AreEqual(1, bench.Lost);
            journal.Commit();
            Assert.IsTrue(storage.Size(FileNumbers.FirstSegment) > 600);
            Put(journal, 20);
            journal.Commit();
            journal = new Journal(storage, JournalBench.Limits());
            journal.Mount(bench);
            Assert.AreEqual(1, journal.ItemCount);
        }

        [TestMethod]
        public void FewerOrSmallerTailFilesThanBeforeAreNoMatter()
        {
            JournalBench bench = new JournalBench();
            FakeStorage storage = new FakeStorage(false);
            Journal journal = bench.Open(storage);
            for (int i = 0; i < 5; i++)
            {
                Put(journal, 150);
                journal.Commit();
            }

            JournalLimits limits = JournalBench.Limits();
            limits.TailCount = 2;
            limits.TailSize = 100;
            limits.TailFrameMax = 100;
            journal = new Journal(storage, limits);
            Assert.AreEqual(MountResult.Ok, journal.Mount(bench));
            Put(journal, 20);
            Assert.AreEqual(StorageResult.Ok, journal.Commit());
            bench.Open(storage);
            Assert.AreEqual(6, bench.Shown);
        }

        // A storage that is full or fails at a start: what is there has to be read all the same.
        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void FilesThatCannotBeGoneOnWithAreReadWithoutWriting(bool isReadFailing)
        {
            JournalBench bench = new JournalBench();
            FakeStorage storage = new FakeStorage(false);
            Journal journal = bench.Open(storage);
            int item = Journal.None;
            for (int i = 0; i < 5; i++)
            {
                item = JournalBench.PutFilled(journal, 150, i);
                journal.Commit();
            }

            JournalLimits limits = JournalBench.Limits();
            limits.TailCount = 2;
            storage.Failing = StorageResult.Full;
            journal = new Journal(storage, limits);
            Assert.AreEqual(MountResult.Ok, journal.Mount(bench));
            JournalBench.CheckFilled(journal, item, 150, 4);
            Put(journal, 20);
            Assert.AreEqual(StorageResult.Full, journal.Commit());
            JournalBench.CheckFilled(journal, item, 150, 4);
            storage.Failing = 0;
            if (isReadFailing)
            {
                storage.ReadFailsAfter = 2;
                Assert.AreEqual(StorageResult.Failed, journal.Commit());
            }

            for (int i = 0; i < 9; i++)
            {
                Put(journal, 20);
                Assert.AreEqual(StorageResult.Ok, journal.Commit());
                JournalBench.CheckFilled(journal, item, 150, 4);
            }

            bench.Open(storage);
            Assert.AreEqual(15, bench.Shown);
        }

        // What reading a tail file leaves behind that fails while the segment is written: some of its bytes, in the storage for good.
        [TestMethod]
        public void ASegmentThatIsGivenUpIsWrittenAgain()
        {
            for (int read = 0; read < 6; read++)
            {
                for (int goesOn = 0; goesOn < 2; goesOn++)
                {
                    JournalBench bench = new JournalBench();
                    FakeStorage storage = new FakeStorage(false);
                    Journal journal = bench.Open(storage);
                    for (int i = 0; i < 6; i++)
                    {
                        Put(journal, 150);
                        Assert.AreEqual(StorageResult.Ok, journal.Commit());
                    }

                    Put(journal, 150);
                    storage.ReadFailsAfter = read;
                    Assert.AreEqual(StorageResult.Failed, journal.Commit());
                    Assert.AreEqual(-1, storage.ReadFailsAfter);
                    Assert.IsTrue(storage.Size(FileNumbers.FirstSegment) >= read * 150, "nothing is left of it");
                    if (goesOn == 1)
                    {
                        Assert.AreEqual(StorageResult.Ok, journal.Commit());
                        Put(journal, 20);
                        Assert.AreEqual(StorageResult.Ok, journal.Commit());
                    }

                    for (int i = 0; i < 3; i++)
                    {
                        journal = bench.Open(storage);
                        Assert.AreEqual(goesOn == 1 ? 8 + i : 6 + i, bench.Shown, "read " + read.ToString());
                        Put(journal, 200);
                        Assert.AreEqual(StorageResult.Ok, journal.Commit());
                    }
                }
            }
        }

        // A frame of many records is in several arrays; one of them is larger than those usually are.
        [TestMethod]
        public void AFrameInManyPartsIsReadAsItWasPut()
        {
            JournalBench bench = new JournalBench();
            FakeStorage storage = new FakeStorage(false);
            JournalLimits limits = JournalBench.Limits();
            limits.StageBytesMax = 8000;
            limits.SegmentSize = 4096;
            Journal journal = new Journal(storage, limits);
            Assert.AreEqual(MountResult.Ok, journal.Mount(bench));
            int[] sizes = { 1, 300, 100, 1500, 0, 483, 484, 30, 30, 30, 700 };
            int[] items = new int[sizes.Length];
            for (int round = 0; round < 3; round++)
            {
                for (int i = 0; i < sizes.Length; i++)
                {
                    items[i] = JournalBench.PutFilled(journal, sizes[i], i + 1);
                }

                for (int i = 0; i < 2 * sizes.Length; i++)
                {
                    // As they are staged, and as they are stored.
                    JournalBench.CheckFilled(journal, items[i % sizes.Length], sizes[i % sizes.Length], (i % sizes.Length) + 1);
                    if (i == sizes.Length)
                    {
                        Assert.AreEqual(StorageResult.Ok, journal.Commit());
                    }
                }

                // Which gives the arrays back.
                while (journal.Compact(1000))
                {
                }
            }

            journal = new Journal(storage, limits);
            bench = new JournalBench();
            Assert.AreEqual(MountResult.Ok, journal.Mount(bench));
            Assert.AreEqual(3 * sizes.Length, bench.Shown);
        }

        // Power went when it was made. If it counted as the segment that compaction has to leave, no segment with frames would be left,
        // and the tail files' old ones would be taken for new.
        // So if it was given up before it had a whole frame.
        [TestMethod]
        [DataRow(0)]
        [DataRow(8)]
        public void ASegmentFileWithoutFramesIsWrittenAgain(int size)
        {
            JournalBench bench = new JournalBench();
            FakeStorage storage = new FakeStorage(false);
            Journal journal = bench.Open(storage);
            int segment = FileNumbers.FirstSegment;
            int item = Put(journal, 50);
            for (int round = 0; round < 5; round++)
            {
                while (storage.Size(segment) < 0)
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

            byte[] part = new byte[size];
            storage.Read(FileNumbers.FirstTail, 0, part, 0, size);
            storage.SetFile(segment, part);
            journal = bench.Open(storage);
            for (int i = 0; i < 10; i++)
            {
                while (journal.Compact(1000))
                {
                }

                Put(journal, 300);
                Assert.AreEqual(StorageResult.Ok, journal.Commit());
                journal = bench.Open(storage);
            }

            Assert.IsTrue(storage.Size(segment) > size);
            Assert.AreEqual(11, bench.Shown);
        }

        private static int Put(Journal journal, int size)
        {
            return JournalBench.Put(journal, 1, size);
        }
    }
}
