using System;

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
        private readonly int _messageBytesMax;
        private readonly int _sizeMin;
        private readonly int _sizeMax;
        private readonly byte[][][] _free;
        private readonly int[] _freeCount;
        private readonly byte[][] _small = new byte[SmallMax][];
        private int _bytesAllocated;
        private int _bytesFree;
        private int _smallCount;

        /// <summary>Makes an empty pool.</summary>
        /// <param name="bytesMax">The sum of all buffers, in bytes.</param>
        /// <param name="messageBytesMax">Of these, the most that messages can take: the rest is left to replies.</param>
        /// <param name="sizeMin">The smallest buffer, in bytes.</param>
        /// <param name="sizeMax">The largest buffer, in bytes.</param>
        public BufferPool(int bytesMax, int messageBytesMax, int sizeMin, int sizeMax)
        {
            _bytesMax = bytesMax;
            _messageBytesMax = messageBytesMax;
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
        }

        /// <summary>Bytes of the buffers that are taken.</summary>
        public int BytesInUse
        {
            get { return _bytesAllocated - _bytesFree - _smallCount * _sizeMin; }
        }

        /// <summary>How often a buffer could not be had.</summary>
        public int FailureCount { get; private set; }

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
        /// <param name="size">The size, in bytes.</param>
        /// <param name="isForMessages">Whether it is for what can also wait: the last buffers are kept for what answers Clients.</param>
        /// <returns>The buffer, its content undefined, or null if it can't be had now.</returns>
        public byte[] Take(int size, bool isForMessages)
        {
            int count = _smallCount;
            if (size > _sizeMin || count == 0)
            {
                return TakeAny(size, isForMessages ? _messageBytesMax : _bytesMax);
            }

            _smallCount = --count;
            return _small[count];
        }

        /// <summary>Whether a buffer of at least a size can be had for a reply, as far as the bound is concerned.</summary>
        public bool Has(int size)
        {
            return size <= _sizeMax && (BytesInUse <= _bytesMax - ClassSize(ClassOf(size)) || (_smallCount > 0 && size <= _sizeMin));
        }

        /// <summary>Lets go of all buffers that nobody has.</summary>
        public void ReleaseFree()
        {
            ReleaseFree(_bytesMax);
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

        private byte[] TakeAny(int size, int bytesMax)
        {
            if (size > _sizeMax)
            {
                return null;
            }

            int index = ClassOf(size);
            int classSize = ClassSize(index);
            if (BytesInUse > bytesMax - classSize)
            {
                FailureCount++;
                return null;
            }

            if (_freeCount[index] > 0)
            {
                int last = --_freeCount[index];
                byte[] free = _free[index][last];
                _free[index][last] = null;
                _bytesFree -= classSize;
                return free;
            }

            if (_bytesAllocated > _bytesMax - classSize)
            {
                ReleaseFree(classSize);
            }

            return Allocate(classSize);
        }

        // Sizes double, and the last may be less than twice the one before.
        private int ClassOf(int size)
        {
            int index = 0;
            for (int classSize = _sizeMin; classSize < size; classSize *= 2)
            {
                index++;
            }

            return index;
        }

        private int ClassSize(int index)
        {
            int size = _sizeMin << index;
            return size < _sizeMax ? size : _sizeMax;
        }

        private byte[] Allocate(int size)
        {
            try
            {
                byte[] buffer = new byte[size];
                _bytesAllocated += size;
                return buffer;
            }
            catch (OutOfMemoryException)
            {
                // As if the bound were reached.
                FailureCount++;
                return null;
            }
        }

        private void GiveAny(byte[] buffer)
        {
            int index = ClassOf(buffer.Length);
            byte[][] free = _free[index];
            int count = _freeCount[index];
            if (free == null || count == free.Length)
            {
                free = Enlarge(free);
                if (free == null)
                {
                    _bytesAllocated -= buffer.Length;
                    return;
                }

                _free[index] = free;
            }

            free[count] = buffer;
            _freeCount[index] = count + 1;
            _bytesFree += buffer.Length;
        }

        private static byte[][] Enlarge(byte[][] list)
        {
            try
            {
                if (list == null)
                {
                    return new byte[4][];
                }

                byte[][] larger = new byte[list.Length * 2][];
                Array.Copy(list, 0, larger, 0, list.Length);
                return larger;
            }
            catch (OutOfMemoryException)
            {
                return null;
            }
        }

        // Lets go of free buffers of other sizes, largest first, until one of the size fits under the bound.
        private void ReleaseFree(int classSize)
        {
            for (int i = _free.Length - 1; i >= 0; i--)
            {
                while (_freeCount[i] > 0 && _bytesAllocated > _bytesMax - classSize)
                {
                    int last = --_freeCount[i];
                    _bytesAllocated -= _free[i][last].Length;
                    _bytesFree -= _free[i][last].Length;
                    _free[i][last] = null;
                }
            }

            while (_smallCount > 0 && _bytesAllocated > _bytesMax - classSize)
            {
                _small[--_smallCount] = null;
                _bytesAllocated -= _sizeMin;
            }
        }
    }
}
