namespace EdgeBroker.Protocol
{
    /// <summary>What is known of each property before any is read: the type of its value and the packets that may carry it.</summary>
    internal static class PropertyRule
    {
        /// <summary>The greatest property identifier.</summary>
        public const int IdentifierMax = PropertyId.SharedSubscriptionAvailable;

        /// <summary>Stands for the Will properties of CONNECT where a packet type is asked for.</summary>
        public const int Will = 0;

        /// <summary>The bits of a rule that hold the type.</summary>
        public const int TypeMask = 7;

        /// <summary>One byte. All properties of this type are 0 or 1.</summary>
        public const int TypeByte = 1;

        /// <summary>Two Byte Integer.</summary>
        public const int TypeUInt16 = 2;

        /// <summary>Four Byte Integer.</summary>
        public const int TypeUInt32 = 3;

        /// <summary>Variable Byte Integer.</summary>
        public const int TypeVariable = 4;

        /// <summary>Binary Data.</summary>
        public const int TypeBinary = 5;

        /// <summary>UTF-8 Encoded String.</summary>
        public const int TypeString = 6;

        /// <summary>UTF-8 String Pair.</summary>
        public const int TypePair = 7;

        // Bit 3 + packet type: may be carried by packets of that type.
        private const int PacketShift = 3;
        private const int InWill = 1 << PacketShift;
        private const int InConnect = 1 << (PacketShift + PacketType.Connect);
        private const int InConnack = 1 << (PacketShift + PacketType.Connack);
        private const int InPublish = 1 << (PacketShift + PacketType.Publish);
        private const int InSubscribe = 1 << (PacketShift + PacketType.Subscribe);
        private const int InDisconnect = 1 << (PacketShift + PacketType.Disconnect);
        private const int InAuth = 1 << (PacketShift + PacketType.Auth);
        private const int InAcknowledgement = (1 << (PacketShift + PacketType.Puback)) | (1 << (PacketShift + PacketType.Pubrec)) |
            (1 << (PacketShift + PacketType.Pubrel)) | (1 << (PacketShift + PacketType.Pubcomp)) |
            (1 << (PacketShift + PacketType.Suback)) | (1 << (PacketShift + PacketType.Unsuback));

        private const int InMessage = InPublish | InWill;
        private const int InAny = InWill | InConnect | InConnack | InPublish | InAcknowledgement | InSubscribe |
            (1 << (PacketShift + PacketType.Unsubscribe)) | InDisconnect | InAuth;

        /// <summary>The rule of a property, of which <see cref="TypeMask"/> is the type; 0 if there is no such property.</summary>
        public static int Of(int identifier)
        {
            switch (identifier)
            {
                case PropertyId.PayloadFormatIndicator:
                    return TypeByte | InMessage;
                case PropertyId.MessageExpiryInterval:
                    return TypeUInt32 | InMessage;
                case PropertyId.ContentType:
                case PropertyId.ResponseTopic:
                    return TypeString | InMessage;
                case PropertyId.CorrelationData:
                    return TypeBinary | InMessage;
                case PropertyId.SubscriptionIdentifier:
                    return TypeVariable | InPublish | InSubscribe;
                case PropertyId.SessionExpiryInterval:
                    return TypeUInt32 | InConnect | InConnack | InDisconnect;
                case PropertyId.AssignedClientIdentifier:
                case PropertyId.ResponseInformation:
                    return TypeString | InConnack;
                case PropertyId.ServerKeepAlive:
                    return TypeUInt16 | InConnack;
                case PropertyId.AuthenticationMethod:
                    return TypeString | InConnect | InConnack | InAuth;
                case PropertyId.AuthenticationData:
                    return TypeBinary | InConnect | InConnack | InAuth;
                case PropertyId.RequestProblemInformation:
                case PropertyId.RequestResponseInformation:
                    return TypeByte | InConnect;
                case PropertyId.WillDelayInterval:
                    return TypeUInt32 | InWill;
                case PropertyId.ServerReference:
                    return TypeString | InConnack | InDisconnect;
                case PropertyId.ReasonString:
                    return TypeString | InConnack | InAcknowledgement | InDisconnect | InAuth;
                case PropertyId.ReceiveMaximum:
                case PropertyId.TopicAliasMaximum:
                    return TypeUInt16 | InConnect | InConnack;
                case PropertyId.TopicAlias:
                    return TypeUInt16 | InPublish;
                case PropertyId.MaximumQoS:
                case PropertyId.RetainAvailable:
                case PropertyId.WildcardSubscriptionAvailable:
                case PropertyId.SubscriptionIdentifierAvailable:
                case PropertyId.SharedSubscriptionAvailable:
                    return TypeByte | InConnack;
                case PropertyId.UserProperty:
                    return TypePair | InAny;
                case PropertyId.MaximumPacketSize:
                    return TypeUInt32 | InConnect | InConnack;
                default:
                    return 0;
            }
        }

        /// <summary>Tells whether packets of a type may carry the property of this rule.</summary>
        public static bool Permits(int rule, int packetType)
        {
            return ((rule >> (PacketShift + packetType)) & 1) != 0;
        }

        /// <summary>Finds the end of a value of a type, without looking at what it says.</summary>
        /// <returns>The index after the value, or <see cref="Wire.Bad"/> if it is cut short.</returns>
        public static int ValueEnd(int type, byte[] buffer, int offset, int limit)
        {
            int end;
            switch (type)
            {
                case TypeByte:
                    end = offset + 1;
                    break;
                case TypeUInt16:
                    end = offset + 2;
                    break;
                case TypeUInt32:
                    end = offset + 4;
                    break;
                case TypeVariable:
                    return Wire.ReadVariableByteInteger(buffer, offset, limit, out _);
                case TypePair:
                    end = Wire.DataEnd(buffer, offset, limit);
                    return end == Wire.Bad ? Wire.Bad : Wire.DataEnd(buffer, end, limit);
                default:
                    return Wire.DataEnd(buffer, offset, limit);
            }

            return end > limit ? Wire.Bad : end;
        }
    }
}
