namespace EdgeBroker.Store
{
    /// <summary>What the frames add up to, applied one after the other: the live items and their owners.</summary>
    internal sealed class Replay
    {
        private readonly ItemTable _items;
        private readonly OwnerTable _owners;
        private readonly SegmentTable _segments;
        private readonly FrameReader _reader;
        private readonly MountOwners _found;
        private readonly IdIndex _index;
        private int[] _ownerOf = new int[16];
        private int _lastSize;
        private long _base = 1;

        /// <summary>Makes a replay into empty tables.</summary>
        public Replay(ItemTable items, OwnerTable owners, SegmentTable segments, FrameReader reader)
        {
            _items = items;
            _owners = owners;
            _segments = segments;
            _reader = reader;
            _found = new MountOwners(owners);
            _index = new IdIndex(items);
        }

        /// <summary>How many frames were applied.</summary>
        public long FrameCount { get; private set; }

        /// <summary>The sequence number of the first frame; 0 if there is none.</summary>
        public long FirstSequence { get; private set; }

        /// <summary>The sequence number of the last frame.</summary>
        public long LastSequence { get; private set; }

        /// <summary>The stamp of the first frame; 0 if there is none.</summary>
        public int FirstStamp { get; private set; }

        /// <summary>The stamp of the last frame; 0 if there is none.</summary>
        public int LastStamp { get; private set; }

        /// <summary>The highest id seen.</summary>
        public long LastId { get; private set; }

        /// <summary>The sequence number before the end of the last gap; 0 if there is none.</summary>
        public long DamageSequence { get; private set; }

        /// <summary>How many gaps there are.</summary>
        public int GapCount { get; private set; }

        /// <summary>How many frames are missing.</summary>
        public long MissingFrames { get; private set; }

        /// <summary>
        /// Whether the open frame comes after what was applied. The same number again is the retry of a commit that failed: all
        /// of it, and more.
        /// </summary>
        public bool IsLater()
        {
            return _reader.Sequence > LastSequence || (_reader.Sequence == LastSequence && _reader.Size > _lastSize);
        }

        /// <summary>Applies the open frame.</summary>
        /// <param name="address">The address of the first byte of the buffer that it is in.</param>
        public void Apply(int address)
        {
            long sequence = _reader.Sequence;
            if (LastSequence == 0)
            {
                FirstSequence = sequence;
                FirstStamp = _reader.Stamp;
            }
            else if (sequence > LastSequence + 1)
            {
                NoteGap(LastSequence + 1, sequence);
            }

            LastSequence = sequence;
            _lastSize = _reader.Size;
            LastStamp = _reader.Stamp;
            FrameCount++;
            while (_reader.Next())
            {
                if (_reader.Id > LastId)
                {
                    LastId = _reader.Id;
                }

                ApplyRecord(address);
            }
        }

        /// <summary>
        /// After the last frame: notes the owners of whom something may be missing, and takes out the items of owners that have
        /// ended.
        /// </summary>
        /// <returns>Whether anything is missing.</returns>
        public bool Finish()
        {
            if (FirstSequence > _base)
            {
                NoteGap(_base, FirstSequence);
            }

            bool isDamaged = GapCount > 0;
            for (int i = 0; i < _owners.End; i++)
            {
                if (!_found.IsProven(i, DamageSequence))
                {
                    _found.SetLost(i);
                }

                isDamaged |= _found.IsLost(i);
            }

            for (int item = 0; item < _items.End; item++)
            {
                if (_items.IsLive(item) && _found.IsEnded(_ownerOf[item], _items.Id(item)))
                {
                    Remove(item);
                }
            }

            return isDamaged;
        }

        /// <summary>The index of an item's owner.</summary>
        public int OwnerIndexOf(int item)
        {
            return _ownerOf[item];
        }

        /// <summary>Whether something of an owner's is missing.</summary>
        /// <param name="index">The owner's index.</param>
        public bool IsLost(int index)
        {
            return _found.IsLost(index);
        }

        private void NoteGap(long first, long next)
        {
            GapCount++;
            MissingFrames += next - first;
            if (next - 1 > DamageSequence)
            {
                DamageSequence = next - 1;
            }
        }

        private void ApplyRecord(int address)
        {
            if (_reader.Type == RecordType.Base)
            {
                _base = _reader.BaseSequence;
                return;
            }

            int owner = _found.IndexOf(_reader.Owner);
            if (_reader.Type == RecordType.Digest)
            {
                _found.State(owner, _reader.Digest, LastSequence);
            }
            else if (_reader.Type == RecordType.Delete)
            {
                Delete(owner);
            }
            else if (_reader.Type == RecordType.EndOwner)
            {
                // The same record again must not take away the digest of what came after it.
                if (_found.End(owner, _reader.Id))
                {
                    _owners.EndAll(owner);
                }
            }
            else
            {
                Put(owner, address + _reader.RecordOffset);
            }
        }

        private void Put(int owner, int address)
        {
            int item = _index.Find(_reader.Id);
            if (item == ItemTable.None)
            {
                item = _items.Add(_reader.Id, address, _reader.RecordSize);
                _index.Add(item);
                if (item >= _ownerOf.Length)
                {
                    _ownerOf = Growth.Resize(_ownerOf, Growth.Next(item));
                }

                _ownerOf[item] = owner;
                _owners.Add(owner, _reader.Id);
            }
            else
            {
                // A copy that the compaction made: the older one does not count any more.
                _segments.AddLive(_items.Address(item), -_items.Size(item));
                _items.Place(item, address, _reader.RecordSize);
            }

            if (!_reader.IsItemWhole)
            {
                _found.SetLost(owner);
            }

            _segments.AddLive(address, _reader.RecordSize);
        }

        private void Delete(int owner)
        {
            int item = _index.Find(_reader.Id);
            if (item != ItemTable.None)
            {
                _owners.Remove(owner, _reader.Id);
                _index.Remove(_reader.Id);
                Remove(item);
            }
        }

        private void Remove(int item)
        {
            _segments.AddLive(_items.Address(item), -_items.Size(item));
            _items.Remove(item);
        }
    }
}
