namespace EdgeBroker.Topics
{
    /// <summary>Where messages of one Topic Name go, computed from the subscriptions.</summary>
    internal sealed class Route
    {
        /// <summary>The Topic Name; its array may be longer. Null in a new route.</summary>
        public byte[] Topic;

        /// <summary>The length of the Topic Name.</summary>
        public int TopicLength;

        /// <summary>The <see cref="SubscriptionTable.Generation"/> it was computed from.</summary>
        public int Generation;

        /// <summary>The first of those who get the messages, or null if there is none.</summary>
        public RouteTarget First;

        /// <summary>More than a message takes in the journal for all of them, besides its own bytes.</summary>
        public int StoreBytes;

        /// <summary>Whether one of them may want more than QoS 0, so that a message of QoS 1 or 2 has to be admitted.</summary>
        public bool NeedsAdmission;
    }
}
