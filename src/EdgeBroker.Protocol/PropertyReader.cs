namespace EdgeBroker.Protocol
{
    /// <summary>
    /// Reads and checks the properties of one packet and remembers where each is, until the next packet is read. Several decoders
    /// may share one, since each takes what it needs before it returns. It allocates nothing after its constructor.
    /// </summary>
    public sealed class PropertyReader
    {
        private const long AuthenticationMethodBit = 1L << PropertyId.AuthenticationMethod;
        private const long AuthenticationDataBit = 1L << PropertyId.AuthenticationData;

        // Where the value of each property is; of meaning only where its bit in _seen is set.
        private readonly int[] _positions = new int[PropertyRule.IdentifierMax + 1];

        private byte[] _buffer;
        private long _seen;

        /// <summary>The index of the first property, after the Property Length.</summary>
        public int ListOffset;

        /// <summary>The Property Length in bytes.</summary>
        public int ListLength;

        /// <summary>How many Subscription Identifiers there are; more than one in PUBLISH only.</summary>
        public int SubscriptionIdentifierCount;

        /// <summary>The code read by <see cref="ReadReason"/>.</summary>
        public int Reason;

        /// <summary>The index after the properties.</summary>
        public int End
        {
            get { return ListOffset + ListLength; }
        }

        /// <summary>Forgets all properties, as after a packet that has none.</summary>
        public void Clear()
        {
            _seen = 0;
            SubscriptionIdentifierCount = 0;
            ListOffset = 0;
            ListLength = 0;
        }

        /// <summary>Reads a Property Length and the properties after it.</summary>
        /// <param name="buffer">The packet.</param>
        /// <param name="offset">The first byte of the Property Length.</param>
        /// <param name="limit">The index after the packet's last byte.</param>
        /// <param name="packetType">One of <see cref="PacketType"/>, or 0 for the Will properties of CONNECT.</param>
        /// <returns>
        /// <see cref="ReasonCode.Success"/>; <see cref="ReasonCode.MalformedPacket"/> for what is cut short, unknown, not of this packet
        /// or not valid UTF-8; <see cref="ReasonCode.ProtocolError"/> for what is there twice or out of its range;
        /// <see cref="ReasonCode.TopicAliasInvalid"/> for a Topic Alias of 0.
        /// </returns>
        public int Read(byte[] buffer, int offset, int limit, int packetType)
        {
            Clear();
            _buffer = buffer;
            int length;
            int position = Wire.ReadVariableByteInteger(buffer, offset, limit, out length);
            if (position == Wire.Bad || length > limit - position)
            {
                return ReasonCode.MalformedPacket;
            }

            ListOffset = position;
            ListLength = length;
            limit = position + length;
            while (position < limit)
            {
                int identifier = buffer[position++];
                int rule = PropertyRule.Of(identifier);
                if (!PropertyRule.Permits(rule, packetType))
                {
                    return ReasonCode.MalformedPacket;
                }

                int next = PropertyRule.ValueEnd(rule & PropertyRule.TypeMask, buffer, position, limit);
                if (next == Wire.Bad)
                {
                    return ReasonCode.MalformedPacket;
                }

                int code = Check(identifier, rule & PropertyRule.TypeMask, position, next, packetType);
                if (code != ReasonCode.Success)
                {
                    return code;
                }

                position = next;
            }

            return (_seen & (AuthenticationMethodBit | AuthenticationDataBit)) == AuthenticationDataBit
                ? ReasonCode.ProtocolError
                : ReasonCode.Success;
        }

        /// <summary>
        /// Reads what may be left out at the end of PUBACK, PUBREC, PUBREL, PUBCOMP, DISCONNECT and AUTH of MQTT 5.0: a Reason Code,
        /// then the properties. Nothing may follow them.
        /// </summary>
        /// <returns>As <see cref="Read"/>; the code itself is not checked.</returns>
        public int ReadReason(byte[] buffer, int offset, int limit, int packetType)
        {
            Clear();
            Reason = ReasonCode.Success;
            if (offset >= limit)
            {
                return ReasonCode.Success;
            }

            Reason = buffer[offset++];
            if (offset == limit)
            {
                return ReasonCode.Success;
            }

            int code = Read(buffer, offset, limit, packetType);
            return code == ReasonCode.Success && End != limit ? ReasonCode.MalformedPacket : code;
        }

        /// <summary>Tells whether the packet has a property.</summary>
        public bool Has(int identifier)
        {
            return ((_seen >> identifier) & 1) != 0;
        }

        /// <summary>The value of a property that is a number.</summary>
        /// <param name="identifier">One of <see cref="PropertyId"/>.</param>
        /// <param name="absent">The answer if the packet does not have it.</param>
        public long GetNumber(int identifier, long absent)
        {
            if (!Has(identifier))
            {
                return absent;
            }

            int position = _positions[identifier];
            switch (PropertyRule.Of(identifier) & PropertyRule.TypeMask)
            {
                case PropertyRule.TypeByte:
                    return _buffer[position];
                case PropertyRule.TypeUInt16:
                    return Wire.ReadUInt16(_buffer, position);
                case PropertyRule.TypeUInt32:
                    return Wire.ReadUInt32(_buffer, position);
                default:
                    int value;
                    Wire.ReadVariableByteInteger(_buffer, position, _buffer.Length, out value);
                    return value;
            }
        }

        /// <summary>The index of the first byte of a property that is a string or binary data; 0 if the packet does not have it.</summary>
        public int GetOffset(int identifier)
        {
            return Has(identifier) ? _positions[identifier] + 2 : 0;
        }

        /// <summary>The length in bytes of a property that is a string or binary data; 0 if the packet does not have it.</summary>
        public int GetLength(int identifier)
        {
            return Has(identifier) ? Wire.ReadUInt16(_buffer, _positions[identifier]) : 0;
        }

        private int Check(int identifier, int type, int position, int next, int packetType)
        {
            bool isRepeatable = identifier == PropertyId.UserProperty;
            if (identifier == PropertyId.SubscriptionIdentifier)
            {
                // A PUBLISH to a Client has one for each subscription that it matches.
                SubscriptionIdentifierCount++;
                isRepeatable = packetType == PacketType.Publish;
            }

            if (Has(identifier) && !isRepeatable)
            {
                return ReasonCode.ProtocolError;
            }

            _seen |= 1L << identifier;
            _positions[identifier] = position;
            switch (type)
            {
                case PropertyRule.TypeByte:
                    return _buffer[position] > 1 ? ReasonCode.ProtocolError : ReasonCode.Success;
                case PropertyRule.TypeString:
                    return CheckString(identifier, position, next);
                case PropertyRule.TypePair:
                    int valueOffset = Wire.StringEnd(_buffer, position, next);
                    return valueOffset == Wire.Bad || Wire.StringEnd(_buffer, valueOffset, next) == Wire.Bad
                        ? ReasonCode.MalformedPacket // [MQTT5-1.5.7-1]
                        : ReasonCode.Success;
                default:
                    return CheckNumber(identifier);
            }
        }

        private int CheckString(int identifier, int position, int next)
        {
            if (Wire.StringEnd(_buffer, position, next) == Wire.Bad)
            {
                // [MQTT5-1.5.4-1], [MQTT5-1.5.4-2], [MQTT5-3.3.2-13], [MQTT5-3.3.2-19]
                return ReasonCode.MalformedPacket;
            }

            // A Response Topic is a Topic Name, and so has no wildcard [MQTT5-3.3.2-14].
            return identifier == PropertyId.ResponseTopic && !TopicName.IsValid(_buffer, position + 2, next - position - 2)
                ? ReasonCode.ProtocolError
                : ReasonCode.Success;
        }

        private int CheckNumber(int identifier)
        {
            switch (identifier)
            {
                case PropertyId.ReceiveMaximum:
                case PropertyId.MaximumPacketSize:
                case PropertyId.SubscriptionIdentifier:
                    return GetNumber(identifier, 0) == 0 ? ReasonCode.ProtocolError : ReasonCode.Success;
                case PropertyId.TopicAlias:
                    return GetNumber(identifier, 0) == 0 ? ReasonCode.TopicAliasInvalid : ReasonCode.Success; // [MQTT5-3.3.2-8]
                default:
                    return ReasonCode.Success;
            }
        }
    }
}
