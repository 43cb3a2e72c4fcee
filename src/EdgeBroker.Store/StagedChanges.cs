namespace EdgeBroker.Store
{
    /// <summary>What the open frame will change once it is durable: which items are where in it, and whose digests it states.</summary>
    internal sealed class StagedChanges
    {
        private const int StartCount = 8;
        private const int UsualCount = 24;

        private static readonly int[] s_none = new int[0];
        private readonly ItemTable _items;
        private readonly OwnerTable _owners;
        private readonly SegmentTable _segments;

        private int[] _item = new int[StartCount];

        // The lower halves of their ids.
        private int[] _id = new int[StartCount];
        private int[] _position = new int[StartCount];
        private int _count;
        private int[] _owner = new int[4];
        private long _settledId;

        /// <summary>Makes it for the tables that are to be changed.</summary>
        public StagedChanges(ItemTable items, OwnerTable owners, SegmentTable segments)
        {
            _items = items;
            _owners = owners;
            _segments = segments;
        }

        /// <summary>Owners whose digests the frame states.</summary>
        public int OwnerCount { get; private set; }

        /// <summary>Whether an item was put since the last frame.</summary>
        public bool IsStaged(int item)
        {
            return _items.Id(item) > _settledId;
        }

        /// <summary>Notes an item, put or copied.</summary>
        /// <param name="item">The item.</param>
        /// <param name="position">Where its record is among the frame's.</param>
        public void Add(int item, int position)
        {
            if (_count == _position.Length)
            {
                // The one that is looked at goes last: without memory for all of them the next call comes here again.
                int length = Growth.Next(_count);
                _item = Growth.Resize(_item, length);
                _id = Growth.Resize(_id, length);
                _position = Growth.Resize(_position, length);
            }

            _item[_count] = item;
            _id[_count] = (int)_items.Id(item);
            _position[_count] = position;
            _count++;
        }

        /// <summary>Notes an owner whose digest the frame will state.</summary>
        /// <returns>Its index in the table of owners.</returns>
        public int Touch(int owner)
        {
            int index = _owners.FindOrAdd(owner);
            if (_owners.Touch(index))
            {
                if (OwnerCount == _owner.Length)
                {
                    _owner = Growth.Resize(_owner, Growth.Next(OwnerCount));
                }

                _owner[OwnerCount++] = index;
            }

            return index;
        }

        /// <summary>Adds the digests to the frame.</summary>
        public void AddDigests(FrameWriter frame)
        {
            for (int i = 0; i < OwnerCount; i++)
            {
                frame.AddDigest(_owners.OwnerAt(_owner[i]), _owners.Digest(_owner[i]));
            }
        }

        /// <summary>Does the changes: the frame is durable.</summary>
        /// <param name="address">The address of the first record.</param>
        /// <param name="lastId">The last id given.</param>
        public void Settle(int address, long lastId)
        {
            for (int i = 0; i < _count; i++)
            {
                Place(_item[i], _id[i], address + _position[i]);
            }

            for (int i = 0; i < OwnerCount; i++)
            {
                _owners.Settle(_owner[i]);
            }

            _count = 0;
            OwnerCount = 0;
            _settledId = lastId;
        }

        /// <summary>Gives back the memory that a large frame took and most don't need.</summary>
        public void Trim()
        {
            if (_count == 0 && _item.Length > UsualCount)
            {
                _item = _id = _position = s_none;
            }
        }

        private void Place(int item, int id, int address)
        {
            if (!_items.IsLive(item) || (int)_items.Id(item) != id)
            {
                // Put and deleted before the commit; the handle may mean another item by now.
                return;
            }

            int size = _items.Size(item);
            _items.Place(item, address, size);
            _segments.AddLive(address, size);
        }
    }
}
