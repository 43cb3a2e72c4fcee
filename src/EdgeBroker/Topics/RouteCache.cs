using System;
using EdgeBroker.Delivery;
using EdgeBroker.Memory;
using EdgeBroker.Sessions;

namespace EdgeBroker.Topics
{
    /// <summary>
    /// Remembers routes by Topic Name, so that a topic seen before costs a hash and not a walk through the tree. What is in
    /// here is a valid Topic Name as well. Two places per hash; the older route makes way.
    /// </summary>
    internal sealed class RouteCache
    {
        private readonly SubscriptionTable _subscriptions;
        private readonly Route[] _routes;
        private readonly ReservedTopics _reserved;
        private int _build;

        /// <summary>Makes an empty cache.</summary>
        /// <param name="subscriptions">What routes are computed from.</param>
        /// <param name="reserved">Which topics Clients may not publish to.</param>
        /// <param name="size">How many routes: a power of two, at least 2.</param>
        public RouteCache(SubscriptionTable subscriptions, ReservedTopics reserved, int size)
        {
            _subscriptions = subscriptions;
            _reserved = reserved;
            _routes = new Route[size];
        }

        /// <summary>Whether a route, found earlier, is one of a topic and up to date: routes are reused for other topics.</summary>
        public bool IsRouteOf(Route route, Publication publication)
        {
            int length = publication.TopicLength;
            return route.TopicLength == length
                && route.Generation == _subscriptions.Generation
                && ByteHash.AreEqual(route.Topic, publication.TopicBuffer, publication.TopicOffset, length);
        }

        /// <summary>Finds the route of a topic among those remembered.</summary>
        /// <returns>The route, up to date, or null if the topic is not known.</returns>
        public Route Find(byte[] buffer, int offset, int length)
        {
            int hash = ByteHash.Compute(buffer, offset, length);
            int index = hash & (_routes.Length - 1);
            Route route = _routes[index];
            if (route == null
                || route.Hash != hash
                || route.TopicLength != length
                || !ByteHash.AreEqual(route.Topic, buffer, offset, length))
            {
                route = _routes[index ^ 1];
                if (route == null
                    || route.Hash != hash
                    || route.TopicLength != length
                    || !ByteHash.AreEqual(route.Topic, buffer, offset, length))
                {
                    return null;
                }
            }

            if (route.Generation != _subscriptions.Generation)
            {
                Build(route);
            }

            return route;
        }

        /// <summary>Computes and remembers the route of a topic that <see cref="Find"/> did not find.</summary>
        /// <param name="buffer">Holds the Topic Name, which is a valid one.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="length">Its bytes.</param>
        public Route Add(byte[] buffer, int offset, int length)
        {
            int hash = ByteHash.Compute(buffer, offset, length);
            int index = hash & (_routes.Length - 1);

            // The one in first place moves to second, and the one there is reused: lately added ones last longer.
            Route route = _routes[index ^ 1];
            _routes[index ^ 1] = _routes[index];
            if (route == null)
            {
                route = new Route();
            }

            _routes[index] = route;
            if (route.Topic == null || route.Topic.Length < length)
            {
                route.Topic = new byte[length];
            }

            Array.Copy(buffer, offset, route.Topic, 0, length);
            route.TopicLength = length;
            route.Hash = hash;
            route.IsReserved = _reserved.IsReserved(buffer, offset, length);
            Build(route);
            return route;
        }

        /// <summary>The options of two subscriptions of one Session that match the same topic: the highest QoS, every flag.</summary>
        public static int Merge(int left, int right)
        {
            int leftQoS = left & SubscriptionFlags.QoSMask;
            int rightQoS = right & SubscriptionFlags.QoSMask;
            return ((left | right) & ~SubscriptionFlags.QoSMask) | (leftQoS > rightQoS ? leftQoS : rightQoS);
        }

        /// <summary>A list of Subscription Identifiers with one more, if it is not 0.</summary>
        public static int[] Merge(int[] identifiers, int identifier)
        {
            if (identifier == 0)
            {
                return identifiers;
            }

            int count = identifiers == null ? 0 : identifiers.Length;
            int[] merged = new int[count + 1];
            if (count > 0)
            {
                Array.Copy(identifiers, 0, merged, 0, count);
            }

            merged[count] = identifier;
            return merged;
        }

        private void Build(Route route)
        {
            for (int i = 0; i < route.Count; i++)
            {
                route.Sessions[i] = null;
                route.Identifiers[i] = null;
            }

            _build++;
            route.Count = 0;
            route.GroupCount = 0;
            route.QoSMax = 0;
            route.Generation = _subscriptions.Generation;
            TopicTree tree = _subscriptions.Tree;
            TopicMatcher matcher = _subscriptions.Matcher;
            matcher.Match(route.Topic, 0, route.TopicLength);
            for (int i = 0; i < matcher.MatchCount; i++)
            {
                int node = matcher.MatchedNode(i);
                int subscription = tree.FirstSubscription(node);
                while (subscription != SubscriptionTable.None)
                {
                    AddSubscription(route, subscription);
                    subscription = _subscriptions.NextInNode(subscription);
                }

                int group = tree.FirstGroup(node);
                while (group != SharedGroups.None)
                {
                    AddGroup(route, group);
                    group = _subscriptions.Groups.NextInNode(group);
                }
            }
        }

        private void AddSubscription(Route route, int subscription)
        {
            Session session = _subscriptions.SessionOf(subscription);
            int options = _subscriptions.Options(subscription) & ~SubscriptionFlags.RetainedOwed;
            int identifier = _subscriptions.Identifier(subscription);
            int qos = options & SubscriptionFlags.QoSMask;
            if (qos > route.QoSMax)
            {
                route.QoSMax = qos;
            }

            int index = session.RouteIndex;
            if (session.RouteBuild != _build)
            {
                session.RouteBuild = _build;
                session.RouteIndex = route.Count;
                index = route.Count;
                if (route.Options == null || index == route.Options.Length)
                {
                    Grow(route);
                }

                route.Count++;
                route.Sessions[index] = session;
                route.Options[index] = options;
                route.Identifiers[index] = Merge(null, identifier);
                return;
            }

            route.Options[index] = Merge(route.Options[index], options);
            route.Identifiers[index] = Merge(route.Identifiers[index], identifier);
        }

        private static void AddGroup(Route route, int group)
        {
            if (route.Groups == null)
            {
                route.Groups = new int[2];
            }
            else if (route.GroupCount == route.Groups.Length)
            {
                route.Groups = Growth.Resize(route.Groups, route.GroupCount * 2);
            }

            route.Groups[route.GroupCount++] = group;
        }

        // Most topics have one subscriber, or none.
        private static void Grow(Route route)
        {
            int count = route.Count;
            int length = count == 0 ? 1 : count * 2;
            Session[] sessions = new Session[length];
            int[] options = new int[length];
            int[][] identifiers = new int[length][];
            if (count > 0)
            {
                Array.Copy(route.Sessions, 0, sessions, 0, count);
                Array.Copy(route.Options, 0, options, 0, count);
                Array.Copy(route.Identifiers, 0, identifiers, 0, count);
            }

            route.Sessions = sessions;
            route.Options = options;
            route.Identifiers = identifiers;
        }
    }
}
