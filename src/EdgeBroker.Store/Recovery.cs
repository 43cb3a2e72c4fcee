namespace EdgeBroker.Store
{
    /// <summary>
    /// Reads the log from its oldest segment to its tail files and so finds what is live. This is the only way a journal is
    /// opened: there is no repair, and no state from which it is not done. Nothing on the storage is changed.
    /// </summary>
    /// <remarks>
    /// Frames carry sequence numbers without gaps. Bytes that are no frame are passed over; what counts as damage is only a gap,
    /// for then something committed is missing. Bytes that were torn at the end leave no gap.
    /// </remarks>
    internal sealed class Recovery
    {
        private readonly bool _append;
        private readonly int _segmentSize;
        private readonly SegmentTable _segments;
        private readonly FrameScan _scan;

        /// <summary>Makes a recovery into empty tables.</summary>
        public Recovery(
            IStorage storage, int segmentSize, ItemTable items, OwnerTable owners, SegmentTable segments, FrameReader reader)
        {
            _append = storage.PrefersAppend;
            _segmentSize = segmentSize;
            _segments = segments;
            _scan = new FrameScan(reader, _append);
            Files = new MountFiles(storage);
            Replay = new Replay(items, owners, segments, reader);
            Tails = new MountTails(Files, segments, Replay, reader, _scan);
        }

        /// <summary>The files, and a buffer as large as the largest of them.</summary>
        public MountFiles Files { get; }

        /// <summary>What the frames add up to.</summary>
        public Replay Replay { get; }

        /// <summary>The tail files with frames that are in no segment.</summary>
        public MountTails Tails { get; }

        /// <summary>Bytes of segments that were no frame: torn at the end of one, or damaged.</summary>
        public long BytesPassedOver { get; private set; }

        /// <summary>Reads everything.</summary>
        /// <returns><see cref="MountResult.Ok"/>, Damaged or Failed.</returns>
        public int Run()
        {
            int count = Files.List();
            if (count < 0)
            {
                return MountResult.Failed;
            }

            int firstTail = IndexOf(FileNumbers.FirstTail, count);
            int first = IndexOf(FileNumbers.FirstSegment, count);
            _segments.Start(first < count ? Files.Number(first) - FileNumbers.FirstSegment : 0, 1);
            for (int i = first; i < count; i++)
            {
                if (!ReadSegment(Files.Number(i) - FileNumbers.FirstSegment))
                {
                    return MountResult.Failed;
                }
            }

            // A segment that ends with a frame is appended to. After a torn end, and where segments are written whole, a new one,
            // unless the last is an empty file: power went when it was made.
            int size = _segments.Size(_segments.Newest);
            bool isOpen = size == 0 || (_append && firstTail == first && _scan.BytesPassedOver == 0 && size < _segmentSize);
            if (first < count && !isOpen)
            {
                _segments.Add(Replay.LastSequence + 1);
            }

            if (!Tails.Read(firstTail, first))
            {
                return MountResult.Failed;
            }

            return Replay.Finish() ? MountResult.Damaged : MountResult.Ok;
        }

        // The index of the first file with a number from this on.
        private int IndexOf(int number, int count)
        {
            int index = 0;
            while (index < count && Files.Number(index) < number)
            {
                index++;
            }

            return index;
        }

        private bool ReadSegment(int number)
        {
            // A number that is missing stands for an empty segment: what was in it shows as a gap.
            while (_segments.Newest < number)
            {
                _segments.Add(Replay.LastSequence + 1);
            }

            int size = Files.Load(FileNumbers.FirstSegment + number);
            if (size < 0)
            {
                return false;
            }

            int address = _segments.End;
            _scan.Begin(Files.Buffer, size);
            while (_scan.Next())
            {
                if (Replay.IsLater())
                {
                    Replay.Apply(address);
                }
            }

            // The begin of a segment that was given up may be no frame at all. It is empty then: whoever asks for a segment with
            // frames must not be given that one.
            BytesPassedOver += _scan.BytesPassedOver;
            _segments.Grow(_scan.BytesPassedOver < size ? size : 0);
            return true;
        }
    }
}
