using EdgeBroker.Memory;
using EdgeBroker.Store;

namespace EdgeBroker.Persistence
{
    /// <summary>
    /// The items in the journal of the entries of a table. It takes no memory before the first one: in mode memory there are none.
    /// </summary>
    internal sealed class ItemColumn
    {
        /// <summary>No item.</summary>
        public const int None = -1;

        private int[] _item;

        /// <summary>The item of an entry, or <see cref="None"/>.</summary>
        public int Get(int index)
        {
            return _item == null || index >= _item.Length ? None : _item[index];
        }

        /// <summary>Sets the item of an entry.</summary>
        public void Set(int index, int item)
        {
            if (item != None && (_item == null || index >= _item.Length))
            {
                Grow(index);
            }

            if (_item != null && index < _item.Length)
            {
                _item[index] = item;
            }
        }

        private void Grow(int index)
        {
            int start = _item == null ? 0 : _item.Length;
            int length = Growth.Next(start > index ? start : index, int.MaxValue);
            _item = start == 0 ? MemoryReserve.Ints(length) : Growth.Resize(_item, length);
            for (int i = start; i < length; i++)
            {
                _item[i] = None;
            }
        }
    }
}
