namespace EdgeBroker.Protocol
{
    /// <summary>
    /// The codes of CONNACK and SUBACK in MQTT 3.1 and 3.1.1.
    /// </summary>
    public static class ReturnCode
    {
        /// <summary>CONNACK: served.</summary>
        public const int Accepted = 0;

        /// <summary>CONNACK: the protocol level is not served.</summary>
        public const int UnacceptableProtocolVersion = 1;

        /// <summary>CONNACK: the Client Identifier is not accepted.</summary>
        public const int IdentifierRejected = 2;

        /// <summary>CONNACK: not served at present.</summary>
        public const int ServerUnavailable = 3;

        /// <summary>CONNACK: user name or password are malformed or wrong.</summary>
        public const int BadUserNameOrPassword = 4;

        /// <summary>CONNACK: the Client may not connect.</summary>
        public const int NotAuthorized = 5;

        /// <summary>SUBACK: the subscription was not made.</summary>
        public const int SubackFailure = 0x80;
    }
}
