using System;

namespace EdgeBroker.Store
{
    /// <summary>
    /// A log of records on storage: items are put and deleted, and what was staged since the last commit becomes durable with
    /// the next, all of it or nothing. Items don't change; a change is a new item and the end of the old one.
    /// The format is in SPEC.md. One thread.
    /// </summary>
    /// <remarks>
    /// Invariants: the oldest segment is the first to go, so a record that ends an item never goes before the item's own;
    /// sequence numbers of frames have no gaps.
    /// </remarks>
    public sealed class Journal
    {
        /// <summary>No item.</summary>
        public const int None = -1;

        private const int StagedSegment = -2;

        private readonly IStorage _storage;
        private readonly JournalLimits _limits;
        private readonly ItemTable _items = new ItemTable();
        private readonly OwnerTable _owners = new OwnerTable();
        private readonly SegmentTable _segments = new SegmentTable();
        private readonly StagedChanges _staged = new StagedChanges();
        private readonly FrameWriter _frame;
        private readonly FrameReader _reader;
        private readonly LogWriter _log;
        private readonly Compactor _compactor;
        private long _sequence;
        private long _lastId;
        private int _putPosition;
        private int _putItem;
        private int _putOwner;
        private bool _isFull;

        /// <summary>Makes a journal; it has to be mounted before it is used.</summary>
        public Journal(IStorage storage, JournalLimits limits)
        {
            Crc32 crc = new Crc32();
            _storage = storage;
            _limits = limits;
            _frame = new FrameWriter(crc, limits.StageBytesMax);
            _reader = new FrameReader(crc);
            _segments.Start(0);
            _log = new LogWriter(storage, _segments, limits);
            int segmentSize = storage.PrefersAppend ? limits.SegmentSize : limits.TailSize * limits.TailCount;
            _compactor = new Compactor(this, _items, _segments, limits, segmentSize);
        }

        /// <summary>Live items.</summary>
        public int ItemCount
        {
            get { return _items.Count; }
        }

        /// <summary>Commits since the journal was made, compaction's included.</summary>
        public long CommitCount { get; private set; }

        /// <summary>The bytes of their frames.</summary>
        public long BytesCommitted { get; private set; }

        /// <summary>
        /// The owner's clock in seconds, from 0: goes with every frame. After a mount it is that of the last frame, 0 in a new
        /// journal; the owner sets it before it commits.
        /// </summary>
        public int Stamp { get; set; }

        /// <summary>The bytes of all segments, the newest included.</summary>
        public long Bytes
        {
            get { return _segments.Bytes; }
        }

        /// <summary>The bytes of the records of live items.</summary>
        public long LiveBytes
        {
            get { return _segments.LiveBytes; }
        }

        /// <summary>Segments, the newest included.</summary>
        public int SegmentCount
        {
            get { return _segments.Count; }
        }

        /// <summary>Frames that were missing at mount.</summary>
        public long MissingFrames { get; private set; }

        /// <summary>Whether anything waits for a commit.</summary>
        public bool HasStaged
        {
            get { return !_frame.IsEmpty; }
        }

        /// <summary>The bytes of records that wait for a commit.</summary>
        public int StagedBytes
        {
            get { return _frame.StagedBytes; }
        }

        /// <summary>Opens what is on the storage, or begins a new journal on an empty one.</summary>
        /// <param name="owner">Hears what there is.</param>
        /// <returns>A <see cref="MountResult"/>.</returns>
        public int Mount(IJournalOwner owner)
        {
            int format = new FormatFile(_storage).Check();
            if (format != MountResult.Ok)
            {
                return format;
            }

            Recovery recovery = new Recovery(_storage, _items, _owners, _segments, _reader);
            int result = recovery.Run();
            if (result == MountResult.Failed)
            {
                return result;
            }

            _sequence = recovery.LastSequence;
            _lastId = recovery.LastId;
            Stamp = recovery.LastStamp;
            MissingFrames = recovery.MissingFrames;
            if (recovery.TailCount > 0 && _log.Adopt(recovery.Tail, recovery.TailCount) != StorageResult.Ok)
            {
                return MountResult.Failed;
            }

            MountedItems found = new MountedItems(this, _items, _owners, recovery);
            found.EndLost(owner);
            return found.Show(owner, _reader) && Commit() == StorageResult.Ok ? result : MountResult.Failed;
        }

        /// <summary>
        /// Whether items can be staged now. If not, there is room after a commit, unless they are too much for one at all.
        /// </summary>
        /// <param name="itemCount">How many items.</param>
        /// <param name="bodyBytes">The bytes of all their bodies.</param>
        /// <param name="ownerCount">How many owners they have.</param>
        public bool HasRoom(int itemCount, int bodyBytes, int ownerCount)
        {
            return _frame.HasRoom(itemCount, bodyBytes, _staged.OwnerCount + ownerCount);
        }

        /// <summary>
        /// Whether the store is too full for so many bytes more. Once it was, it stays so until a sixteenth of
        /// <see cref="JournalLimits.BytesMax"/> is free again.
        /// </summary>
        /// <param name="bytes">The bytes of records that would be put; 0 just asks.</param>
        public bool IsOverQuota(int bytes)
        {
            long used = _segments.Bytes + _frame.StagedBytes + bytes;
            long quota = _limits.BytesMax - _compactor.ReserveBytes;
            _isFull = used > (_isFull ? quota - (_limits.BytesMax / 16) : quota);
            return _isFull;
        }

        /// <summary>Begins to put an item. The caller has asked <see cref="HasRoom"/>, writes the body, and ends the item.</summary>
        /// <param name="type">From <see cref="RecordType.ItemMin"/> to ItemMax.</param>
        /// <param name="owner">Who owns it, from 0.</param>
        /// <param name="bodySize">The bytes of the body.</param>
        /// <param name="buffer">Where the body goes.</param>
        /// <param name="offset">Where in it.</param>
        /// <returns>The item's handle.</returns>
        public int BeginPut(int type, int owner, int bodySize, out byte[] buffer, out int offset)
        {
            _lastId++;
            _putItem = _items.Add(_lastId);
            _putOwner = owner;
            _putPosition = _frame.Position;
            offset = _frame.AddItem(type, _lastId, owner, bodySize);
            buffer = _frame.Buffer;
            return _putItem;
        }

        /// <summary>Ends what <see cref="BeginPut"/> began: the item is staged.</summary>
        public void EndPut()
        {
            _frame.EndItem(_putPosition);
            int size = _frame.Position - _putPosition;
            _items.Place(_putItem, StagedSegment, _putPosition, size);
            _staged.Add(_putItem, _lastId, _putPosition, size);
            _staged.Touch(_putOwner);
            _owners.Add(_owners.FindOrAdd(_putOwner), _lastId);
        }

        /// <summary>Stages the end of an item; its handle is free. That is never refused: the frame grows if it must.</summary>
        public void Delete(int item, int owner)
        {
            long id = _items.Id(item);
            _frame.AddDelete(id, owner);
            _staged.Touch(owner);
            _owners.Remove(_owners.FindOrAdd(owner), id);
            Release(item);
        }

        /// <summary>
        /// Stages the end of all items of an owner in one record. Their handles have to be let go with <see cref="Release"/>.
        /// That is never refused.
        /// </summary>
        public void EndOwner(int owner)
        {
            _frame.AddEndOwner(_lastId, owner);
            _staged.Touch(owner);
            _owners.EndAll(_owners.FindOrAdd(owner));
        }

        /// <summary>Lets go of the handle of an item whose owner has ended.</summary>
        public void Release(int item)
        {
            if (_items.Segment(item) >= 0)
            {
                _segments.AddLive(_items.Segment(item), -_items.Size(item));
            }

            _items.Remove(item);
        }

        /// <summary>Makes durable what is staged.</summary>
        /// <returns>
        /// <see cref="StorageResult.Ok"/>, or why not: then everything is still staged and goes with the next commit.
        /// </returns>
        public int Commit()
        {
            if (_frame.IsEmpty)
            {
                return StorageResult.Ok;
            }

            int end = _frame.Position;
            for (int i = 0; i < _staged.OwnerCount; i++)
            {
                int owner = _staged.Owner(i);
                _frame.AddDigest(owner, _owners.Digest(_owners.FindOrAdd(owner)));
            }

            int header = _frame.Close(_sequence + 1, Stamp);
            int result = _log.Write(_frame.Buffer, _frame.Offset, _frame.Size);
            if (result != StorageResult.Ok)
            {
                _frame.Truncate(end);
                return result;
            }

            _sequence++;
            CommitCount++;
            BytesCommitted += _frame.Size;
            for (int i = 0; i < _staged.Count; i++)
            {
                PlaceStaged(i, header);
            }

            for (int i = 0; i < _staged.OwnerCount; i++)
            {
                _owners.RemoveIfEmpty(_staged.Owner(i));
            }

            _staged.Clear();
            _frame.Clear();
            return StorageResult.Ok;
        }

        /// <summary>Reads an item's body.</summary>
        /// <param name="item">The item.</param>
        /// <param name="buffer">Gets the item's record: at least <see cref="SizeOf"/> bytes from the offset on.</param>
        /// <param name="offset">Where in it.</param>
        /// <param name="bodyOffset">Where in it the body begins.</param>
        /// <returns>The bytes of the body, or -1 if they can't be read or don't check.</returns>
        public int Read(int item, byte[] buffer, int offset, out int bodyOffset)
        {
            bodyOffset = 0;
            int size = _items.Size(item);
            if (!ReadRecord(item, buffer, offset) || !_reader.OpenItem(buffer, offset, size))
            {
                return -1;
            }

            bodyOffset = _reader.BodyOffset;
            return _reader.BodySize;
        }

        /// <summary>An item's id: given upwards from 1 and never again, so that other items may name it.</summary>
        public long Id(int item)
        {
            return _items.Id(item);
        }

        /// <summary>The size of an item's record in bytes.</summary>
        public int SizeOf(int item)
        {
            return _items.Size(item);
        }

        /// <summary>Tidies up a step: copies live items out of the oldest segment, so that it can go.</summary>
        /// <param name="bytesMax">How many bytes to copy at the most, beyond one item.</param>
        /// <returns>Whether there is more to do at once.</returns>
        public bool Compact(int bytesMax)
        {
            return _compactor.Step(bytesMax);
        }

        /// <summary>Removes the file of the oldest segment, which has nothing live.</summary>
        internal bool RemoveOldest()
        {
            int result = _storage.Delete(FileNumbers.FirstSegment + _segments.Oldest);
            if (result != StorageResult.Ok && result != StorageResult.NotFound)
            {
                return false;
            }

            _segments.RemoveOldest();
            return true;
        }

        /// <summary>Stages a copy of an item's record as it is.</summary>
        /// <returns>False if there is no room before the next commit, or the record can't be read.</returns>
        internal bool StageCopy(int item)
        {
            int size = _items.Size(item);
            if (!_frame.IsEmpty && !_frame.HasRoom(1, size, _staged.OwnerCount))
            {
                return false;
            }

            int position = _frame.Position;
            int at = _frame.AddCopy(size);

            // Not checked: what is damaged stays so, by its own CRC, and is found when it is wanted.
            if (!ReadRecord(item, _frame.Buffer, at))
            {
                _frame.Truncate(position);
                return false;
            }

            _staged.Add(item, _items.Id(item), position, size);
            return true;
        }

        private bool ReadRecord(int item, byte[] buffer, int offset)
        {
            int size = _items.Size(item);
            if (_items.Segment(item) == StagedSegment)
            {
                Array.Copy(_frame.Buffer, _frame.RecordsOffset + _items.Offset(item), buffer, offset, size);
                return true;
            }

            return _log.Read(_items.Segment(item), _items.Offset(item), buffer, offset, size) == size;
        }

        private void PlaceStaged(int index, int header)
        {
            int item = _staged.Item(index);
            if (_items.Id(item) != _staged.Id(index))
            {
                // Put and deleted before the commit.
                return;
            }

            if (_items.Segment(item) >= 0)
            {
                _segments.AddLive(_items.Segment(item), -_items.Size(item));
            }

            int size = _staged.Size(index);
            _items.Place(item, _log.FrameSegment, _log.FrameOffset + header + _staged.Position(index), size);
            _segments.AddLive(_log.FrameSegment, size);
        }
    }
}
