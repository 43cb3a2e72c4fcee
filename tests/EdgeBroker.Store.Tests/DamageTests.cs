using EdgeBroker.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Store.Tests
{
    /// <summary>
    /// Bits that flipped, files that are gone or zeroed: the journal mounts, and an owner that it does not report lost has
    /// exactly the items that it had after the last commit that was found. Nothing is invented, nothing forgotten.
    /// </summary>
    [TestClass]
    public class DamageTests : IJournalOwner
    {
        private const int Owners = 4;
        private const int Commits = 90;

        // The digest of each owner's items after each commit; index 0 is before the first.
        private readonly int[][] _history = new int[Commits + 1][];
        private readonly int[] _shown = new int[Owners];
        private readonly bool[] _lost = new bool[Owners];
        private int _random;
        private int _lostSeen;
        private int _removed;

        [TestMethod]
        public void FlippedBitsInventNothingWhenAppending()
        {
            FlipEverywhere(true);
        }

        [TestMethod]
        public void FlippedBitsInventNothingWithTailFiles()
        {
            FlipEverywhere(false);
        }

        [TestMethod]
        public void MissingAndZeroedFilesInventNothing()
        {
            for (int kind = 0; kind < 4; kind++)
            {
                FakeStorage storage = Fill(kind % 2 == 0);
                int[] files = new int[200];
                int count = storage.List(files);
                for (int i = 1; i < count; i++)
                {
                    byte[] kept = storage.GetFile(files[i]);
                    storage.SetFile(files[i], kind < 2 ? null : new byte[kept.Length]);
                    Check(Copy(storage, kind % 2 == 0), MountResult.Failed, "kind " + kind + " file " + files[i]);
                    storage.SetFile(files[i], kept);
                }
            }

            Assert.IsTrue(_lostSeen > 0, "no loss was ever reported");
        }

        // Besides the newest: without it the journal is as it was before.
        [TestMethod]
        public void AMissingSegmentIsNoticedWhereverItIs()
        {
            FakeStorage storage = Fill(true);
            int[] files = new int[200];
            int count = storage.List(files);
            Assert.IsTrue(count > 4 && _removed > 4 && files[1] > 104, "nothing was compacted: " + count + " " + _removed + " " + files[1]);
            for (int i = 1; i < count - 1; i++)
            {
                byte[] kept = storage.GetFile(files[i]);
                storage.SetFile(files[i], null);
                Check(Copy(storage, true), MountResult.Damaged, "file " + files[i]);
                storage.SetFile(files[i], kept);
            }

            // The same for the first frame of all that there are.
            storage.GetFile(files[1])[8] ^= 4;
            Check(storage, MountResult.Damaged, "first frame");
        }

        // What nobody has heard of can't be reported by its name, only that something is missing.
        [TestMethod]
        public void AnOwnerWhoIsGoneWithTheOldestSegmentIsNoticed()
        {
            FakeStorage storage = new FakeStorage(true);
            Journal journal = new Journal(storage, Limits());
            journal.Mount(this);
            int last = Journal.None;
            for (int i = 0; i < 75; i++)
            {
                if (last != Journal.None)
                {
                    journal.Delete(last, 0);
                }

                last = Put(journal, 0, 50);
                if (i == 60)
                {
                    Put(journal, 1, 20);
                }

                journal.Commit();
                journal.Compact(100);
            }

            Assert.IsTrue(journal.SegmentCount > 2, "compacted too much");
            Assert.AreEqual(MountResult.Ok, new Journal(Copy(storage, true), Limits()).Mount(this));
            int[] files = new int[200];
            storage.List(files);
            storage.SetFile(files[1], null);
            journal = new Journal(storage, Limits());
            Assert.AreEqual(MountResult.Damaged, journal.Mount(this));
            Assert.AreEqual(1, journal.ItemCount);
            Assert.IsFalse(_lost[0]);
        }

        [TestMethod]
        public void AnUnknownFormatIsLeftAlone()
        {
            FakeStorage storage = Fill(true);
            storage.GetFile(0)[5] = 9;
            Assert.AreEqual(MountResult.UnknownFormat, new Journal(storage, Limits()).Mount(this));
            storage.SetFile(0, null);
            Assert.AreEqual(MountResult.UnknownFormat, new Journal(storage, Limits()).Mount(this));
        }

        [TestMethod]
        public void TheCopyOfADamagedItemIsNotWhole()
        {
            FakeStorage storage = new FakeStorage(true);
            Journal journal = new Journal(storage, Limits());
            journal.Mount(this);
            int[] items = new int[40];
            for (int i = 0; i < items.Length; i++)
            {
                items[i] = Put(journal, i / 39, 50);
                journal.Commit();
            }

            // The body of the first item, while the journal is open.
            storage.GetFile(FileNumbers.FirstSegment)[30] ^= 1;
            for (int i = 1; i < 39; i++)
            {
                journal.Delete(items[i], 0);
            }

            journal.Commit();
            while (journal.Compact(500))
            {
            }

            Assert.IsNull(storage.GetFile(FileNumbers.FirstSegment), "nothing was compacted");
            int offset;
            Assert.AreEqual(-1, journal.Read(items[0], new byte[100], 0, out offset));
            Assert.AreEqual(1, journal.ReadFailures);
            journal = new Journal(storage, Limits());
            Assert.AreEqual(MountResult.Damaged, journal.Mount(this));
            Assert.IsTrue(_lost[0]);
            Assert.IsFalse(_lost[1]);
            Assert.AreEqual(1, journal.ItemCount);
        }

        [TestMethod]
        public void WhatWasReportedLostStaysGone()
        {
            FakeStorage storage = Fill(true);
            int[] files = new int[200];
            storage.List(files);
            storage.SetFile(files[2], null);
            Check(Copy(storage, true), MountResult.Damaged, "first");
            int whole = System.Array.LastIndexOf(_lost, false);
            Assert.IsTrue(whole >= 0 && System.Array.IndexOf(_lost, true) >= 0, "none lost, or none whole");
            Clear();
            Journal journal = new Journal(storage, Limits());
            journal.Mount(this);
            int count = journal.ItemCount;

            // Their ends go together with whatever else is staged until then, and do not get in its way.
            Put(journal, whole, 10);
            Assert.AreEqual(StorageResult.Ok, journal.Commit());
            Clear();
            journal = new Journal(storage, Limits());
            journal.Mount(this);
            Assert.AreEqual(-1, System.Array.IndexOf(_lost, true));
            Assert.AreEqual(count + 1, journal.ItemCount);
        }

        /// <inheritdoc/>
        public void OnItem(int item, long id, int type, int owner, byte[] buffer, int offset, int count)
        {
            _shown[owner] += Digest(buffer, offset, count);
        }

        /// <inheritdoc/>
        public void OnOwnerLost(int owner)
        {
            _lost[owner] = true;
            _lostSeen++;
        }

        // Small, so that compaction has to work.
        private static JournalLimits Limits()
        {
            JournalLimits limits = new JournalLimits();
            limits.BytesMax = 6000;
            limits.StageBytesMax = 1000;
            limits.SegmentSize = 500;
            limits.TailSize = 120;
            limits.TailFrameMax = 160;
            limits.TailCount = 4;
            return limits;
        }

        private static FakeStorage Copy(FakeStorage storage, bool append)
        {
            FakeStorage copy = new FakeStorage(append);
            int[] files = new int[200];
            int count = storage.List(files);
            for (int i = 0; i < count; i++)
            {
                byte[] bytes = storage.GetFile(files[i]);
                byte[] same = new byte[bytes.Length];
                System.Array.Copy(bytes, 0, same, 0, bytes.Length);
                copy.SetFile(files[i], same);
            }

            return copy;
        }

        private static int Digest(byte[] buffer, int offset, int count)
        {
            int digest = count;
            for (int i = 0; i < count; i++)
            {
                digest = (digest * 31) + buffer[offset + i];
            }

            return digest * 17;
        }

        private static int Put(Journal journal, int owner, int size)
        {
            byte[] buffer;
            int offset;
            int item = journal.BeginPut(RecordType.ItemMin, owner, size, out buffer, out offset);
            journal.EndPut();
            return item;
        }

        private int Next(int bound)
        {
            _random = (_random * 1103515245) + 12345;
            return ((_random >> 16) & 0x7FFF) % bound;
        }

        private void FlipEverywhere(bool append)
        {
            FakeStorage storage = Fill(append);
            int[] files = new int[200];
            int count = storage.List(files);
            for (int i = 1; i < count; i++)
            {
                int size = storage.GetFile(files[i]).Length;
                for (int at = 0; at < size; at += 5)
                {
                    FakeStorage copy = Copy(storage, append);
                    copy.GetFile(files[i])[at] ^= (byte)(1 << (at & 7));
                    Check(copy, MountResult.Failed, "file " + files[i] + " byte " + at);
                }
            }

            Assert.IsTrue(_lostSeen > 0, "no loss was ever reported");
        }

        private void Clear()
        {
            for (int owner = 0; owner < Owners; owner++)
            {
                _shown[owner] = 0;
                _lost[owner] = false;
            }
        }

        // What is expected is the result, or, for Failed, anything else.
        private void Check(FakeStorage storage, int expected, string where)
        {
            Clear();
            Journal journal = new Journal(storage, Limits());
            int result = journal.Mount(this);
            if (expected == MountResult.Failed)
            {
                Assert.AreNotEqual(expected, result, where);
            }
            else
            {
                Assert.AreEqual(expected, result, where);
            }

            for (int owner = 0; owner < Owners; owner++)
            {
                if (_lost[owner])
                {
                    Assert.AreEqual(0, _shown[owner], where + ": a lost owner has items");
                    continue;
                }

                // The stamp is the number of the last commit.
                Assert.AreEqual(_history[journal.Stamp][owner], _shown[owner], where + ": items of owner " + owner);
            }
        }

        private FakeStorage Fill(bool append)
        {
            _random = 3;
            FakeStorage storage = new FakeStorage(append);
            Journal journal = new Journal(storage, Limits());
            journal.Mount(this);
            int[] digests = new int[Owners];
            int[] items = new int[Commits * 2];
            int[] owners = new int[Commits * 2];
            int[] bodies = new int[Commits * 2];
            int count = 0;
            _history[0] = new int[Owners];
            for (int i = 1; i <= Commits; i++)
            {
                while (count > 16 || (count > 3 && Next(3) == 0))
                {
                    int gone = Next(count);
                    journal.Delete(items[gone], owners[gone]);
                    digests[owners[gone]] -= bodies[gone];
                    count--;
                    items[gone] = items[count];
                    owners[gone] = owners[count];
                    bodies[gone] = bodies[count];
                }

                byte[] body = JournalModel.Body(i);
                byte[] buffer;
                int offset;
                owners[count] = Next(Owners);
                items[count] = journal.BeginPut(RecordType.ItemMin, owners[count], body.Length, out buffer, out offset);
                System.Array.Copy(body, 0, buffer, offset, body.Length);
                journal.EndPut();
                bodies[count] = Digest(body, 0, body.Length);
                digests[owners[count]] += bodies[count];
                count++;
                journal.Stamp = i;
                journal.Commit();
                _history[i] = new int[Owners];
                System.Array.Copy(digests, 0, _history[i], 0, Owners);
                int segments = journal.SegmentCount;
                journal.Compact(200);
                _removed += segments > journal.SegmentCount ? 1 : 0;
            }

            return storage;
        }
    }
}
