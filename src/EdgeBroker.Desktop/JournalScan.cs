using System;
using System.Collections.Generic;
using EdgeBroker.Store;

namespace EdgeBroker.Desktop
{
    /// <summary>
    /// Reads a journal as a mount does, for people who want to know what is in it: nothing on the storage is changed, and nothing is
    /// kept in memory but figures.
    /// </summary>
    public sealed class JournalScan
    {
        private readonly IStorage _storage;
        private readonly ItemTable _items = new ItemTable();
        private readonly OwnerTable _owners = new OwnerTable();
        private readonly SegmentTable _segments = new SegmentTable(1);
        private readonly Crc32 _crc = new Crc32(8);
        private readonly FrameReader _reader;
        private readonly Recovery _recovery;
        private readonly List<JournalSegment> _segmentList = new List<JournalSegment>();
        private readonly List<int> _lostOwners = new List<int>();
        private byte[] _record = new byte[1024];

        /// <summary>Reads a storage.</summary>
        public JournalScan(IStorage storage)
        {
            _storage = storage;
            _reader = new FrameReader(_crc);
            _recovery = new Recovery(storage, int.MaxValue, _items, _owners, _segments, _reader);
            FormatFile format = new FormatFile(storage);
            Result = format.Check();
            IsEmpty = format.IsEmpty;
            IsSalted = format.Salt != 0;
            if (Result != MountResult.Ok || IsEmpty)
            {
                return;
            }

            _crc.Salt = format.Salt;
            Result = _recovery.Run();
            if (Result != MountResult.Failed)
            {
                ListSegments();
                ListLost();
            }
        }

        /// <summary>Hears of an item.</summary>
        /// <param name="item">The item.</param>
        /// <param name="body">Its body; nothing if it is not whole.</param>
        public delegate void ItemVisitor(JournalItem item, ReadOnlySpan<byte> body);

        /// <summary>What a mount would answer: a <see cref="MountResult"/>.</summary>
        public int Result { get; }

        /// <summary>Whether there is no journal, and nothing else either.</summary>
        public bool IsEmpty { get; }

        /// <summary>Whether its checksums are its own.</summary>
        public bool IsSalted { get; }

        /// <summary>How many frames there are: one for each commit.</summary>
        public long FrameCount => _recovery.Replay.FrameCount;

        /// <summary>The sequence number of the first of them; 0 if there is none.</summary>
        public long FirstSequence => _recovery.Replay.FirstSequence;

        /// <summary>The sequence number of the last one.</summary>
        public long LastSequence => _recovery.Replay.LastSequence;

        /// <summary>The owner's clock in seconds at the first commit.</summary>
        public int FirstStamp => _recovery.Replay.FirstStamp;

        /// <summary>The owner's clock in seconds at the last commit.</summary>
        public int LastStamp => _recovery.Replay.LastStamp;

        /// <summary>How often frames are missing that should be there.</summary>
        public int GapCount => _recovery.Replay.GapCount;

        /// <summary>How many frames are missing.</summary>
        public long MissingFrames => _recovery.Replay.MissingFrames;

        /// <summary>
        /// Bytes of segments that are no frames: left of a write that was cut short, or of room that was taken ahead; or damaged, if
        /// frames are missing.
        /// </summary>
        public long BytesPassedOver => _recovery.BytesPassedOver;

        /// <summary>The segments from the oldest on.</summary>
        public IReadOnlyList<JournalSegment> Segments => _segmentList;

        /// <summary>Owners of whom something may be missing: a mount drops what is there of them.</summary>
        public IReadOnlyList<int> LostOwners => _lostOwners;

        /// <summary>Live items, those of lost owners included.</summary>
        public int ItemCount => _items.Count;

        /// <summary>The bytes of their records.</summary>
        public long LiveBytes => _segments.LiveBytes;

        /// <summary>The bytes of all segments.</summary>
        public long Bytes => _segments.Bytes;

        /// <summary>Shows the live items in the order in which they were made.</summary>
        public void Visit(ItemVisitor visitor)
        {
            if (IsEmpty || Result is MountResult.UnknownFormat or MountResult.Failed)
            {
                return;
            }

            foreach (int item in MountOrder.ById(_items))
            {
                int size = _items.Size(item);
                int index = _recovery.Replay.OwnerIndexOf(item);
                bool isWhole = Read(_items.Address(item), size) && _reader.OpenItem(_record, 0, size);
                JournalItem found = new JournalItem(
                    _items.Id(item),
                    isWhole ? _reader.Type : _record[0],
                    _owners.OwnerAt(index),
                    size,
                    _recovery.Replay.IsLost(index),
                    isWhole);
                visitor(found, isWhole ? _record.AsSpan(_reader.BodyOffset, _reader.BodySize) : default);
            }
        }

        private void ListSegments()
        {
            for (int number = _segments.Oldest; number <= _segments.Newest; number++)
            {
                int tails = number == _segments.Newest ? _recovery.Tails.Count : 0;
                if (_segments.Size(number) > 0 || number < _segments.Newest)
                {
                    _segmentList.Add(new JournalSegment(number, _segments.Size(number), _segments.Live(number), tails));
                }
            }
        }

        private void ListLost()
        {
            for (int i = 0; i < _owners.End; i++)
            {
                if (_recovery.Replay.IsLost(i))
                {
                    _lostOwners.Add(_owners.OwnerAt(i));
                }
            }
        }

        private bool Read(int address, int size)
        {
            if (_record.Length < size)
            {
                _record = new byte[size];
            }

            int segment = _segments.Find(address);
            int position = address - _segments.AddressOf(segment);
            int file = FileNumbers.FirstSegment + segment;
            if (segment == _segments.Newest && _recovery.Tails.Count > 0)
            {
                int tail = 0;
                while (position >= _recovery.Tails.Size(tail))
                {
                    position -= _recovery.Tails.Size(tail);
                    tail++;
                }

                file = _recovery.Tails.File(tail);
            }

            return _storage.Read(file, position, _record, 0, size) == size;
        }
    }
}
