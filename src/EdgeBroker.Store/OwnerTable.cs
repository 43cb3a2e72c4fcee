using System;

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

        private int[] _owner = new int[8];
        private int[] _digest = new int[8];
        private int[] _itemCount = new int[8];
        private int[] _stated = new int[8];
        private long[] _statedAt = new long[8];
        private int[] _next = new int[8];
        private bool[] _lost = new bool[8];
        private int[] _buckets;
        private int _free = None;
        private int _created;

        /// <summary>Makes an empty table.</summary>
        public OwnerTable()
        {
            MakeBuckets(16);
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
                    Grow(index * 2);
                }
            }

            _owner[index] = owner;
            _digest[index] = 0;
            _itemCount[index] = 0;
            _stated[index] = 0;
            _statedAt[index] = 0;
            _lost[index] = false;
            int bucket = owner & (_buckets.Length - 1);
            _next[index] = _buckets[bucket];
            _buckets[bucket] = index;
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

        /// <summary>Forgets an owner if it has no items.</summary>
        public void RemoveIfEmpty(int owner)
        {
            int bucket = owner & (_buckets.Length - 1);
            int index = _buckets[bucket];
            int previous = None;
            while (index != None && _owner[index] != owner)
            {
                previous = index;
                index = _next[index];
            }

            if (index == None || _itemCount[index] > 0)
            {
                return;
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

        /// <summary>Whether something of the owner's is missing.</summary>
        public bool IsLost(int index)
        {
            return _lost[index];
        }

        /// <summary>Notes that something of the owner's is missing.</summary>
        public void SetLost(int index)
        {
            _lost[index] = true;
        }

        /// <summary>Notes what a frame states of the digest.</summary>
        public void State(int index, int digest, long sequence)
        {
            _stated[index] = digest;
            _statedAt[index] = sequence;
        }

        /// <summary>
        /// Whether nothing of the owner's is missing: its items have the digest that was stated last. Where frames are missing,
        /// that has to be a later statement than they are.
        /// </summary>
        /// <param name="index">The owner's index.</param>
        /// <param name="damageSequence">The last missing frame; 0 if none is known to be missing.</param>
        public bool IsProven(int index, long damageSequence)
        {
            if (_statedAt[index] == 0)
            {
                // Its last statement has gone with the oldest segments; only a gap makes that doubtful.
                return damageSequence == 0;
            }

            return _statedAt[index] > damageSequence && _stated[index] == _digest[index];
        }

        private static int Mix(long id)
        {
            int hash = ((int)id ^ (int)(id >> 32)) * Factor;
            hash ^= (hash >> 15) & 0x1FFFF;
            return hash * Factor;
        }

        private void Grow(int length)
        {
            _owner = Resize(_owner, length);
            _digest = Resize(_digest, length);
            _itemCount = Resize(_itemCount, length);
            _stated = Resize(_stated, length);
            _next = Resize(_next, length);
            long[] statedAt = new long[length];
            Array.Copy(_statedAt, 0, statedAt, 0, _statedAt.Length);
            _statedAt = statedAt;
            bool[] lost = new bool[length];
            Array.Copy(_lost, 0, lost, 0, _lost.Length);
            _lost = lost;
            MakeBuckets(length * 2);
            for (int i = 0; i < _created - 1; i++)
            {
                int bucket = _owner[i] & (_buckets.Length - 1);
                _next[i] = _buckets[bucket];
                _buckets[bucket] = i;
            }
        }

        private void MakeBuckets(int length)
        {
            _buckets = new int[length];
            for (int i = 0; i < length; i++)
            {
                _buckets[i] = None;
            }
        }

        private static int[] Resize(int[] array, int length)
        {
            int[] larger = new int[length];
            Array.Copy(array, 0, larger, 0, array.Length);
            return larger;
        }
    }
}
