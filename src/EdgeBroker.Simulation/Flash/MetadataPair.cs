using System;

namespace EdgeBroker.Simulation.Flash
{
    /// <summary>
    /// Two blocks that hold a part of the directory, as read from them: one has the log, the other an older one or nothing.
    /// Invariant: names ascend with the index.
    /// </summary>
    internal sealed class MetadataPair
    {
        /// <summary>No block.</summary>
        public const int None = -1;

        /// <summary>The place of content that is not in the log yet but in the change on its way there.</summary>
        public const int Pending = int.MinValue;

        /// <summary>The block with the newest log.</summary>
        public int First = None;

        /// <summary>The other block.</summary>
        public int Second = None;

        /// <summary>Counts compactions; the newer log has the higher one.</summary>
        public int Revision;

        /// <summary>Where in the first block the next commit goes.</summary>
        public int End;

        /// <summary>Whether that place is erased.</summary>
        public bool IsErased;

        /// <summary>Whether the file system starts in this pair.</summary>
        public bool HasSuperblock;

        /// <summary>The next pair as the log names it, or <see cref="None"/>.</summary>
        public int TailFirst = None;

        /// <summary>The other block of the next pair.</summary>
        public int TailSecond = None;

        /// <summary>The checksum of the last commit.</summary>
        public uint Checksum;

        private int[] _names = new int[8];
        private int[] _sizes = new int[8];
        private int[] _places = new int[8];

        /// <summary>How many files there are in this part.</summary>
        public int Count { get; private set; }

        public int NameAt(int index)
        {
            return _names[index];
        }

        public int SizeAt(int index)
        {
            return _sizes[index];
        }

        /// <summary>Whether a file's content is in the log.</summary>
        public bool IsInline(int index)
        {
            return _places[index] < 0;
        }

        /// <summary>Whether a file's content is in the change on its way.</summary>
        public bool IsPending(int index)
        {
            return _places[index] == Pending;
        }

        /// <summary>Where in the first block an inline file's content is.</summary>
        public int InlinePosition(int index)
        {
            return ~_places[index];
        }

        /// <summary>The last block of a file that is not inline.</summary>
        public int HeadAt(int index)
        {
            return _places[index];
        }

        /// <summary>Finds a name.</summary>
        /// <param name="name">The name.</param>
        /// <param name="index">Its index, or that of the first name behind it.</param>
        public bool Find(int name, out int index)
        {
            int low = 0;
            int high = Count;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (_names[middle] < name)
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }

            index = low;
            return low < Count && _names[low] == name;
        }

        public void Insert(int index, int name)
        {
            if (Count == _names.Length)
            {
                _names = Grow(_names);
                _sizes = Grow(_sizes);
                _places = Grow(_places);
            }

            int behind = Count - index;
            Array.Copy(_names, index, _names, index + 1, behind);
            Array.Copy(_sizes, index, _sizes, index + 1, behind);
            Array.Copy(_places, index, _places, index + 1, behind);
            Count++;
            _names[index] = name;
            _sizes[index] = 0;

            // An empty file has no bytes to be anywhere.
            _places[index] = ~0;
        }

        public void RemoveAt(int index)
        {
            int behind = Count - index - 1;
            Array.Copy(_names, index + 1, _names, index, behind);
            Array.Copy(_sizes, index + 1, _sizes, index, behind);
            Array.Copy(_places, index + 1, _places, index, behind);
            Count--;
        }

        public void SetInline(int index, int size, int position)
        {
            _sizes[index] = size;
            _places[index] = ~position;
        }

        public void SetPending(int index, int size)
        {
            _sizes[index] = size;
            _places[index] = Pending;
        }

        public void SetChain(int index, int size, int head)
        {
            _sizes[index] = size;
            _places[index] = head;
        }

        /// <summary>Forgets the files from an index on.</summary>
        public void Truncate(int count)
        {
            Count = count;
        }

        /// <summary>Forgets all that a log says.</summary>
        public void Clear()
        {
            Count = 0;
            HasSuperblock = false;
            TailFirst = None;
            TailSecond = None;
        }

        private static int[] Grow(int[] values)
        {
            int[] grown = new int[values.Length * 2];
            Array.Copy(values, 0, grown, 0, values.Length);
            return grown;
        }
    }
}
