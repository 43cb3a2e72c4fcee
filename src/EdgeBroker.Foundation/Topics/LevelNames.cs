using System;
using EdgeBroker.Memory;
using EdgeBroker.Store;

namespace EdgeBroker.Topics
{
    /// <summary>
    /// The names of topic levels, or whole topics, one after the other in one array: length in two bytes, and bytes. They are known
    /// by the numbers of what they name. Removed names leave holes, which are closed when the array is full.
    /// </summary>
    internal sealed class LevelNames
    {
        private const int None = -1;
        private const int HeaderSize = 2;

        private byte[] _bytes = new byte[128];
        private int _end;
        private int _bytesRemoved;

        private readonly NumberColumn _place = new NumberColumn(16);
        private int _count;

        /// <summary>Stores the name of a node: of a new one, or of one whose name was removed.</summary>
        public void Set(int name, byte[] buffer, int offset, int length)
        {
            MakeRoom(HeaderSize + length);
            if (name >= _place.Length)
            {
                _place.Resize(Growth.Next(name, int.MaxValue));
            }

            while (_count <= name)
            {
                _place.Set(_count++, None);
            }

            _place.Set(name, _end);
            _bytes[_end] = (byte)(length >> 8);
            _bytes[_end + 1] = (byte)length;
            Array.Copy(buffer, offset, _bytes, _end + HeaderSize, length);
            _end += HeaderSize + length;
        }

        /// <summary>Removes a name.</summary>
        public void Remove(int name)
        {
            _bytesRemoved += HeaderSize + Length(name);
            _place.Set(name, None);
        }

        /// <summary>The array with all names; another one when a name has been added.</summary>
        public byte[] Bytes
        {
            get { return _bytes; }
        }

        /// <summary>Where a name begins in it.</summary>
        public int OffsetOf(int name)
        {
            return _place.Get(name) + HeaderSize;
        }

        /// <summary>Whether a name is these bytes.</summary>
        public bool AreEqual(int name, byte[] buffer, int offset, int length)
        {
            int place = _place.Get(name);
            return LengthAt(place) == length && ByteHash.AreEqual(_bytes, place + HeaderSize, buffer, offset, length);
        }

        /// <summary>Whether a name is this one byte.</summary>
        public bool IsOne(int name, byte value)
        {
            int place = _place.Get(name);
            return LengthAt(place) == 1 && _bytes[place + HeaderSize] == value;
        }

        /// <summary>The hash of a stored name, as <see cref="ByteHash"/> makes it.</summary>
        public int HashOf(int name)
        {
            int place = _place.Get(name);
            return ByteHash.Compute(_bytes, place + HeaderSize, LengthAt(place));
        }

        /// <summary>Copies a name.</summary>
        public void Copy(int name, byte[] target, int offset)
        {
            int place = _place.Get(name);
            Array.Copy(_bytes, place + HeaderSize, target, offset, LengthAt(place));
        }

        /// <summary>The length of a name in bytes.</summary>
        public int Length(int name)
        {
            return LengthAt(_place.Get(name));
        }

        private int LengthAt(int place)
        {
            return (_bytes[place] << 8) | _bytes[place + 1];
        }

        private void MakeRoom(int size)
        {
            if (_end + size <= _bytes.Length)
            {
                return;
            }

            // A quarter or more of holes: closing them is worth more than growing.
            int length = _bytes.Length;
            while (_end - _bytesRemoved + size > length - (length >> 2))
            {
                length = Growth.Next(length, int.MaxValue);
            }

            byte[] bytes = MemoryReserve.Bytes(length);
            int end = 0;
            for (int name = 0; name < _count; name++)
            {
                int place = _place.Get(name);
                if (place != None)
                {
                    int count = HeaderSize + LengthAt(place);
                    Array.Copy(_bytes, place, bytes, end, count);
                    _place.Set(name, end);
                    end += count;
                }
            }

            _bytes = bytes;
            _end = end;
            _bytesRemoved = 0;
        }
    }
}
