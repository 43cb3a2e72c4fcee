using System;

namespace EdgeBroker.Store
{
    /// <summary>
    /// Where each live item is. An item is known by a handle, so that nothing has to be looked up while the broker runs; only
    /// the mount finds items by their ids.
    /// </summary>
    internal sealed class ItemTable
    {
        /// <summary>No item.</summary>
        public const int None = -1;

        private const int StartCount = 16;
        private const long Free = 0;

        private long[] _id = new long[StartCount];
        private int[] _segment = new int[StartCount];
        private int[] _offset = new int[StartCount];
        private int[] _size = new int[StartCount];
        private int _free = None;
        private int _created;
        private int _count;

        /// <summary>Live items.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>The end of the handles, to walk them all.</summary>
        public int End
        {
            get { return _created; }
        }

        /// <summary>Whether a handle is in use.</summary>
        public bool IsLive(int item)
        {
            return _id[item] != Free;
        }

        /// <summary>The item's id: 1 and up, in the order in which items were made.</summary>
        public long Id(int item)
        {
            return _id[item];
        }

        /// <summary>The segment of the item's record.</summary>
        public int Segment(int item)
        {
            return _segment[item];
        }

        /// <summary>Where in the segment the record begins.</summary>
        public int Offset(int item)
        {
            return _offset[item];
        }

        /// <summary>The size of the record.</summary>
        public int Size(int item)
        {
            return _size[item];
        }

        /// <summary>Enters an item.</summary>
        public int Add(long id)
        {
            int item = _free;
            if (item != None)
            {
                _free = _offset[item];
            }
            else
            {
                item = _created++;
                if (item == _id.Length)
                {
                    Grow(item * 2);
                }
            }

            _id[item] = id;
            _segment[item] = None;
            _count++;
            return item;
        }

        /// <summary>Notes where the item's record is.</summary>
        public void Place(int item, int segment, int offset, int size)
        {
            _segment[item] = segment;
            _offset[item] = offset;
            _size[item] = size;
        }

        /// <summary>Removes an item.</summary>
        public void Remove(int item)
        {
            _id[item] = Free;
            _offset[item] = _free;
            _free = item;
            _count--;
        }

        private void Grow(int length)
        {
            long[] ids = new long[length];
            Array.Copy(_id, 0, ids, 0, _id.Length);
            _id = ids;
            _segment = Resize(_segment, length);
            _offset = Resize(_offset, length);
            _size = Resize(_size, length);
        }

        private static int[] Resize(int[] array, int length)
        {
            int[] larger = new int[length];
            Array.Copy(array, 0, larger, 0, array.Length);
            return larger;
        }
    }
}
