namespace EdgeBroker.Protocol
{
    /// <summary>
    /// The types of Control Packet, as in the upper four bits of the Fixed Header's first byte.
    /// </summary>
    public static class PacketType
    {
        /// <summary>Client to Server: asks for a Network Connection to be served.</summary>
        public const int Connect = 1;

        /// <summary>Server to Client: answers CONNECT.</summary>
        public const int Connack = 2;

        /// <summary>Both ways: carries an Application Message.</summary>
        public const int Publish = 3;

        /// <summary>Both ways: acknowledges a PUBLISH of QoS 1.</summary>
        public const int Puback = 4;

        /// <summary>Both ways: acknowledges a PUBLISH of QoS 2.</summary>
        public const int Pubrec = 5;

        /// <summary>Both ways: releases the Packet Identifier of a QoS 2 delivery.</summary>
        public const int Pubrel = 6;

        /// <summary>Both ways: ends a QoS 2 delivery.</summary>
        public const int Pubcomp = 7;

        /// <summary>Client to Server: asks for subscriptions.</summary>
        public const int Subscribe = 8;

        /// <summary>Server to Client: answers SUBSCRIBE.</summary>
        public const int Suback = 9;

        /// <summary>Client to Server: ends subscriptions.</summary>
        public const int Unsubscribe = 10;

        /// <summary>Server to Client: answers UNSUBSCRIBE.</summary>
        public const int Unsuback = 11;

        /// <summary>Client to Server: a sign of life that asks for one.</summary>
        public const int Pingreq = 12;

        /// <summary>Server to Client: answers PINGREQ.</summary>
        public const int Pingresp = 13;

        /// <summary>Ends a Network Connection in order; from the Server in 5.0 only.</summary>
        public const int Disconnect = 14;

        /// <summary>Both ways, 5.0 only: a step of enhanced authentication.</summary>
        public const int Auth = 15;
    }
}
