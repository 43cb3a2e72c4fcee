namespace EdgeBroker.Store
{
    /// <summary>Finds items by id. Only the mount needs it; then it is let go.</summary>
    internal sealed class IdIndex
    {
        private const int Empty = -1;

        private readonly ItemTable _items;
        private int[] _slots = new int[64];
        private int _used;

        /// <summary>Makes an empty index.</summary>
        public IdIndex(ItemTable items)
        {
            _items = items;
            Clear(_slots);
        }

        /// <summary>Finds an item.</summary>
        /// <returns>The item, or <see cref="ItemTable.None"/>.</returns>
        public int Find(long id)
        {
            int slot = SlotOf(id);
            return slot < 0 ? ItemTable.None : _slots[slot];
        }

        /// <summary>Enters an item.</summary>
        public void Add(int item)
        {
            // At most three quarters are used, so there always is an empty slot to stop at.
            if (_used * 4 >= _slots.Length * 3)
            {
                Grow();
            }

            Put(item);
            _used++;
        }

        /// <summary>Takes an item out. It has to be live still.</summary>
        public void Remove(long id)
        {
            int slot = SlotOf(id);
            if (slot < 0)
            {
                return;
            }

            // The items behind it move up, so that no search ends at the gap: a mark in its place would fill the index with marks.
            int mask = _slots.Length - 1;
            int gap = slot;
            for (int i = (slot + 1) & mask; _slots[i] != Empty; i = (i + 1) & mask)
            {
                int distance = (i - Start(_items.Id(_slots[i]))) & mask;
                if (distance >= ((i - gap) & mask))
                {
                    _slots[gap] = _slots[i];
                    gap = i;
                }
            }

            _slots[gap] = Empty;
            _used--;
        }

        private static void Clear(int[] slots)
        {
            for (int i = 0; i < slots.Length; i++)
            {
                slots[i] = Empty;
            }
        }

        private int SlotOf(long id)
        {
            int mask = _slots.Length - 1;
            int slot = Start(id);
            while (_slots[slot] != Empty)
            {
                if (_items.Id(_slots[slot]) == id)
                {
                    return slot;
                }

                slot = (slot + 1) & mask;
            }

            return -1;
        }

        private int Start(long id)
        {
            int hash = (int)id * -1640531535;
            return ((hash >> 8) ^ hash) & (_slots.Length - 1);
        }

        private void Put(int item)
        {
            int slot = Start(_items.Id(item));
            while (_slots[slot] != Empty)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }

            _slots[slot] = item;
        }

        private void Grow()
        {
            int[] old = _slots;
            _slots = MemoryReserve.Ints(old.Length * 2);
            Clear(_slots);
            for (int i = 0; i < old.Length; i++)
            {
                if (old[i] != Empty)
                {
                    Put(old[i]);
                }
            }
        }
    }
}
