using Level = EdgeBroker.Protocol.ProtocolLevel;

namespace EdgeBroker.Protocol
{
    /// <summary>
    /// Decodes CONNECT. Strings and binary data stay in the buffer, at XxxOffset for XxxLength bytes. The fields are plain fields,
    /// for the price of a property call on an interpreter; they hold until the next <see cref="Decode"/>.
    /// It does not judge Client Identifiers, nor whether a user name may connect.
    /// </summary>
    public sealed class ConnectPacket
    {
        /// <summary>A Session Expiry Interval that never ends.</summary>
        public const long SessionNeverExpires = 4294967295;

        private const int FlagReserved = 0x01;
        private const int FlagCleanStart = 0x02;
        private const int FlagWill = 0x04;
        private const int FlagsWillOptions = 0x38;
        private const int FlagWillRetain = 0x20;
        private const int FlagPassword = 0x40;
        private const int FlagUserName = 0x80;

        private readonly PropertyReader _properties;
        private int _position;
        private int _limit;
        private int _fieldOffset;
        private int _flags;

        /// <summary>Creates a decoder.</summary>
        public ConnectPacket()
            : this(new PropertyReader())
        {
        }

        /// <summary>Creates a decoder that shares its <see cref="PropertyReader"/> with others, which saves memory.</summary>
        public ConnectPacket(PropertyReader properties)
        {
            _properties = properties;
        }

        /// <summary>The buffer that the offsets refer to.</summary>
        public byte[] Buffer;

        /// <summary>The level byte as sent, also one that is not served; 0 if the protocol name is not known.</summary>
        public int ProtocolLevel;

        /// <summary>Clean Start of 5.0, CleanSession of 3.1 and 3.1.1.</summary>
        public bool CleanStart;

        /// <summary>Keep Alive in seconds, 0 to 65,535; 0 turns it off.</summary>
        public int KeepAliveS;

        /// <summary>The Client Identifier's first byte.</summary>
        public int ClientIdentifierOffset;

        /// <summary>The Client Identifier's length in bytes, which may be 0.</summary>
        public int ClientIdentifierLength;

        /// <summary>There is a Will Message.</summary>
        public bool HasWill;

        /// <summary>The Will Message's QoS, 0 to 2.</summary>
        public int WillQoS;

        /// <summary>The Will Message is to be retained.</summary>
        public bool WillRetain;

        /// <summary>The Will Topic's first byte. It is a valid Topic Name.</summary>
        public int WillTopicOffset;

        /// <summary>The Will Topic's length in bytes.</summary>
        public int WillTopicLength;

        /// <summary>The Will Payload's first byte.</summary>
        public int WillPayloadOffset;

        /// <summary>The Will Payload's length in bytes.</summary>
        public int WillPayloadLength;

        /// <summary>The first of the Will properties, all of them, after their length.</summary>
        public int WillPropertiesOffset;

        /// <summary>The length of the Will properties in bytes; 0 before 5.0.</summary>
        public int WillPropertiesLength;

        /// <summary>Will Delay Interval in seconds, 0 to 4,294,967,295; 0 if absent.</summary>
        public long WillDelayIntervalS;

        /// <summary>The Will Message's Message Expiry Interval in seconds; -1 if absent.</summary>
        public long WillMessageExpiryIntervalS;

        /// <summary>There is a user name.</summary>
        public bool HasUserName;

        /// <summary>The user name's first byte.</summary>
        public int UserNameOffset;

        /// <summary>The user name's length in bytes.</summary>
        public int UserNameLength;

        /// <summary>There is a password.</summary>
        public bool HasPassword;

        /// <summary>The password's first byte.</summary>
        public int PasswordOffset;

        /// <summary>The password's length in bytes.</summary>
        public int PasswordLength;

        /// <summary>Session Expiry Interval in seconds; 0 if absent, <see cref="SessionNeverExpires"/> = never.</summary>
        public long SessionExpiryIntervalS;

        /// <summary>Receive Maximum, 1 to 65,535; 65,535 if absent.</summary>
        public int ReceiveMaximum;

        /// <summary>Maximum Packet Size in bytes; <see cref="int.MaxValue"/> if absent or larger.</summary>
        public int MaximumPacketSize;

        /// <summary>Topic Alias Maximum, 0 to 65,535; 0 if absent.</summary>
        public int TopicAliasMaximum;

        /// <summary>The Client asks for Response Information; false if absent.</summary>
        public bool RequestResponseInformation;

        /// <summary>The Client accepts Reason Strings and User Properties in all packets; true if absent.</summary>
        public bool RequestProblemInformation;

        /// <summary>There is an Authentication Method.</summary>
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

        /// <summary>Decodes a whole packet [MQTT-3.1.4-1], [MQTT5-3.1.4-1].</summary>
        /// <param name="buffer">Holds the packet.</param>
        /// <param name="offset">The first byte of the Fixed Header.</param>
        /// <param name="headerSize">The size of the Fixed Header in bytes.</param>
        /// <param name="size">The size of the whole packet in bytes; all of it is there.</param>
        /// <returns>
        /// <see cref="ReasonCode.Success"/>; <see cref="ReasonCode.UnsupportedProtocolVersion"/> for a protocol name or level that is
        /// not served; <see cref="ReasonCode.TopicNameInvalid"/> for a Will Topic that is empty or has wildcards;
        /// <see cref="ReasonCode.MalformedPacket"/> or <see cref="ReasonCode.ProtocolError"/>.
        /// </returns>
        public int Decode(byte[] buffer, int offset, int headerSize, int size)
        {
            Reset();
            Buffer = buffer;
            _position = offset + headerSize;
            _limit = offset + size;
            if (buffer[offset] >> 4 != PacketType.Connect)
            {
                return ReasonCode.MalformedPacket;
            }

            int code = ProtocolName.Decode(buffer, ref _position, _limit, out ProtocolLevel);
            if (code == ReasonCode.Success && buffer[offset] != PacketType.Connect << 4 && ProtocolLevel != Level.V31)
            {
                // 3.1 does not use these bits and does not say what they have to be.
                code = ReasonCode.MalformedPacket;
            }

            if (code == ReasonCode.Success)
            {
                code = DecodeFlags();
            }

            if (code == ReasonCode.Success && ProtocolLevel == Level.V5)
            {
                code = DecodeProperties();
            }

            if (code == ReasonCode.Success)
            {
                code = DecodePayload();
            }

            return code;
        }

        private int DecodeFlags()
        {
            if (_limit - _position < 3)
            {
                return ReasonCode.MalformedPacket;
            }

            int flags = Buffer[_position];
            _flags = flags;
            KeepAliveS = Wire.ReadUInt16(Buffer, _position + 1);
            _position += 3;
            CleanStart = (flags & FlagCleanStart) != 0;
            HasWill = (flags & FlagWill) != 0;
            WillQoS = (flags >> 3) & 3;
            WillRetain = (flags & FlagWillRetain) != 0;
            if ((flags & FlagReserved) != 0 && ProtocolLevel != Level.V31)
            {
                return ReasonCode.MalformedPacket; // [MQTT-3.1.2-3], [MQTT5-3.1.2-3]
            }

            if (!HasWill && (flags & FlagsWillOptions) != 0)
            {
                // [MQTT-3.1.2-11], [MQTT-3.1.2-13], [MQTT-3.1.2-15], [MQTT5-3.1.2-11], [MQTT5-3.1.2-13]
                return ReasonCode.MalformedPacket;
            }

            if (WillQoS > QoS.QoS2)
            {
                return ReasonCode.MalformedPacket; // [MQTT-3.1.2-14], [MQTT5-3.1.2-12]
            }

            // [MQTT-3.1.2-22]; 5.0 allows a password alone.
            return (flags & (FlagUserName | FlagPassword)) == FlagPassword && ProtocolLevel != Level.V5
                ? ReasonCode.MalformedPacket
                : ReasonCode.Success;
        }

        private int DecodeProperties()
        {
            PropertyReader properties = _properties;
            int code = properties.Read(Buffer, _position, _limit, PacketType.Connect);
            if (code != ReasonCode.Success)
            {
                return code;
            }

            _position = properties.End;
            SessionExpiryIntervalS = properties.GetNumber(PropertyId.SessionExpiryInterval, 0);
            ReceiveMaximum = (int)properties.GetNumber(PropertyId.ReceiveMaximum, ReceiveMaximum);
            TopicAliasMaximum = (int)properties.GetNumber(PropertyId.TopicAliasMaximum, 0);
            RequestResponseInformation = properties.GetNumber(PropertyId.RequestResponseInformation, 0) != 0;
            RequestProblemInformation = properties.GetNumber(PropertyId.RequestProblemInformation, 1) != 0;
            long sizeMax = properties.GetNumber(PropertyId.MaximumPacketSize, int.MaxValue);
            MaximumPacketSize = sizeMax > int.MaxValue ? int.MaxValue : (int)sizeMax;
            HasAuthenticationMethod = properties.Has(PropertyId.AuthenticationMethod);
            AuthenticationMethodOffset = properties.GetOffset(PropertyId.AuthenticationMethod);
            AuthenticationMethodLength = properties.GetLength(PropertyId.AuthenticationMethod);
            HasAuthenticationData = properties.Has(PropertyId.AuthenticationData);
            AuthenticationDataOffset = properties.GetOffset(PropertyId.AuthenticationData);
            AuthenticationDataLength = properties.GetLength(PropertyId.AuthenticationData);
            return ReasonCode.Success;
        }

        // The order is fixed [MQTT-3.1.3-1], [MQTT5-3.1.3-1], and the Client Identifier is always there
        // [MQTT-3.1.3-3], [MQTT5-3.1.3-3].
        private int DecodePayload()
        {
            if (!TakeField(true))
            {
                return ReasonCode.MalformedPacket; // [MQTT-3.1.3-4], [MQTT5-3.1.3-4]
            }

            ClientIdentifierOffset = _fieldOffset;
            ClientIdentifierLength = _position - _fieldOffset;
            if (HasWill)
            {
                int code = DecodeWill();
                if (code != ReasonCode.Success)
                {
                    return code;
                }
            }

            return DecodeCredentials();
        }

        // [MQTT-3.1.2-9], [MQTT5-3.1.2-9]
        private int DecodeWill()
        {
            if (ProtocolLevel == Level.V5)
            {
                int code = _properties.Read(Buffer, _position, _limit, PropertyRule.Will);
                if (code != ReasonCode.Success)
                {
                    return code;
                }

                WillPropertiesOffset = _properties.ListOffset;
                WillPropertiesLength = _properties.ListLength;
                WillDelayIntervalS = _properties.GetNumber(PropertyId.WillDelayInterval, 0);
                WillMessageExpiryIntervalS = _properties.GetNumber(PropertyId.MessageExpiryInterval, -1);
                _position = _properties.End;
            }

            if (!TakeField(true))
            {
                return ReasonCode.MalformedPacket; // [MQTT-3.1.3-10], [MQTT5-3.1.3-11]
            }

            WillTopicOffset = _fieldOffset;
            WillTopicLength = _position - _fieldOffset;
            if (!TakeField(false))
            {
                return ReasonCode.MalformedPacket;
            }

            WillPayloadOffset = _fieldOffset;
            WillPayloadLength = _position - _fieldOffset;
            return TopicName.IsValid(Buffer, WillTopicOffset, WillTopicLength) ? ReasonCode.Success : ReasonCode.TopicNameInvalid;
        }

        // [MQTT-3.1.2-18], [MQTT-3.1.2-19], [MQTT-3.1.2-20], [MQTT-3.1.2-21]
        // [MQTT5-3.1.2-16], [MQTT5-3.1.2-17], [MQTT5-3.1.2-18], [MQTT5-3.1.2-19]
        private int DecodeCredentials()
        {
            // In 3.1 the flags may promise a user name and a password that do not come: the Remaining Length decides.
            bool mayBeMissing = ProtocolLevel == Level.V31;
            if ((_flags & FlagUserName) != 0 && !(mayBeMissing && _position == _limit))
            {
                if (!TakeField(true))
                {
                    return ReasonCode.MalformedPacket; // [MQTT-3.1.3-11], [MQTT5-3.1.3-12]
                }

                HasUserName = true;
                UserNameOffset = _fieldOffset;
                UserNameLength = _position - _fieldOffset;
            }

            if ((_flags & FlagPassword) != 0 && !(mayBeMissing && _position == _limit))
            {
                if (!TakeField(false))
                {
                    return ReasonCode.MalformedPacket;
                }

                HasPassword = true;
                PasswordOffset = _fieldOffset;
                PasswordLength = _position - _fieldOffset;
            }

            return _position == _limit ? ReasonCode.Success : ReasonCode.MalformedPacket;
        }

        // Goes beyond the field at _position; false if it is cut short, or not valid UTF-8 where it has to be.
        private bool TakeField(bool isString)
        {
            _fieldOffset = _position + 2;
            int end = isString ? Wire.StringEnd(Buffer, _position, _limit) : Wire.DataEnd(Buffer, _position, _limit);
            if (end == Wire.Bad || (isString && Utf8.HasControl(Buffer, _fieldOffset, end - _fieldOffset)))
            {
                return false;
            }

            _position = end;
            return true;
        }

        private void Reset()
        {
            ProtocolLevel = 0;
            CleanStart = false;
            KeepAliveS = 0;
            ClientIdentifierLength = 0;
            HasWill = false;
            WillQoS = 0;
            WillRetain = false;
            WillTopicLength = 0;
            WillPayloadLength = 0;
            WillPropertiesOffset = 0;
            WillPropertiesLength = 0;
            WillDelayIntervalS = 0;
            WillMessageExpiryIntervalS = -1;
            HasUserName = false;
            UserNameLength = 0;
            HasPassword = false;
            PasswordLength = 0;
            SessionExpiryIntervalS = 0;
            ReceiveMaximum = 65535;
            MaximumPacketSize = int.MaxValue;
            TopicAliasMaximum = 0;
            RequestResponseInformation = false;
            RequestProblemInformation = true;
            HasAuthenticationMethod = false;
            AuthenticationMethodLength = 0;
            HasAuthenticationData = false;
            AuthenticationDataLength = 0;
        }
    }
}
