namespace EdgeBroker.Sessions
{
    /// <summary>What a <see cref="DeliveryPool"/> knows of one in one number; the lowest 16 bits are the Packet Identifier.</summary>
    internal static class DeliveryHeader
    {
        /// <summary>The bits of the Packet Identifier.</summary>
        public const int PacketIdentifierMask = 0xFFFF;

        /// <summary>Where the QoS is, of two bits.</summary>
        public const int QoSShift = 16;

        /// <summary>Where the <see cref="DeliveryState"/> is, of two bits.</summary>
        public const int StateShift = 18;

        /// <summary>The RETAIN flag to send.</summary>
        public const int RetainBit = 1 << 20;

        /// <summary>Whether it was sent on the Network Connection of now.</summary>
        public const int SentBit = 1 << 21;

        /// <summary>Whether it came by a Shared Subscription.</summary>
        public const int SharedBit = 1 << 22;

        /// <summary>Whether the store has it.</summary>
        public const int StoredBit = 1 << 23;

        /// <summary>Whether it is to be stored if the Client does not acknowledge it soon.</summary>
        public const int TrackedBit = 1 << 24;

        /// <summary>The bits of the QoS.</summary>
        public const int QoSMask = 3 << QoSShift;

        /// <summary>At QoS 1 and sent, but for the Packet Identifier; at QoS 2 the numbers of QoS and state are 2.</summary>
        public const int SentQoS1 = SentOne | SentBit;

        /// <summary>What does not matter to a PUBACK that <see cref="SentQoS1"/> waits for.</summary>
        public const int PubackIgnored = RetainBit | SharedBit | TrackedBit;

        private const int SentOne = (1 << QoSShift) | (1 << StateShift);

        /// <summary>That of a delivery that is not in the store.</summary>
        /// <param name="qos">The QoS of the delivery.</param>
        /// <param name="retain">The RETAIN flag to send.</param>
        /// <param name="shared">Whether it came by a Shared Subscription.</param>
        /// <param name="packetIdentifier">Its Packet Identifier if it was sent; 0 if not.</param>
        public static int Of(int qos, bool retain, bool shared, int packetIdentifier)
        {
            int header = packetIdentifier == 0 ? qos << QoSShift : packetIdentifier | (qos * SentOne) | SentBit;
            if (retain)
            {
                header |= RetainBit;
            }

            return shared ? header | SharedBit : header;
        }
    }
}
