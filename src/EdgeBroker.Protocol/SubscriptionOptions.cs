namespace EdgeBroker.Protocol
{
    /// <summary>The bits of the options byte after a Topic Filter in SUBSCRIBE, over the QoS in the lowest two.</summary>
    public static class SubscriptionOptions
    {
        /// <summary>The Client's own messages are not to come back to it [MQTT5-3.8.3-3].</summary>
        public const int NoLocal = 0x04;

        /// <summary>The RETAIN flag is to be handed on as received [MQTT5-3.3.1-13].</summary>
        public const int RetainAsPublished = 0x08;

        /// <summary>How far to the left the two bits of Retain Handling are.</summary>
        public const int RetainHandlingShift = 4;

        /// <summary>Retain Handling 1: retained messages only if the subscription is new [MQTT5-3.3.1-10].</summary>
        public const int RetainIfNew = 0x10;

        /// <summary>Retain Handling 2: no retained messages [MQTT5-3.3.1-11].</summary>
        public const int RetainNever = 0x20;
    }
}
