namespace EdgeBroker.Store
{
    /// <summary>
    /// Finds the frames among the bytes of a file, one after the other. What is no frame is passed over; how much is tried for
    /// that is bounded, whatever the bytes are.
    /// </summary>
    internal sealed class FrameScan
    {
        // How often each byte may be computed over, on average, in search of a frame that begins among bytes that are none.
        private const int EffortFactor = 16;

        // Where computing is cheap: among the last of many commits in one file, what is passed over would look like a torn end.
        private const int EffortMin = 268435456;

        private readonly FrameReader _reader;
        private byte[] _buffer;
        private int _size;
        private readonly bool _isQuick;
        private int _next;
        private int _expected;
        private long _effort;

        /// <summary>Makes it for a reader.</summary>
        /// <param name="reader">Reads the frames.</param>
        /// <param name="isQuick">Whether a search may take longer, for it is on a machine that computes quickly.</param>
        public FrameScan(FrameReader reader, bool isQuick)
        {
            _reader = reader;
            _isQuick = isQuick;
        }

        /// <summary>Bytes passed over since <see cref="Begin"/>.</summary>
        public int BytesPassedOver { get; private set; }

        /// <summary>Where the frame begins.</summary>
        public int Position { get; private set; }

        /// <summary>Starts with a file's bytes.</summary>
        public void Begin(byte[] buffer, int size)
        {
            _buffer = buffer;
            _size = size;
            _next = 0;
            _expected = 0;
            _effort = (long)size * EffortFactor;
            _effort = _isQuick && _effort < EffortMin ? EffortMin : _effort;
            BytesPassedOver = 0;
        }

        /// <summary>Opens the next frame.</summary>
        /// <returns>False at the end.</returns>
        public bool Next()
        {
            while (_next < _size)
            {
                Position = _next;
                if (IsFrameAt(_next))
                {
                    _next += _reader.Size;
                    _expected = _next;
                    return true;
                }

                _next = AfterDamage();
                BytesPassedOver += _next - Position;
            }

            return false;
        }

        // Among bytes that are no frame, what looks like an item is one, of a frame that is torn or damaged.
        private bool IsFrameAt(int position)
        {
            return _reader.Open(_buffer, position, _size) && (position == _expected || !_reader.IsLikeItem(position));
        }

        // Where to go on behind bytes that are no frame. A flipped bit leaves the size of its frame mostly as it was.
        private int AfterDamage()
        {
            int end = _reader.End;
            if (end == 0)
            {
                return Position + 1;
            }

            _effort -= end - Position;
            if (_effort < 0)
            {
                return _size;
            }

            return (end == _size && Position == _expected) || IsFrameAt(end) ? end : Position + 1;
        }
    }
}
