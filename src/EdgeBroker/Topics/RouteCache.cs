using System;
using EdgeBroker.Delivery;
using EdgeBroker.Memory;
using EdgeBroker.Persistence;
using EdgeBroker.Sessions;
using EdgeBroker.Store;

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
        private RouteTarget _free;

        /// <summary>Makes an empty cache.</summary>
        /// <param name="subscriptions">What routes are computed from.</param>
        /// <param name="size">How many routes: a power of two, at least 2.</param>
        public RouteCache(SubscriptionTable subscriptions, int size)
        {
            _subscriptions = subscriptions;
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
            int index = ByteHash.Compute(buffer, offset, length) & (_routes.Length - 1);
            Route route = _routes[index];
            if (!IsOf(route, buffer, offset, length))
            {
                route = _routes[index ^ 1];
                if (!IsOf(route, buffer, offset, length))
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
            int index = ByteHash.Compute(buffer, offset, length) & (_routes.Length - 1);

            // The one in first place moves to second, and the one there is reused: lately added ones last longer.
            Route route = _routes[index ^ 1];
            _routes[index ^ 1] = _routes[index];
            if (route == null)
            {
                route = CreateRoute();
            }

            _routes[index] = route;
            if (route.Topic == null || route.Topic.Length < length)
            {
                route.Topic = MemoryReserve.Bytes(length);
            }

            Array.Copy(buffer, offset, route.Topic, 0, length);
            route.TopicLength = length;
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
            int[] merged = MemoryReserve.Ints(count + 1);
            if (count > 0)
            {
                Array.Copy(identifiers, 0, merged, 0, count);
            }

            merged[count] = identifier;
            return merged;
        }

        private static bool IsOf(Route route, byte[] buffer, int offset, int length)
        {
            return route != null && route.TopicLength == length && ByteHash.AreEqual(route.Topic, buffer, offset, length);
        }

        private void Build(Route route)
        {
            Clear(route);
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
                    Add(route, null).Options = group;
                    group = _subscriptions.Groups.NextInNode(group);
                }
            }

            for (RouteTarget target = route.First; target != null; target = target.Next)
            {
                if (target.Session != null)
                {
                    target.Session.RouteTarget = null;
                }

                if (target.Session == null || (target.Options & SubscriptionFlags.QoSMask) > 0)
                {
                    route.StoreBytes += DeliveryItems.OverheadMax(target.Identifiers) + DeliveryItems.RoomMax;
                }
            }
        }

        private void AddSubscription(Route route, int subscription)
        {
            Session session = _subscriptions.SessionOf(subscription);
            int options = _subscriptions.Options(subscription) & ~SubscriptionFlags.RetainedOwed;
            int identifier = _subscriptions.Identifier(subscription);
            RouteTarget target = session.RouteTarget;
            if (target == null)
            {
                target = Add(route, session);
                session.RouteTarget = target;
            }

            target.Options = Merge(target.Options, options);
            target.Identifiers = Merge(target.Identifiers, identifier);
        }

        private RouteTarget Add(Route route, Session session)
        {
            RouteTarget target = route;
            if (route.First != null && _free == null)
            {
                target = CreateTarget();
            }
            else if (route.First != null)
            {
                target = _free;
                _free = target.Next;
            }

            target.Session = session;
            target.Options = 0;
            target.Next = route.First;
            route.First = target;
            return target;
        }

        private void Clear(Route route)
        {
            while (route.First != null)
            {
                RouteTarget target = route.First;
                route.First = target.Next;
                target.Session = null;
                target.Identifiers = null;
                if (target != route)
                {
                    target.Next = _free;
                    _free = target;
                }
            }

            route.StoreBytes = 0;
        }

        private static RouteTarget CreateTarget()
        {
            try
            {
                return new RouteTarget();
            }
            catch (OutOfMemoryException)
            {
                MemoryReserve.Use();
                return new RouteTarget();
            }
        }

        private static Route CreateRoute()
        {
            try
            {
                return new Route();
            }
            catch (OutOfMemoryException)
            {
                MemoryReserve.Use();
                return new Route();
            }
        }
    }
}
