using EdgeBroker.Memory;

namespace EdgeBroker.Sessions
{
    /// <summary>
    /// Lists of two or more Subscription Identifiers that queued messages carry, each owned by one delivery. Messages by one
    /// subscription, the usual case, need no list.
    /// </summary>
    internal sealed class IdentifierLists
    {
        private int[][] _lists = new int[1][];
        private int[] _nextFree = new int[1];
        private int _free;
        private int _created = 1;

        /// <summary>Adds a list.</summary>
        /// <param name="list">The identifiers; it must not change any more.</param>
        /// <returns>An index above 0.</returns>
        public int Add(int[] list)
        {
            int index = _free;
            if (index != 0)
            {
                _free = _nextFree[index];
            }
            else
            {
                index = _created++;
                if (index == _lists.Length)
                {
                    _lists = Growth.Resize(_lists, index * 2);
                    _nextFree = Growth.Resize(_nextFree, index * 2);
                }
            }

            _lists[index] = list;
            _nextFree[index] = 1;
            return index;
        }

        /// <summary>The identifiers of a list.</summary>
        public int[] Get(int index)
        {
            return _lists[index];
        }

        /// <summary>Removes a list.</summary>
        public void Release(int index)
        {
            _lists[index] = null;
            _nextFree[index] = _free;
            _free = index;
        }
    }
}
