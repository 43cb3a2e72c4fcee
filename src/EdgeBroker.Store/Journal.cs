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

        /// <summary>The most that an item takes besides its body, in bytes.</summary>
        public const int ItemMax = FrameWriter.ItemMax;

        // The most bytes of a record that are in memory to be copied where that is scarce.
        private const int CopyPart = 244;

        private readonly IStorage _storage;
        private readonly JournalLimits _limits;
        private readonly ItemTable _items = new ItemTable();
        private readonly OwnerTable _owners = new OwnerTable();
        private readonly SegmentTable _segments;
        private readonly StagedChanges _staged;
        private readonly StagedCopies _copies;
        private readonly Crc32 _crc;
        private readonly FrameWriter _frame;
        private readonly FrameReader _reader;
        private readonly LogWriter _log;
        private readonly Compactor _compactor;
        private long _sequence;
        private long _lastId;
        private int _putPosition;
        private int _putItem;
        private int _putOwner;

        /// <summary>Makes a journal; it has to be mounted before it is used.</summary>
        public Journal(IStorage storage, JournalLimits limits)
        {
            _storage = storage;
            _limits = limits;
            _crc = new Crc32(storage.PrefersAppend ? 8 : 4);
            _segments = new SegmentTable(storage.PrefersAppend ? 1 : limits.SegmentSize);
            _segments.Start(0, 1);
            _copies = new StagedCopies(_items, _segments, _crc, storage.PrefersAppend ? 65536 : CopyPart);
            _frame = new FrameWriter(_crc, _copies, limits.StageBytesMax, storage.PrefersAppend);
            _reader = new FrameReader(_crc);
            _staged = new StagedChanges(_items, _owners, _segments);
            _log = new LogWriter(storage, _segments, _frame, limits);
            _copies.Log = _log;
            _compactor = new Compactor(this, _items, _segments, _staged, _log, limits, storage.PrefersAppend);
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

        /// <summary>The owner's clock in seconds, from 0, set before it commits. After a mount that of the last frame; else 0.</summary>
        public int Stamp { get; set; }

        /// <summary>
        /// What the checksums of a new journal start from, so that no payload passes for a frame; after the mount that of the one there.
        /// </summary>
        public int Salt { get; set; }

        /// <summary>The room that all segments take in bytes: where segments are written whole, multiples of their size.</summary>
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

        /// <summary>How often an item could not be read, or did not check. A mount finds out what is missing.</summary>
        public long ReadFailures { get; private set; }

        /// <summary>Whether the storage failed when an item was to be read the last time: later it may be read again.</summary>
        public bool IsUnreadable { get; private set; }

        /// <summary>Whether anything waits for a commit.</summary>
        public bool HasStaged
        {
            get { return !_frame.IsEmpty; }
        }

        /// <summary>The bytes of records that wait for a commit.</summary>
        public int StagedBytes
        {
            get { return _frame.Bytes; }
        }

        /// <summary>
        /// Bytes that can be staged now for sure, <see cref="ItemMax"/> for each item besides its body; <see cref="HasRoom"/> knows better.
        /// </summary>
        public int Room
        {
            get { return _frame.Room; }
        }

        /// <summary>
        /// Opens what is on the storage, or begins a new journal on an empty one. The ends of owners that are lost are staged: the owner
        /// commits them, together with what follows from them for others.
        /// </summary>
        /// <param name="owner">Hears what there is.</param>
        /// <returns>A <see cref="MountResult"/>.</returns>
        public int Mount(IJournalOwner owner)
        {
            IStorage patient = new PatientStorage(_storage);
            FormatFile format = new FormatFile(patient);
            int result = format.Check();
            if (result == MountResult.Ok && format.IsEmpty)
            {
                result = format.Begin(Salt);
            }

            if (result != MountResult.Ok)
            {
                return result;
            }

            Salt = format.Salt;
            _crc.Salt = Salt;
            Recovery recovery = new Recovery(patient, _limits.SegmentSize, _items, _owners, _segments, _reader);
            result = recovery.Run();
            if (result == MountResult.Failed)
            {
                return result;
            }

            _sequence = recovery.Replay.LastSequence;
            _lastId = recovery.Replay.LastId;
            _staged.Settle(0, _lastId);
            Stamp = recovery.Replay.LastStamp;
            MissingFrames = recovery.Replay.MissingFrames;
            if (_log.Resume(recovery.Tails, _sequence) != StorageResult.Ok)
            {
                return MountResult.Failed;
            }

            MountedItems found = new MountedItems(_items, _owners, recovery, _log, _reader);
            found.EndLost(owner, this);
            if (!found.Show(owner, this))
            {
                return MountResult.Failed;
            }

            _compactor.Note(_segments.Bytes);
            if (!HasStaged)
            {
                _owners.Tidy();
            }

            _frame.MeasureRoom(_compactor.Room);
            return result;
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
        /// Whether the store is too full for so many bytes more. Once it was, it stays so until a segment is free again, or in a
        /// small store a sixteenth of it: that is what compaction sees to if an eighth is dead, even if nothing more is written.
        /// </summary>
        /// <param name="bytes">The bytes of records that would be put; 0 just asks.</param>
        public bool IsOverQuota(int bytes)
        {
            return _compactor.IsOverQuota(_frame.Bytes + bytes);
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
            _putOwner = owner;
            _putPosition = _frame.Position;
            offset = _frame.AddItem(type, _lastId, owner, bodySize);
            buffer = _frame.Buffer;
            _putItem = _items.Add(_lastId, _putPosition, _frame.Position - _putPosition);
            return _putItem;
        }

        /// <summary>Ends what <see cref="BeginPut"/> began: the item is staged.</summary>
        public void EndPut()
        {
            _frame.EndItem(_putPosition);
            _staged.Add(_putItem, _putPosition);
            _owners.Add(_staged.Touch(_putOwner), _lastId);
        }

        /// <summary>Stages the end of an item; its handle is free. That is never refused: the frame grows if it must.</summary>
        public void Delete(int item, int owner)
        {
            long id = _items.Id(item);
            _frame.AddDelete(id, owner);
            _owners.Remove(_staged.Touch(owner), id);
            Release(item);
        }

        /// <summary>
        /// Stages the end of all items of an owner in one record. Their handles have to be let go with <see cref="Release"/>.
        /// That is never refused.
        /// </summary>
        public void EndOwner(int owner)
        {
            _frame.AddEndOwner(_lastId, owner);
            _owners.EndAll(_staged.Touch(owner));
        }

        /// <summary>Lets go of the handle of an item whose owner has ended.</summary>
        public void Release(int item)
        {
            if (!_staged.IsStaged(item))
            {
                _segments.AddLive(_items.Address(item), -_items.Size(item));
                _compactor.Note(_items.Size(item));
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

            int header = _frame.Close(_staged, _sequence + 1, Stamp);
            int result = _log.Write(_sequence + 1);
            if (_copies.Failure != StorageResult.Ok)
            {
                // They stay where they are, and what else there is does not wait for them.
                NoteFailure(_copies.Failure);
                _frame.Reopen();
                _copies.Clear();
                header = _frame.Close(_staged, _sequence + 1, Stamp);
                result = _log.Write(_sequence + 1);
            }

            if (result != StorageResult.Ok)
            {
                _frame.Reopen();
                _frame.Room = 0;
                return result;
            }

            _sequence++;
            CommitCount++;
            BytesCommitted += _frame.Size;
            _compactor.Note(_frame.Size);
            header += _log.FrameAddress;
            _staged.Settle(header + _copies.Bytes, _lastId);
            _copies.Settle(header);
            _frame.Clear();
            _frame.MeasureRoom(_compactor.Room);
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
                ReadFailures++;
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

        /// <summary>Whether an item is not durable yet.</summary>
        public bool IsStaged(int item) => _staged.IsStaged(item);

        /// <summary>The size of an item's record in bytes.</summary>
        public int SizeOf(int item)
        {
            return _items.Size(item);
        }

        /// <summary>
        /// Tidies up a step: copies live items out of the oldest segments, so that they can go. If it has something to do it commits,
        /// with what is staged: to be called where that belongs together, between ticks.
        /// </summary>
        /// <param name="bytesMax">
        /// How many bytes to copy at the most, beyond one item. Where segments are written whole it may be a segment.
        /// </param>
        /// <returns>Whether there is more to do at once.</returns>
        public bool Compact(int bytesMax)
        {
            bool more = _compactor.Step(bytesMax);
            _frame.MeasureRoom(_compactor.Room);
            if (!more && !_storage.PrefersAppend)
            {
                _frame.Trim();
                _staged.Trim();
                _copies.Trim();
            }

            return more;
        }

        /// <summary>Stages a copy of an item's record as it is.</summary>
        /// <returns>False if the record can't be read.</returns>
        internal bool StageCopy(int item)
        {
            int owner = _frame.AddCopy(item);
            if (owner < 0)
            {
                NoteFailure(_copies.Failure);
                return false;
            }

            _staged.Touch(owner);
            return true;
        }

        /// <summary>Stages a record that says that the segments before one will be gone.</summary>
        internal void StageBase(int segment)
        {
            _frame.AddBase(_segments.FirstSequence(segment, _sequence));
        }

        private bool ReadRecord(int item, byte[] buffer, int offset)
        {
            int size = _items.Size(item);
            if (_staged.IsStaged(item))
            {
                _frame.Read(_items.Address(item), buffer, offset, size);
                return true;
            }

            int count = _log.Read(_items.Address(item), buffer, offset, size);
            IsUnreadable = count < 0 && count != StorageResult.NotFound;
            return count == size;
        }

        private void NoteFailure(int result)
        {
            ReadFailures++;
            IsUnreadable = result != StorageResult.NotFound;
        }
    }
}
