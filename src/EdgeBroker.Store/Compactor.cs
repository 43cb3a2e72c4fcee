namespace EdgeBroker.Store
{
    /// <summary>
    /// Frees the oldest segment, step by step: what is live in it is staged again, and once that is durable the segment goes.
    /// Always the oldest: so a record that ends an item is never gone while the item's own record is still there.
    /// </summary>
    internal sealed class Compactor
    {
        private readonly Journal _journal;
        private readonly ItemTable _items;
        private readonly SegmentTable _segments;
        private readonly JournalLimits _limits;
        private readonly int _segmentSize;
        private bool _isBusy;
        private int _cursor;

        /// <summary>Makes a compactor.</summary>
        public Compactor(Journal journal, ItemTable items, SegmentTable segments, JournalLimits limits, int segmentSize)
        {
            _journal = journal;
            _items = items;
            _segments = segments;
            _limits = limits;
            _segmentSize = segmentSize;
        }

        /// <summary>The bytes that are not given out, so that there is always room to copy what is live.</summary>
        public int ReserveBytes
        {
            get { return _segmentSize * 2; }
        }

        /// <summary>Does a step.</summary>
        /// <returns>Whether there is more to do at once.</returns>
        public bool Step(int bytesMax)
        {
            if (_journal.HasStaged && _journal.Commit() != StorageResult.Ok)
            {
                return false;
            }

            if (!_isBusy)
            {
                if (!IsWorthIt())
                {
                    return false;
                }

                _isBusy = true;
                _cursor = 0;
            }

            int oldest = _segments.Oldest;
            int copied = 0;
            while (_cursor < _items.End && copied < bytesMax && _segments.Live(oldest) > 0)
            {
                if (_items.IsLive(_cursor) && _items.Segment(_cursor) == oldest)
                {
                    if (!_journal.StageCopy(_cursor))
                    {
                        // The frame is full, or the segment can't be read now: later.
                        return copied > 0 && Flush();
                    }

                    copied += _items.Size(_cursor);
                }

                _cursor++;
            }

            return Flush();
        }

        private bool Flush()
        {
            if (_journal.Commit() != StorageResult.Ok)
            {
                // The copies are still staged, and go with the next commit: on from here then.
                return false;
            }

            if (_segments.Live(_segments.Oldest) > 0)
            {
                if (_cursor >= _items.End)
                {
                    _cursor = 0;
                }

                return true;
            }

            _isBusy = false;
            return _journal.RemoveOldest() && IsWorthIt();
        }

        // Half of the bytes are dead; or most of the room is used, and an eighth is. Less is never worth it: what frames have
        // besides records counts as dead as well, and does not get less.
        private bool IsWorthIt()
        {
            long dead = _segments.Bytes - _segments.LiveBytes;
            if (_segments.Count < 3 || dead < _segmentSize * 2)
            {
                return false;
            }

            bool isNearlyFull = _segments.Bytes > (long)_limits.BytesMax - ReserveBytes * 2;
            return dead > _segments.Bytes / (isNearlyFull ? 8 : 2);
        }
    }
}
