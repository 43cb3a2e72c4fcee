namespace EdgeBroker.Memory
{
    /// <summary>
    /// Byte buffers for outboxes and incomplete packets, in sizes that double. A Network Connection holds one only while it
    /// has bytes to keep, so idle ones cost nothing, and no peer can make the sum grow over a fixed bound.
    /// </summary>
    /// <remarks>
    /// Invariants: <see cref="BytesInUse"/> ≤ bytes allocated ≤ the bound; every buffer given back was taken here; those of the
    /// smallest size are in <c>_small</c> as long as that has room, since nearly all are, and they are in and out in each tick.
    /// </remarks>
    internal sealed class BufferPool
    {
        private const int SmallMax = 8;

        private readonly int _bytesMax;
        private readonly int _sizeMin;
        private readonly int _sizeMax;
        private readonly byte[][][] _free;
        private readonly int[] _freeCount;
        private readonly byte[][] _small = new byte[SmallMax][];
        private int _bytesAllocated;
        private int _smallCount;

        /// <summary>Makes an empty pool.</summary>
        /// <param name="bytesMax">The sum of all buffers, in bytes.</param>
        /// <param name="sizeMin">The smallest buffer, in bytes.</param>
        /// <param name="sizeMax">The largest buffer, in bytes.</param>
        public BufferPool(int bytesMax, int sizeMin, int sizeMax)
        {
            _bytesMax = bytesMax;
            _sizeMin = sizeMin;
            _sizeMax = sizeMax;
            int classCount = 1;
            long size = sizeMin;
            while (size < sizeMax)
            {
                size *= 2;
                classCount++;
            }

            _free = new byte[classCount][][];
            _freeCount = new int[classCount];
            for (int i = 0; i < classCount; i++)
            {
                _free[i] = new byte[4][];
            }
        }

        /// <summary>Bytes of the buffers that are taken.</summary>
        public int BytesInUse
        {
            get
            {
                int bytes = _bytesAllocated - _smallCount * _sizeMin;
                for (int i = 0; i < _free.Length; i++)
                {
                    for (int j = 0; j < _freeCount[i]; j++)
                    {
                        bytes -= _free[i][j].Length;
                    }
                }

                return bytes;
            }
        }

        /// <summary>The bound on the sum of all buffers, in bytes.</summary>
        public int BytesMax
        {
            get { return _bytesMax; }
        }

        /// <summary>The smallest buffer, in bytes.</summary>
        public int SizeMin
        {
            get { return _sizeMin; }
        }

        /// <summary>Takes a buffer of at least a size.</summary>
        /// <returns>The buffer, its content undefined, or null if it can't be had now.</returns>
        public byte[] Take(int size)
        {
            int count = _smallCount;
            if (size > _sizeMin || count == 0)
            {
                return TakeAny(size);
            }

            _smallCount = --count;
            return _small[count];
        }

        /// <summary>Gives a buffer back.</summary>
        public void Give(byte[] buffer)
        {
            int count = _smallCount;
            if (count < SmallMax && buffer.Length == _sizeMin)
            {
                _small[count] = buffer;
                _smallCount = count + 1;
            }
            else
            {
                GiveAny(buffer);
            }
        }

        private byte[] TakeAny(int size)
        {
            if (size > _sizeMax)
            {
                return null;
            }

            int index = 0;
            int classSize = _sizeMin;
            while (classSize < size)
            {
                classSize *= 2;
                index++;
            }

            if (classSize > _sizeMax)
            {
                classSize = _sizeMax;
            }

            if (_freeCount[index] > 0)
            {
                int last = --_freeCount[index];
                byte[] free = _free[index][last];
                _free[index][last] = null;
                return free;
            }

            if (_bytesAllocated > _bytesMax - classSize && !ReleaseFree(classSize))
            {
                return null;
            }

            byte[] buffer = new byte[classSize];
            _bytesAllocated += classSize;
            return buffer;
        }

        private void GiveAny(byte[] buffer)
        {
            int index = 0;
            int classSize = _sizeMin;
            while (classSize < buffer.Length)
            {
                classSize *= 2;
                index++;
            }

            byte[][] free = _free[index];
            int count = _freeCount[index];
            if (count == free.Length)
            {
                byte[][] larger = new byte[count * 2][];
                System.Array.Copy(free, 0, larger, 0, count);
                _free[index] = larger;
                free = larger;
            }

            free[count] = buffer;
            _freeCount[index] = count + 1;
        }

        // Lets go of free buffers of other sizes, largest first, until one of the size fits under the bound.
        private bool ReleaseFree(int classSize)
        {
            for (int i = _free.Length - 1; i >= 0; i--)
            {
                while (_freeCount[i] > 0 && _bytesAllocated > _bytesMax - classSize)
                {
                    int last = --_freeCount[i];
                    _bytesAllocated -= _free[i][last].Length;
                    _free[i][last] = null;
                }
            }

            while (_smallCount > 0 && _bytesAllocated > _bytesMax - classSize)
            {
                _small[--_smallCount] = null;
                _bytesAllocated -= _sizeMin;
            }

            return _bytesAllocated <= _bytesMax - classSize;
        }
    }
}
