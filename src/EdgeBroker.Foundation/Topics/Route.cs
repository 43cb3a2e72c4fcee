namespace EdgeBroker.Topics
{
    /// <summary>Where messages of one Topic Name go, computed from the subscriptions. It is a target itself: most have no other.</summary>
    internal sealed class Route : RouteTarget
    {
        /// <summary>The Topic Name; its array may be longer. Null in a new route.</summary>
        public byte[] Topic;

        /// <summary>The length of the Topic Name.</summary>
        public int TopicLength;

        /// <summary>The <see cref="SubscriptionTable.Generation"/> it was computed from.</summary>
        public int Generation;

        /// <summary>The first of those who get the messages, or null if there is none.</summary>
        public RouteTarget First;

        /// <summary>
        /// More than a message of QoS 1 or 2, which has to be admitted, takes in the journal besides its own bytes; 0 if nobody may
        /// want more than QoS 0.
        /// </summary>
        public int StoreBytes;
    }
}
