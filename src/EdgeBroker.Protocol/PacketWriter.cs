using System;

namespace EdgeBroker.Protocol
{
    /// <summary>
    /// Writes packets into a part of a buffer. Lengths are put in when their end is reached.
    /// Invariants: nothing is written at or after the limit; once <see cref="Overflowed"/>, nothing more is written until the next
    /// <see cref="Start"/>, so that it has to be asked for only once, at the end.
    /// </summary>
    public sealed class PacketWriter
    {
        private byte[] _buffer;
        private int _limit;
        private int _packetStart;
        private int _propertiesStart;

        /// <summary>The index at which the next byte goes.</summary>
        public int Position;

        /// <summary>Something did not fit. What was written since <see cref="BeginPacket"/> is of no use.</summary>
        public bool Overflowed;

        /// <summary>Begins to write at another place.</summary>
        /// <param name="buffer">Takes the packets.</param>
        /// <param name="offset">The index of the first byte to write.</param>
        /// <param name="limit">The index after the last byte that may be written; not beyond the buffer.</param>
        public void Start(byte[] buffer, int offset, int limit)
        {
            _buffer = buffer;
            _limit = limit;
            Position = offset;
            Overflowed = false;
        }

        /// <summary>Writes a byte, of which <paramref name="value"/> gives the lowest eight bits.</summary>
        public void WriteByte(int value)
        {
            if (Reserve(1))
            {
                _buffer[Position++] = (byte)value;
            }
        }

        /// <summary>Writes a Two Byte Integer, 0 to 65,535.</summary>
        public void WriteUInt16(int value)
        {
            if (Reserve(2))
            {
                _buffer[Position++] = (byte)(value >> 8);
                _buffer[Position++] = (byte)value;
            }
        }

        /// <summary>Writes a Four Byte Integer, 0 to 4,294,967,295.</summary>
        public void WriteUInt32(long value)
        {
            WriteUInt16((int)(value >> 16));
            WriteUInt16((int)(value & 0xFFFF));
        }

        /// <summary>Writes a Variable Byte Integer with as few bytes as possible [MQTT5-1.5.5-1].</summary>
        /// <param name="value">0 to <see cref="FixedHeader.RemainingLengthMax"/>; a greater one counts as not fitting.</param>
        public void WriteVariableByteInteger(int value)
        {
            int size = SizeOfVariableByteInteger(value);
            if (size > 4)
            {
                Overflowed = true;
            }

            if (Reserve(size))
            {
                Position = PutVariableByteInteger(value, Position);
            }
        }

        /// <summary>Writes bytes as they are.</summary>
        public void WriteBytes(byte[] source, int offset, int count)
        {
            if (Reserve(count))
            {
                Array.Copy(source, offset, _buffer, Position, count);
                Position += count;
            }
        }

        /// <summary>Writes all bytes of an array as they are; nothing for null.</summary>
        public void WriteRaw(byte[] source)
        {
            if (source != null)
            {
                WriteBytes(source, 0, source.Length);
            }
        }

        /// <summary>Writes a string or binary data, with its length before it in two bytes.</summary>
        /// <param name="utf8">Holds it.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">Its length in bytes, up to 65,535; a greater one counts as not fitting.</param>
        public void WriteString(byte[] utf8, int offset, int length)
        {
            if (length > 0xFFFF)
            {
                Overflowed = true;
            }

            WriteUInt16(length);
            WriteBytes(utf8, offset, length);
        }

        /// <summary>As <see cref="WriteString(byte[], int, int)"/>, for a whole array.</summary>
        public void WriteString(byte[] utf8)
        {
            WriteString(utf8, 0, utf8.Length);
        }

        /// <summary>Begins a packet.</summary>
        /// <param name="firstByte">Packet type and flags.</param>
        public void BeginPacket(int firstByte)
        {
            WriteByte(firstByte);
            WriteByte(0);
            _packetStart = Position;
        }

        /// <summary>Ends a packet: puts its Remaining Length in, for which the body is moved if it takes more than one byte.</summary>
        public void EndPacket()
        {
            PutLength(_packetStart);
        }

        /// <summary>Begins properties. A packet has them one after another, never one within another.</summary>
        public void BeginProperties()
        {
            WriteByte(0);
            _propertiesStart = Position;
        }

        /// <summary>Ends properties: puts the Property Length in, which is 0 if there are none [MQTT5-2.2.2-1].</summary>
        public void EndProperties()
        {
            PutLength(_propertiesStart);
        }

        /// <summary>Writes a property of one byte.</summary>
        public void WriteByteProperty(int identifier, int value)
        {
            WriteByte(identifier);
            WriteByte(value);
        }

        /// <summary>Writes a property that is a Two Byte Integer.</summary>
        public void WriteUInt16Property(int identifier, int value)
        {
            WriteByte(identifier);
            WriteUInt16(value);
        }

        /// <summary>Writes a property that is a Four Byte Integer.</summary>
        public void WriteUInt32Property(int identifier, long value)
        {
            WriteByte(identifier);
            WriteUInt32(value);
        }

        /// <summary>Writes a property that is a Variable Byte Integer.</summary>
        public void WriteVariableProperty(int identifier, int value)
        {
            WriteByte(identifier);
            WriteVariableByteInteger(value);
        }

        /// <summary>Writes a property that is a string or binary data; nothing at all for null.</summary>
        public void WriteStringProperty(int identifier, byte[] value)
        {
            if (value != null)
            {
                WriteByte(identifier);
                WriteString(value);
            }
        }

        /// <summary>Writes a User Property.</summary>
        public void WriteUserProperty(byte[] name, byte[] value)
        {
            WriteByte(PropertyId.UserProperty);
            WriteString(name);
            WriteString(value);
        }

        /// <summary>The number of bytes that a Variable Byte Integer takes: 1 to 4, or 5 for what is too great to be one.</summary>
        public static int SizeOfVariableByteInteger(int value)
        {
            if (value < 0x80)
            {
                return 1;
            }

            if (value < 0x4000)
            {
                return 2;
            }

            if (value < 0x200000)
            {
                return 3;
            }

            return value <= FixedHeader.RemainingLengthMax ? 4 : 5;
        }

        private bool Reserve(int count)
        {
            if (count > _limit - Position)
            {
                Overflowed = true;
            }

            return !Overflowed;
        }

        // The length's first byte was left free before start.
        private void PutLength(int start)
        {
            int length = Position - start;
            int extra = SizeOfVariableByteInteger(length) - 1;
            if (!Reserve(extra))
            {
                return;
            }

            if (extra > 0)
            {
                Array.Copy(_buffer, start, _buffer, start + extra, length);
                Position += extra;
            }

            PutVariableByteInteger(length, start - 1);
        }

        private int PutVariableByteInteger(int value, int position)
        {
            while (value >= 0x80)
            {
                _buffer[position++] = (byte)(value | 0x80);
                value >>= 7;
            }

            _buffer[position++] = (byte)value;
            return position;
        }
    }
}
