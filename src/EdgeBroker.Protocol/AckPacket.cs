using Codes = EdgeBroker.Protocol.ReasonCode;
using Level = EdgeBroker.Protocol.ProtocolLevel;

namespace EdgeBroker.Protocol
{
    /// <summary>
    /// Decodes and writes the four acknowledgements of a PUBLISH: PUBACK, PUBREC, PUBREL and PUBCOMP.
    /// The fields hold until the next <see cref="Decode"/>.
    /// </summary>
    public sealed class AckPacket
    {
        /// <summary>The size in bytes of what <see cref="Write"/> writes for code 0, or before 5.0.</summary>
        public const int SizeMin = 4;

        /// <summary>The greatest size in bytes of what <see cref="Write"/> writes.</summary>
        public const int SizeMax = 5;

        private const int PubackByte = PacketType.Puback << 4;
        private const int PubrecByte = PacketType.Pubrec << 4;
        private const int PubcompByte = PacketType.Pubcomp << 4;

        private readonly PropertyReader _properties;

        /// <summary>Creates a decoder.</summary>
        public AckPacket()
            : this(new PropertyReader())
        {
        }

        /// <summary>Creates a decoder that shares its <see cref="PropertyReader"/> with others, which saves memory.</summary>
        public AckPacket(PropertyReader properties)
        {
            _properties = properties;
        }

        /// <summary>Set by whoever decodes as a Client: the Reason Codes of a Server are accepted. False at first.</summary>
        public bool FromServer;

        /// <summary>1 to 65,535.</summary>
        public int PacketIdentifier;

        /// <summary>The Reason Code; 0 if absent or before 5.0.</summary>
        public int ReasonCode;

        /// <summary>The properties, of this packet only if it is of 5.0 and more than 5 bytes long.</summary>
        public PropertyReader Properties
        {
            get { return _properties; }
        }

        /// <summary>Decodes a whole packet.</summary>
        /// <param name="buffer">Holds the packet.</param>
        /// <param name="offset">The first byte of the Fixed Header, which is that of one of the four.</param>
        /// <param name="headerSize">The size of the Fixed Header in bytes.</param>
        /// <param name="size">The size of the whole packet in bytes; all of it is there.</param>
        /// <param name="protocolLevel">One of <see cref="ProtocolLevel"/>.</param>
        /// <returns>
        /// <see cref="ReasonCode.Success"/>, <see cref="ReasonCode.MalformedPacket"/> or <see cref="ReasonCode.ProtocolError"/> (a
        /// Packet Identifier of 0, a Reason Code that this packet may not carry, a fault in the properties).
        /// </returns>
        public int Decode(byte[] buffer, int offset, int headerSize, int size, int protocolLevel)
        {
            ReasonCode = Codes.Success;
            int firstByte = buffer[offset];
            if (size == SizeMin && (firstByte == PubackByte || firstByte == PubrecByte || firstByte == PubcompByte))
            {
                // Most are that short.
                int packetIdentifier = (buffer[offset + 2] << 8) | buffer[offset + 3];
                PacketIdentifier = packetIdentifier;
                return packetIdentifier == 0 ? Codes.ProtocolError : Codes.Success;
            }

            int packetType = firstByte >> 4;
            int position = offset + headerSize;
            int bodySize = size - headerSize;
            if (packetType < PacketType.Puback || packetType > PacketType.Pubcomp || bodySize < 2 ||
                !FixedHeader.HasValidFlags(firstByte, protocolLevel))
            {
                return Codes.MalformedPacket;
            }

            PacketIdentifier = Wire.ReadUInt16(buffer, position);
            if (PacketIdentifier == 0)
            {
                return Codes.ProtocolError;
            }

            if (bodySize == 2)
            {
                return Codes.Success;
            }

            if (protocolLevel != Level.V5)
            {
                return Codes.MalformedPacket;
            }

            int code = _properties.ReadReason(buffer, position + 2, offset + size, packetType);
            if (code != Codes.Success)
            {
                return code;
            }

            ReasonCode = _properties.Reason;
            return ReasonCodes.IsLegal(packetType, FromServer, ReasonCode) ? Codes.Success : Codes.ProtocolError;
        }

        /// <summary>
        /// Writes one of the four, without properties. There has to be room for <see cref="SizeMax"/> bytes, or for
        /// <see cref="SizeMin"/> where that is what it takes.
        /// </summary>
        /// <param name="target">Takes the packet.</param>
        /// <param name="offset">Where to write.</param>
        /// <param name="packetType">PUBACK, PUBREC, PUBREL or PUBCOMP.</param>
        /// <param name="packetIdentifier">1 to 65,535.</param>
        /// <param name="reasonCode">A code that the packet may carry; not sent before 5.0.</param>
        /// <param name="protocolLevel">One of <see cref="ProtocolLevel"/>.</param>
        /// <returns>The number of bytes written.</returns>
        public static int Write(byte[] target, int offset, int packetType, int packetIdentifier, int reasonCode, int protocolLevel)
        {
            Write(target, offset, packetType, packetIdentifier);
            if (reasonCode == Codes.Success || protocolLevel != Level.V5)
            {
                return SizeMin;
            }

            target[offset + 1] = 3;
            target[offset + 4] = (byte)reasonCode;
            return SizeMax;
        }

        /// <summary>Writes one of the four for code 0, or before 5.0: <see cref="SizeMin"/> bytes.</summary>
        /// <param name="target">Takes the packet.</param>
        /// <param name="offset">Where to write.</param>
        /// <param name="packetType">PUBACK, PUBREC, PUBREL or PUBCOMP.</param>
        /// <param name="packetIdentifier">1 to 65,535.</param>
        public static void Write(byte[] target, int offset, int packetType, int packetIdentifier)
        {
            // [MQTT-3.6.1-1], [MQTT5-3.6.1-1]
            target[offset] = (byte)(packetType == PacketType.Pubrel ? 0x62 : packetType << 4);
            target[offset + 1] = 2;

            // [MQTT-2.3.1-6], [MQTT5-2.2.1-5]
            target[offset + 2] = (byte)(packetIdentifier >> 8);
            target[offset + 3] = (byte)packetIdentifier;
        }

        /// <summary>Writes one of the four for 5.0, with properties.</summary>
        /// <param name="writer">Takes the packet.</param>
        /// <param name="packetType">PUBACK, PUBREC, PUBREL or PUBCOMP.</param>
        /// <param name="packetIdentifier">1 to 65,535.</param>
        /// <param name="reasonCode">A code that the packet may carry.</param>
        /// <param name="reasonString">A Reason String in UTF-8, or null.</param>
        /// <param name="userProperties">User Properties, encoded, or null.</param>
        public static void Write(
            PacketWriter writer, int packetType, int packetIdentifier, int reasonCode, byte[] reasonString, byte[] userProperties)
        {
            writer.BeginPacket(packetType == PacketType.Pubrel ? 0x62 : packetType << 4);
            writer.WriteUInt16(packetIdentifier);
            writer.WriteByte(reasonCode);
            writer.BeginProperties();
            writer.WriteStringProperty(PropertyId.ReasonString, reasonString);
            writer.WriteRaw(userProperties);
            writer.EndProperties();
            writer.EndPacket();
        }
    }
}
