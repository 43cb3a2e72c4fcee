using Level = EdgeBroker.Protocol.ProtocolLevel;

namespace EdgeBroker.Protocol
{
    /// <summary>Writes SUBACK, and decodes it as a Client does.</summary>
    public sealed class SubackPacket
    {
        private readonly PropertyReader _properties;

        /// <summary>Creates a decoder.</summary>
        public SubackPacket()
            : this(new PropertyReader())
        {
        }

        /// <summary>Creates a decoder that shares its <see cref="PropertyReader"/> with others, which saves memory.</summary>
        public SubackPacket(PropertyReader properties)
        {
            _properties = properties;
        }

        /// <summary>1 to 65,535.</summary>
        public int PacketIdentifier;

        /// <summary>The first Reason Code's (before 5.0: return code's) index in the buffer; each is a byte.</summary>
        public int CodesOffset;

        /// <summary>The number of codes, at least 1.</summary>
        public int CodeCount;

        /// <summary>The properties of the packet; of no meaning before 5.0.</summary>
        public PropertyReader Properties
        {
            get { return _properties; }
        }

        /// <summary>Decodes a whole packet.</summary>
        /// <param name="buffer">Holds the packet.</param>
        /// <param name="offset">The first byte of the Fixed Header.</param>
        /// <param name="headerSize">The size of the Fixed Header in bytes.</param>
        /// <param name="size">The size of the whole packet in bytes; all of it is there.</param>
        /// <param name="protocolLevel">One of <see cref="ProtocolLevel"/>.</param>
        /// <returns>
        /// <see cref="ReasonCode.Success"/>, <see cref="ReasonCode.MalformedPacket"/> or <see cref="ReasonCode.ProtocolError"/> (a
        /// Packet Identifier of 0, no code, a code that this packet may not carry, a fault in the properties).
        /// </returns>
        public int Decode(byte[] buffer, int offset, int headerSize, int size, int protocolLevel)
        {
            int limit = offset + size;
            int position = offset + headerSize;
            if (buffer[offset] != PacketType.Suback << 4 || size - headerSize < 2)
            {
                return ReasonCode.MalformedPacket;
            }

            PacketIdentifier = Wire.ReadUInt16(buffer, position);
            position += 2;
            if (protocolLevel == Level.V5)
            {
                int code = _properties.Read(buffer, position, limit, PacketType.Suback);
                if (code != ReasonCode.Success)
                {
                    return code;
                }

                position = _properties.End;
            }

            CodesOffset = position;
            CodeCount = limit - position;
            if (PacketIdentifier == 0 || CodeCount == 0)
            {
                return ReasonCode.ProtocolError;
            }

            for (; position < limit; position++)
            {
                int code = buffer[position];
                bool isLegal = protocolLevel == Level.V5
                    ? ReasonCodes.IsLegal(PacketType.Suback, true, code)
                    : code <= QoS.QoS2 || code == ReturnCode.SubackFailure; // [MQTT-3.9.3-2]
                if (!isLegal)
                {
                    return ReasonCode.ProtocolError;
                }
            }

            return ReasonCode.Success;
        }

        /// <summary>Writes a packet.</summary>
        /// <param name="writer">Takes it.</param>
        /// <param name="protocolLevel">One of <see cref="ProtocolLevel"/>.</param>
        /// <param name="packetIdentifier">That of the SUBSCRIBE.</param>
        /// <param name="codes">
        /// A code for each Topic Filter, in their order, already those of the version.
        /// </param>
        /// <param name="count">The number of codes.</param>
        /// <param name="reasonString">A Reason String in UTF-8, or null; not sent before 5.0.</param>
        public static void Write(
            PacketWriter writer, int protocolLevel, int packetIdentifier, byte[] codes, int count, byte[] reasonString)
        {
            Write(writer, protocolLevel, packetIdentifier, codes, count, reasonString, null);
        }

        /// <summary>Writes a packet with User Properties.</summary>
        /// <param name="writer">Takes it.</param>
        /// <param name="protocolLevel">One of <see cref="ProtocolLevel"/>.</param>
        /// <param name="packetIdentifier">That of the SUBSCRIBE.</param>
        /// <param name="codes">A code for each Topic Filter, in their order, already those of the version.</param>
        /// <param name="count">The number of codes.</param>
        /// <param name="reasonString">A Reason String in UTF-8, or null; not sent before 5.0.</param>
        /// <param name="userProperties">User Properties, encoded, or null; not sent before 5.0.</param>
        public static void Write(
            PacketWriter writer,
            int protocolLevel,
            int packetIdentifier,
            byte[] codes,
            int count,
            byte[] reasonString,
            byte[] userProperties)
        {
            writer.BeginPacket(PacketType.Suback << 4);
            writer.WriteUInt16(packetIdentifier);
            if (protocolLevel == Level.V5)
            {
                writer.BeginProperties();
                writer.WriteStringProperty(PropertyId.ReasonString, reasonString);
                writer.WriteRaw(userProperties);
                writer.EndProperties();
            }

            writer.WriteBytes(codes, 0, count);
            writer.EndPacket();
        }
    }
}
