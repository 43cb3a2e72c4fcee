namespace EdgeBroker.Protocol
{
    /// <summary>The bits of the options byte after a Topic Filter in SUBSCRIBE, over the QoS in the lowest two.</summary>
    public static class SubscriptionOptions
    {
        /// <summary>The Client's own messages are not to come back to it.</summary>
        public const int NoLocal = 0x04;

        /// <summary>The RETAIN flag is to be handed on as received.</summary>
        public const int RetainAsPublished = 0x08;

        /// <summary>How far to the left the two bits of Retain Handling are.</summary>
        public const int RetainHandlingShift = 4;

        /// <summary>Retain Handling 1: retained messages only if the subscription is new.</summary>
        public const int RetainIfNew = 0x10;

        /// <summary>Retain Handling 2: no retained messages.</summary>
        public const int RetainNever = 0x20;
    }
}
