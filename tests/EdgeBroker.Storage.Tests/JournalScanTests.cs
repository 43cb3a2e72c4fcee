using System;
using System.Collections.Generic;
using EdgeBroker.Desktop;
using EdgeBroker.Store;
using EdgeBroker.Store.Tests;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Storage.Tests
{
    /// <summary>A scan tells what a mount would find, and changes nothing.</summary>
    [TestClass]
    public class JournalScanTests : IJournalOwner
    {
        private readonly List<(long Id, int Type, int Owner, int First, int Count)> _shown = [];
        private readonly List<int> _lost = [];

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void ItFindsWhatAMountShows(bool append)
        {
            FakeStorage storage = new(append);
            JournalRun run = new(5);
            run.Mount(storage);
            for (int round = 0; round < 12; round++)
            {
                run.Change(17);
                Compare(storage);
            }

            Assert.IsTrue(run.DeletedSegments, "nothing was compacted");
            JournalScan scan = new(storage);
            Assert.AreEqual(MountResult.Ok, scan.Result);
            Assert.IsTrue(scan.FirstSequence > 1);
            Assert.AreEqual(scan.LastSequence - scan.FirstSequence + 1, scan.FrameCount);
            Assert.IsTrue(append || scan.Segments[^1].TailFiles > 0);
        }

        [TestMethod]
        public void ItFindsWhatIsMissing()
        {
            FakeStorage storage = new(true);
            JournalRun run = new(6);
            run.Mount(storage);
            run.Change(60);
            int[] files = new int[100];
            int count = storage.List(files);
            byte[] bytes = storage.GetFile(files[count - 2]);
            bytes[bytes.Length / 2] ^= 8;
            Compare(storage);
            JournalScan scan = new(storage);
            Assert.AreEqual(MountResult.Damaged, scan.Result);
            Assert.AreEqual(1, scan.GapCount);
            Assert.AreEqual(1L, scan.MissingFrames);
            Assert.IsTrue(scan.LostOwners.Count > 0);
            Assert.IsTrue(scan.BytesPassedOver > 0);
        }

        [TestMethod]
        public void NothingAndSomethingElseAreTold()
        {
            FakeStorage storage = new(true);
            JournalScan scan = new(storage);
            Assert.IsTrue(scan.IsEmpty && scan.Result == MountResult.Ok);
            scan.Visit((_, _) => Assert.Fail("an item of nothing"));
            storage.SetFile(100, [1, 2, 3]);
            scan = new JournalScan(storage);
            Assert.IsTrue(!scan.IsEmpty && scan.Result == MountResult.UnknownFormat);
            scan.Visit((_, _) => Assert.Fail("an item of something else"));
        }

        /// <inheritdoc/>
        public void OnItem(int item, long id, int type, int owner, byte[] buffer, int offset, int count)
        {
            _shown.Add((id, type, owner, count == 0 ? 0 : buffer[offset], count));
        }

        /// <inheritdoc/>
        public void OnOwnerLost(int owner)
        {
            _lost.Add(owner);
        }

        // The mount is that of a copy, since it may write.
        private void Compare(FakeStorage storage)
        {
            FakeStorage copy = new(storage.PrefersAppend);
            int[] files = new int[200];
            int count = storage.List(files);
            for (int i = 0; i < count; i++)
            {
                copy.SetFile(files[i], (byte[])storage.GetFile(files[i]).Clone());
            }

            _shown.Clear();
            _lost.Clear();
            Journal journal = new(copy, new JournalLimits { BytesMax = 60000, StageBytesMax = 1000, SegmentSize = 1500 });
            int result = journal.Mount(this);
            int operations = storage.OperationCount;
            JournalScan scan = new(storage);
            List<(long Id, int Type, int Owner, int First, int Count)> found = [];
            int items = 0;
            scan.Visit((item, body) =>
            {
                Assert.IsTrue(item.IsWhole);
                items++;
                if (!item.IsLost)
                {
                    found.Add((item.Id, item.Type, item.Owner, body.Length == 0 ? 0 : body[0], body.Length));
                }
            });

            Assert.AreEqual(operations, storage.OperationCount, "it has written");
            Assert.AreEqual(result, scan.Result);
            Assert.AreEqual(items, scan.ItemCount);
            CollectionAssert.AreEqual(_shown, found);
            CollectionAssert.AreEqual(_lost, new List<int>(scan.LostOwners));
            long live = 0;
            long bytes = 0;
            foreach (JournalSegment segment in scan.Segments)
            {
                live += segment.LiveBytes;
                bytes += segment.Bytes;
            }

            Assert.AreEqual(scan.LiveBytes, live);
            Assert.AreEqual(scan.Bytes, bytes);
        }
    }
}
