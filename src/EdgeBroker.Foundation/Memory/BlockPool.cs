using System;
using EdgeBroker.Store;

namespace EdgeBroker.Memory
{
    /// <summary>
    /// Bytes in chains of blocks of a fixed size, so that nothing fragments and the sum is bounded.
    /// </summary>
    /// <remarks>
    /// Invariants: a block is free or in one chain; the first <c>_freeRun</c> of the free ones stand one after the other.
    /// </remarks>
    internal sealed class BlockPool
    {
        private const int None = -1;

        // Blocks are allocated in slabs of this many, so that a large limit costs memory only when it is used.
        private const int SlabShift = 5;
        private const int SlabMask = (1 << SlabShift) - 1;

        // Free blocks from which on it is worth to look for slabs that hold nothing, and blocks up to which memory is scarce.
        private const int TrimMin = 2 << SlabShift;
        private const int TrimMax = 8192;

        /// <summary>The bytes of a block.</summary>
        public readonly int BlockSize;

        private readonly int _countMax;
        private int _countNow;
        private byte[][] _slabs;
        private int[] _next;
        private int _free = None;
        private int _freeRun;
        private int _created;
        private int _slabsEnd;
        private int _inUseAtTrim;
        private bool _hasGrown;

        /// <summary>Makes an empty pool.</summary>
        /// <param name="countMax">How many blocks there may be.</param>
        /// <param name="blockSize">The bytes of each.</param>
        public BlockPool(int countMax, int blockSize)
        {
            BlockSize = blockSize;
            _countMax = countMax;
            _countNow = countMax;
            _next = new int[0];
            _slabs = new byte[0][];
        }

        /// <summary>Blocks in use. Set by the pool alone.</summary>
        public int InUse;

        /// <summary>Whether the blocks of the chain that was taken last stand one after the other. Set by the pool alone.</summary>
        public bool IsRun;

        /// <summary>How many more there can be.</summary>
        public int Room
        {
            get { return _countNow - InUse; }
        }

        /// <summary>Whether it may take more memory. If not, the blocks that are there now can be used, and no others.</summary>
        public void AllowGrowth(bool isAllowed)
        {
            _countNow = isAllowed ? _countMax : _created > InUse ? _created : InUse;
        }

        /// <summary>The bytes of the blocks that so many bytes take.</summary>
        public int RoomFor(int size)
        {
            return (size + BlockSize - 1) / BlockSize * BlockSize;
        }

        /// <summary>Whether there are blocks for so many bytes.</summary>
        public bool HasRoom(int size)
        {
            return size <= (_countNow - InUse) * BlockSize;
        }

        /// <summary>
        /// Takes a chain of blocks. What was given back last is taken first: it is in one piece if messages are alike.
        /// </summary>
        /// <param name="size">For how many bytes, at least 1.</param>
        /// <returns>The first one, or -1 if there is no <see cref="Room"/>.</returns>
        public int Take(int size)
        {
            int count = (size + BlockSize - 1) / BlockSize;
            int inUse = InUse + count;
            if (inUse > _countNow)
            {
                return None;
            }

            InUse = inUse;
            IsRun = count <= _freeRun;
            if (!IsRun)
            {
                return Gather(count);
            }

            int first = _free;
            int last = first + count - 1;
            _free = _next[last];
            _freeRun -= count;
            _next[last] = None;
            return first;
        }

        /// <summary>Gives a chain back whose blocks stand one after the other.</summary>
        /// <param name="block">The first one.</param>
        /// <param name="size">For how many bytes it was taken.</param>
        public void FreeRun(int block, int size)
        {
            int count = (size + BlockSize - 1) / BlockSize;
            _next[block + count - 1] = _free;
            _free = block;
            _freeRun = count;
            InUse -= count;
        }

        /// <summary>Gives a chain back.</summary>
        /// <param name="block">The first one; -1 for none.</param>
        public void Free(int block)
        {
            if (block == None)
            {
                return;
            }

            int count = 1;
            int last = block;
            int next = _next[last];
            while (next != None)
            {
                count++;
                last = next;
                next = _next[last];
            }

            _next[last] = _free;
            _free = block;
            _freeRun = 1;
            InUse -= count;
        }

        /// <summary>Where a block is.</summary>
        /// <param name="block">The block.</param>
        /// <param name="offset">Where it begins.</param>
        /// <returns>The array that holds it.</returns>
        public byte[] Find(int block, out int offset)
        {
            offset = (block & SlabMask) * BlockSize;
            return _slabs[block >> SlabShift];
        }

        /// <summary>Copies bytes out of a chain.</summary>
        /// <param name="block">The first block.</param>
        /// <param name="from">The first byte to copy.</param>
        /// <param name="count">How many bytes.</param>
        /// <param name="target">Where to.</param>
        /// <param name="targetOffset">Where in it.</param>
        public void Copy(int block, int from, int count, byte[] target, int targetOffset)
        {
            while (from >= BlockSize)
            {
                block = _next[block];
                from -= BlockSize;
            }

            while (count > 0)
            {
                int part = BlockSize - from < count ? BlockSize - from : count;
                Array.Copy(_slabs[block >> SlabShift], (block & SlabMask) * BlockSize + from, target, targetOffset, part);
                targetOffset += part;
                count -= part;
                from = 0;
                block = _next[block];
            }
        }

        /// <summary>Copies bytes into a chain.</summary>
        /// <param name="block">The first block.</param>
        /// <param name="at">Where in the chain.</param>
        /// <param name="source">The bytes.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many; the chain has room for them.</param>
        public void Fill(int block, int at, byte[] source, int offset, int count)
        {
            int blockSize = BlockSize;
            while (at >= blockSize && count > 0)
            {
                block = _next[block];
                at -= blockSize;
            }

            while (count > 0)
            {
                int part = blockSize - at < count ? blockSize - at : count;
                Array.Copy(source, offset, _slabs[block >> SlabShift], (block & SlabMask) * blockSize + at, part);
                offset += part;
                count -= part;
                at = 0;
                block = _next[block];
            }
        }

        /// <summary>
        /// Whether it is worth to look for slabs that hold nothing: after a time when more was needed than is now, where memory is
        /// not plenty, or short.
        /// </summary>
        public bool IsLoose
        {
            get
            {
                return _created - InUse >= TrimMin
                    && (InUse != _inUseAtTrim || _hasGrown)
                    && (_countMax <= TrimMax || _countNow < _countMax);
            }
        }

        /// <summary>Gives back the memory of slabs that hold nothing.</summary>
        public void Trim()
        {
            _inUseAtTrim = InUse;
            _hasGrown = false;
            int[] free = MemoryReserve.Ints(_slabsEnd);
            for (int block = _free; block != None; block = _next[block])
            {
                free[block >> SlabShift]++;
            }

            for (int slab = 0; slab < _slabsEnd; slab++)
            {
                if (_slabs[slab] != null && free[slab] == BlocksOf(slab))
                {
                    _slabs[slab] = null;
                    _created -= free[slab];
                }
            }

            while (_slabsEnd > 0 && _slabs[_slabsEnd - 1] == null)
            {
                _slabsEnd--;
            }

            KeepFree();
        }

        private int Gather(int count)
        {
            while (_created < InUse)
            {
                AddSlab();
            }

            // Free blocks are a chain already.
            int first = _free;
            int last = first;
            bool isRun = true;
            for (int i = 1; i < count; i++)
            {
                int block = _next[last];
                isRun &= block == last + 1 && (block & SlabMask) != 0;
                last = block;
            }

            IsRun = isRun;
            _free = _next[last];
            _freeRun = _free == None ? 0 : 1;
            _next[last] = None;
            return first;
        }

        // Forgets the free blocks whose slabs were given back.
        private void KeepFree()
        {
            int block = _free;
            _free = None;
            while (block != None)
            {
                int next = _next[block];
                if (_slabs[block >> SlabShift] != null)
                {
                    _next[block] = _free;
                    _free = block;
                }

                block = next;
            }

            _freeRun = _free == None ? 0 : 1;
            Resize(_slabsEnd);
        }

        private void AddSlab()
        {
            int slab = 0;
            if (_created == _slabsEnd << SlabShift)
            {
                slab = _slabsEnd++;
            }
            else
            {
                // One was given back.
                while (_slabs[slab] != null)
                {
                    slab++;
                }
            }

            if (slab == _slabs.Length)
            {
                Resize((Growth.Next(slab << SlabShift, _countMax) + SlabMask) >> SlabShift);
            }

            int count = BlocksOf(slab);
            _slabs[slab] = MemoryReserve.Bytes(count * BlockSize);
            int first = slab << SlabShift;
            for (int block = first + count - 1; block >= first; block--)
            {
                _next[block] = _free;
                _free = block;
            }

            _created += count;
            _hasGrown = true;
        }

        // Makes room for so many slabs: no fewer than there are.
        private void Resize(int count)
        {
            byte[][] slabs = MemoryReserve.Arrays(count);
            int[] next = MemoryReserve.Ints(count << SlabShift);
            Array.Copy(_slabs, 0, slabs, 0, _slabsEnd < _slabs.Length ? _slabsEnd : _slabs.Length);
            Array.Copy(_next, 0, next, 0, _next.Length < next.Length ? _next.Length : next.Length);
            _slabs = slabs;
            _next = next;
        }

        private int BlocksOf(int slab)
        {
            int blocks = _countMax - (slab << SlabShift);
            return blocks > SlabMask ? SlabMask + 1 : blocks;
        }
    }
}
