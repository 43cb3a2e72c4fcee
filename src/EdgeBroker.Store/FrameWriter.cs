using System;

namespace EdgeBroker.Store
{
    /// <summary>The frame that is being staged: records one after the other, in the order in which they were decided.</summary>
    /// <remarks>Invariant: what was staged fits the buffer with its header, its digests and its CRC.</remarks>
    internal sealed class FrameWriter
    {
        // Room for the size and the sequence number, which are written in front of the records when the frame is closed.
        private const int HeaderRoom = VariableInteger.SizeMax + VariableInteger.SizeMax;
        private const int RecordMax = 1 + VariableInteger.SizeMax + 5 + 5 + FrameReader.CrcSize;
        private const int DigestSize = 1 + 5 + 4;

        private readonly Crc32 _crc;
        private readonly byte[] _buffer;
        private int _end = HeaderRoom;

        /// <summary>Makes an empty frame.</summary>
        /// <param name="crc">Computes the CRC.</param>
        /// <param name="sizeMax">The most bytes that can be staged between two commits.</param>
        public FrameWriter(Crc32 crc, int sizeMax)
        {
            _crc = crc;
            _buffer = new byte[HeaderRoom + sizeMax + FrameReader.CrcSize];
        }

        /// <summary>The buffer.</summary>
        public byte[] Buffer
        {
            get { return _buffer; }
        }

        /// <summary>Where the records begin.</summary>
        public int RecordsOffset
        {
            get { return HeaderRoom; }
        }

        /// <summary>Where the closed frame begins.</summary>
        public int Offset { get; private set; }

        /// <summary>The size of the closed frame.</summary>
        public int Size { get; private set; }

        /// <summary>Whether nothing is staged.</summary>
        public bool IsEmpty
        {
            get { return _end == HeaderRoom; }
        }

        /// <summary>The bytes staged.</summary>
        public int StagedBytes
        {
            get { return _end - HeaderRoom; }
        }

        /// <summary>Whether a record with a body of this size fits, and the digest of its owner.</summary>
        public bool HasRoom(int bodySize, int digestCount)
        {
            int needed = RecordMax + bodySize + (digestCount + 1) * DigestSize;
            return needed <= _buffer.Length - FrameReader.CrcSize - _end;
        }

        /// <summary>Begins an item's record; the caller writes the body at the place that is returned.</summary>
        /// <returns>Where the body goes; then <see cref="EndItem"/> has to be called.</returns>
        public int AddItem(int type, long id, int owner, int bodySize)
        {
            _buffer[_end++] = (byte)type;
            _end = VariableInteger.Write(_buffer, _end, id);
            _end = VariableInteger.Write(_buffer, _end, owner);
            _end = VariableInteger.Write(_buffer, _end, bodySize);
            int body = _end;
            _end += bodySize + FrameReader.CrcSize;
            return body;
        }

        /// <summary>Ends the item's record that began at a position, once its body is written.</summary>
        public void EndItem(int position)
        {
            int start = HeaderRoom + position;
            int crcOffset = _end - FrameReader.CrcSize;
            WriteInt32(crcOffset, _crc.Compute(_buffer, start, crcOffset - start));
        }

        /// <summary>Makes room for a record that is copied as it is.</summary>
        /// <returns>Where it goes.</returns>
        public int AddCopy(int size)
        {
            int at = _end;
            _end += size;
            return at;
        }

        /// <summary>Adds a record that says that an item has ended.</summary>
        public void AddDelete(long id, int owner)
        {
            _buffer[_end++] = RecordType.Delete;
            _end = VariableInteger.Write(_buffer, _end, id);
            _end = VariableInteger.Write(_buffer, _end, owner);
        }

        /// <summary>Adds a record that says that all of an owner's items up to an id have ended.</summary>
        public void AddEndOwner(long id, int owner)
        {
            _buffer[_end++] = RecordType.EndOwner;
            _end = VariableInteger.Write(_buffer, _end, id);
            _end = VariableInteger.Write(_buffer, _end, owner);
        }

        /// <summary>Adds the digest of an owner.</summary>
        public void AddDigest(int owner, int digest)
        {
            _buffer[_end++] = RecordType.Digest;
            _end = VariableInteger.Write(_buffer, _end, owner);
            _end = WriteInt32(_end, digest);
        }

        /// <summary>Where the next record begins, counted from the first one.</summary>
        public int Position
        {
            get { return _end - HeaderRoom; }
        }

        /// <summary>Takes back what was added since a position.</summary>
        public void Truncate(int position)
        {
            _end = HeaderRoom + position;
        }

        /// <summary>Puts size and sequence number in front and the CRC behind.</summary>
        /// <returns>How far the records are from the frame's first byte.</returns>
        public int Close(long sequence)
        {
            int records = _end - HeaderRoom;
            int rest = VariableInteger.Size(sequence) + records + FrameReader.CrcSize;
            int header = VariableInteger.Size(rest) + VariableInteger.Size(sequence);
            Offset = HeaderRoom - header;
            int position = VariableInteger.Write(_buffer, Offset, rest);
            VariableInteger.Write(_buffer, position, sequence);
            WriteInt32(_end, _crc.Compute(_buffer, Offset, _end - Offset));
            Size = _end + FrameReader.CrcSize - Offset;
            return header;
        }

        /// <summary>Empties the frame.</summary>
        public void Clear()
        {
            _end = HeaderRoom;
        }

        private int WriteInt32(int position, int value)
        {
            _buffer[position] = (byte)value;
            _buffer[position + 1] = (byte)(value >> 8);
            _buffer[position + 2] = (byte)(value >> 16);
            _buffer[position + 3] = (byte)(value >> 24);
            return position + 4;
        }
    }
}
