namespace EdgeBroker.Store
{
    /// <summary>
    /// Where each live item is. An item is known by a handle, so that nothing has to be looked up while the broker runs; only
    /// the mount finds items by their ids. Ten bytes an item, since a device has hundreds of them in its heap.
    /// </summary>
    internal sealed class ItemTable
    {
        /// <summary>No item.</summary>
        public const int None = -1;

        private const int StartCount = 16;

        private int[] _id = new int[StartCount];
        private int[] _address = new int[StartCount];
        private readonly NumberColumn _size = new NumberColumn(StartCount);

        // The upper halves of the ids, from the first one that has any: no device comes that far.
        private int[] _idUpper;
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
            return _size.Get(item) > 0;
        }

        /// <summary>The item's id: 1 and up, in the order in which items were made.</summary>
        public long Id(int item)
        {
            long lower = _id[item] & 0xFFFFFFFFL;
            return _idUpper == null ? lower : ((long)_idUpper[item] << 32) | lower;
        }

        /// <summary>Where the item's record begins: in the log, or, while it is staged, in the frame.</summary>
        public int Address(int item)
        {
            return _address[item];
        }

        /// <summary>The size of the record.</summary>
        public int Size(int item)
        {
            return _size.Get(item);
        }

        /// <summary>Enters an item.</summary>
        /// <param name="id">Its id.</param>
        /// <param name="address">Where its record begins.</param>
        /// <param name="size">The size of the record, more than 0.</param>
        public int Add(long id, int address, int size)
        {
            int item = _free;
            if (item != None)
            {
                _free = _address[item];
            }
            else
            {
                item = _created++;
                if (item == _id.Length)
                {
                    Grow(Growth.Next(item));
                }
            }

            int upper = (int)(id >> 32);
            if (upper != 0 && _idUpper == null)
            {
                _idUpper = MemoryReserve.Ints(_id.Length);
            }

            if (_idUpper != null)
            {
                _idUpper[item] = upper;
            }

            _id[item] = (int)id;
            _count++;
            Place(item, address, size);
            return item;
        }

        /// <summary>Notes where the item's record is.</summary>
        public void Place(int item, int address, int size)
        {
            _address[item] = address;
            _size.Set(item, size);
        }

        /// <summary>Removes an item.</summary>
        public void Remove(int item)
        {
            _size.Set(item, 0);
            _address[item] = _free;
            _free = item;
            _count--;
        }

        private void Grow(int length)
        {
            _id = Growth.Resize(_id, length);
            _address = Growth.Resize(_address, length);
            _size.Resize(length);
            _idUpper = _idUpper == null ? null : Growth.Resize(_idUpper, length);
        }
    }
}
