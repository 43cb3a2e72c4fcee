namespace EdgeBroker.Store
{
    /// <summary>Finds items by id. Only the mount needs it; then it is let go.</summary>
    internal sealed class IdIndex
    {
        private const int Empty = -1;
        private const int Gone = -2;

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
            if (_used * 2 >= _slots.Length)
            {
                Grow();
            }

            Put(item);
            _used++;
        }

        /// <summary>Takes an item out.</summary>
        public void Remove(long id)
        {
            int slot = SlotOf(id);
            if (slot >= 0)
            {
                _slots[slot] = Gone;
            }
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
                if (_slots[slot] != Gone && _items.Id(_slots[slot]) == id)
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
            while (_slots[slot] >= 0)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }

            _slots[slot] = item;
        }

        private void Grow()
        {
            int[] old = _slots;
            _slots = new int[old.Length * 2];
            Clear(_slots);
            _used = 0;
            for (int i = 0; i < old.Length; i++)
            {
                if (old[i] >= 0)
                {
                    Put(old[i]);
                    _used++;
                }
            }
        }
    }
}
