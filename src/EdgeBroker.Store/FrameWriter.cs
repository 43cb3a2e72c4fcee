using System;

namespace EdgeBroker.Store
{
    /// <summary>The frame that is being staged: records one after the other, in the order in which they were decided.</summary>
    /// <remarks>
    /// It grows with what is staged: only puts are bounded, so an end can always be staged. Where storage takes files in parts, it
    /// grows by arrays of its own: a device's heap that is nearly full has no room for a large one, whatever is free. A record is in
    /// one of them.
    /// </remarks>
    internal sealed class FrameWriter
    {
        // Room for size, sequence number and stamp, which are written in front of the records when the frame is closed.
        private const int HeaderRoom = VariableInteger.SizeMax + VariableInteger.SizeMax + VariableInteger.Int32SizeMax;
        private const int RecordMax =
            1 + VariableInteger.SizeMax + (2 * VariableInteger.Int32SizeMax) + FrameReader.CrcSize;
        private const int DigestSize = 1 + VariableInteger.Int32SizeMax + 4;
        private const int StartSize = 192;
        private const int ChunkSize = 484;
        private const int StartChunks = 2;
        private const int MoreChunks = 4;

        /// <summary>The most that an item takes besides its body, with the digest of its owner.</summary>
        public const int ItemMax = RecordMax + DigestSize;

        private readonly Crc32 _crc;
        private readonly StagedCopies _copies;
        private readonly int _sizeMax;
        private readonly bool _isWhole;
        private byte[][] _chunks = new byte[StartChunks][];

        // Where the first byte of a chunk would be among those of the records.
        private int[] _starts = new int[StartChunks];
        private int _last;
        private byte[] _buffer;
        private int _end;

        // Where the closed frame begins, and where its digests do.
        private int _offset;
        private int _digests;

        /// <summary>Makes an empty frame.</summary>
        /// <param name="crc">Computes the CRC.</param>
        /// <param name="copies">The copies that the frame begins with.</param>
        /// <param name="sizeMax">The most bytes of records that puts may stage between two commits.</param>
        /// <param name="isWhole">Whether it has to be a single part.</param>
        public FrameWriter(Crc32 crc, StagedCopies copies, int sizeMax, bool isWhole)
        {
            _crc = crc;
            _copies = copies;
            _sizeMax = sizeMax;
            _isWhole = isWhole;
            _chunks[0] = new byte[HeaderRoom + (sizeMax < StartSize ? sizeMax : StartSize) + FrameReader.CrcSize];
            _starts[0] = -HeaderRoom;
            Clear();
        }

        /// <summary>Bytes that can be staged for sure; see <see cref="MeasureRoom"/>.</summary>
        public int Room;

        /// <summary>The array that the record added last is in.</summary>
        public byte[] Buffer
        {
            get { return _buffer; }
        }

        /// <summary>The size of the closed frame.</summary>
        public int Size { get; private set; }

        /// <summary>Whether nothing is staged.</summary>
        public bool IsEmpty
        {
            get { return Position == 0 && _copies.Bytes == 0; }
        }

        /// <summary>The bytes of all records.</summary>
        public int Bytes
        {
            get { return Position + _copies.Bytes; }
        }

        /// <summary>The bytes of records besides the copies: where the next one begins, counted from the first.</summary>
        public int Position
        {
            get { return _starts[_last] + _end; }
        }

        /// <summary>Whether records of items may still be put, and the digests of all owners.</summary>
        /// <param name="itemCount">How many items.</param>
        /// <param name="bodyBytes">The bytes of all their bodies.</param>
        /// <param name="digestCount">How many digests the frame will have.</param>
        public bool HasRoom(int itemCount, int bodyBytes, int digestCount)
        {
            long needed = ((long)itemCount * RecordMax) + bodyBytes + ((long)digestCount * DigestSize);
            return needed <= _sizeMax - Bytes;
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
        /// <returns>Where the body goes in <see cref="Buffer"/>; then <see cref="EndItem"/> has to be called.</returns>
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

        /// <summary>Ends the item's record that began at a position and is the last, once its body is written.</summary>
        public void EndItem(int position)
        {
            int start = position - _starts[_last];
            int crcOffset = _end - FrameReader.CrcSize;
            WriteInt32(crcOffset, _crc.Compute(_buffer, start, crcOffset - start));
        }

        /// <summary>Adds a copy of an item's record as it is.</summary>
        /// <returns>Its owner, or -1 if the record can't be read.</returns>
        public int AddCopy(int item)
        {
            int bytes = _copies.Bytes;
            int owner = _copies.Add(item);
            Room -= owner < 0 ? 0 : _copies.Bytes - bytes + DigestSize;
            return owner;
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

        /// <summary>Takes the digests back: the frame was not written, and goes on.</summary>
        public void Reopen()
        {
            _copies.NoteTried(_digests, Bytes);
            _last = ChunkAt(_digests);
            _buffer = _chunks[_last];
            _end = _digests - _starts[_last];
        }

        /// <summary>Reads a record.</summary>
        /// <param name="position">Where it begins, counted from the first one.</param>
        /// <param name="buffer">Gets it.</param>
        /// <param name="offset">Where in that.</param>
        /// <param name="size">Its size.</param>
        public void Read(int position, byte[] buffer, int offset, int size)
        {
            int chunk = ChunkAt(position);
            Array.Copy(_chunks[chunk], position - _starts[chunk], buffer, offset, size);
        }

        /// <summary>
        /// Completes the frame: the digests of the owners that it changes behind, size, sequence number and stamp in front. One that has to
        /// be larger than it is has the digests more than once.
        /// </summary>
        /// <returns>How far the first record is from the frame's first byte, the copies not counted.</returns>
        public int Close(StagedChanges staged, long sequence, int stamp)
        {
            _digests = Position;
            int tried = _copies.Begin(_digests);
            do
            {
                staged.AddDigests(this);
            }
            while (Bytes <= tried && staged.OwnerCount > 0);

            int inner = VariableInteger.Size(sequence) + VariableInteger.Size(stamp);
            int rest = inner + Bytes + FrameReader.CrcSize;
            int header = VariableInteger.Size(rest) + inner;
            _offset = HeaderRoom - header;
            int position = VariableInteger.Write(_chunks[0], _offset, rest);
            position = VariableInteger.Write(_chunks[0], position, sequence);
            VariableInteger.Write(_chunks[0], position, stamp);
            Size = header + Bytes + FrameReader.CrcSize;
            return header;
        }

        /// <summary>Adds the closed frame to the file that is being written in parts.</summary>
        /// <returns>A <see cref="StorageResult"/>.</returns>
        public int WriteTo(IStorage storage)
        {
            int first = _offset;
            int crc = _crc.Salt;
            int result = StorageResult.Ok;
            if (_copies.Bytes > 0)
            {
                first = HeaderRoom;
                crc = _crc.Continue(crc, _chunks[0], _offset, HeaderRoom - _offset);
                result = storage.WritePart(_chunks[0], _offset, HeaderRoom - _offset);
                result = result == StorageResult.Ok ? _copies.WriteTo(storage, ref crc) : result;
            }

            Seal(crc, first);
            for (int i = 0; i <= _last && result == StorageResult.Ok; i++)
            {
                int start = i == 0 ? first : 0;
                result = storage.WritePart(_chunks[i], start, EndOf(i) - start + (i == _last ? FrameReader.CrcSize : 0));
            }

            return result;
        }

        /// <summary>Copies the closed frame.</summary>
        /// <returns>Where it ends in the buffer, or a <see cref="StorageResult"/> below 0 if a record can't be read.</returns>
        public int CopyTo(byte[] buffer, int offset)
        {
            int header = HeaderRoom - _offset;
            Array.Copy(_chunks[0], _offset, buffer, offset, header);
            if (!_copies.CopyTo(buffer, offset + header))
            {
                return StorageResult.Failed;
            }

            header += _copies.Bytes;
            Seal(_crc.Continue(_crc.Salt, buffer, offset, header), HeaderRoom);
            offset += header;
            for (int i = 0; i <= _last; i++)
            {
                int start = i == 0 ? HeaderRoom : 0;
                int count = EndOf(i) - start + (i == _last ? FrameReader.CrcSize : 0);
                Array.Copy(_chunks[i], start, buffer, offset, count);
                offset += count;
            }

            return offset;
        }

        /// <summary>The closed frame in one array, if it has to be a single part.</summary>
        /// <param name="offset">Where it begins.</param>
        /// <returns>The array, or null if a record can't be read.</returns>
        public byte[] ToArray(out int offset)
        {
            offset = 0;
            if (_copies.Bytes > 0)
            {
                byte[] whole = MemoryReserve.Bytes(Size);
                return CopyTo(whole, 0) < 0 ? null : whole;
            }

            offset = _offset;
            Seal(_crc.Salt, _offset);
            return _buffer;
        }

        /// <summary>Empties the frame.</summary>
        public void Clear()
        {
            _last = 0;
            _buffer = _chunks[0];
            _end = HeaderRoom;
        }

        /// <summary>Gives back the memory that a large frame took and most don't need.</summary>
        public void Trim()
        {
            if (IsEmpty)
            {
                Clear();
                for (int i = 1; i < _chunks.Length && _chunks[i] != null; i++)
                {
                    _chunks[i] = null;
                }
            }
        }

        // Puts the CRC behind: that of what comes before a place in the first array goes on from there.
        private void Seal(int crc, int first)
        {
            for (int i = 0; i <= _last; i++)
            {
                int start = i == 0 ? first : 0;
                crc = _crc.Continue(crc, _chunks[i], start, EndOf(i) - start);
            }

            WriteInt32(_end, crc);
        }

        private int EndOf(int chunk)
        {
            return chunk == _last ? _end : _starts[chunk + 1] - _starts[chunk];
        }

        private int ChunkAt(int position)
        {
            int chunk = _last;
            while (position < _starts[chunk])
            {
                chunk--;
            }

            return chunk;
        }

        // Makes room for so many more bytes in one array, and for the CRC of the frame.
        private void Reserve(int count)
        {
            Room -= count + DigestSize;
            int needed = count + FrameReader.CrcSize;
            if (needed <= _buffer.Length - _end)
            {
                return;
            }

            if (_isWhole)
            {
                int length = Growth.Next(_buffer.Length);
                _buffer = Growth.Resize(_buffer, length < _end + needed ? _end + needed : length);
                _chunks[0] = _buffer;
            }
            else
            {
                BeginChunk(needed < ChunkSize ? ChunkSize : needed);
            }
        }

        private void BeginChunk(int length)
        {
            int next = _last + 1;
            if (next == _chunks.Length)
            {
                byte[][] chunks = MemoryReserve.Arrays(next + MoreChunks);
                Array.Copy(_chunks, 0, chunks, 0, next);
                _starts = Growth.Resize(_starts, next + MoreChunks);
                _chunks = chunks;
            }

            if (_chunks[next] == null || _chunks[next].Length < length)
            {
                _chunks[next] = MemoryReserve.Bytes(length);
            }

            _starts[next] = Position;
            _last = next;
            _buffer = _chunks[next];
            _end = 0;
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
