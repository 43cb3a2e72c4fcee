namespace EdgeBroker.Store
{
    /// <summary>What a recovery found, as the owner of the journal hears of it.</summary>
    internal sealed class MountedItems
    {
        // How much is read at a time: items that were made one after the other mostly are one behind the other.
        private const int WindowSize = 8192;

        private readonly ItemTable _items;
        private readonly OwnerTable _owners;
        private readonly Recovery _recovery;
        private readonly LogWriter _log;
        private readonly FrameReader _reader;
        private byte[] _window;
        private int _windowAddress;
        private int _windowSize;

        /// <summary>Makes it for a recovery that has run.</summary>
        public MountedItems(ItemTable items, OwnerTable owners, Recovery recovery, LogWriter log, FrameReader reader)
        {
            _items = items;
            _owners = owners;
            _recovery = recovery;
            _log = log;
            _reader = reader;
            _window = recovery.Files.Buffer;
        }

        /// <summary>Reports the owners of whom something may be missing, and stages their ends, so that they stay gone.</summary>
        public void EndLost(IJournalOwner owner, Journal journal)
        {
            for (int i = 0; i < _owners.End; i++)
            {
                if (_owners.OwnerAt(i) != OwnerTable.None && _recovery.Replay.IsLost(i))
                {
                    owner.OnOwnerLost(_owners.OwnerAt(i));
                    journal.EndOwner(_owners.OwnerAt(i));
                }
            }
        }

        /// <summary>Shows the items of all others, in the order in which they were made.</summary>
        /// <returns>False if the storage failed.</returns>
        public bool Show(IJournalOwner owner, Journal journal)
        {
            int[] order = MountOrder.ById(_items);
            for (int i = 0; i < order.Length; i++)
            {
                int item = order[i];
                if (!_items.IsLive(item))
                {
                    // Deleted by the owner, who has heard of another.
                    continue;
                }

                int index = _recovery.Replay.OwnerIndexOf(item);
                if (_recovery.Replay.IsLost(index))
                {
                    journal.Release(item);
                    continue;
                }

                int size = _items.Size(item);
                int offset = Load(_items.Address(item), size);
                if (offset < 0 || !_reader.OpenItem(_window, offset, size))
                {
                    return false;
                }

                owner.OnItem(
                    item, _reader.Id, _reader.Type, _owners.OwnerAt(index), _window, _reader.BodyOffset, _reader.BodySize);
            }

            return true;
        }

        // Where in the window a record is, once it is there.
        private int Load(int address, int size)
        {
            int offset = address - _windowAddress;
            if (offset >= 0 && offset <= _windowSize - size)
            {
                return offset;
            }

            if (_window.Length < size)
            {
                _window = new byte[size];
            }

            int count = _window.Length < WindowSize ? _window.Length : WindowSize;
            _windowAddress = address;
            _windowSize = StorageResult.Failed;
            for (int i = 0; i < PatientStorage.TriesMax && _windowSize == StorageResult.Failed; i++)
            {
                _windowSize = _log.Read(address, _window, 0, count < size ? size : count);
            }

            return _windowSize < size ? -1 : 0;
        }
    }
}
