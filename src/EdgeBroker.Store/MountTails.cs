namespace EdgeBroker.Store
{
    /// <summary>
    /// The tail files that a mount finds. They are filled in turn, so the frame that comes next may be in any of them; those that
    /// have frames that no segment has are the newest segment, in the order in which they are applied.
    /// </summary>
    internal sealed class MountTails
    {
        private const long NoFrame = long.MaxValue;

        private readonly MountFiles _files;
        private readonly SegmentTable _segments;
        private readonly Replay _replay;
        private readonly FrameReader _reader;
        private readonly FrameScan _scan;
        private readonly int[] _file = new int[FileNumbers.LastTail];
        private readonly int[] _size = new int[FileNumbers.LastTail];

        /// <summary>Makes it for files, and for what their frames add up to.</summary>
        public MountTails(MountFiles files, SegmentTable segments, Replay replay, FrameReader reader, FrameScan scan)
        {
            _files = files;
            _segments = segments;
            _replay = replay;
            _reader = reader;
            _scan = scan;
        }

        /// <summary>How many files have frames that no segment has.</summary>
        public int Count { get; private set; }

        /// <summary>Their bytes.</summary>
        public int Bytes { get; private set; }

        /// <summary>The number of such a file.</summary>
        public int File(int index)
        {
            return _file[index];
        }

        /// <summary>The size of such a file in bytes.</summary>
        public int Size(int index)
        {
            return _size[index];
        }

        /// <summary>Reads all tail files.</summary>
        /// <param name="first">The index of the first one.</param>
        /// <param name="end">The index after the last one.</param>
        /// <returns>False if the storage failed.</returns>
        public bool Read(int first, int end)
        {
            int count = end - first;
            long[] next = new long[count > 0 ? count : 0];
            int[] nextSize = new int[next.Length];
            for (int i = 0; i < count; i++)
            {
                if (Look(first + i, out next[i], out nextSize[i]) < 0)
                {
                    return false;
                }
            }

            int best = Best(next, nextSize);
            while (best >= 0)
            {
                // Others have been applied since it was looked at.
                long sequence;
                int frameSize;
                int size = Look(first + best, out sequence, out frameSize);
                if (size < 0)
                {
                    return false;
                }

                if (sequence == next[best] && frameSize == nextSize[best] && sequence != NoFrame)
                {
                    Apply(_files.Number(first + best), size);
                    sequence = NoFrame;
                }

                next[best] = sequence;
                nextSize[best] = frameSize;
                best = Best(next, nextSize);
            }

            return true;
        }

        // The file whose next frame is the first of all; of two with the same sequence number the smaller: the other is its retry.
        private static int Best(long[] next, int[] nextSize)
        {
            int best = -1;
            for (int i = 0; i < next.Length; i++)
            {
                if (next[i] != NoFrame
                    && (best < 0 || next[i] < next[best] || (next[i] == next[best] && nextSize[i] < nextSize[best])))
                {
                    best = i;
                }
            }

            return best;
        }

        // Loads a file and finds its first frame that is later than what was applied.
        private int Look(int index, out long sequence, out int frameSize)
        {
            sequence = NoFrame;
            frameSize = 0;
            int size = _files.Load(_files.Number(index));
            _scan.Begin(_files.Buffer, size > 0 ? size : 0);
            while (_scan.Next())
            {
                if (_replay.IsLater())
                {
                    sequence = _reader.Sequence;
                    frameSize = _reader.Size;
                    return size;
                }
            }

            return size;
        }

        // Applies the frames of the loaded file that are later than what was applied: all of them, since none of another file
        // comes between.
        private void Apply(int file, int size)
        {
            int address = _segments.End;
            _file[Count] = file;
            _size[Count] = size;
            Count++;
            Bytes += size;
            _segments.Grow(size);
            _scan.Begin(_files.Buffer, size);
            while (_scan.Next())
            {
                if (_replay.IsLater())
                {
                    _replay.Apply(address);
                }
            }
        }
    }
}
