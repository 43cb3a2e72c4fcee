using Level = EdgeBroker.Protocol.ProtocolLevel;

namespace EdgeBroker.Protocol
{
    /// <summary>
    /// Decodes PUBLISH, for both roles. It is on the path of every message, so it does as little as it can where there are no
    /// properties: fields are plain fields, and the Topic Name's bytes are not looked at.
    /// The fields hold until the next <see cref="Decode"/>, and only if that succeeded.
    /// </summary>
    public class PublishPacket
    {
        // PUBLISH at QoS 0, without DUP and RETAIN.
        private const int PlainFirstByte = PacketType.Publish << 4;

        // The same at QoS 1.
        private const int QoS1FirstByte = PlainFirstByte | 2;

        private readonly PropertyReader _properties;

        /// <summary>Creates a decoder.</summary>
        public PublishPacket()
            : this(new PropertyReader())
        {
        }

        /// <summary>Creates a decoder that shares its <see cref="PropertyReader"/> with others, which saves memory.</summary>
        public PublishPacket(PropertyReader properties)
        {
            _properties = properties;
        }

        /// <summary>The buffer that the offsets refer to.</summary>
        public byte[] Buffer;

        /// <summary>0 to 2.</summary>
        public int QoS;

        /// <summary>The RETAIN flag.</summary>
        public bool Retain;

        /// <summary>The DUP flag; always false at QoS 0.</summary>
        public bool Duplicate;

        /// <summary>The Topic Name's first byte.</summary>
        public int TopicOffset;

        /// <summary>The Topic Name's length in bytes; 0 only with a Topic Alias.</summary>
        public int TopicLength;

        /// <summary>1 to 65,535; 0 at QoS 0.</summary>
        public int PacketIdentifier;

        /// <summary>
        /// Holds the properties: <see cref="Buffer"/>, unless somebody has put them elsewhere since; null if there are none.
        /// </summary>
        public byte[] PropertiesBuffer;

        /// <summary>The first property, after the Property Length; of no meaning if there is none.</summary>
        public int PropertiesOffset;

        /// <summary>The Property Length in bytes; 0 before 5.0.</summary>
        public int PropertiesLength;

        /// <summary>The Payload's first byte.</summary>
        public int PayloadOffset;

        /// <summary>The Payload's length in bytes.</summary>
        public int PayloadLength;

        /// <summary>Message Expiry Interval in seconds, 0 to 4,294,967,295; -1 if absent.</summary>
        public long MessageExpiryIntervalS = -1;

        /// <summary>1 to 65,535; 0 if absent.</summary>
        public int TopicAlias;

        /// <summary>
        /// The number of Subscription Identifiers. A Server has to refuse a PUBLISH that has any: this decoder, which serves Clients
        /// as well, lets them pass.
        /// </summary>
        public int SubscriptionIdentifierCount;

        /// <summary>
        /// Every property is one that a Server hands on unchanged: there is no Topic Alias, no Message Expiry Interval and no
        /// Subscription Identifier.
        /// </summary>
        public bool AllForwarded = true;

        /// <summary>The properties, for those who want more of them; of this packet only if there are any.</summary>
        public PropertyReader Properties
        {
            get { return _properties; }
        }

        /// <summary>
        /// Decodes a whole packet. The Topic Name is not checked: the caller knows those it has seen, and
        /// <see cref="TopicName.IsValid"/> checks the others.
        /// </summary>
        /// <param name="buffer">Holds the packet.</param>
        /// <param name="offset">The first byte of the Fixed Header, which is that of a PUBLISH.</param>
        /// <param name="headerSize">The size of the Fixed Header in bytes.</param>
        /// <param name="size">The size of the whole packet in bytes; all of it is there.</param>
        /// <param name="protocolLevel">One of <see cref="ProtocolLevel"/>.</param>
        /// <returns>
        /// <see cref="ReasonCode.Success"/>, <see cref="ReasonCode.MalformedPacket"/>, <see cref="ReasonCode.ProtocolError"/> (a Packet
        /// Identifier of 0, no Topic Name and no Topic Alias, a fault in the properties) or <see cref="ReasonCode.TopicAliasInvalid"/>
        /// (a Topic Alias of 0).
        /// </returns>
        public int Decode(byte[] buffer, int offset, int headerSize, int size, int protocolLevel)
        {
            int firstByte = buffer[offset];
            int limit = offset + size;
            int position = offset + headerSize + 2;
            if (position > limit)
            {
                return ReasonCode.MalformedPacket;
            }

            int topicLength = (buffer[position - 2] << 8) | buffer[position - 1];
            Buffer = buffer;
            TopicOffset = position;
            TopicLength = topicLength;
            position += topicLength;
            if (firstByte == PlainFirstByte)
            {
                // [MQTT-2.3.1-5], [MQTT5-2.2.1-2]
                QoS = 0;
                Retain = false;
                Duplicate = false;
                PacketIdentifier = 0;
            }
            else
            {
                position = DecodeFlags(buffer, firstByte, position, limit);
                if (position < 0)
                {
                    return -position;
                }
            }

            if (PropertiesBuffer != null)
            {
                ResetProperties();
            }

            if (protocolLevel == Level.V5)
            {
                if (position >= limit || buffer[position] != 0)
                {
                    return DecodeProperties(position, limit);
                }

                position++;
            }

            PayloadOffset = position;
            PayloadLength = limit - position;
            if (position > limit)
            {
                return ReasonCode.MalformedPacket;
            }

            return topicLength == 0 ? ReasonCode.ProtocolError : ReasonCode.Success;
        }

        // The flags, and the Packet Identifier where there is one. Returns where the properties begin, or less
        // than 0: the Reason Code of the fault.
        private int DecodeFlags(byte[] buffer, int firstByte, int position, int limit)
        {
            int end = position + 2;
            if (firstByte == QoS1FirstByte)
            {
                QoS = 1;
                Retain = false;
                Duplicate = false;
            }
            else
            {
                int qos = (firstByte >> 1) & 3;
                QoS = qos;
                Retain = (firstByte & 0x01) != 0;
                Duplicate = (firstByte & 0x08) != 0;
                if (qos == 0)
                {
                    // DUP without a QoS [MQTT-3.3.1-2], [MQTT5-3.3.1-2]
                    PacketIdentifier = 0;
                    return Duplicate ? -ReasonCode.MalformedPacket : position;
                }

                if (qos == 3)
                {
                    // [MQTT-3.3.1-4], [MQTT5-3.3.1-4]
                    return -ReasonCode.MalformedPacket;
                }
            }

            if (end > limit)
            {
                return -ReasonCode.MalformedPacket;
            }

            int packetIdentifier = (buffer[position] << 8) | buffer[position + 1];
            PacketIdentifier = packetIdentifier;
            return packetIdentifier == 0 ? -ReasonCode.ProtocolError : end; // [MQTT-2.3.1-1], [MQTT5-2.2.1-3]
        }

        private int DecodeProperties(int position, int limit)
        {
            PropertiesBuffer = Buffer;
            PropertyReader properties = _properties;
            int code = properties.Read(Buffer, position, limit, PacketType.Publish);
            if (code != ReasonCode.Success)
            {
                return code;
            }

            PropertiesOffset = properties.ListOffset;
            PropertiesLength = properties.ListLength;
            PayloadOffset = properties.End;
            PayloadLength = limit - PayloadOffset;
            MessageExpiryIntervalS = properties.GetNumber(PropertyId.MessageExpiryInterval, -1);
            TopicAlias = (int)properties.GetNumber(PropertyId.TopicAlias, 0);
            SubscriptionIdentifierCount = properties.SubscriptionIdentifierCount;
            AllForwarded = MessageExpiryIntervalS < 0 && TopicAlias == 0 && SubscriptionIdentifierCount == 0;
            return TopicLength == 0 && TopicAlias == 0 ? ReasonCode.ProtocolError : ReasonCode.Success;
        }

        /// <summary>Resets what only properties set, for a packet that comes after one with properties.</summary>
        protected virtual void ResetProperties()
        {
            PropertiesBuffer = null;
            PropertiesOffset = 0;
            PropertiesLength = 0;
            AllForwarded = true;
            MessageExpiryIntervalS = -1;
            TopicAlias = 0;
            SubscriptionIdentifierCount = 0;
        }
    }
}
