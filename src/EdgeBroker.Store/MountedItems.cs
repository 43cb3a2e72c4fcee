namespace EdgeBroker.Store
{
    /// <summary>What a recovery found, as the owner of the journal hears of it.</summary>
    internal sealed class MountedItems
    {
        private const int StartSize = 256;

        private readonly Journal _journal;
        private readonly ItemTable _items;
        private readonly OwnerTable _owners;
        private readonly Recovery _recovery;

        /// <summary>Makes it for a recovery that has run.</summary>
        public MountedItems(Journal journal, ItemTable items, OwnerTable owners, Recovery recovery)
        {
            _journal = journal;
            _items = items;
            _owners = owners;
            _recovery = recovery;
        }

        /// <summary>Reports the owners of whom something may be missing, and stages their ends, so that they stay gone.</summary>
        public void EndLost(IJournalOwner owner)
        {
            for (int i = 0; i < _owners.End; i++)
            {
                if (_owners.OwnerAt(i) != OwnerTable.None && _owners.IsLost(i))
                {
                    owner.OnOwnerLost(_owners.OwnerAt(i));
                    _journal.EndOwner(_owners.OwnerAt(i));
                }
            }
        }

        /// <summary>Shows the items of all others, in the order in which they were made.</summary>
        /// <returns>False if the storage failed.</returns>
        public bool Show(IJournalOwner owner, FrameReader reader)
        {
            int[] order = MountOrder.ById(_items);
            byte[] buffer = new byte[StartSize];
            for (int i = 0; i < order.Length; i++)
            {
                int item = order[i];
                int itemOwner = _recovery.OwnerOf(item);
                if (_owners.IsLost(_owners.Find(itemOwner)))
                {
                    _journal.Release(item);
                    continue;
                }

                int size = _items.Size(item);
                if (buffer.Length < size)
                {
                    buffer = new byte[size];
                }

                int bodyOffset;
                size = _journal.Read(item, buffer, 0, out bodyOffset);
                if (size < 0)
                {
                    return false;
                }

                owner.OnItem(item, _items.Id(item), reader.Type, itemOwner, buffer, bodyOffset, size);
            }

            return true;
        }
    }
}
