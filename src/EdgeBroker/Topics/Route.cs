using EdgeBroker.Sessions;

namespace EdgeBroker.Topics
{
    /// <summary>
    /// Where messages of one Topic Name go, computed from the subscriptions: a Session at most once, with the highest QoS of
    /// its matching subscriptions [MQTT-3.3.5-1] [MQTT5-3.3.4-2] and all their Subscription Identifiers [MQTT5-3.3.4-4].
    /// </summary>
    internal sealed class Route
    {
        /// <summary>The Topic Name; its array may be longer. Null in a new route.</summary>
        public byte[] Topic;

        /// <summary>The length of the Topic Name.</summary>
        public int TopicLength;

        /// <summary>The hash of the Topic Name.</summary>
        public int Hash;

        /// <summary>The <see cref="SubscriptionTable.Generation"/> it was computed from.</summary>
        public int Generation;

        /// <summary>Whether Clients may not publish to the topic: $SYS is the broker's own, $share is no topic.</summary>
        public bool IsReserved;

        /// <summary>How many Sessions.</summary>
        public int Count;

        /// <summary>The Sessions; null as long as there were none, as the other two arrays.</summary>
        public Session[] Sessions;

        /// <summary>The <see cref="SubscriptionFlags"/> for each; No Local only if one of its subscriptions has it.</summary>
        public int[] Options;

        /// <summary>The Subscription Identifiers for each: null for none.</summary>
        public int[][] Identifiers;

        /// <summary>How many groups of Shared Subscriptions.</summary>
        public int GroupCount;

        /// <summary>The groups.</summary>
        public int[] Groups;

        /// <summary>The highest QoS among all.</summary>
        public int QoSMax;
    }
}
