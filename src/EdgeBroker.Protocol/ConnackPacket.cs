using Codes = EdgeBroker.Protocol.ReasonCode;
using Level = EdgeBroker.Protocol.ProtocolLevel;

namespace EdgeBroker.Protocol
{
    /// <summary>
    /// Writes CONNACK from its fields, and decodes it as a Client does. Properties that are -1 or null are not there.
    /// After <see cref="Decode"/> the fields that are arrays stay null: strings and data are found through
    /// <see cref="Properties"/>.
    /// </summary>
    public sealed class ConnackPacket
    {
        private readonly PropertyReader _properties;

        /// <summary>Creates a packet with a decoder of its own.</summary>
        public ConnackPacket()
            : this(new PropertyReader())
        {
        }

        /// <summary>Creates a packet whose <see cref="PropertyReader"/> is shared; null for one that only writes.</summary>
        public ConnackPacket(PropertyReader properties)
        {
            _properties = properties;
            Reset();
        }

        /// <summary>The Server has Session State of this Client. Not sent in 3.1, which does not know it.</summary>
        public bool SessionPresent;

        /// <summary>A Reason Code in 5.0, one of <see cref="ReturnCode"/> before.</summary>
        public int ReasonCode;

        /// <summary>Session Expiry Interval in seconds, 0 to 4,294,967,295; -1 if absent.</summary>
        public long SessionExpiryIntervalS;

        /// <summary>Receive Maximum, 1 to 65,535; -1 if absent.</summary>
        public int ReceiveMaximum;

        /// <summary>Maximum QoS, 0 or 1; -1 if absent, which means 2.</summary>
        public int MaximumQoS;

        /// <summary>Retain Available, 0 or 1; -1 if absent, which means 1.</summary>
        public int RetainAvailable;

        /// <summary>Maximum Packet Size in bytes, 1 to 4,294,967,295; -1 if absent.</summary>
        public long MaximumPacketSize;

        /// <summary>Assigned Client Identifier in UTF-8, or null.</summary>
        public byte[] AssignedClientIdentifier;

        /// <summary>Topic Alias Maximum, 0 to 65,535; -1 if absent, which means 0.</summary>
        public int TopicAliasMaximum;

        /// <summary>Reason String in UTF-8, or null.</summary>
        public byte[] ReasonString;

        /// <summary>User Properties as encoded on the wire, or null.</summary>
        public byte[] UserProperties;

        /// <summary>Wildcard Subscription Available, 0 or 1; -1 if absent, which means 1.</summary>
        public int WildcardSubscriptionAvailable;

        /// <summary>Subscription Identifiers Available, 0 or 1; -1 if absent, which means 1.</summary>
        public int SubscriptionIdentifiersAvailable;

        /// <summary>Shared Subscription Available, 0 or 1; -1 if absent, which means 1.</summary>
        public int SharedSubscriptionAvailable;

        /// <summary>Server Keep Alive in seconds, 0 to 65,535; -1 if absent.</summary>
        public int ServerKeepAliveS;

        /// <summary>Response Information in UTF-8, or null.</summary>
        public byte[] ResponseInformation;

        /// <summary>Server Reference in UTF-8, or null.</summary>
        public byte[] ServerReference;

        /// <summary>Authentication Method in UTF-8, or null.</summary>
        public byte[] AuthenticationMethod;

        /// <summary>Authentication Data, or null.</summary>
        public byte[] AuthenticationData;

        /// <summary>The properties that were decoded; of no meaning before 5.0 and after writing.</summary>
        public PropertyReader Properties
        {
            get { return _properties; }
        }

        /// <summary>Makes it a CONNACK with code 0, no Session Present and no properties.</summary>
        public void Reset()
        {
            SessionPresent = false;
            ReasonCode = Codes.Success;
            SessionExpiryIntervalS = -1;
            ReceiveMaximum = -1;
            MaximumQoS = -1;
            RetainAvailable = -1;
            MaximumPacketSize = -1;
            AssignedClientIdentifier = null;
            TopicAliasMaximum = -1;
            ReasonString = null;
            UserProperties = null;
            WildcardSubscriptionAvailable = -1;
            SubscriptionIdentifiersAvailable = -1;
            SharedSubscriptionAvailable = -1;
            ServerKeepAliveS = -1;
            ResponseInformation = null;
            ServerReference = null;
            AuthenticationMethod = null;
            AuthenticationData = null;
        }

        /// <summary>Writes the packet.</summary>
        /// <param name="writer">Takes it.</param>
        /// <param name="protocolLevel">One of <see cref="ProtocolLevel"/>.</param>
        public void Write(PacketWriter writer, int protocolLevel)
        {
            writer.BeginPacket(PacketType.Connack << 4);

            // Never with a failure [MQTT-3.2.2-4], [MQTT5-3.2.2-6]; the other bits are reserved [MQTT5-3.2.2-1].
            bool isPresent = SessionPresent && ReasonCode == Codes.Success && protocolLevel != Level.V31;
            writer.WriteByte(isPresent ? 1 : 0);
            writer.WriteByte(ReasonCode);
            if (protocolLevel == Level.V5)
            {
                writer.BeginProperties();
                WriteProperties(writer);
                writer.EndProperties();
            }

            writer.EndPacket();
        }

        /// <summary>Decodes a whole packet, as a Client.</summary>
        /// <param name="buffer">Holds the packet.</param>
        /// <param name="offset">The first byte of the Fixed Header.</param>
        /// <param name="headerSize">The size of the Fixed Header in bytes.</param>
        /// <param name="size">The size of the whole packet in bytes; all of it is there.</param>
        /// <param name="protocolLevel">One of <see cref="ProtocolLevel"/>.</param>
        /// <returns>
        /// <see cref="ReasonCode.Success"/>, <see cref="ReasonCode.MalformedPacket"/> or <see cref="ReasonCode.ProtocolError"/> (a code
        /// that this packet may not carry, Session Present with a failure, a fault in the properties).
        /// </returns>
        public int Decode(byte[] buffer, int offset, int headerSize, int size, int protocolLevel)
        {
            Reset();
            int limit = offset + size;
            int position = offset + headerSize;
            if (buffer[offset] != PacketType.Connack << 4 || size - headerSize < 2 || buffer[position] > 1)
            {
                return Codes.MalformedPacket; // [MQTT5-3.2.2-1]
            }

            SessionPresent = buffer[position] == 1;
            ReasonCode = buffer[position + 1];
            position += 2;
            bool isLegal = ReasonCode <= ReturnCode.NotAuthorized;
            if (protocolLevel == Level.V5)
            {
                isLegal = ReasonCodes.IsLegal(PacketType.Connack, true, ReasonCode);
                int code = _properties.Read(buffer, position, limit, PacketType.Connack);
                if (code != Codes.Success)
                {
                    return code;
                }

                TakeProperties();
                position = _properties.End;
            }

            if (position != limit)
            {
                return Codes.MalformedPacket;
            }

            return isLegal && !(SessionPresent && ReasonCode != Codes.Success) ? Codes.Success : Codes.ProtocolError;
        }

        private void TakeProperties()
        {
            PropertyReader properties = _properties;
            SessionExpiryIntervalS = properties.GetNumber(PropertyId.SessionExpiryInterval, -1);
            ReceiveMaximum = (int)properties.GetNumber(PropertyId.ReceiveMaximum, -1);
            MaximumQoS = (int)properties.GetNumber(PropertyId.MaximumQoS, -1);
            RetainAvailable = (int)properties.GetNumber(PropertyId.RetainAvailable, -1);
            MaximumPacketSize = properties.GetNumber(PropertyId.MaximumPacketSize, -1);
            TopicAliasMaximum = (int)properties.GetNumber(PropertyId.TopicAliasMaximum, -1);
            WildcardSubscriptionAvailable = (int)properties.GetNumber(PropertyId.WildcardSubscriptionAvailable, -1);
            SubscriptionIdentifiersAvailable = (int)properties.GetNumber(PropertyId.SubscriptionIdentifierAvailable, -1);
            SharedSubscriptionAvailable = (int)properties.GetNumber(PropertyId.SharedSubscriptionAvailable, -1);
            ServerKeepAliveS = (int)properties.GetNumber(PropertyId.ServerKeepAlive, -1);
        }

        private void WriteProperties(PacketWriter writer)
        {
            WriteUInt32(writer, PropertyId.SessionExpiryInterval, SessionExpiryIntervalS);
            WriteUInt16(writer, PropertyId.ReceiveMaximum, ReceiveMaximum);
            WriteByte(writer, PropertyId.MaximumQoS, MaximumQoS);
            WriteByte(writer, PropertyId.RetainAvailable, RetainAvailable);
            WriteUInt32(writer, PropertyId.MaximumPacketSize, MaximumPacketSize);
            writer.WriteStringProperty(PropertyId.AssignedClientIdentifier, AssignedClientIdentifier);
            WriteUInt16(writer, PropertyId.TopicAliasMaximum, TopicAliasMaximum);
            writer.WriteStringProperty(PropertyId.ReasonString, ReasonString);
            writer.WriteRaw(UserProperties);
            WriteByte(writer, PropertyId.WildcardSubscriptionAvailable, WildcardSubscriptionAvailable);
            WriteByte(writer, PropertyId.SubscriptionIdentifierAvailable, SubscriptionIdentifiersAvailable);
            WriteByte(writer, PropertyId.SharedSubscriptionAvailable, SharedSubscriptionAvailable);
            WriteUInt16(writer, PropertyId.ServerKeepAlive, ServerKeepAliveS);
            writer.WriteStringProperty(PropertyId.ResponseInformation, ResponseInformation);
            writer.WriteStringProperty(PropertyId.ServerReference, ServerReference);
            writer.WriteStringProperty(PropertyId.AuthenticationMethod, AuthenticationMethod);
            writer.WriteStringProperty(PropertyId.AuthenticationData, AuthenticationData);
        }

        private static void WriteByte(PacketWriter writer, int identifier, int value)
        {
            if (value >= 0)
            {
                writer.WriteByteProperty(identifier, value);
            }
        }

        private static void WriteUInt16(PacketWriter writer, int identifier, int value)
        {
            if (value >= 0)
            {
                writer.WriteUInt16Property(identifier, value);
            }
        }

        private static void WriteUInt32(PacketWriter writer, int identifier, long value)
        {
            if (value >= 0)
            {
                writer.WriteUInt32Property(identifier, value);
            }
        }
    }
}
