using EdgeBroker.Memory;
using EdgeBroker.Store;

namespace EdgeBroker.Persistence
{
    /// <summary>
    /// The items in the journal of the entries of a table, or other numbers from 0 that few of them have. It takes no memory before the
    /// first one: in mode memory there are no items.
    /// </summary>
    internal sealed class ItemColumn
    {
        /// <summary>No item.</summary>
        public const int None = -1;

        // An item and one more, so that 0 is none.
        private NumberColumn _items;

        /// <summary>The item of an entry, or <see cref="None"/>.</summary>
        public int Get(int index)
        {
            return _items == null || index >= _items.Length ? None : _items.Get(index) - 1;
        }

        /// <summary>Sets the item of an entry.</summary>
        public void Set(int index, int item)
        {
            if (item != None && (_items == null || index >= _items.Length))
            {
                Grow(index);
            }

            if (_items != null && index < _items.Length)
            {
                _items.Set(index, item + 1);
            }
        }

        private void Grow(int index)
        {
            int start = _items == null ? 0 : _items.Length;
            int length = Growth.Next(start > index ? start : index, int.MaxValue);
            if (_items == null)
            {
                _items = NumberColumn.Create(length);
            }
            else
            {
                _items.Resize(length);
            }
        }
    }
}
