using Level = EdgeBroker.Protocol.ProtocolLevel;
using Levels = EdgeBroker.Protocol.QoS;

namespace EdgeBroker.Protocol
{
    /// <summary>
    /// Decodes SUBSCRIBE. <see cref="Decode"/> checks all of it; then <see cref="Next"/> goes from one Topic Filter to the next, as
    /// often as wanted, for as long as the buffer is left alone.
    /// </summary>
    public sealed class SubscribePacket
    {
        private const int OptionsReserved = 0xC0;

        // Before 5.0 the options have nothing but the QoS.
        private const int OptionsReservedBefore5 = 0xFC;

        private readonly PropertyReader _properties;
        private byte[] _buffer;
        private int _first;
        private int _position;
        private int _limit;

        /// <summary>Creates a decoder.</summary>
        public SubscribePacket()
            : this(new PropertyReader())
        {
        }

        /// <summary>Creates a decoder that shares its <see cref="PropertyReader"/> with others, which saves memory.</summary>
        public SubscribePacket(PropertyReader properties)
        {
            _properties = properties;
        }

        /// <summary>1 to 65,535.</summary>
        public int PacketIdentifier;

        /// <summary>1 to 268,435,455; 0 if absent or before 5.0.</summary>
        public int SubscriptionIdentifier;

        /// <summary>The number of Topic Filters, at least 1.</summary>
        public int FilterCount;

        /// <summary>The current Topic Filter's first byte. It is valid.</summary>
        public int FilterOffset;

        /// <summary>The current Topic Filter's length in bytes.</summary>
        public int FilterLength;

        /// <summary>The greatest QoS that is asked for, 0 to 2.</summary>
        public int QoS;

        /// <summary>The Client's own messages are not to come back to it.</summary>
        public bool NoLocal;

        /// <summary>The RETAIN flag is to be handed on as received.</summary>
        public bool RetainAsPublished;

        /// <summary>Retained messages are sent: 0 always, 1 if the subscription is new, 2 never.</summary>
        public int RetainHandling;

        /// <summary>Decodes a whole packet.</summary>
        /// <param name="buffer">Holds the packet.</param>
        /// <param name="offset">The first byte of the Fixed Header.</param>
        /// <param name="headerSize">The size of the Fixed Header in bytes.</param>
        /// <param name="size">The size of the whole packet in bytes; all of it is there.</param>
        /// <param name="protocolLevel">One of <see cref="ProtocolLevel"/>.</param>
        /// <returns>
        /// <see cref="ReasonCode.Success"/>, <see cref="ReasonCode.MalformedPacket"/> (a Topic Filter that is none and reserved bits
        /// included) or <see cref="ReasonCode.ProtocolError"/> (a Packet Identifier of 0, no Topic Filter, No Local on a shared
        /// subscription, Retain Handling 3, a fault in the properties).
        /// </returns>
        public int Decode(byte[] buffer, int offset, int headerSize, int size, int protocolLevel)
        {
            _buffer = buffer;
            _limit = offset + size;
            int position = offset + headerSize;

            // [MQTT-3.8.1-1], [MQTT5-3.8.1-1]
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
            SubscriptionIdentifier = 0;
            if (protocolLevel == Level.V5)
            {
                int code = _properties.Read(buffer, position, _limit, PacketType.Subscribe);
                if (code != ReasonCode.Success)
                {
                    return code;
                }

                SubscriptionIdentifier = (int)_properties.GetNumber(PropertyId.SubscriptionIdentifier, 0);
                position = _properties.End;
            }

            _first = position;
            return CheckFilters(protocolLevel);
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
            _position = FilterOffset + FilterLength + 1;
            int options = _buffer[_position - 1];
            QoS = options & 0x03;
            NoLocal = (options & SubscriptionOptions.NoLocal) != 0;
            RetainAsPublished = (options & SubscriptionOptions.RetainAsPublished) != 0;
            RetainHandling = (options >> SubscriptionOptions.RetainHandlingShift) & 0x03;
            return true;
        }

        private int CheckFilters(int protocolLevel)
        {
            int reserved = protocolLevel == Level.V5 ? OptionsReserved : OptionsReservedBefore5;
            FilterCount = 0;
            Rewind();
            while (_position < _limit)
            {
                int end = Wire.DataEnd(_buffer, _position, _limit);
                if (end == Wire.Bad || end >= _limit)
                {
                    return ReasonCode.MalformedPacket;
                }

                Next();

                // [MQTT-3.8.3-1], [MQTT-3.8.3-4], [MQTT5-3.8.3-1], [MQTT5-3.8.3-5]
                if ((_buffer[end] & reserved) != 0 || QoS > Levels.QoS2 || !TopicFilter.IsValid(_buffer, FilterOffset, FilterLength))
                {
                    return ReasonCode.MalformedPacket;
                }

                // [MQTT5-3.8.3-4]
                if (RetainHandling == 3 || (NoLocal && TopicFilter.ShareNameLength(_buffer, FilterOffset, FilterLength) > 0))
                {
                    return ReasonCode.ProtocolError;
                }

                FilterCount++;
            }

            Rewind();
            return FilterCount == 0 ? ReasonCode.ProtocolError : ReasonCode.Success; // [MQTT-3.8.3-3], [MQTT5-3.8.3-2]
        }
    }
}
