using EdgeBroker.Sessions;

namespace EdgeBroker.Topics
{
    /// <summary>
    /// Who gets the messages of a <see cref="Route"/>: a Session, once, however many of its subscriptions match, or a group of
    /// Shared Subscriptions. Objects are reused.
    /// </summary>
    internal class RouteTarget
    {
        /// <summary>The next target of the route, or null.</summary>
        public RouteTarget Next;

        /// <summary>The Session, or null if this is a group.</summary>
        public Session Session;

        /// <summary>
        /// For a Session its <see cref="SubscriptionFlags"/>: the highest QoS of its matching subscriptions [MQTT-3.3.5-1]
        /// [MQTT5-3.3.4-2], and No Local if one of them has it. For a group its number.
        /// </summary>
        public int Options;

        /// <summary>The Subscription Identifiers of all these subscriptions [MQTT5-3.3.4-4]; null for none.</summary>
        public int[] Identifiers;
    }
}
