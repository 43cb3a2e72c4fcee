using Codes = EdgeBroker.Protocol.ReasonCode;
using Level = EdgeBroker.Protocol.ProtocolLevel;

namespace EdgeBroker.Protocol
{
    /// <summary>Decodes and writes AUTH, for both roles. The fields hold until the next <see cref="Decode"/>.</summary>
    public sealed class AuthPacket
    {
        private readonly PropertyReader _properties;

        /// <summary>Creates a decoder.</summary>
        public AuthPacket()
            : this(new PropertyReader())
        {
        }

        /// <summary>Creates a decoder that shares its <see cref="PropertyReader"/> with others, which saves memory.</summary>
        public AuthPacket(PropertyReader properties)
        {
            _properties = properties;
        }

        /// <summary>Set by whoever decodes as a Client: the Reason Codes of a Server are accepted instead. False at first.</summary>
        public bool FromServer;

        /// <summary>The Reason Code; 0 if absent, which only a Server may send.</summary>
        public int ReasonCode;

        /// <summary>There is an Authentication Method; absent only from a packet without any body.</summary>
        public bool HasAuthenticationMethod;

        /// <summary>The Authentication Method's first byte.</summary>
        public int AuthenticationMethodOffset;

        /// <summary>The Authentication Method's length in bytes.</summary>
        public int AuthenticationMethodLength;

        /// <summary>There is Authentication Data.</summary>
        public bool HasAuthenticationData;

        /// <summary>The Authentication Data's first byte.</summary>
        public int AuthenticationDataOffset;

        /// <summary>The Authentication Data's length in bytes.</summary>
        public int AuthenticationDataLength;

        /// <summary>The properties of the packet.</summary>
        public PropertyReader Properties
        {
            get { return _properties; }
        }

        /// <summary>Decodes a whole packet.</summary>
        /// <param name="buffer">Holds the packet.</param>
        /// <param name="offset">The first byte of the Fixed Header.</param>
        /// <param name="headerSize">The size of the Fixed Header in bytes.</param>
        /// <param name="size">The size of the whole packet in bytes; all of it is there.</param>
        /// <param name="protocolLevel">One of <see cref="ProtocolLevel"/>; there is no AUTH before 5.0.</param>
        /// <returns>
        /// <see cref="ReasonCode.Success"/>, <see cref="ReasonCode.MalformedPacket"/> or <see cref="ReasonCode.ProtocolError"/> (a
        /// Reason Code that this side may not send, no Authentication Method, a fault in the properties, a version without AUTH).
        /// </returns>
        public int Decode(byte[] buffer, int offset, int headerSize, int size, int protocolLevel)
        {
            ReasonCode = Codes.Success;
            HasAuthenticationMethod = false;
            HasAuthenticationData = false;
            if (protocolLevel != Level.V5)
            {
                return Codes.ProtocolError;
            }

            // Either nothing follows the header, or a Reason Code and a Property Length do. [MQTT5-3.15.1-1]
            if (buffer[offset] != PacketType.Auth << 4 || size - headerSize == 1)
            {
                return Codes.MalformedPacket;
            }

            int code = _properties.ReadReason(buffer, offset + headerSize, offset + size, PacketType.Auth);
            if (code != Codes.Success)
            {
                return code;
            }

            ReasonCode = _properties.Reason;
            HasAuthenticationMethod = _properties.Has(PropertyId.AuthenticationMethod);
            AuthenticationMethodOffset = _properties.GetOffset(PropertyId.AuthenticationMethod);
            AuthenticationMethodLength = _properties.GetLength(PropertyId.AuthenticationMethod);
            HasAuthenticationData = _properties.Has(PropertyId.AuthenticationData);
            AuthenticationDataOffset = _properties.GetOffset(PropertyId.AuthenticationData);
            AuthenticationDataLength = _properties.GetLength(PropertyId.AuthenticationData);
            return (size > headerSize && !HasAuthenticationMethod) || !ReasonCodes.IsLegal(PacketType.Auth, FromServer, ReasonCode)
                ? Codes.ProtocolError
                : Codes.Success;
        }

        /// <summary>Writes an AUTH of either role.</summary>
        /// <param name="writer">Takes the packet.</param>
        /// <param name="reasonCode">A code that the sender may send.</param>
        /// <param name="method">The Authentication Method in UTF-8.</param>
        /// <param name="data">Authentication Data, or null.</param>
        /// <param name="reasonString">A Reason String in UTF-8, or null.</param>
        public static void Write(PacketWriter writer, int reasonCode, byte[] method, byte[] data, byte[] reasonString)
        {
            writer.BeginPacket(PacketType.Auth << 4);
            writer.WriteByte(reasonCode);
            writer.BeginProperties();
            writer.WriteStringProperty(PropertyId.AuthenticationMethod, method);
            writer.WriteStringProperty(PropertyId.AuthenticationData, data);
            writer.WriteStringProperty(PropertyId.ReasonString, reasonString);
            writer.EndProperties();
            writer.EndPacket();
        }
    }
}
