using EdgeBroker.Connections;
using EdgeBroker.Limits;
using EdgeBroker.Memory;
using EdgeBroker.Overload;
using EdgeBroker.Persistence;
using EdgeBroker.Protocol;
using EdgeBroker.Sessions;
using EdgeBroker.Topics;

namespace EdgeBroker.Delivery
{
    /// <summary>
    /// Decides before a message at QoS 1 or 2 is routed whether everybody it concerns can take it: it goes to all or to none,
    /// so that an acknowledgement is never given for a message that somebody was not given.
    /// </summary>
    internal sealed class Admission
    {
        private readonly Context _context;
        private readonly MessagePool _messages;
        private readonly DeliveryPool _deliveries;
        private readonly SessionStore _store;
        private readonly int _queueBytesMax;
        private readonly SessionQueue _queue;
        private readonly SharedPicker _picker;
        private readonly Shedder _shedder;
        private readonly QueueShortage _shortage;

        /// <summary>Makes the one for all.</summary>
        public Admission(Context context, SessionQueue queue, SharedPicker picker, Shedder shedder, QueueShortage shortage)
        {
            _shortage = shortage;
            _shedder = shedder;
            _context = context;
            _messages = context.Messages;
            _deliveries = context.Deliveries;
            _store = context.Store;
            _queueBytesMax = context.SessionQueueSmall - Context.DeliveryBytes;
            _queue = queue;
            _picker = picker;
        }

        /// <summary>Checks, and makes room where the setting queue-full says so.</summary>
        /// <returns>Done if all can take it, or <see cref="RouteResult.Wait"/>, WaitForReader or Refused.</returns>
        public int Check(Publication publication, Route route)
        {
            int size = publication.TopicLength + publication.PropertiesLength + publication.PayloadLength;
            RouteTarget first = route.First;
            Session session = first.Session;

            // Whether there is room of every kind for a message that goes to one Session, as most do.
            if (first.Next == null
                && session != null
                && session.QueueBytes <= _queueBytesMax - size
                && _deliveries.Room > 0
                && _messages.HasRoom(size)
                && (_store == null || _store.HasPlenty(StagedMax(size, route))))
            {
                return RouteResult.Done;
            }

            return CheckAll(publication, route, size);
        }

        // More than a message stages: besides the deliveries, that it is retained, and its Packet Identifier.
        private static int StagedMax(int size, Route route)
        {
            return size * 2 + DeliveryItems.RoomMax * 2 + route.StoreBytes;
        }

        private int CheckAll(Publication publication, Route route, int size)
        {
            if (!_messages.HasRoom(size))
            {
                int verdict = _shortage.MakeRoom(size, 1);
                if (verdict != RouteResult.Done)
                {
                    return verdict;
                }

                route = FindAgain(publication);
            }

            int queueBytesMax = _queueBytesMax - size;
            int count = 0;
            RouteTarget target = route.First;
            while (target != null)
            {
                count++;
                Session session = target.Session;
                if (session != null && session.QueueBytes <= queueBytesMax)
                {
                    target = target.Next;
                    continue;
                }

                int verdict = Check(publication, route, target, size);
                if (verdict != RouteResult.Done)
                {
                    return verdict;
                }

                target = target.Next;
                if (route.Generation != _context.Subscriptions.Generation)
                {
                    // A Session was ended, and the route with it: start over with what is left.
                    route = FindAgain(publication);
                    target = route.First;
                    count = 0;
                }
            }

            if (count > _deliveries.Room)
            {
                int verdict = _shortage.MakeRoom(size, count);
                if (verdict != RouteResult.Done)
                {
                    return verdict;
                }

                route = FindAgain(publication);
            }

            return _store == null || HasStoreRoom(route, size) ? RouteResult.Done : RouteResult.Refused;
        }

        // Room was made: a Session may have been ended, and the route with it, and that is stored before the acknowledgement leaves.
        private Route FindAgain(Publication publication)
        {
            publication.IsStaged |= _context.IsEnding;
            return _context.Routes.Find(publication.TopicBuffer, publication.TopicOffset, publication.TopicLength);
        }

        /// <summary>
        /// Sees to it that what the message stages goes into one commit, with what its sender stages before or behind it: for a
        /// message that is not refused.
        /// </summary>
        /// <returns><see cref="RouteResult.Done"/>.</returns>
        public int MakeStoreRoom(Publication publication, Route route)
        {
            if (_store != null && !HasStoreRoom(route, publication.Size))
            {
                _store.Commits.Commit();
            }

            return RouteResult.Done;
        }

        private static int Count(Route route)
        {
            int count = 0;
            for (RouteTarget target = route.First; target != null; target = target.Next)
            {
                count++;
            }

            return count;
        }

        // Everything that one message stages goes into one commit, so its room is looked for first.
        private bool HasStoreRoom(Route route, int size)
        {
            if (_store.HasPlenty(StagedMax(size, route)))
            {
                return true;
            }

            int receivers = 0;
            int unstored = 0;
            int overhead = 0;
            RouteTarget target = route.First;
            while (target != null)
            {
                Session session = target.Session;
                if (session == null)
                {
                    // Whoever of the group is chosen.
                    receivers++;
                }
                else if (session.StoreNumber != 0 && (target.Options & SubscriptionFlags.QoSMask) > QoS.QoS0)
                {
                    receivers += 1 + session.UnstoredCount;
                    unstored += _store.Deliveries.UnstoredBytesOf(session);
                    overhead += target.Identifiers == null ? 0 : target.Identifiers.Length * 8;
                }

                target = target.Next;
            }

            return receivers == 0 || _store.Reserve(size, receivers, unstored, overhead);
        }

        private int Check(Publication publication, Route route, RouteTarget target, int size)
        {
            Session session = target.Session;
            if (session == null)
            {
                return _picker.CanPick(target.Options, publication.QoS, size) ? RouteResult.Done : RouteResult.Refused;
            }

            if (_queue.HasRoom(session, size)
                || (target.Options & SubscriptionFlags.QoSMask) == QoS.QoS0
                || IsOwnAndUnwanted(publication, session, target.Options))
            {
                return RouteResult.Done;
            }

            // Nobody loses anything for a message that is refused in the end.
            return Count(route) > _deliveries.Room ? RouteResult.Refused : MakeRoom(publication, route, session, size);
        }

        // What No Local keeps away needs no room [MQTT5-3.8.3-3].
        private bool IsOwnAndUnwanted(Publication publication, Session session, int options)
        {
            int[] identifiers;
            return (options & SubscriptionFlags.NoLocal) != 0
                && publication.Publisher == session
                && !LocalSubscriptions.Resolve(_context.Subscriptions, publication, session, out options, out identifiers);
        }

        private int MakeRoom(Publication publication, Route route, Session session, int size)
        {
            Connection connection = session.Connection;
            if (session.Local != null)
            {
                return RouteResult.Wait;
            }

            if (connection != null)
            {
                if (!_context.IsStalled(session))
                {
                    return publication.Publisher == session ? RouteResult.Wait : RouteResult.WaitForReader;
                }

                // It does not read: it goes, and its Session stays if it is durable.
                _shedder.ShedForQuota(connection);
                if (!session.IsDurable)
                {
                    return RouteResult.Done;
                }
            }

            // The same holds for a store that is full or fails.
            return _store == null || HasStoreRoom(route, size) ? MakeRoomOffline(session, size) : RouteResult.Refused;
        }

        private int MakeRoomOffline(Session session, int size)
        {
            int policy = _context.Limits.QueueFull;
            if (policy == QueueFullPolicy.EndSession)
            {
                _shedder.EndSession(session);
                return RouteResult.Done;
            }

            if (policy == QueueFullPolicy.RefuseThenDrop)
            {
                QueueTrouble trouble = session.NoteTrouble();
                if (trouble.FullSinceMs == 0)
                {
                    trouble.FullSinceMs = _context.NowMs;
                }

                if (_context.NowMs - trouble.FullSinceMs < _context.Limits.QueueFullPatienceS * 1000L)
                {
                    return RouteResult.Refused;
                }
            }
            else if (policy == QueueFullPolicy.Refuse)
            {
                return RouteResult.Refused;
            }

            while (!_queue.HasRoom(session, size))
            {
                if (!_queue.DropOldest(session))
                {
                    return RouteResult.Refused;
                }
            }

            return RouteResult.Done;
        }
    }
}
