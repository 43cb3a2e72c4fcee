namespace EdgeBroker.Topics
{
    /// <summary>The options of a subscription as the broker keeps them, packed into bits (5.0, section 3.8.3.1).</summary>
    internal static class SubscriptionFlags
    {
        /// <summary>The granted QoS: bits 0 and 1.</summary>
        public const int QoSMask = 3;

        /// <summary>No Local.</summary>
        public const int NoLocal = 4;

        /// <summary>Retain As Published.</summary>
        public const int RetainAsPublished = 8;

        /// <summary>Retained messages are still owed to the Session for this subscription.</summary>
        public const int RetainedOwed = 16;

        /// <summary>The item in the journal says so.</summary>
        public const int IsOwedStored = 32;
    }
}
