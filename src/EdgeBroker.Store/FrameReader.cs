namespace EdgeBroker.Store
{
    /// <summary>
    /// Takes frames and records apart (SPEC.md). A frame is what one commit wrote: it is there whole, with all of its records,
    /// or not at all.
    /// </summary>
    internal sealed class FrameReader
    {
        /// <summary>The bytes of the CRC at the end of a frame.</summary>
        public const int CrcSize = 4;

        private readonly Crc32 _crc;
        private byte[] _buffer;
        private int _position;
        private int _recordsEnd;

        /// <summary>Makes a reader.</summary>
        public FrameReader(Crc32 crc)
        {
            _crc = crc;
        }

        /// <summary>The sequence number of the frame.</summary>
        public long Sequence { get; private set; }

        /// <summary>The stamp of the frame: its owner's clock in seconds.</summary>
        public int Stamp { get; private set; }

        /// <summary>The size of the frame in bytes.</summary>
        public int Size { get; private set; }

        /// <summary>The <see cref="RecordType"/> of the record.</summary>
        public int Type { get; private set; }

        /// <summary>Where the record begins.</summary>
        public int RecordOffset { get; private set; }

        /// <summary>The size of the whole record.</summary>
        public int RecordSize { get; private set; }

        /// <summary>The item the record is about; the highest one for the end of an owner; 0 in others.</summary>
        public long Id { get; private set; }

        /// <summary>The owner of the item.</summary>
        public int Owner { get; private set; }

        /// <summary>Where the item's bytes begin.</summary>
        public int BodyOffset { get; private set; }

        /// <summary>How many they are.</summary>
        public int BodySize { get; private set; }

        /// <summary>The digest that the record states.</summary>
        public int Digest { get; private set; }

        /// <summary>Where what was tried to be opened would end; 0 if that can't be told.</summary>
        public int End { get; private set; }

        /// <summary>The sequence number that a base record states.</summary>
        public long BaseSequence { get; private set; }

        /// <summary>Opens the frame at a place, if there is one that checks.</summary>
        /// <returns>Whether there is.</returns>
        public bool Open(byte[] buffer, int offset, int limit)
        {
            int position = offset;
            long rest = VariableInteger.Read(buffer, ref position, limit);
            End = 0;
            if (rest <= CrcSize || rest > limit - position)
            {
                return false;
            }

            int end = position + (int)rest;
            int crcOffset = end - CrcSize;
            End = end;
            if (_crc.Compute(buffer, offset, crcOffset - offset) != ReadInt32(buffer, crcOffset))
            {
                return false;
            }

            long sequence = VariableInteger.Read(buffer, ref position, crcOffset);
            long stamp = VariableInteger.Read(buffer, ref position, crcOffset);
            if (sequence == VariableInteger.Bad || stamp == VariableInteger.Bad || stamp > int.MaxValue)
            {
                return false;
            }

            _buffer = buffer;
            _position = position;
            _recordsEnd = crcOffset;
            Sequence = sequence;
            Stamp = (int)stamp;
            Size = end - offset;
            return true;
        }

        /// <summary>Goes to the next record of the frame.</summary>
        /// <returns>False at the end.</returns>
        public bool Next()
        {
            if (_position >= _recordsEnd)
            {
                return false;
            }

            RecordOffset = _position;
            Type = _buffer[_position++];
            Id = 0;
            if (Type == RecordType.Base)
            {
                BaseSequence = VariableInteger.Read(_buffer, ref _position, _recordsEnd);
                return BaseSequence != VariableInteger.Bad;
            }

            if (Type != RecordType.Digest)
            {
                Id = VariableInteger.Read(_buffer, ref _position, _recordsEnd);
            }

            Owner = (int)VariableInteger.Read(_buffer, ref _position, _recordsEnd);
            BodySize = 0;
            if (Type == RecordType.Digest && _position + CrcSize <= _recordsEnd)
            {
                Digest = ReadInt32(_buffer, _position);
                _position += CrcSize;
            }
            else if (Type >= RecordType.ItemMin)
            {
                BodySize = (int)VariableInteger.Read(_buffer, ref _position, _recordsEnd);
                BodyOffset = _position;
                if (BodySize < 0 || BodySize > _recordsEnd - CrcSize - _position)
                {
                    // Only in bytes whose CRC is right by chance.
                    _position = _recordsEnd;
                    return false;
                }

                _position += BodySize + CrcSize;
            }

            RecordSize = _position - RecordOffset;
            return true;
        }

        /// <summary>Whether the item's record checks by itself: the copy of a damaged one does not, in a frame that does.</summary>
        public bool IsItemWhole
        {
            get
            {
                int crcOffset = RecordOffset + RecordSize - CrcSize;
                return _crc.Compute(_buffer, RecordOffset, crcOffset - RecordOffset) == ReadInt32(_buffer, crcOffset);
            }
        }

        /// <summary>Checks an item's record that was read alone, and finds its body.</summary>
        /// <returns>Whether it checks: then <see cref="Id"/>, <see cref="BodyOffset"/> and the like are set.</returns>
        public bool OpenItem(byte[] buffer, int offset, int size)
        {
            int crcOffset = offset + size - CrcSize;
            if (size <= CrcSize || _crc.Compute(buffer, offset, crcOffset - offset) != ReadInt32(buffer, crcOffset))
            {
                return false;
            }

            _buffer = buffer;
            _position = offset;
            _recordsEnd = offset + size;
            return Next();
        }

        /// <summary>The owner that an item's record names, whether the record checks or not.</summary>
        public static int OwnerOf(byte[] buffer, int offset, int size)
        {
            int position = offset + 1;
            VariableInteger.Read(buffer, ref position, offset + size);
            return (int)VariableInteger.Read(buffer, ref position, offset + size);
        }

        /// <summary>
        /// Whether the frame that is open could be the record of an item: that begins with a number as well, and ends with a checksum
        /// of the same kind.
        /// </summary>
        /// <param name="offset">Where in the buffer it begins.</param>
        public bool IsLikeItem(int offset)
        {
            int position = offset + 1;
            VariableInteger.Read(_buffer, ref position, End);
            VariableInteger.Read(_buffer, ref position, End);
            long size = VariableInteger.Read(_buffer, ref position, End);
            return _buffer[offset] >= RecordType.ItemMin && size >= 0 && size == End - position - CrcSize;
        }

        private static int ReadInt32(byte[] buffer, int offset)
        {
            return buffer[offset]
                | (buffer[offset + 1] << 8)
                | (buffer[offset + 2] << 16)
                | (buffer[offset + 3] << 24);
        }
    }
}
