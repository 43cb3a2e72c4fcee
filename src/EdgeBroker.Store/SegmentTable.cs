using System;

namespace EdgeBroker.Store
{
    /// <summary>
    /// The segments from the oldest to the one that is being written, and how much of each is live. What is in them has an address:
    /// the bytes of all segments before it, counted from the first, of which 32 bits are kept; the log is never that long.
    /// </summary>
    internal sealed class SegmentTable
    {
        private const int StartCount = 8;

        private readonly int _unit;
        private int[] _start = new int[StartCount];
        private int[] _live = new int[StartCount];

        // Sequence numbers, of which 32 bits are kept as well.
        private int[] _first = new int[StartCount];
        private int _oldest;
        private int _count;
        private int _end;
        private long _liveBytes;

        /// <summary>Makes a table; it has to be started.</summary>
        /// <param name="unit">The bytes in which the storage gives room to a file.</param>
        public SegmentTable(int unit)
        {
            _unit = unit;
        }

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

        /// <summary>The room that all segments take in bytes: whole units each.</summary>
        public int Bytes { get; private set; }

        /// <summary>The bytes of live items in them.</summary>
        public long LiveBytes
        {
            get { return _liveBytes; }
        }

        /// <summary>The address of the next byte.</summary>
        public int End
        {
            get { return _end; }
        }

        /// <summary>Begins the table with an empty segment.</summary>
        /// <param name="number">Its number.</param>
        /// <param name="sequence">The sequence number of the frame that it will begin with.</param>
        public void Start(int number, long sequence)
        {
            _oldest = number;
            _count = 0;
            _end = 0;
            Bytes = 0;
            _liveBytes = 0;
            Add(sequence);
        }

        /// <summary>Begins the next segment.</summary>
        /// <param name="sequence">The sequence number of the frame that it will begin with.</param>
        public void Add(long sequence)
        {
            if (_count == _start.Length)
            {
                int length = Growth.Next(_count);
                _start = Growth.Resize(_start, length);
                _live = Growth.Resize(_live, length);
                _first = Growth.Resize(_first, length);
            }

            _start[_count] = _end;
            _live[_count] = 0;
            _first[_count] = (int)sequence;
            _count++;
        }

        /// <summary>Notes that the newest segment has grown.</summary>
        public void Grow(int size)
        {
            Bytes -= RoomOf(Newest);
            _end += size;
            Bytes += RoomOf(Newest);
        }

        /// <summary>The segment that has an address.</summary>
        public int Find(int address)
        {
            int low = 0;
            int high = _count - 1;
            while (low < high)
            {
                int middle = (low + high + 1) / 2;
                if (_start[middle] - _start[0] <= address - _start[0])
                {
                    low = middle;
                }
                else
                {
                    high = middle - 1;
                }
            }

            return _oldest + low;
        }

        /// <summary>The address of a segment's first byte.</summary>
        public int AddressOf(int number)
        {
            return _start[number - _oldest];
        }

        /// <summary>The bytes of a segment.</summary>
        public int Size(int number)
        {
            int index = number - _oldest;
            return (index + 1 < _count ? _start[index + 1] : _end) - _start[index];
        }

        /// <summary>Notes that live items came to an address, or left it.</summary>
        public void AddLive(int address, int size)
        {
            _live[Find(address) - _oldest] += size;
            _liveBytes += size;
        }

        /// <summary>The bytes of live items in a segment.</summary>
        public int Live(int number)
        {
            return _live[number - _oldest];
        }

        /// <summary>The sequence number of a segment's first frame, or of one before it.</summary>
        /// <param name="number">The segment.</param>
        /// <param name="last">The last sequence number so far.</param>
        public long FirstSequence(int number, long last)
        {
            return last + (_first[number - _oldest] - (int)last);
        }

        /// <summary>Takes the oldest segment out, which has nothing live.</summary>
        public void RemoveOldest()
        {
            Bytes -= RoomOf(_oldest);
            _count--;
            _oldest++;
            Array.Copy(_start, 1, _start, 0, _count);
            Array.Copy(_live, 1, _live, 0, _count);
            Array.Copy(_first, 1, _first, 0, _count);
        }

        private int RoomOf(int number)
        {
            return (Size(number) + _unit - 1) / _unit * _unit;
        }
    }
}
