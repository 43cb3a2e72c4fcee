using EdgeBroker.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Storage.Tests
{
    /// <summary>A journal whose commits are all the same: an item comes, and the one some commits before it goes.</summary>
    public sealed class JournalCost : IJournalOwner
    {
        private const int LiveCount = 8;

        private readonly Journal _journal;
        private readonly int[] _items = new int[LiveCount];
        private readonly int _bodySize;
        private int _count;
        private long _written;

        /// <summary>Mounts a journal on an empty storage.</summary>
        /// <param name="storage">The storage.</param>
        /// <param name="tailCount">How many tail files.</param>
        /// <param name="tailSize">Bytes of each.</param>
        /// <param name="frameSize">Bytes that each commit is to write.</param>
        public JournalCost(IStorage storage, int tailCount, int tailSize, int frameSize)
        {
            JournalLimits limits = new JournalLimits
            {
                BytesMax = 100000, StageBytesMax = 4000, TailSize = tailSize, TailCount = tailCount,
            };

            // Header, checksums, the item's own fields, the end of another item, the digest: about, as numbers grow.
            _bodySize = frameSize - 26;
            _journal = new Journal(storage, limits);
            Assert.AreEqual(MountResult.Ok, _journal.Mount(this));
        }

        /// <summary>Bytes that a commit has written, on average.</summary>
        public double FrameSize => (double)_written / _count;

        /// <summary>Commits one item each.</summary>
        public void Commit(int commits)
        {
            for (int i = 0; i < commits; i++)
            {
                long before = _journal.BytesCommitted;
                int slot = _count % LiveCount;
                if (_count >= LiveCount)
                {
                    _journal.Delete(_items[slot], 1);
                }

                _items[slot] = _journal.BeginPut(RecordType.ItemMin, 1, _bodySize, out _, out _);
                _journal.EndPut();
                Assert.AreEqual(StorageResult.Ok, _journal.Commit());
                _count++;
                _written += _journal.BytesCommitted - before;
                while (_journal.Compact(2000))
                {
                }
            }
        }

        /// <inheritdoc/>
        public void OnItem(int item, long id, int type, int owner, byte[] buffer, int offset, int count)
        {
            Assert.Fail("the storage was not empty");
        }

        /// <inheritdoc/>
        public void OnOwnerLost(int owner)
        {
            Assert.Fail("the storage was not empty");
        }
    }
}
