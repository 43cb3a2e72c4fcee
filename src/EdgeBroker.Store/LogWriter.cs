using System;

namespace EdgeBroker.Store
{
    /// <summary>
    /// Brings frames to storage, each durable when it returns. Where appending is cheap, a frame is appended to the newest
    /// segment. Where it is not (littlefs), frames gather in small files that are replaced, a few in turn, and all of them are
    /// written as one segment when they are full: that costs a fifth to an eighth of the erases.
    /// </summary>
    /// <remarks>Invariant: bytes [0, <see cref="Used"/>) of the log buffer are what the newest segment will be.</remarks>
    internal sealed class LogWriter
    {
        private readonly IStorage _storage;
        private readonly SegmentTable _segments;
        private readonly JournalLimits _limits;
        private readonly bool _append;
        private readonly byte[] _log;
        private int _tail;
        private int _tailStart;

        /// <summary>Makes a writer for an empty newest segment.</summary>
        public LogWriter(IStorage storage, SegmentTable segments, JournalLimits limits)
        {
            _storage = storage;
            _segments = segments;
            _limits = limits;
            _append = storage.PrefersAppend;
            _log = _append ? null : new byte[limits.TailSize * limits.TailCount];
        }

        /// <summary>The bytes of the newest segment so far.</summary>
        public int Used { get; private set; }

        /// <summary>Where in its segment the frame written last begins.</summary>
        public int FrameOffset { get; private set; }

        /// <summary>The segment of the frame written last.</summary>
        public int FrameSegment { get; private set; }

        /// <summary>Writes a frame.</summary>
        /// <returns>A <see cref="StorageResult"/>.</returns>
        public int Write(byte[] buffer, int offset, int size)
        {
            return _append ? AppendFrame(buffer, offset, size) : GatherFrame(buffer, offset, size);
        }

        /// <summary>Makes the frames that a mount found in tail files a segment, so that the tail files are free.</summary>
        /// <returns>A <see cref="StorageResult"/>.</returns>
        public int Adopt(byte[] frames, int count)
        {
            int result = _storage.Write(FileNumbers.FirstSegment + _segments.Newest, frames, 0, count);
            if (result == StorageResult.Ok)
            {
                Written(count);
                Begin();
            }

            return result;
        }

        /// <summary>Reads bytes of a segment.</summary>
        /// <returns>The bytes read, or a <see cref="StorageResult"/> below 0.</returns>
        public int Read(int segment, int position, byte[] buffer, int offset, int count)
        {
            if (!_append && segment == _segments.Newest)
            {
                Array.Copy(_log, position, buffer, offset, count);
                return count;
            }

            return _storage.Read(FileNumbers.FirstSegment + segment, position, buffer, offset, count);
        }

        private int AppendFrame(byte[] buffer, int offset, int size)
        {
            if (Used >= _limits.SegmentSize)
            {
                Begin();
            }

            int result = _storage.Append(FileNumbers.FirstSegment + _segments.Newest, buffer, offset, size);
            if (result == StorageResult.Ok)
            {
                Written(size);
            }
            else if (result == StorageResult.Failed)
            {
                // What is there of it now can't be told, nor where the next frame would be: that goes to a segment of its own.
                Begin();
            }

            return result;
        }

        private int GatherFrame(byte[] buffer, int offset, int size)
        {
            if (size > _limits.TailSize)
            {
                return WriteAlone(buffer, offset, size);
            }

            int tail = _tail;
            int tailStart = _tailStart;
            if (Used - tailStart + size > _limits.TailSize)
            {
                tail++;
                tailStart = Used;
            }

            if (tail == _limits.TailCount || Used + size > _log.Length)
            {
                int sealing = Seal();
                if (sealing != StorageResult.Ok)
                {
                    return sealing;
                }

                tail = 0;
                tailStart = 0;
            }

            Array.Copy(buffer, offset, _log, Used, size);
            int result = _storage.Write(FileNumbers.FirstTail + tail, _log, tailStart, Used + size - tailStart);
            if (result != StorageResult.Ok)
            {
                return result;
            }

            _tail = tail;
            _tailStart = tailStart;
            Written(size);
            return StorageResult.Ok;
        }

        // A frame that fits no tail file is a segment of its own.
        private int WriteAlone(byte[] buffer, int offset, int size)
        {
            int result = Used > 0 ? Seal() : StorageResult.Ok;
            if (result == StorageResult.Ok)
            {
                result = _storage.Write(FileNumbers.FirstSegment + _segments.Newest, buffer, offset, size);
            }

            if (result == StorageResult.Ok)
            {
                Written(size);
                Begin();
            }

            return result;
        }

        // What is in the tail files becomes a segment. They are overwritten in turn after that; until then their frames are
        // known by their sequence numbers to be there twice.
        private int Seal()
        {
            int result = _storage.Write(FileNumbers.FirstSegment + _segments.Newest, _log, 0, Used);
            if (result == StorageResult.Ok)
            {
                Begin();
            }

            return result;
        }

        private void Written(int size)
        {
            FrameSegment = _segments.Newest;
            FrameOffset = Used;
            Used += size;
            _segments.Grow(_segments.Newest, size);
        }

        private void Begin()
        {
            _segments.Add();
            Used = 0;
            _tail = 0;
            _tailStart = 0;
        }
    }
}
