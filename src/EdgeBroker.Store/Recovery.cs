using System;

namespace EdgeBroker.Store
{
    /// <summary>
    /// Reads the log from its oldest segment to its tail files and so finds what is live. This is the only way a journal is
    /// opened: there is no repair, and no state from which it is not done.
    /// </summary>
    /// <remarks>
    /// Frames carry sequence numbers without gaps. Bytes that are no frame are passed over; what counts as damage is only a gap,
    /// for then something committed is missing. Bytes that were torn at the end leave no gap.
    /// </remarks>
    internal sealed class Recovery
    {
        private readonly MountFiles _files;
        private readonly ItemTable _items;
        private readonly OwnerTable _owners;
        private readonly SegmentTable _segments;
        private readonly FrameReader _reader;
        private readonly IdIndex _index;
        private int[] _ownerOf = new int[16];
        private long[] _endedAt = new long[8];
        private int _segment;
        private int _lastSize;

        /// <summary>Makes a recovery into empty tables.</summary>
        public Recovery(IStorage storage, ItemTable items, OwnerTable owners, SegmentTable segments, FrameReader reader)
        {
            _files = new MountFiles(storage);
            _items = items;
            _owners = owners;
            _segments = segments;
            _reader = reader;
            _index = new IdIndex(items);
        }

        /// <summary>The sequence number of the last frame.</summary>
        public long LastSequence { get; private set; }

        /// <summary>The stamp of the last frame; 0 if there is none.</summary>
        public int LastStamp { get; private set; }

        /// <summary>The highest id seen.</summary>
        public long LastId { get; private set; }

        /// <summary>The sequence number before the last gap; 0 if there is none.</summary>
        public long DamageSequence { get; private set; }

        /// <summary>How many frames are missing.</summary>
        public long MissingFrames { get; private set; }

        /// <summary>Bytes that were no frame.</summary>
        public long BytesPassedOver { get; private set; }

        /// <summary>Frames of the tail files that are in no segment, one after the other.</summary>
        public byte[] Tail { get; private set; }

        /// <summary>Their bytes.</summary>
        public int TailCount { get; private set; }

        /// <summary>Reads everything.</summary>
        /// <returns><see cref="MountResult.Ok"/>, Damaged or Failed.</returns>
        public int Run()
        {
            int count = _files.List();
            if (count < 0)
            {
                return MountResult.Failed;
            }

            int first = 0;
            while (first < count && _files.Number(first) < FileNumbers.FirstSegment)
            {
                first++;
            }

            _segments.Start(first < count ? _files.Number(first) - FileNumbers.FirstSegment : 0);
            for (int i = first; i < count; i++)
            {
                if (!ReadSegment(_files.Number(i) - FileNumbers.FirstSegment, i == first))
                {
                    return MountResult.Failed;
                }
            }

            if (first < count)
            {
                _segments.Add();
            }

            _segment = _segments.Newest;
            if (!ReadTails(first))
            {
                return MountResult.Failed;
            }

            return FindLost() ? MountResult.Damaged : MountResult.Ok;
        }

        /// <summary>The owner of an item.</summary>
        public int OwnerOf(int item)
        {
            return _ownerOf[item];
        }

        // Marks the owners of whom something may be missing, and takes out the items of owners that have ended.
        private bool FindLost()
        {
            bool isDamaged = DamageSequence != 0;
            for (int i = 0; i < _owners.End; i++)
            {
                if (_owners.OwnerAt(i) == OwnerTable.None)
                {
                    continue;
                }

                if (!_owners.IsProven(i, DamageSequence))
                {
                    _owners.SetLost(i);
                }

                isDamaged |= _owners.IsLost(i);
            }

            for (int item = 0; item < _items.End; item++)
            {
                if (_items.IsLive(item) && IsEnded(item))
                {
                    _segments.AddLive(_items.Segment(item), -_items.Size(item));
                    _items.Remove(item);
                }
            }

            return isDamaged;
        }

        private bool IsEnded(int item)
        {
            int owner = _owners.Find(_ownerOf[item]);
            return owner < _endedAt.Length && _items.Id(item) <= _endedAt[owner];
        }

        private void EndOwner()
        {
            int owner = _owners.FindOrAdd(_reader.Owner);
            while (owner >= _endedAt.Length)
            {
                long[] larger = new long[_endedAt.Length * 2];
                Array.Copy(_endedAt, 0, larger, 0, _endedAt.Length);
                _endedAt = larger;
            }

            // The same record again, in the retry of a commit, must not take away the digest of what came after it.
            if (_endedAt[owner] != _reader.Id)
            {
                _endedAt[owner] = _reader.Id;
                _owners.EndAll(owner);
            }
        }

        private void SetOwner(int item, int owner)
        {
            if (item >= _ownerOf.Length)
            {
                int[] larger = new int[_ownerOf.Length * 2];
                Array.Copy(_ownerOf, 0, larger, 0, _ownerOf.Length);
                _ownerOf = larger;
            }

            _ownerOf[item] = owner;
        }

        private bool ReadSegment(int number, bool isFirst)
        {
            if (!isFirst)
            {
                // A number that is missing stands for an empty segment: what was in it shows as a gap.
                while (_segments.Newest < number)
                {
                    _segments.Add();
                }
            }

            int size = _files.Load(FileNumbers.FirstSegment + number);
            if (size < 0)
            {
                return false;
            }

            _segment = number;
            _segments.Grow(number, size);
            int position = 0;
            while (position < size)
            {
                if (!_reader.Open(_files.Buffer, position, size))
                {
                    position++;
                    BytesPassedOver++;
                    continue;
                }

                int frameSize = _reader.Size;

                if (IsLater())
                {
                    Apply(0);
                }

                position += frameSize;
            }

            return true;
        }

        // The tail files take turns, so the frame that comes next may be in any of them.
        private bool ReadTails(int count)
        {
            bool found = true;
            Tail = new byte[0];
            while (found)
            {
                found = false;
                int best = -1;
                long bestSequence = long.MaxValue;
                int bestSize = 0;
                for (int i = 0; i < count; i++)
                {
                    if (_files.Number(i) < FileNumbers.FirstTail || _files.Number(i) > FileNumbers.LastTail)
                    {
                        continue;
                    }

                    int size = _files.Load(_files.Number(i));
                    if (size < 0)
                    {
                        return false;
                    }

                    if (FindLater(size)
                        && (_reader.Sequence < bestSequence
                            || (_reader.Sequence == bestSequence && _reader.Size < bestSize)))
                    {
                        best = _files.Number(i);
                        bestSequence = _reader.Sequence;
                        bestSize = _reader.Size;
                    }
                }

                if (best >= 0)
                {
                    found = true;
                    ApplyTail(_files.Load(best));
                }
            }

            return true;
        }

        // Whether the open frame comes after what was applied. The same number again is the retry of a commit that failed: all
        // of it, and more.
        private bool IsLater()
        {
            return _reader.Sequence > LastSequence || (_reader.Sequence == LastSequence && _reader.Size > _lastSize);
        }

        // Opens the first frame in the buffer that is later than what was applied.
        private bool FindLater(int size)
        {
            int position = 0;
            while (position < size)
            {
                if (!_reader.Open(_files.Buffer, position, size))
                {
                    position++;
                    continue;
                }

                if (IsLater())
                {
                    return true;
                }

                position += _reader.Size;
            }

            return false;
        }

        private void ApplyTail(int size)
        {
            int position = 0;
            while (position < size)
            {
                if (!_reader.Open(_files.Buffer, position, size))
                {
                    position++;
                    continue;
                }

                int frameSize = _reader.Size;
                if (IsLater())
                {
                    byte[] tail = new byte[TailCount + frameSize];
                    Array.Copy(Tail, 0, tail, 0, TailCount);
                    Array.Copy(_files.Buffer, position, tail, TailCount, frameSize);
                    Tail = tail;
                    Apply(TailCount - position);
                    TailCount += frameSize;
                }

                position += frameSize;
            }
        }

        // Applies the open frame. The shift is what to add to an offset in the buffer to have it in the segment.
        private void Apply(int shift)
        {
            long sequence = _reader.Sequence;
            if (LastSequence != 0 && sequence > LastSequence + 1)
            {
                DamageSequence = sequence - 1;
                MissingFrames += sequence - LastSequence - 1;
            }

            LastSequence = sequence;
            _lastSize = _reader.Size;
            LastStamp = _reader.Stamp;
            while (_reader.Next())
            {
                if (_reader.Id > LastId)
                {
                    LastId = _reader.Id;
                }

                if (_reader.Type == RecordType.Digest)
                {
                    _owners.State(_owners.FindOrAdd(_reader.Owner), _reader.Digest, sequence);
                }
                else if (_reader.Type == RecordType.Delete)
                {
                    Delete();
                }
                else if (_reader.Type == RecordType.EndOwner)
                {
                    EndOwner();
                }
                else
                {
                    Put(_reader.RecordOffset + shift);
                }
            }
        }

        private void Put(int offset)
        {
            int item = _index.Find(_reader.Id);
            if (item == ItemTable.None)
            {
                item = _items.Add(_reader.Id);
                _index.Add(item);
                SetOwner(item, _reader.Owner);
                _owners.Add(_owners.FindOrAdd(_reader.Owner), _reader.Id);
            }
            else
            {
                // A copy that the compaction made: the older one does not count any more.
                _segments.AddLive(_items.Segment(item), -_items.Size(item));
            }

            if (!_reader.IsItemWhole)
            {
                _owners.SetLost(_owners.FindOrAdd(_reader.Owner));
            }

            _items.Place(item, _segment, offset, _reader.RecordSize);
            _segments.AddLive(_segment, _reader.RecordSize);
        }

        private void Delete()
        {
            int item = _index.Find(_reader.Id);
            if (item == ItemTable.None)
            {
                return;
            }

            _segments.AddLive(_items.Segment(item), -_items.Size(item));
            _owners.Remove(_owners.FindOrAdd(_reader.Owner), _reader.Id);
            _index.Remove(_reader.Id);
            _items.Remove(item);
        }
    }
}
