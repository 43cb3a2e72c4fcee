namespace EdgeBroker.Protocol
{
    /// <summary>
    /// The identifiers of the properties of MQTT 5.0, with the type of the value and the packets that may carry it.
    /// </summary>
    public static class PropertyId
    {
        /// <summary>Byte: 1 if the Payload is UTF-8 text. PUBLISH, Will.</summary>
        public const int PayloadFormatIndicator = 1;

        /// <summary>Four bytes, seconds. PUBLISH, Will.</summary>
        public const int MessageExpiryInterval = 2;

        /// <summary>String. PUBLISH, Will.</summary>
        public const int ContentType = 3;

        /// <summary>String, a Topic Name. PUBLISH, Will.</summary>
        public const int ResponseTopic = 8;

        /// <summary>Binary. PUBLISH, Will.</summary>
        public const int CorrelationData = 9;

        /// <summary>Variable Byte Integer, 1 to 268,435,455. PUBLISH, SUBSCRIBE.</summary>
        public const int SubscriptionIdentifier = 11;

        /// <summary>Four bytes, seconds; 0xFFFFFFFF = never. CONNECT, CONNACK, DISCONNECT.</summary>
        public const int SessionExpiryInterval = 17;

        /// <summary>String. CONNACK.</summary>
        public const int AssignedClientIdentifier = 18;

        /// <summary>Two bytes, seconds. CONNACK.</summary>
        public const int ServerKeepAlive = 19;

        /// <summary>String. CONNECT, CONNACK, AUTH.</summary>
        public const int AuthenticationMethod = 21;

        /// <summary>Binary. CONNECT, CONNACK, AUTH.</summary>
        public const int AuthenticationData = 22;

        /// <summary>Byte, 0 or 1. CONNECT.</summary>
        public const int RequestProblemInformation = 23;

        /// <summary>Four bytes, seconds. Will.</summary>
        public const int WillDelayInterval = 24;

        /// <summary>Byte, 0 or 1. CONNECT.</summary>
        public const int RequestResponseInformation = 25;

        /// <summary>String. CONNACK.</summary>
        public const int ResponseInformation = 26;

        /// <summary>String. CONNACK, DISCONNECT.</summary>
        public const int ServerReference = 28;

        /// <summary>String. All acknowledgements, DISCONNECT, AUTH.</summary>
        public const int ReasonString = 31;

        /// <summary>Two bytes, 1 to 65,535. CONNECT, CONNACK.</summary>
        public const int ReceiveMaximum = 33;

        /// <summary>Two bytes. CONNECT, CONNACK.</summary>
        public const int TopicAliasMaximum = 34;

        /// <summary>Two bytes, 1 to 65,535. PUBLISH.</summary>
        public const int TopicAlias = 35;

        /// <summary>Byte, 0 or 1. CONNACK.</summary>
        public const int MaximumQoS = 36;

        /// <summary>Byte, 0 or 1. CONNACK.</summary>
        public const int RetainAvailable = 37;

        /// <summary>A pair of strings, any number of times. All packets that have properties, Will.</summary>
        public const int UserProperty = 38;

        /// <summary>Four bytes, from 1. CONNECT, CONNACK.</summary>
        public const int MaximumPacketSize = 39;

        /// <summary>Byte, 0 or 1. CONNACK.</summary>
        public const int WildcardSubscriptionAvailable = 40;

        /// <summary>Byte, 0 or 1. CONNACK.</summary>
        public const int SubscriptionIdentifierAvailable = 41;

        /// <summary>Byte, 0 or 1. CONNACK.</summary>
        public const int SharedSubscriptionAvailable = 42;
    }
}
