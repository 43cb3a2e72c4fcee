using System;

namespace EdgeBroker.Store
{
    /// <summary>What the open frame will change once it is durable: which items are where in it, and whose digests it states.</summary>
    internal sealed class StagedChanges
    {
        private int[] _item = new int[8];
        private long[] _id = new long[8];
        private int[] _position = new int[8];
        private int[] _size = new int[8];
        private int _count;
        private int[] _owner = new int[4];
        private int _ownerCount;

        /// <summary>Items placed by the frame.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>Owners whose items it changes.</summary>
        public int OwnerCount
        {
            get { return _ownerCount; }
        }

        /// <summary>An item.</summary>
        public int Item(int index)
        {
            return _item[index];
        }

        /// <summary>Its id, to tell whether the handle still means the same item.</summary>
        public long Id(int index)
        {
            return _id[index];
        }

        /// <summary>Where its record is among the frame's records.</summary>
        public int Position(int index)
        {
            return _position[index];
        }

        /// <summary>The size of its record.</summary>
        public int Size(int index)
        {
            return _size[index];
        }

        /// <summary>An owner.</summary>
        public int Owner(int index)
        {
            return _owner[index];
        }

        /// <summary>Notes an item.</summary>
        public void Add(int item, long id, int position, int size)
        {
            if (_count == _item.Length)
            {
                int length = _count * 2;
                _item = Resize(_item, length);
                _position = Resize(_position, length);
                _size = Resize(_size, length);
                long[] ids = new long[length];
                Array.Copy(_id, 0, ids, 0, _count);
                _id = ids;
            }

            _item[_count] = item;
            _id[_count] = id;
            _position[_count] = position;
            _size[_count] = size;
            _count++;
        }

        /// <summary>Notes an owner, once.</summary>
        public void Touch(int owner)
        {
            for (int i = 0; i < _ownerCount; i++)
            {
                if (_owner[i] == owner)
                {
                    return;
                }
            }

            if (_ownerCount == _owner.Length)
            {
                _owner = Resize(_owner, _ownerCount * 2);
            }

            _owner[_ownerCount++] = owner;
        }

        /// <summary>Forgets all.</summary>
        public void Clear()
        {
            _count = 0;
            _ownerCount = 0;
        }

        private static int[] Resize(int[] array, int length)
        {
            int[] larger = new int[length];
            Array.Copy(array, 0, larger, 0, array.Length);
            return larger;
        }
    }
}
