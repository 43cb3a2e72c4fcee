using System;

namespace EdgeBroker.Simulation.Flash
{
    /// <summary>
    /// All files, in a row of metadata pairs, ordered by name. A change is added to its pair's log; a log that is full is
    /// compacted into the other block of the pair, split in two pairs if it would fill more than half a block, and moved to a
    /// fresh block every <see cref="RelocationInterval"/> compactions.
    /// Every change is one commit at last: until the log that everything hangs on is written, the old state holds.
    /// After any failure what is here in memory may differ from the flash: load again.
    /// </summary>
    internal sealed class FlashDirectory
    {
        // One more than the 512 erases that the device is configured with: odd, so that both blocks of a pair get their turn.
        private const int RelocationInterval = 513;

        private readonly FlashDevice _device;
        private readonly FlashChecksum _checksum = new FlashChecksum();
        private readonly MetadataReader _reader;
        private readonly MetadataLog _log;
        private readonly BlockChain _chain;
        private readonly MetadataPair[] _pairs;
        private int _rootIndex;

        // littlefs reads a pair when it opens a file, and believes until it closes it what it then found about the end of the log:
        // if that was the block's end, it compacts for the creation and again for the content. Null: there is no such pair.
        private MetadataPair _believedFull;

        public FlashDirectory(FlashDevice device, BlockChain chain)
        {
            _device = device;
            _chain = chain;
            _reader = new MetadataReader(device, _checksum);
            _log = new MetadataLog(device, _checksum);
            _pairs = new MetadataPair[device.BlockCount / 2];
            Allocator = new BlockAllocator(device, this);
        }

        /// <summary>Gives the blocks of logs and files.</summary>
        public BlockAllocator Allocator { get; }

        /// <summary>How many pairs there are.</summary>
        public int PairCount { get; private set; }

        /// <summary>How many files there are.</summary>
        public int FileCount
        {
            get
            {
                int count = 0;
                for (int i = 0; i < PairCount; i++)
                {
                    count += _pairs[i].Count;
                }

                return count;
            }
        }

        public MetadataPair PairAt(int index)
        {
            return _pairs[index];
        }

        /// <summary>Writes an empty directory over whatever there is.</summary>
        public int Format()
        {
            MetadataPair root = Renew(0);
            PairCount = 1;
            _rootIndex = 0;
            root.First = 0;
            root.Second = 1;
            root.HasSuperblock = true;
            int result = ReadAlignedRevision(root);

            // Twice, so that nothing old is left in either block.
            for (int i = 0; i < 2 && result == FlashResult.Ok; i++)
            {
                result = _log.Compact(root, 0, 0, root, null, null);
            }

            return result;
        }

        /// <summary>Reads the directory.</summary>
        public int Load()
        {
            int first = 0;
            int second = 1;
            uint sum = 0;
            PairCount = 0;
            _rootIndex = 0;
            do
            {
                // More pairs than blocks can hold: a circle.
                if (PairCount == _pairs.Length || !IsBlock(first) || !IsBlock(second))
                {
                    return FlashResult.Damaged;
                }

                MetadataPair pair = Renew(PairCount);
                int result = _reader.Read(first, second, pair);
                if (result != FlashResult.Ok)
                {
                    return result;
                }

                // The superblock is repeated in the pair to which the directory moved from the first.
                if (PairCount == 0 && !pair.HasSuperblock)
                {
                    return FlashResult.Damaged;
                }

                _rootIndex = pair.HasSuperblock ? PairCount : _rootIndex;
                sum ^= pair.Checksum;
                PairCount++;
                first = pair.TailFirst;
                second = pair.TailSecond;
            }
            while (first != MetadataPair.None);

            Allocator.Reset(sum);
            return FlashResult.Ok;
        }

        /// <summary>Finds a file.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="pairIndex">The pair it is in, or belongs in.</param>
        /// <param name="index">Its index there, or the one it would have.</param>
        public bool Find(int name, out int pairIndex, out int index)
        {
            index = 0;
            for (pairIndex = _rootIndex; pairIndex < PairCount; pairIndex++)
            {
                MetadataPair pair = _pairs[pairIndex];
                if (pair.Find(name, out index))
                {
                    return true;
                }

                if (index < pair.Count)
                {
                    return false;
                }
            }

            pairIndex--;
            return false;
        }

        /// <summary>Marks all blocks that the directory and its files are in.</summary>
        public int MarkUsed(byte[] used)
        {
            for (int i = 0; i < PairCount; i++)
            {
                MetadataPair pair = _pairs[i];
                used[pair.First] = 1;
                used[pair.Second] = 1;
                for (int index = 0; index < pair.Count; index++)
                {
                    int result = pair.IsInline(index)
                        ? FlashResult.Ok
                        : _chain.Mark(pair.HeadAt(index), pair.SizeAt(index), used);
                    if (result != FlashResult.Ok)
                    {
                        return result;
                    }
                }
            }

            return FlashResult.Ok;
        }

        /// <summary>Notes that the pairs are read anew, as for every file that is opened or deleted.</summary>
        public void BeginOperation()
        {
            _believedFull = null;
        }

        /// <summary>Makes a change durable.</summary>
        public int Commit(int pairIndex, MetadataChange change)
        {
            int result = HoldOld(_pairs[pairIndex], change);
            if (result == FlashResult.Ok)
            {
                result = CommitAll(pairIndex, change);
            }

            Allocator.ReleaseBriefly();
            return result;
        }

        private int CommitAll(int pairIndex, MetadataChange change)
        {
            if (change.Kind == MetadataKind.Delete && pairIndex > _rootIndex && _pairs[pairIndex].Count == 1)
            {
                // The last file of a pair: the pair goes, by changing where the one before it leads.
                Drop(pairIndex);
                pairIndex--;
                change.Kind = MetadataKind.Tail;
            }

            bool isRelocated;
            int result = CommitToPair(pairIndex, change, out isRelocated);
            while (result == FlashResult.Ok && isRelocated)
            {
                pairIndex--;
                change.Kind = MetadataKind.Tail;
                result = CommitToPair(pairIndex, change, out isRelocated);
            }

            return result;
        }

        // What a file had is still on flash until its end, or what it has instead, is durable.
        private int HoldOld(MetadataPair pair, MetadataChange change)
        {
            bool isOfFile = change.Kind == MetadataKind.Delete || change.Kind == MetadataKind.Inline || change.Kind == MetadataKind.Chain;
            return isOfFile && !pair.IsInline(change.Index)
                ? Allocator.HoldBriefly(_chain, pair.HeadAt(change.Index), pair.SizeAt(change.Index))
                : FlashResult.Ok;
        }

        private int CommitToPair(int pairIndex, MetadataChange change, out bool isRelocated)
        {
            MetadataPair pair = _pairs[pairIndex];
            isRelocated = false;
            bool isFull = change.Kind == MetadataKind.Create && pair.Count == MetadataSplit.FilesMax;
            if (!isFull && pair != _believedFull && MetadataLog.Fits(pair, change))
            {
                return _log.Append(pair, change, TailOf(pairIndex));
            }

            _believedFull = pair.IsErased ? _believedFull : pair;
            MetadataLog.Apply(pair, change);
            int result = SplitAll(pairIndex, change.Data, out int end);
            int size = MetadataLog.RevisionSize + MetadataSplit.SizeOf(pair, 0, end) + MetadataLog.ReferenceSize;
            if (result == FlashResult.Ok && size > MetadataLog.EntriesEnd)
            {
                result = FlashResult.NoSpace;
            }

            if (result == FlashResult.Ok && IsTired(pair) && pairIndex > 0)
            {
                result = Relocate(pair, out isRelocated);
            }

            int files = end - MetadataSplit.FirstFileId(pair);
            return result == FlashResult.Ok
                ? _log.Compact(pair, 0, files, pair, TailOf(pairIndex), change.Data)
                : result;
        }

        // Moves files at the end of a pair to new pairs until the rest is small enough. What is left ends at an id: ids count
        // the superblock, where there is one, as 0, and then the files.
        private int SplitAll(int pairIndex, byte[] data, out int end)
        {
            MetadataPair pair = _pairs[pairIndex];
            int firstFile = MetadataSplit.FirstFileId(pair);
            end = pair.Count + firstFile;
            int result = FlashResult.Ok;
            int split = MetadataSplit.SplitId(pair, end);
            while (split > 0 && result == FlashResult.Ok)
            {
                result = Split(pairIndex, split - firstFile, end - firstFile, false, data);
                if (result == FlashResult.Ok)
                {
                    end = split;
                    split = MetadataSplit.SplitId(pair, end);
                }
            }

            // Without room for another pair a log stays as large as it is.
            result = result == FlashResult.NoSpace ? FlashResult.Ok : result;
            if (result == FlashResult.Ok && pairIndex == 0 && _rootIndex == 0 && IsTired(pair))
            {
                result = Expand(data, ref end);
            }

            return result;
        }

        // The first pair can't move, so the directory moves out of it, while there is room: that is never undone.
        private int Expand(byte[] data, ref int end)
        {
            int result = Allocator.CountUsed(out int used);
            if (result != FlashResult.Ok || _device.BlockCount - used <= _device.BlockCount / 8)
            {
                return result;
            }

            result = Split(0, 0, end - 1, true, data);
            if (result == FlashResult.Ok)
            {
                _rootIndex = 1;
                end = 1;
            }

            return result == FlashResult.NoSpace ? FlashResult.Ok : result;
        }

        private int Split(int pairIndex, int begin, int end, bool hasSuperblock, byte[] data)
        {
            if (PairCount == _pairs.Length)
            {
                return FlashResult.NoSpace;
            }

            MetadataPair target = Renew(PairCount);
            target.HasSuperblock = hasSuperblock;
            int result = Allocator.Allocate(out target.Second);
            if (result == FlashResult.Ok)
            {
                result = Allocator.Allocate(out target.First);
            }

            if (result == FlashResult.Ok)
            {
                result = ReadAlignedRevision(target);
            }

            if (result == FlashResult.Ok)
            {
                result = _log.Compact(_pairs[pairIndex], begin, end, target, TailOf(pairIndex), data);
            }

            if (result == FlashResult.Ok)
            {
                Array.Copy(_pairs, pairIndex + 1, _pairs, pairIndex + 2, PairCount - pairIndex - 1);
                _pairs[pairIndex + 1] = target;
                PairCount++;
            }

            return result;
        }

        private int Relocate(MetadataPair pair, out bool isRelocated)
        {
            int result = Allocator.Allocate(out int block);
            isRelocated = result == FlashResult.Ok;
            if (isRelocated)
            {
                Allocator.HoldBriefly(pair.Second);
                pair.Second = block;
            }

            // Without a free block it stays where it is, and wears.
            return result == FlashResult.NoSpace ? FlashResult.Ok : result;
        }

        private void Drop(int pairIndex)
        {
            MetadataPair pair = _pairs[pairIndex];
            Allocator.HoldBriefly(pair.First);
            Allocator.HoldBriefly(pair.Second);
            PairCount--;
            Array.Copy(_pairs, pairIndex + 1, _pairs, pairIndex, PairCount - pairIndex);
            _pairs[PairCount] = pair;
        }

        private static bool IsTired(MetadataPair pair)
        {
            return (uint)(pair.Revision + 1) % RelocationInterval == 0;
        }

        // What an unwritten block holds may pass for a revision; a new pair starts above it, and as far as it can from moving.
        private int ReadAlignedRevision(MetadataPair pair)
        {
            int result = _reader.ReadRevision(pair.First, out int revision);
            pair.Revision = (int)(((uint)revision + RelocationInterval - 1) / RelocationInterval * RelocationInterval);
            return result;
        }

        private MetadataPair TailOf(int pairIndex)
        {
            return pairIndex + 1 < PairCount ? _pairs[pairIndex + 1] : null;
        }

        private MetadataPair Renew(int index)
        {
            if (_pairs[index] == null)
            {
                _pairs[index] = new MetadataPair();
            }

            _pairs[index].Clear();
            return _pairs[index];
        }

        private bool IsBlock(int block)
        {
            return block >= 0 && block < _device.BlockCount;
        }
    }
}
