using System.Collections.Generic;

namespace EdgeBroker.DesktopProgram.Page
{
    /// <summary>The last so many of what came, each with a number that counts up from 1. Not for several threads.</summary>
    internal sealed class Ring<T>
    {
        private readonly T[] _items;
        private long _last;

        /// <summary>Makes an empty ring.</summary>
        internal Ring(int size)
        {
            _items = new T[size];
        }

        /// <summary>The number that comes next.</summary>
        internal long NextNumber => _last + 1;

        /// <summary>Adds one, in place of the oldest.</summary>
        internal void Add(T item)
        {
            _items[_last % _items.Length] = item;
            _last++;
        }

        /// <summary>Those that are there and came after a number, oldest first.</summary>
        internal List<T> After(long number)
        {
            long oldest = long.Max(0, _last - _items.Length);
            List<T> found = [];
            for (long i = long.Max(oldest, long.Max(0, number)); i < _last; i++)
            {
                found.Add(_items[i % _items.Length]);
            }

            return found;
        }
    }
}
