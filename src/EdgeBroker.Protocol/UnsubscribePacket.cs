using Level = EdgeBroker.Protocol.ProtocolLevel;

namespace EdgeBroker.Protocol
{
    /// <summary>
    /// Decodes UNSUBSCRIBE. <see cref="Decode"/> checks all of it; then <see cref="Next"/> goes from one Topic Filter to the next, as
    /// often as wanted, for as long as the buffer is left alone.
    /// </summary>
    public sealed class UnsubscribePacket
    {
        private readonly PropertyReader _properties;
        private byte[] _buffer;
        private int _first;
        private int _position;
        private int _limit;

        /// <summary>Creates a decoder.</summary>
        public UnsubscribePacket()
            : this(new PropertyReader())
        {
        }

        /// <summary>Creates a decoder that shares its <see cref="PropertyReader"/> with others, which saves memory.</summary>
        public UnsubscribePacket(PropertyReader properties)
        {
            _properties = properties;
        }

        /// <summary>1 to 65,535.</summary>
        public int PacketIdentifier;

        /// <summary>The number of Topic Filters, at least 1.</summary>
        public int FilterCount;

        /// <summary>The current Topic Filter's first byte. It is valid.</summary>
        public int FilterOffset;

        /// <summary>The current Topic Filter's length in bytes.</summary>
        public int FilterLength;

        /// <summary>Decodes a whole packet.</summary>
        /// <param name="buffer">Holds the packet.</param>
        /// <param name="offset">The first byte of the Fixed Header.</param>
        /// <param name="headerSize">The size of the Fixed Header in bytes.</param>
        /// <param name="size">The size of the whole packet in bytes; all of it is there.</param>
        /// <param name="protocolLevel">One of <see cref="ProtocolLevel"/>.</param>
        /// <returns>
        /// <see cref="ReasonCode.Success"/>, <see cref="ReasonCode.MalformedPacket"/> (a Topic Filter that is none included) or
        /// <see cref="ReasonCode.ProtocolError"/> (a Packet Identifier of 0, no Topic Filter, a fault in the properties).
        /// </returns>
        public int Decode(byte[] buffer, int offset, int headerSize, int size, int protocolLevel)
        {
            _buffer = buffer;
            _limit = offset + size;
            int position = offset + headerSize;

            // [MQTT-3.10.1-1], [MQTT5-3.10.1-1]
            if (!FixedHeader.HasValidFlags(buffer[offset], protocolLevel) || size - headerSize < 2)
            {
                return ReasonCode.MalformedPacket;
            }

            PacketIdentifier = Wire.ReadUInt16(buffer, position);
            if (PacketIdentifier == 0)
            {
                return ReasonCode.ProtocolError; // [MQTT-2.3.1-1], [MQTT5-2.2.1-3]
            }

            position += 2;
            if (protocolLevel == Level.V5)
            {
                int code = _properties.Read(buffer, position, _limit, PacketType.Unsubscribe);
                if (code != ReasonCode.Success)
                {
                    return code;
                }

                position = _properties.End;
            }

            _first = position;
            return CheckFilters();
        }

        /// <summary>Goes back before the first Topic Filter, where <see cref="Decode"/> leaves it as well.</summary>
        public void Rewind()
        {
            _position = _first;
        }

        /// <summary>Takes the next Topic Filter of a packet that was accepted.</summary>
        /// <returns>False if there is none left.</returns>
        public bool Next()
        {
            if (_position >= _limit)
            {
                return false;
            }

            FilterOffset = _position + 2;
            FilterLength = Wire.ReadUInt16(_buffer, _position);
            _position = FilterOffset + FilterLength;
            return true;
        }

        private int CheckFilters()
        {
            FilterCount = 0;
            Rewind();
            while (_position < _limit)
            {
                if (Wire.DataEnd(_buffer, _position, _limit) == Wire.Bad)
                {
                    return ReasonCode.MalformedPacket;
                }

                Next();
                if (!TopicFilter.IsValid(_buffer, FilterOffset, FilterLength))
                {
                    return ReasonCode.MalformedPacket; // [MQTT-3.10.3-1], [MQTT5-3.10.3-1]
                }

                FilterCount++;
            }

            Rewind();
            return FilterCount == 0 ? ReasonCode.ProtocolError : ReasonCode.Success; // [MQTT-3.10.3-2], [MQTT5-3.10.3-2]
        }
    }
}
