using System;
using EdgeBroker.Memory;
using EdgeBroker.Store;

namespace EdgeBroker.Topics
{
    /// <summary>
    /// The names of topic levels, one after the other in one array: length in two bytes, and bytes. They are known by the numbers
    /// of their nodes. Removed names leave holes, which are closed when the array is full.
    /// </summary>
    internal sealed class LevelNames
    {
        private const int None = -1;
        private const int HeaderSize = 2;

        private byte[] _bytes = new byte[128];
        private int _end;
        private int _bytesRemoved;

        private int[] _place = new int[16];
        private int _count;

        /// <summary>A hash of a level.</summary>
        public static int Hash(byte[] buffer, int offset, int length)
        {
            return ByteHash.Compute(buffer, offset, length);
        }

        /// <summary>The hash of a level of one byte: a wildcard.</summary>
        public static int HashOne(byte value)
        {
            return ByteHash.ComputeOne(value);
        }

        /// <summary>Stores the name of a node: of a new one, or of one whose name was removed.</summary>
        public void Set(int name, byte[] buffer, int offset, int length)
        {
            MakeRoom(HeaderSize + length);
            if (name >= _place.Length)
            {
                _place = Growth.Resize(_place, Growth.Next(name, int.MaxValue));
            }

            while (_count <= name)
            {
                _place[_count++] = None;
            }

            _place[name] = _end;
            _bytes[_end] = (byte)(length >> 8);
            _bytes[_end + 1] = (byte)length;
            Array.Copy(buffer, offset, _bytes, _end + HeaderSize, length);
            _end += HeaderSize + length;
        }

        /// <summary>Removes a name.</summary>
        public void Remove(int name)
        {
            _bytesRemoved += HeaderSize + Length(name);
            _place[name] = None;
        }

        /// <summary>Whether a name is these bytes.</summary>
        public bool AreEqual(int name, byte[] buffer, int offset, int length)
        {
            return Length(name) == length && ByteHash.AreEqual(_bytes, _place[name] + HeaderSize, buffer, offset, length);
        }

        /// <summary>Whether a name is this one byte.</summary>
        public bool IsOne(int name, byte value)
        {
            return Length(name) == 1 && _bytes[_place[name] + HeaderSize] == value;
        }

        /// <summary>The hash of a stored name.</summary>
        public int HashOf(int name)
        {
            return ByteHash.Compute(_bytes, _place[name] + HeaderSize, Length(name));
        }

        /// <summary>Copies a name.</summary>
        public void Copy(int name, byte[] target, int offset)
        {
            Array.Copy(_bytes, _place[name] + HeaderSize, target, offset, Length(name));
        }

        /// <summary>The length of a name in bytes.</summary>
        public int Length(int name)
        {
            int place = _place[name];
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
                if (_place[name] != None)
                {
                    int count = HeaderSize + Length(name);
                    Array.Copy(_bytes, _place[name], bytes, end, count);
                    _place[name] = end;
                    end += count;
                }
            }

            _bytes = bytes;
            _end = end;
            _bytesRemoved = 0;
        }
    }
}
