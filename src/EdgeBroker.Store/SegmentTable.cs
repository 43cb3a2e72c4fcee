using System;

namespace EdgeBroker.Store
{
    /// <summary>The segments from the oldest to the one that is being written, their sizes and how much of them is live.</summary>
    internal sealed class SegmentTable
    {
        private int[] _size = new int[8];
        private int[] _live = new int[8];
        private int _oldest;
        private int _count;
        private long _bytes;
        private long _liveBytes;

        /// <summary>The number of the oldest segment.</summary>
        public int Oldest
        {
            get { return _oldest; }
        }

        /// <summary>The number of the newest segment: the one that is being written.</summary>
        public int Newest
        {
            get { return _oldest + _count - 1; }
        }

        /// <summary>How many there are.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>The bytes of all segments.</summary>
        public long Bytes
        {
            get { return _bytes; }
        }

        /// <summary>The bytes of live items among them.</summary>
        public long LiveBytes
        {
            get { return _liveBytes; }
        }

        /// <summary>Begins the table with an empty segment.</summary>
        public void Start(int number)
        {
            _oldest = number;
            _count = 1;
            _size[0] = 0;
            _live[0] = 0;
            _bytes = 0;
            _liveBytes = 0;
        }

        /// <summary>Begins the next segment.</summary>
        public void Add()
        {
            if (_count == _size.Length)
            {
                _size = Resize(_size);
                _live = Resize(_live);
            }

            _size[_count] = 0;
            _live[_count] = 0;
            _count++;
        }

        /// <summary>Notes that a segment has grown.</summary>
        public void Grow(int number, int size)
        {
            _size[number - _oldest] += size;
            _bytes += size;
        }

        /// <summary>Notes that live items came to a segment, or left it.</summary>
        public void AddLive(int number, int size)
        {
            _live[number - _oldest] += size;
            _liveBytes += size;
        }

        /// <summary>The bytes of a segment.</summary>
        public int Size(int number)
        {
            return _size[number - _oldest];
        }

        /// <summary>The bytes of live items in a segment.</summary>
        public int Live(int number)
        {
            return _live[number - _oldest];
        }

        /// <summary>Takes the oldest segment out, which has nothing live.</summary>
        public void RemoveOldest()
        {
            _bytes -= _size[0];
            _count--;
            _oldest++;
            Array.Copy(_size, 1, _size, 0, _count);
            Array.Copy(_live, 1, _live, 0, _count);
        }

        private static int[] Resize(int[] array)
        {
            int[] larger = new int[array.Length * 2];
            Array.Copy(array, 0, larger, 0, array.Length);
            return larger;
        }
    }
}
