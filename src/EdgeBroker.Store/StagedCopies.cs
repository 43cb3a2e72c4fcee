namespace EdgeBroker.Store
{
    /// <summary>
    /// The items whose records the next frame repeats as they are, so that older segments can go. Only their names are kept: they are
    /// read when the frame is written, for a device's heap that is nearly full has no room for a segment.
    /// </summary>
    internal sealed class StagedCopies
    {
        private const int StartCount = 8;
        private static readonly int[] s_none = new int[0];
        private readonly ItemTable _items;
        private readonly SegmentTable _segments;
        private readonly Crc32 _crc;
        private readonly int _partSize;
        private int[] _item = s_none;

        // The lower halves of their ids.
        private int[] _id = s_none;
        private int _count;
        private int _triedRecords;
        private int _triedBytes;
        private int _triedCopies;
        private int _least;
        private byte[] _part;

        /// <summary>Makes an empty list.</summary>
        /// <param name="items">The items.</param>
        /// <param name="segments">Counts what is live in each.</param>
        /// <param name="crc">Computes the CRC.</param>
        /// <param name="partSize">How many bytes of a record are read at a time, where there may be no memory for it.</param>
        public StagedCopies(ItemTable items, SegmentTable segments, Crc32 crc, int partSize)
        {
            _items = items;
            _segments = segments;
            _crc = crc;
            _partSize = partSize;
        }

        /// <summary>Where they are read; set once.</summary>
        public LogWriter Log { get; set; }

        /// <summary>The bytes of all their records.</summary>
        public int Bytes { get; private set; }

        /// <summary>What a record was read with that could not be; <see cref="StorageResult.Ok"/> if all were.</summary>
        public int Failure { get; private set; }

        /// <summary>Adds an item that is not staged.</summary>
        /// <returns>Its owner, or -1 if it can't be read.</returns>
        public int Add(int item)
        {
            int size = _items.Size(item);
            if (_part == null)
            {
                _part = MemoryReserve.Bytes(_partSize);
            }

            // All of it, so that it is not left out when the frame is written.
            for (int position = _partSize; position < size; position += _partSize)
            {
                if (!Read(item, position, _part, 0, size - position < _partSize ? size - position : _partSize))
                {
                    return -1;
                }
            }

            if (!Read(item, 0, _part, 0, size < _partSize ? size : _partSize))
            {
                return -1;
            }

            if (_count == _item.Length)
            {
                int length = _count == 0 ? StartCount : Growth.Next(_count);
                _id = Growth.Resize(_id, length);
                _item = Growth.Resize(_item, length);
            }

            _item[_count] = item;
            _id[_count] = (int)_items.Id(item);
            _count++;
            Bytes += size;
            return FrameReader.OwnerOf(_part, 0, size);
        }

        /// <summary>Before a frame is closed: takes out those that have ended meanwhile.</summary>
        /// <param name="records">The bytes of its records without copies and digests.</param>
        /// <returns>The bytes of records that it has to have more of; the same again for the same frame.</returns>
        public int Begin(int records)
        {
            Tidy();
            Failure = StorageResult.Ok;
            bool isOther = Bytes != _triedCopies || records != _triedRecords;
            if (isOther && (Bytes < _triedCopies || _least > 0))
            {
                _least = _triedBytes;
            }

            return _least;
        }

        /// <summary>
        /// Notes that a frame with these copies was not written. It may be there all the same, and of two with one sequence number the
        /// larger counts: the next has to be larger, though some of the copies may be taken out.
        /// </summary>
        /// <param name="records">The bytes of its records without copies and digests.</param>
        /// <param name="bytes">The bytes of all its records.</param>
        public void NoteTried(int records, int bytes)
        {
            _triedRecords = records;
            _triedBytes = bytes;
            _triedCopies = Bytes;
        }

        /// <summary>Adds their records to the file that is being written in parts.</summary>
        /// <param name="storage">Where.</param>
        /// <param name="crc">The CRC of the bytes before; becomes that with them.</param>
        /// <returns>A <see cref="StorageResult"/>.</returns>
        public int WriteTo(IStorage storage, ref int crc)
        {
            int result = StorageResult.Ok;
            for (int i = 0; i < _count && result == StorageResult.Ok; i++)
            {
                int size = _items.Size(_item[i]);
                for (int position = 0; position < size && result == StorageResult.Ok; position += _partSize)
                {
                    int count = size - position < _partSize ? size - position : _partSize;
                    if (!Read(_item[i], position, _part, 0, count))
                    {
                        return StorageResult.Failed;
                    }

                    crc = _crc.Continue(crc, _part, 0, count);
                    result = storage.WritePart(_part, 0, count);
                }
            }

            return result;
        }

        /// <summary>Copies their records.</summary>
        /// <returns>Whether all could be read.</returns>
        public bool CopyTo(byte[] buffer, int offset)
        {
            for (int i = 0; i < _count; i++)
            {
                int size = _items.Size(_item[i]);
                if (!Read(_item[i], 0, buffer, offset, size))
                {
                    return false;
                }

                offset += size;
            }

            return true;
        }

        /// <summary>The frame is durable: the items are where it has them, and the older records do not count any more.</summary>
        /// <param name="address">Where the first is.</param>
        public void Settle(int address)
        {
            for (int i = 0; i < _count; i++)
            {
                int item = _item[i];
                int size = _items.Size(item);
                _segments.AddLive(_items.Address(item), -size);
                _items.Place(item, address, size);
                _segments.AddLive(address, size);
                address += size;
            }

            Clear();
            NoteTried(0, 0);
            _least = 0;
        }

        /// <summary>Takes all of them out: they stay where they are.</summary>
        public void Clear()
        {
            _count = 0;
            Bytes = 0;
        }

        /// <summary>Gives back the memory that most of the time is not needed.</summary>
        public void Trim()
        {
            if (_count == 0)
            {
                _item = _id = s_none;
                _part = null;
            }
        }

        private void Tidy()
        {
            int count = 0;
            Bytes = 0;
            for (int i = 0; i < _count; i++)
            {
                int item = _item[i];
                if (_items.IsLive(item) && (int)_items.Id(item) == _id[i])
                {
                    _item[count] = item;
                    _id[count] = _id[i];
                    count++;
                    Bytes += _items.Size(item);
                }
            }

            _count = count;
        }

        // Not checked: what is damaged stays so, by its own CRC, and is found when it is wanted.
        private bool Read(int item, int position, byte[] buffer, int offset, int count)
        {
            int read = Log.Read(_items.Address(item) + position, buffer, offset, count);
            Failure = read == count ? Failure : read < 0 ? read : StorageResult.NotFound;
            return read == count;
        }
    }
}
