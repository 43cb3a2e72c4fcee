namespace EdgeBroker.Protocol
{
    /// <summary>
    /// The Reason Codes of MQTT 5.0. From 0x80 on they tell a failure.
    /// Every decoder returns one of them, in all versions: the caller maps it where 3.1.1 has no such code.
    /// </summary>
    public static class ReasonCode
    {
        /// <summary>Done, or accepted.</summary>
        public const int Success = 0x00;

        /// <summary>DISCONNECT: the Will Message is not to be published.</summary>
        public const int NormalDisconnection = 0x00;

        /// <summary>SUBACK: granted with at most QoS 0.</summary>
        public const int GrantedQoS0 = 0x00;

        /// <summary>SUBACK: granted with at most QoS 1.</summary>
        public const int GrantedQoS1 = 0x01;

        /// <summary>SUBACK: granted with at most QoS 2.</summary>
        public const int GrantedQoS2 = 0x02;

        /// <summary>DISCONNECT from a Client: the Will Message is to be published all the same.</summary>
        public const int DisconnectWithWillMessage = 0x04;

        /// <summary>PUBACK, PUBREC from a Server: accepted, and nobody subscribes to it.</summary>
        public const int NoMatchingSubscribers = 0x10;

        /// <summary>UNSUBACK: there was no such subscription.</summary>
        public const int NoSubscriptionExisted = 0x11;

        /// <summary>AUTH: one more step.</summary>
        public const int ContinueAuthentication = 0x18;

        /// <summary>AUTH from a Client: begins a new authentication.</summary>
        public const int ReAuthenticate = 0x19;

        /// <summary>A failure of which no more is told.</summary>
        public const int UnspecifiedError = 0x80;

        /// <summary>The bytes can't be read as a Control Packet.</summary>
        public const int MalformedPacket = 0x81;

        /// <summary>The packet can be read, but the protocol does not allow it, or not here.</summary>
        public const int ProtocolError = 0x82;

        /// <summary>Valid, and not accepted by this implementation.</summary>
        public const int ImplementationSpecificError = 0x83;

        /// <summary>CONNACK: the protocol level is not served.</summary>
        public const int UnsupportedProtocolVersion = 0x84;

        /// <summary>CONNACK: the Client Identifier is not accepted.</summary>
        public const int ClientIdentifierNotValid = 0x85;

        /// <summary>CONNACK: user name or password is not accepted.</summary>
        public const int BadUserNameOrPassword = 0x86;

        /// <summary>Not permitted to this Client.</summary>
        public const int NotAuthorized = 0x87;

        /// <summary>CONNACK: not served at present.</summary>
        public const int ServerUnavailable = 0x88;

        /// <summary>Too much to do: later, please.</summary>
        public const int ServerBusy = 0x89;

        /// <summary>CONNACK: this Client is shut out.</summary>
        public const int Banned = 0x8A;

        /// <summary>DISCONNECT: the Server ends.</summary>
        public const int ServerShuttingDown = 0x8B;

        /// <summary>The authentication method is not supported or not the one in use.</summary>
        public const int BadAuthenticationMethod = 0x8C;

        /// <summary>DISCONNECT: nothing was heard for one and a half Keep Alive times.</summary>
        public const int KeepAliveTimeout = 0x8D;

        /// <summary>DISCONNECT: another Network Connection uses the same Client Identifier.</summary>
        public const int SessionTakenOver = 0x8E;

        /// <summary>A well-formed Topic Filter that is not accepted.</summary>
        public const int TopicFilterInvalid = 0x8F;

        /// <summary>A Topic Name that is not accepted.</summary>
        public const int TopicNameInvalid = 0x90;

        /// <summary>The Packet Identifier is taken.</summary>
        public const int PacketIdentifierInUse = 0x91;

        /// <summary>PUBREL, PUBCOMP: the Packet Identifier is not known.</summary>
        public const int PacketIdentifierNotFound = 0x92;

        /// <summary>More unacknowledged PUBLISH packets than were announced to be acceptable.</summary>
        public const int ReceiveMaximumExceeded = 0x93;

        /// <summary>A Topic Alias of 0 or above the announced maximum.</summary>
        public const int TopicAliasInvalid = 0x94;

        /// <summary>Larger than the announced Maximum Packet Size.</summary>
        public const int PacketTooLarge = 0x95;

        /// <summary>Too many messages in too short a time.</summary>
        public const int MessageRateTooHigh = 0x96;

        /// <summary>A limit was reached.</summary>
        public const int QuotaExceeded = 0x97;

        /// <summary>DISCONNECT: an operator's doing.</summary>
        public const int AdministrativeAction = 0x98;

        /// <summary>The Payload is not what its Payload Format Indicator says.</summary>
        public const int PayloadFormatInvalid = 0x99;

        /// <summary>Retained messages are not served.</summary>
        public const int RetainNotSupported = 0x9A;

        /// <summary>That QoS is not served.</summary>
        public const int QoSNotSupported = 0x9B;

        /// <summary>Another Server is to be used for the time being.</summary>
        public const int UseAnotherServer = 0x9C;

        /// <summary>Another Server is to be used from now on.</summary>
        public const int ServerMoved = 0x9D;

        /// <summary>Shared subscriptions are not served.</summary>
        public const int SharedSubscriptionsNotSupported = 0x9E;

        /// <summary>Too many connections in too short a time.</summary>
        public const int ConnectionRateExceeded = 0x9F;

        /// <summary>DISCONNECT: connected for as long as permitted.</summary>
        public const int MaximumConnectTime = 0xA0;

        /// <summary>Subscription Identifiers are not served.</summary>
        public const int SubscriptionIdentifiersNotSupported = 0xA1;

        /// <summary>Topic Filters with wildcards are not served.</summary>
        public const int WildcardSubscriptionsNotSupported = 0xA2;
    }
}
