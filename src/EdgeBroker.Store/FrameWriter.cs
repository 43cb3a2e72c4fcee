using System;

namespace EdgeBroker.Store
{
    /// <summary>The frame that is being staged: records one after the other, in the order in which they were decided.</summary>
    /// <remarks>The buffer grows with what is staged: only puts are bounded, so an end can always be staged.</remarks>
    internal sealed class FrameWriter
    {
        // Room for size, sequence number and stamp, which are written in front of the records when the frame is closed.
        private const int HeaderRoom = VariableInteger.SizeMax + VariableInteger.SizeMax + VariableInteger.Int32SizeMax;
        private const int RecordMax =
            1 + VariableInteger.SizeMax + (2 * VariableInteger.Int32SizeMax) + FrameReader.CrcSize;
        private const int DigestSize = 1 + VariableInteger.Int32SizeMax + 4;
        private const int StartSize = 256;

        /// <summary>The most that an item takes besides its body, with the digest of its owner.</summary>
        public const int ItemMax = RecordMax + DigestSize;

        // Up to a size that a device has, the buffer only gets what it needs and a little.
        private const int SmallSize = 16384;
        private const int StepSize = 256;

        private readonly Crc32 _crc;
        private readonly int _sizeMax;
        private readonly int _recordsOffset;
        private readonly int _startLength;
        private byte[] _buffer;
        private int _end;

        /// <summary>Makes an empty frame.</summary>
        /// <param name="crc">Computes the CRC.</param>
        /// <param name="sizeMax">The most bytes of records that puts may stage between two commits.</param>
        /// <param name="roomInFront">Bytes of the buffer before the frame that are left to whoever writes it.</param>
        public FrameWriter(Crc32 crc, int sizeMax, int roomInFront)
        {
            _crc = crc;
            _sizeMax = sizeMax;
            _recordsOffset = roomInFront + HeaderRoom;
            _end = _recordsOffset;
            _startLength = _recordsOffset + (sizeMax < StartSize ? sizeMax : StartSize) + FrameReader.CrcSize;
            _buffer = new byte[_startLength];
        }

        /// <summary>Bytes that can be staged for sure; see <see cref="MeasureRoom"/>.</summary>
        public int Room;

        /// <summary>The buffer.</summary>
        public byte[] Buffer
        {
            get { return _buffer; }
        }

        /// <summary>Where the records begin.</summary>
        public int RecordsOffset
        {
            get { return _recordsOffset; }
        }

        /// <summary>Where the closed frame begins.</summary>
        public int Offset { get; private set; }

        /// <summary>The size of the closed frame.</summary>
        public int Size { get; private set; }

        /// <summary>Whether nothing is staged.</summary>
        public bool IsEmpty
        {
            get { return _end == _recordsOffset; }
        }

        /// <summary>The bytes staged: where the next record begins, counted from the first one.</summary>
        public int Position
        {
            get { return _end - _recordsOffset; }
        }

        /// <summary>Whether records of items may still be put, and the digests of all owners.</summary>
        /// <param name="itemCount">How many items.</param>
        /// <param name="bodyBytes">The bytes of all their bodies.</param>
        /// <param name="digestCount">How many digests the frame will have.</param>
        public bool HasRoom(int itemCount, int bodyBytes, int digestCount)
        {
            long needed = ((long)itemCount * RecordMax) + bodyBytes + ((long)digestCount * DigestSize);
            return needed <= _sizeMax - Position;
        }

        /// <summary>Sets <see cref="Room"/> anew if nothing is staged. It goes down by what is staged at the most.</summary>
        /// <param name="bytes">The bytes that the log has room for.</param>
        public void MeasureRoom(long bytes)
        {
            if (IsEmpty)
            {
                Room = bytes < 0 ? 0 : bytes < _sizeMax ? (int)bytes : _sizeMax;
            }
        }

        /// <summary>Begins an item's record; the caller writes the body at the place that is returned.</summary>
        /// <returns>Where the body goes; then <see cref="EndItem"/> has to be called.</returns>
        public int AddItem(int type, long id, int owner, int bodySize)
        {
            Reserve(RecordMax + bodySize);
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
            int start = _recordsOffset + position;
            int crcOffset = _end - FrameReader.CrcSize;
            WriteInt32(crcOffset, _crc.Compute(_buffer, start, crcOffset - start));
        }

        /// <summary>Makes room for a record that is copied as it is.</summary>
        /// <returns>Where it goes.</returns>
        public int AddCopy(int size)
        {
            Reserve(size);
            int at = _end;
            _end += size;
            return at;
        }

        /// <summary>Adds a record that says that an item has ended.</summary>
        public void AddDelete(long id, int owner)
        {
            Reserve(RecordMax);
            _buffer[_end++] = RecordType.Delete;
            _end = VariableInteger.Write(_buffer, _end, id);
            _end = VariableInteger.Write(_buffer, _end, owner);
        }

        /// <summary>Adds a record that says that all of an owner's items up to an id have ended.</summary>
        public void AddEndOwner(long id, int owner)
        {
            Reserve(RecordMax);
            _buffer[_end++] = RecordType.EndOwner;
            _end = VariableInteger.Write(_buffer, _end, id);
            _end = VariableInteger.Write(_buffer, _end, owner);
        }

        /// <summary>Adds a record that says that the frames before a sequence number are gone, as they should.</summary>
        public void AddBase(long sequence)
        {
            Reserve(RecordMax);
            _buffer[_end++] = RecordType.Base;
            _end = VariableInteger.Write(_buffer, _end, sequence);
        }

        /// <summary>Adds the digest of an owner.</summary>
        public void AddDigest(int owner, int digest)
        {
            Reserve(DigestSize);
            _buffer[_end++] = RecordType.Digest;
            _end = VariableInteger.Write(_buffer, _end, owner);
            _end = WriteInt32(_end, digest);
        }

        /// <summary>Takes back what was added since a position.</summary>
        public void Truncate(int position)
        {
            _end = _recordsOffset + position;
        }

        /// <summary>Puts size, sequence number and stamp in front and the CRC behind.</summary>
        /// <returns>How far the records are from the frame's first byte.</returns>
        public int Close(long sequence, int stamp)
        {
            int inner = VariableInteger.Size(sequence) + VariableInteger.Size(stamp);
            int rest = inner + Position + FrameReader.CrcSize;
            int header = VariableInteger.Size(rest) + inner;
            Offset = _recordsOffset - header;
            int position = VariableInteger.Write(_buffer, Offset, rest);
            position = VariableInteger.Write(_buffer, position, sequence);
            VariableInteger.Write(_buffer, position, stamp);
            WriteInt32(_end, _crc.Compute(_buffer, Offset, _end - Offset));
            Size = _end + FrameReader.CrcSize - Offset;
            return header;
        }

        /// <summary>Empties the frame.</summary>
        public void Clear()
        {
            _end = _recordsOffset;
        }

        /// <summary>Moves the closed frame, so that so many bytes can be written where it begins, and makes room for that.</summary>
        /// <param name="count">By how many bytes; below 0 moves it back.</param>
        /// <returns>False if there is no memory for that; the frame is where it was.</returns>
        public bool Shift(int count)
        {
            if (count < 0)
            {
                Array.Copy(_buffer, Offset - count, _buffer, Offset, Size);
                return true;
            }

            try
            {
                Reserve(count);
            }
            catch (OutOfMemoryException)
            {
                return false;
            }

            Array.Copy(_buffer, Offset, _buffer, Offset + count, Size);
            return true;
        }

        /// <summary>Gives back the memory that a large frame took and most don't need. What is before the frame stays.</summary>
        public void Trim()
        {
            if (!IsEmpty || _buffer.Length < _startLength + StepSize * 2)
            {
                return;
            }

            try
            {
                byte[] usual = new byte[_startLength];
                Array.Copy(_buffer, 0, usual, 0, _recordsOffset);
                _buffer = usual;
            }
            catch (OutOfMemoryException)
            {
                // Another time.
            }
        }

        // Makes room for so many more bytes, and for the CRC of the frame.
        private void Reserve(int count)
        {
            Room -= count + DigestSize;
            int needed = _end + count + FrameReader.CrcSize;
            if (needed > _buffer.Length)
            {
                int length = needed < SmallSize ? needed + StepSize : Growth.Next(_buffer.Length);
                _buffer = Growth.Resize(_buffer, length < needed ? needed : length);
            }
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
