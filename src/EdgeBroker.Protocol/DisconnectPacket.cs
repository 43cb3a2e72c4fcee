using Codes = EdgeBroker.Protocol.ReasonCode;
using Level = EdgeBroker.Protocol.ProtocolLevel;

namespace EdgeBroker.Protocol
{
    /// <summary>Decodes and writes DISCONNECT, for both roles. The fields hold until the next <see cref="Decode"/>.</summary>
    public sealed class DisconnectPacket
    {
        private readonly PropertyReader _properties;

        /// <summary>Creates a decoder.</summary>
        public DisconnectPacket()
            : this(new PropertyReader())
        {
        }

        /// <summary>Creates a decoder that shares its <see cref="PropertyReader"/> with others, which saves memory.</summary>
        public DisconnectPacket(PropertyReader properties)
        {
            _properties = properties;
        }

        /// <summary>Set by whoever decodes as a Client: what a Server may send is accepted instead. False at first.</summary>
        public bool FromServer;

        /// <summary>The Reason Code; 0 if absent or before 5.0.</summary>
        public int ReasonCode;

        /// <summary>Session Expiry Interval in seconds, 0 to 4,294,967,295; -1 if absent.</summary>
        public long SessionExpiryIntervalS;

        /// <summary>The properties of the packet, Reason String and Server Reference among them.</summary>
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
        /// property that this side may not send, a Reason Code that a Server may not send, a fault in the properties). Whatever
        /// code a Client gives, it leaves.
        /// </returns>
        public int Decode(byte[] buffer, int offset, int headerSize, int size, int protocolLevel)
        {
            ReasonCode = Codes.NormalDisconnection;
            SessionExpiryIntervalS = -1;
            _properties.Clear();
            if (buffer[offset] != PacketType.Disconnect << 4)
            {
                return Codes.MalformedPacket; // [MQTT-3.14.1-1], [MQTT5-3.14.1-1]
            }

            if (protocolLevel != Level.V5)
            {
                return size == headerSize ? Codes.Success : Codes.MalformedPacket;
            }

            int code = _properties.ReadReason(buffer, offset + headerSize, offset + size, PacketType.Disconnect);
            if (code != Codes.Success)
            {
                return code;
            }

            ReasonCode = _properties.Reason;
            SessionExpiryIntervalS = _properties.GetNumber(PropertyId.SessionExpiryInterval, -1);

            // The one is for Clients only [MQTT5-3.14.2-2], the other for Servers.
            int foreign = FromServer ? PropertyId.SessionExpiryInterval : PropertyId.ServerReference;
            return _properties.Has(foreign) || (FromServer && !ReasonCodes.IsLegal(PacketType.Disconnect, true, ReasonCode))
                ? Codes.ProtocolError
                : Codes.Success;
        }

        /// <summary>Writes a Server's DISCONNECT of 5.0, as short as it can be.</summary>
        /// <param name="writer">Takes the packet.</param>
        /// <param name="reasonCode">A code that a Server may send.</param>
        /// <param name="reasonString">A Reason String in UTF-8, or null.</param>
        /// <param name="userProperties">User Properties as encoded on the wire, or null.</param>
        /// <param name="serverReference">A Server Reference in UTF-8, or null.</param>
        public static void Write(
            PacketWriter writer, int reasonCode, byte[] reasonString, byte[] userProperties, byte[] serverReference)
        {
            writer.BeginPacket(PacketType.Disconnect << 4);
            bool hasProperties = reasonString != null || userProperties != null || serverReference != null;
            if (reasonCode != Codes.NormalDisconnection || hasProperties)
            {
                writer.WriteByte(reasonCode);
            }

            if (hasProperties)
            {
                writer.BeginProperties();
                writer.WriteStringProperty(PropertyId.ReasonString, reasonString);
                writer.WriteStringProperty(PropertyId.ServerReference, serverReference);
                writer.WriteRaw(userProperties);
                writer.EndProperties();
            }

            writer.EndPacket();
        }

        /// <summary>Writes a Client's DISCONNECT, as short as it can be.</summary>
        /// <param name="writer">Takes the packet.</param>
        /// <param name="protocolLevel">One of <see cref="ProtocolLevel"/>; before 5.0 nothing but the Fixed Header is written.</param>
        /// <param name="reasonCode">A code that a Client may send.</param>
        /// <param name="sessionExpiryIntervalS">Session Expiry Interval in seconds, or -1 for none.</param>
        public static void WriteFromClient(PacketWriter writer, int protocolLevel, int reasonCode, long sessionExpiryIntervalS)
        {
            writer.BeginPacket(PacketType.Disconnect << 4);
            if (protocolLevel == Level.V5 && (reasonCode != Codes.NormalDisconnection || sessionExpiryIntervalS >= 0))
            {
                writer.WriteByte(reasonCode);
                if (sessionExpiryIntervalS >= 0)
                {
                    writer.BeginProperties();
                    writer.WriteUInt32Property(PropertyId.SessionExpiryInterval, sessionExpiryIntervalS);
                    writer.EndProperties();
                }
            }

            writer.EndPacket();
        }
    }
}
