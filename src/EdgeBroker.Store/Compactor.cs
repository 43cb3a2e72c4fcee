namespace EdgeBroker.Store
{
    /// <summary>
    /// Frees the oldest segments, step by step: what is live in the oldest is staged again, and once that is durable its file
    /// goes. Always the oldest: so a record that ends an item is never gone while the item's own record is still there.
    /// </summary>
    /// <remarks>
    /// Before segments go, a frame says that the frames in them will be gone as they should; else they would be missed at the
    /// next mount. Where segments are written whole, copies wait until one is to be completed in any case, and fill it up.
    /// </remarks>
    internal sealed class Compactor
    {
        // Segments without anything live are removed when there are so many: on littlefs the frame that says so costs as much as
        // any other.
        private const int DeadCountMin = 4;

        // In one step: files removed, and items looked at.
        private const int RemovalsMax = 4;
        private const int VisitsMax = 4096;

        // How much may be copied for each byte that was written or ended otherwise. What frames have besides records is dead as
        // well, and copies have some: without a bound, a store that is nearly full could be copied again and again for nothing.
        private const int CreditFactor = 4;

        // What a frame has besides the copies, about.
        private const int FrameOverhead = 64;

        private readonly Journal _journal;
        private readonly ItemTable _items;
        private readonly SegmentTable _segments;
        private readonly StagedChanges _staged;
        private readonly LogWriter _log;
        private readonly int _bytesMax;
        private readonly int _segmentSize;
        private readonly bool _append;
        private long _credit;
        private bool _isCopying;
        private int _copyEnd;
        private int _cursor;
        private bool _isStaged;
        private long _stagedAt;
        private int _keepFrom;
        private bool _isFull;

        /// <summary>Makes a compactor.</summary>
        public Compactor(
            Journal journal,
            ItemTable items,
            SegmentTable segments,
            StagedChanges staged,
            LogWriter log,
            JournalLimits limits,
            bool append)
        {
            _staged = staged;
            _journal = journal;
            _items = items;
            _segments = segments;
            _log = log;
            _bytesMax = limits.BytesMax;
            _segmentSize = limits.SegmentSize;
            _append = append;
        }

        /// <summary>The bytes that can be given out, even if <see cref="Journal.IsOverQuota"/> was true a moment ago.</summary>
        public long Room
        {
            get { return (long)_bytesMax - (_bytesMax / 16) - ReserveBytes - _segments.Bytes; }
        }

        // The bytes that are not given out, so that there is always room to copy what is live.
        private int ReserveBytes
        {
            get { return _segmentSize * 2; }
        }

        // What has to be free again until a journal that was full is not any more: no more than compaction sees to by itself.
        private int SlackBytes
        {
            get { return _bytesMax / 16 < _segmentSize ? _bytesMax / 16 : _segmentSize; }
        }

        private bool IsNearlyFull
        {
            get { return _segments.Bytes > _bytesMax - (ReserveBytes * 2); }
        }

        /// <summary>See <see cref="Journal.IsOverQuota"/>.</summary>
        /// <param name="bytes">The bytes that would be there besides the segments.</param>
        public bool IsOverQuota(int bytes)
        {
            long quota = _bytesMax - ReserveBytes;
            _isFull = _segments.Bytes + bytes > (_isFull ? quota - SlackBytes : quota);
            return _isFull;
        }

        /// <summary>Notes that bytes were written, or ended.</summary>
        public void Note(int bytes)
        {
            long most = (long)_bytesMax * CreditFactor;
            _credit += (long)bytes * CreditFactor;
            _credit = _credit > most ? most : _credit;
        }

        /// <summary>Does a step.</summary>
        /// <param name="bytesMax">
        /// How many bytes to copy at the most, beyond one item. Where segments are written whole it may be a segment.
        /// </param>
        /// <returns>Whether there is more to do at once.</returns>
        public bool Step(int bytesMax)
        {
            if (_isStaged)
            {
                return Flush();
            }

            if (_segments.Oldest < _keepFrom)
            {
                return Remove();
            }

            int dead = CountDead(_segments.Oldest);
            if (dead >= (_append || IsNearlyFull ? 1 : DeadCountMin))
            {
                Keep(_segments.Oldest + dead);
                return Flush();
            }

            return IsCopyDue() && Copy(bytesMax);
        }

        // Commits what was staged here, if nobody else has. After a failure it is still staged, and goes with the next commit.
        private bool Flush()
        {
            if (!_isStaged)
            {
                _isStaged = true;
                _stagedAt = _journal.CommitCount;
            }

            long credit = _credit;
            if (_journal.CommitCount == _stagedAt && _journal.Commit() != StorageResult.Ok)
            {
                return false;
            }

            _credit = credit;

            _isStaged = false;
            return _segments.Oldest < _keepFrom || IsCopyDue();
        }

        // The last segment with frames before the newest. It stays: tail files that are not overwritten yet hold its frames and older
        // ones, which a mount knows for old by those in the segment.
        private int LastComplete()
        {
            int number = _segments.Newest - 1;
            while (number > _segments.Oldest && _segments.Size(number) == 0)
            {
                number--;
            }

            return number;
        }

        // Segments from a number on without anything live, that may go.
        private int CountDead(int number)
        {
            int last = LastComplete();
            int count = 0;
            while (number + count < last && _segments.Live(number + count) == 0)
            {
                count++;
            }

            return count;
        }

        private void Keep(int number)
        {
            _keepFrom = number;
            _journal.StageBase(number);
        }

        private bool Remove()
        {
            for (int i = 0; i < RemovalsMax && _segments.Oldest < _keepFrom; i++)
            {
                if (_segments.Live(_segments.Oldest) > 0)
                {
                    // What was staged has been deleted and put anew since: not now.
                    _keepFrom = _segments.Oldest;
                    return false;
                }

                if (!_log.RemoveOldest())
                {
                    return false;
                }

                _isCopying = false;
            }

            return _segments.Oldest < _keepFrom || IsCopyDue();
        }

        // Half of the bytes are dead; or most of the room is used, and an eighth is. Less is never worth it: what frames have
        // besides records counts as dead as well, and does not get less.
        private bool IsCopyDue()
        {
            if (_credit <= 0 || _segments.Oldest >= LastComplete() || !(IsNearlyFull || _log.IsCompletionDue))
            {
                return false;
            }

            long dead = _segments.Bytes - _segments.LiveBytes;
            int floor = _bytesMax / 4 < _segmentSize * 16 ? _bytesMax / 4 : _segmentSize * 16;
            floor = floor < _segmentSize * 2 ? _segmentSize * 2 : floor;
            return IsNearlyFull
                ? dead > _segments.Bytes / 8 && dead > _segmentSize
                : _isCopying || (dead > _segments.Bytes / 2 && dead > floor);
        }

        private int Budget(int bytesMax)
        {
            if (_append)
            {
                return bytesMax;
            }

            int room = _log.Room - FrameOverhead;
            if (IsNearlyFull && room < _segmentSize / 2)
            {
                room += _segmentSize;
            }

            return room;
        }

        // The live bytes of the oldest segments up to one.
        private int LiveBefore(int end)
        {
            int live = 0;
            for (int number = _segments.Oldest; number < end; number++)
            {
                live += _segments.Live(number);
            }

            return live;
        }

        // Chooses what to copy: the oldest segment, and as many of the next as a frame can take the live items of. One by one each
        // would take as much room as it frees, where segments are written whole.
        private void BeginCopying(int budget)
        {
            _isCopying = true;
            _cursor = 0;
            _copyEnd = _segments.Oldest + 1;
            int last = LastComplete();
            while (_copyEnd < last && LiveBefore(_copyEnd + 1) <= budget)
            {
                _copyEnd++;
            }
        }

        private bool Copy(int bytesMax)
        {
            int budget = Budget(bytesMax);
            if (budget <= 0)
            {
                return false;
            }

            if (!_isCopying)
            {
                BeginCopying(budget);
            }

            int live = LiveBefore(_copyEnd);
            int copied = StageCopies(budget, live);
            if (copied < 0)
            {
                return false;
            }

            _credit -= copied;
            if (copied == live)
            {
                Keep(_copyEnd + CountDead(_copyEnd));
            }
            else if (copied == 0)
            {
                // Items were looked at that are elsewhere.
                return true;
            }

            return Flush();
        }

        // Stages copies of items of the segments that are to go, within the budget and so many live bytes.
        private int StageCopies(int budget, int live)
        {
            int end = _segments.AddressOf(_copyEnd);
            int copied = 0;
            for (int visits = 0; visits < VisitsMax && copied < live; visits++)
            {
                if (_cursor >= _items.End)
                {
                    _cursor = 0;
                }

                if (_items.IsLive(_cursor) && !_staged.IsStaged(_cursor) && _items.Address(_cursor) - end < 0)
                {
                    if (copied > 0 && copied + _items.Size(_cursor) > budget)
                    {
                        return copied;
                    }

                    if (!_journal.StageCopy(_cursor))
                    {
                        // The segment can't be read now: later.
                        return copied > 0 ? copied : -1;
                    }

                    copied += _items.Size(_cursor);
                }

                _cursor++;
            }

            return copied;
        }
    }
}
