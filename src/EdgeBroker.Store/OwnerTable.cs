namespace EdgeBroker.Store
{
    /// <summary>
    /// A digest per owner over its live items: it goes with every frame that changes them, so that after damage it can be told
    /// for which owners nothing is missing.
    /// </summary>
    internal sealed class OwnerTable
    {
        /// <summary>No owner.</summary>
        public const int None = -1;

        private const int Factor = -1640531535;
        private const int StartCount = 8;

        private int[] _owner;
        private int[] _digest;
        private int[] _itemCount;
        private int[] _next;
        private byte[] _touched;
        private int[] _buckets;
        private int _free;
        private int _created;

        /// <summary>Makes an empty table.</summary>
        public OwnerTable()
        {
            Start(StartCount);
        }

        /// <summary>The end of the indexes, to walk them all.</summary>
        public int End
        {
            get { return _created; }
        }

        /// <summary>Finds an owner.</summary>
        /// <returns>Its index, or <see cref="None"/>.</returns>
        public int Find(int owner)
        {
            int index = _buckets[owner & (_buckets.Length - 1)];
            while (index != None && _owner[index] != owner)
            {
                index = _next[index];
            }

            return index;
        }

        /// <summary>Finds an owner or makes it.</summary>
        public int FindOrAdd(int owner)
        {
            int index = Find(owner);
            if (index != None)
            {
                return index;
            }

            index = _free;
            if (index != None)
            {
                _free = _next[index];
            }
            else
            {
                index = _created++;
                if (index == _owner.Length)
                {
                    Grow(Growth.Next(index));
                }
            }

            _owner[index] = owner;
            _digest[index] = 0;
            _itemCount[index] = 0;
            _touched[index] = 0;
            Link(index);
            return index;
        }

        /// <summary>The owner at an index, or <see cref="None"/> if it is free.</summary>
        public int OwnerAt(int index)
        {
            return _owner[index];
        }

        /// <summary>The digest of now.</summary>
        public int Digest(int index)
        {
            return _digest[index];
        }

        /// <summary>How many live items the owner has.</summary>
        public int ItemCount(int index)
        {
            return _itemCount[index];
        }

        /// <summary>An item was added.</summary>
        public void Add(int index, long id)
        {
            _digest[index] += Mix(id);
            _itemCount[index]++;
        }

        /// <summary>An item was removed.</summary>
        public void Remove(int index, long id)
        {
            _digest[index] -= Mix(id);
            _itemCount[index]--;
        }

        /// <summary>All items of the owner have ended.</summary>
        public void EndAll(int index)
        {
            _digest[index] = 0;
            _itemCount[index] = 0;
        }

        /// <summary>Marks an owner as one whose digest the open frame will state.</summary>
        /// <returns>False if it was marked.</returns>
        public bool Touch(int index)
        {
            bool isNew = _touched[index] == 0;
            _touched[index] = 1;
            return isNew;
        }

        /// <summary>Takes the mark away, and forgets the owner if it has no items.</summary>
        public void Settle(int index)
        {
            _touched[index] = 0;
            if (_itemCount[index] > 0)
            {
                return;
            }

            int bucket = _owner[index] & (_buckets.Length - 1);
            int previous = None;
            int place = _buckets[bucket];
            while (place != index)
            {
                previous = place;
                place = _next[place];
            }

            if (previous == None)
            {
                _buckets[bucket] = _next[index];
            }
            else
            {
                _next[previous] = _next[index];
            }

            _owner[index] = None;
            _next[index] = _free;
            _free = index;
        }

        /// <summary>Forgets all owners without items, and takes no more memory than the others need. No frame is open.</summary>
        public void Tidy()
        {
            int[] owner = _owner;
            int[] digest = _digest;
            int[] itemCount = _itemCount;
            int count = 0;
            for (int i = 0; i < _created; i++)
            {
                count += owner[i] != None && itemCount[i] > 0 ? 1 : 0;
            }

            int created = _created;
            Start(count < StartCount ? StartCount : count);
            for (int i = 0; i < created; i++)
            {
                if (owner[i] != None && itemCount[i] > 0)
                {
                    int index = FindOrAdd(owner[i]);
                    _digest[index] = digest[i];
                    _itemCount[index] = itemCount[i];
                }
            }
        }

        private static int Mix(long id)
        {
            int hash = ((int)id ^ (int)(id >> 32)) * Factor;
            hash ^= (hash >> 15) & 0x1FFFF;
            return hash * Factor;
        }

        private void Start(int length)
        {
            _owner = MemoryReserve.Ints(length);
            _digest = MemoryReserve.Ints(length);
            _itemCount = MemoryReserve.Ints(length);
            _next = MemoryReserve.Ints(length);
            _touched = MemoryReserve.Bytes(length);
            _free = None;
            _created = 0;
            int buckets = StartCount;
            while (buckets < length)
            {
                buckets *= 2;
            }

            MakeBuckets(buckets);
        }

        private void Link(int index)
        {
            int bucket = _owner[index] & (_buckets.Length - 1);
            _next[index] = _buckets[bucket];
            _buckets[bucket] = index;
        }

        // Only a table without free places grows, so all that were made before are in use.
        private void Grow(int length)
        {
            int count = _owner.Length;
            _owner = Growth.Resize(_owner, length);
            _digest = Growth.Resize(_digest, length);
            _itemCount = Growth.Resize(_itemCount, length);
            _touched = Growth.Resize(_touched, length);
            _next = Growth.Resize(_next, length);
            if (length <= _buckets.Length)
            {
                return;
            }

            int buckets = _buckets.Length;
            while (buckets < length)
            {
                buckets *= 2;
            }

            MakeBuckets(buckets);
            for (int i = 0; i < count; i++)
            {
                Link(i);
            }
        }

        private void MakeBuckets(int length)
        {
            _buckets = MemoryReserve.Ints(length);
            for (int i = 0; i < length; i++)
            {
                _buckets[i] = None;
            }
        }
    }
}
