namespace EdgeBroker.Store
{
    /// <summary>
    /// Brings frames to storage, each durable when it returns. Where appending is cheap, a frame is appended to the newest
    /// segment. Where it is not (littlefs), frames gather in <see cref="TailFiles"/>, and with the frame that does not fit them any
    /// more they are written as one segment: that costs a tenth of the erases.
    /// </summary>
    internal sealed class LogWriter
    {
        private readonly IStorage _storage;
        private readonly SegmentTable _segments;
        private readonly FrameWriter _frame;
        private readonly int _segmentSize;
        private readonly int _tailSize;
        private readonly TailFiles _tails;

        /// <summary>Makes a writer for the newest segment of the table.</summary>
        public LogWriter(IStorage storage, SegmentTable segments, FrameWriter frame, JournalLimits limits)
        {
            _storage = storage;
            _segments = segments;
            _frame = frame;
            _segmentSize = limits.SegmentSize;
            _tailSize = limits.TailSize;
            _tails = storage.PrefersAppend ? null : new TailFiles(storage, frame, limits);
        }

        /// <summary>The address of the frame written last.</summary>
        public int FrameAddress { get; private set; }

        /// <summary>The bytes that a frame can have and still complete the newest segment, not begin another.</summary>
        public int Room
        {
            get { return _segmentSize - _segments.Size(_segments.Newest); }
        }

        /// <summary>Whether it is a good time for a frame that is larger than a tail file: it completes the segment all the same.</summary>
        public bool IsCompletionDue
        {
            get { return _tails == null || _tails.IsNearlyFull || Room < _segmentSize / 4; }
        }

        /// <summary>Writes the closed frame.</summary>
        /// <param name="sequence">Its sequence number.</param>
        /// <returns>A <see cref="StorageResult"/>.</returns>
        public int Write(long sequence)
        {
            return _tails == null ? Append(sequence) : Gather(sequence);
        }

        /// <summary>
        /// Goes on where a mount found the end: in the tail files, or, where appending is cheap, in a segment that is written of what
        /// they hold, so that they are free.
        /// </summary>
        /// <param name="tails">The tail files whose bytes are the newest segment.</param>
        /// <param name="sequence">The last sequence number.</param>
        /// <returns>A <see cref="StorageResult"/>.</returns>
        public int Resume(MountTails tails, long sequence)
        {
            if (tails.Count == 0)
            {
                return StorageResult.Ok;
            }

            if (_tails != null)
            {
                _tails.Resume(tails);
                return StorageResult.Ok;
            }

            byte[] buffer = new byte[_tailSize];
            int result = _storage.BeginWrite(FileNumbers.FirstSegment + _segments.Newest, tails.Bytes);
            for (int i = 0; i < tails.Count && result == StorageResult.Ok; i++)
            {
                result = TailFiles.Copy(_storage, tails.File(i), tails.Size(i), buffer);
            }

            result = EndWrite(_storage, result);
            if (result == StorageResult.Ok)
            {
                _segments.Add(sequence + 1);
            }

            return result;
        }

        /// <summary>Reads bytes of the log, up to the end of the file that they begin in.</summary>
        /// <returns>The bytes read, or a <see cref="StorageResult"/> below 0.</returns>
        public int Read(int address, byte[] buffer, int offset, int count)
        {
            int segment = _segments.Find(address);
            int position = address - _segments.AddressOf(segment);
            return _tails != null && segment == _segments.Newest
                ? _tails.Read(position, buffer, offset, count)
                : _storage.Read(FileNumbers.FirstSegment + segment, position, buffer, offset, count);
        }

        /// <summary>Removes the file of the oldest segment, which has nothing live.</summary>
        /// <returns>Whether it is gone.</returns>
        public bool RemoveOldest()
        {
            int result = _storage.Delete(FileNumbers.FirstSegment + _segments.Oldest);
            if (result != StorageResult.Ok && result != StorageResult.NotFound)
            {
                return false;
            }

            _segments.RemoveOldest();
            return true;
        }

        /// <summary>Ends the file that is being written in parts.</summary>
        /// <param name="storage">Where.</param>
        /// <param name="result">If this is not <see cref="StorageResult.Ok"/> the file is given up.</param>
        /// <returns>A <see cref="StorageResult"/>.</returns>
        public static int EndWrite(IStorage storage, int result)
        {
            if (result == StorageResult.Ok)
            {
                return storage.EndWrite();
            }

            storage.AbandonWrite();
            return result;
        }

        private int Append(long sequence)
        {
            if (Room <= 0)
            {
                _segments.Add(sequence);
            }

            int file = FileNumbers.FirstSegment + _segments.Newest;
            bool isEmpty = _segments.Size(_segments.Newest) == 0;
            int offset;
            byte[] buffer = _frame.ToArray(out offset);
            if (buffer == null)
            {
                return StorageResult.Failed;
            }

            int result = isEmpty
                ? _storage.Write(file, buffer, offset, _frame.Size)
                : _storage.Append(file, buffer, offset, _frame.Size);
            if (result == StorageResult.Ok)
            {
                Written();
            }
            else if (result == StorageResult.Failed && !isEmpty)
            {
                // What is there of it now can't be told, nor where the next frame would be: that goes to a segment of its own.
                _segments.Add(sequence);
            }

            return result;
        }

        private int Gather(long sequence)
        {
            // With this frame and another the segment would be too large: it is completed while it is not.
            if (!_tails.HasRoom(_frame.Size) || Room - _frame.Size < _tailSize)
            {
                return Complete(sequence);
            }

            int result = _tails.Add();
            if (result == StorageResult.Ok)
            {
                Written();
            }

            return result;
        }

        // What is in the tail files and the frame become a segment. The files are overwritten in turn after that; until then
        // their frames are known by their sequence numbers to be there twice.
        private int Complete(long sequence)
        {
            int result = _storage.BeginWrite(FileNumbers.FirstSegment + _segments.Newest, _tails.Bytes + _frame.Size);
            if (result == StorageResult.Ok)
            {
                result = _tails.CopyAll();
            }

            result = EndWrite(_storage, result == StorageResult.Ok ? _frame.WriteTo(_storage) : result);
            if (result != StorageResult.Ok)
            {
                return result;
            }

            Written();
            _tails.Clear();
            _segments.Add(sequence + 1);
            return StorageResult.Ok;
        }

        private void Written()
        {
            FrameAddress = _segments.End;
            _segments.Grow(_frame.Size);
        }
    }
}
