#nullable disable
using System;
using EdgeBroker.Store;

namespace EdgeBroker.Tests.Whole
{
    /// <summary>
    /// A virtual flash, so small that it fits into a device's heap beside the broker. Files are kept in pieces, packed and each in an
    /// array of its own.
    /// </summary>
    internal sealed class LeanStorage : IStorage
    {
        private const int PieceSize = 1024;
        private const int PiecesMax = 256;

        // An array of bytes on a device's heap, and what that is given out in.
        private const int ArraySize = 20;
        private const int HeapUnit = 12;

        // The file that is being written, until it has its number.
        private const int Written = 0x10000;

        private readonly LeanPacking _packing = new LeanPacking();
        private readonly byte[] _buffer = new byte[LeanPacking.Room + PieceSize];

        // The number of the file and of the piece in it; and the piece, or null.
        private readonly int[] _key;
        private readonly byte[][] _piece;
        private int _file;
        private int _size;
        private int _pieces;

        /// <summary>Makes an empty one.</summary>
        /// <param name="bytesMax">The bytes of files that it has room for.</param>
        /// <param name="smallFiles">Besides files of less than a piece.</param>
        public LeanStorage(int bytesMax, int smallFiles)
        {
            _key = new int[bytesMax / PieceSize + smallFiles];
            _piece = new byte[_key.Length][];
        }

        /// <summary>Files written.</summary>
        public int WriteCount { get; private set; }

        /// <summary>Bytes of a device's heap that the files take.</summary>
        public int HeapBytes
        {
            get
            {
                int bytes = 0;
                for (int i = 0; i < _piece.Length; i++)
                {
                    bytes += _piece[i] == null ? 0 : (_piece[i].Length + ArraySize + HeapUnit - 1) / HeapUnit * HeapUnit;
                }

                return bytes;
            }
        }

        /// <summary>Bytes of all files, as they were written.</summary>
        public int Bytes
        {
            get
            {
                int bytes = 0;
                for (int i = 0; i < _piece.Length; i++)
                {
                    bytes += _piece[i] == null ? 0 : _packing.Count(_piece[i]);
                }

                return bytes;
            }
        }

        /// <inheritdoc/>
        public bool PrefersAppend
        {
            get { return false; }
        }

        /// <inheritdoc/>
        public int List(int[] files)
        {
            int count = 0;
            for (int i = 0; i < _key.Length; i++)
            {
                if (_piece[i] != null && _key[i] % PiecesMax == 0)
                {
                    if (count < files.Length)
                    {
                        files[count] = _key[i] / PiecesMax;
                    }

                    count++;
                }
            }

            return count;
        }

        /// <inheritdoc/>
        public int Size(int file)
        {
            int count = CountPieces(file);
            return count == 0
                ? StorageResult.NotFound
                : (count - 1) * PieceSize + _packing.Count(_piece[Find(file, count - 1)]);
        }

        /// <inheritdoc/>
        public int Read(int file, int position, byte[] buffer, int offset, int count)
        {
            int size = Size(file);
            if (size < 0)
            {
                return size;
            }

            count = count < size - position ? count : size - position;
            for (int left = count; left > 0;)
            {
                int start = position % PieceSize;
                int part = PieceSize - start < left ? PieceSize - start : left;
                _packing.Unpack(_piece[Find(file, position / PieceSize)], start, buffer, offset, part);
                position += part;
                offset += part;
                left -= part;
            }

            return count;
        }

        /// <inheritdoc/>
        public int Write(int file, byte[] buffer, int offset, int count)
        {
            int result = BeginWrite(file, count);
            result = result == StorageResult.Ok ? WritePart(buffer, offset, count) : result;
            return result == StorageResult.Ok ? EndWrite() : result;
        }

        /// <inheritdoc/>
        public int BeginWrite(int file, int size)
        {
            AbandonWrite();
            _file = file;
            _size = 0;
            _pieces = 0;
            return StorageResult.Ok;
        }

        /// <inheritdoc/>
        public int WritePart(byte[] buffer, int offset, int count)
        {
            int result = StorageResult.Ok;
            while (count > 0 && result == StorageResult.Ok)
            {
                int start = _size % PieceSize;
                int part = PieceSize - start < count ? PieceSize - start : count;
                Array.Copy(buffer, offset, _buffer, LeanPacking.Room + start, part);
                _size += part;
                offset += part;
                count -= part;
                if (start + part == PieceSize)
                {
                    result = EndPiece(PieceSize);
                }
            }

            return result;
        }

        /// <inheritdoc/>
        public int EndWrite()
        {
            int rest = _size % PieceSize;
            if ((rest > 0 || _size == 0) && EndPiece(rest) != StorageResult.Ok)
            {
                return StorageResult.Full;
            }

            Remove(_file);
            for (int piece = 0; piece < _pieces; piece++)
            {
                _key[Find(Written, piece)] = _file * PiecesMax + piece;
            }

            _pieces = 0;
            WriteCount++;
            return StorageResult.Ok;
        }

        /// <inheritdoc/>
        public void AbandonWrite()
        {
            if (_pieces > 0)
            {
                Remove(Written);
                _pieces = 0;
            }
        }

        /// <inheritdoc/>
        public int Append(int file, byte[] buffer, int offset, int count)
        {
            return StorageResult.Failed;
        }

        /// <inheritdoc/>
        public int Delete(int file)
        {
            return Remove(file) ? StorageResult.Ok : StorageResult.NotFound;
        }

        /// <inheritdoc/>
        public int SetAside()
        {
            return StorageResult.Failed;
        }

        private int EndPiece(int size)
        {
            int free = 0;
            while (free < _piece.Length && _piece[free] != null)
            {
                free++;
            }

            if (free == _piece.Length)
            {
                return StorageResult.Full;
            }

            byte[] packed = new byte[_packing.Pack(_buffer, size)];
            Array.Copy(_buffer, 0, packed, 0, packed.Length);
            _key[free] = Written * PiecesMax + _pieces++;
            _piece[free] = packed;
            return StorageResult.Ok;
        }

        private bool Remove(int file)
        {
            bool wasThere = false;
            for (int i = 0; i < _key.Length; i++)
            {
                if (_piece[i] != null && _key[i] / PiecesMax == file)
                {
                    _piece[i] = null;
                    wasThere = true;
                }
            }

            return wasThere;
        }

        private int CountPieces(int file)
        {
            int count = 0;
            for (int i = 0; i < _key.Length; i++)
            {
                count += _piece[i] != null && _key[i] / PiecesMax == file ? 1 : 0;
            }

            return count;
        }

        private int Find(int file, int piece)
        {
            int key = file * PiecesMax + piece;
            int index = 0;
            while (_piece[index] == null || _key[index] != key)
            {
                index++;
            }

            return index;
        }
    }
}
