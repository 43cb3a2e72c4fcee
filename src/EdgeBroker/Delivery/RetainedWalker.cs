using EdgeBroker.Connections;
using EdgeBroker.Memory;
using EdgeBroker.Persistence;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Sessions;
using EdgeBroker.Store;
using EdgeBroker.Topics;

namespace EdgeBroker.Delivery
{
    /// <summary>
    /// Sends the retained messages that a new subscription is owed [MQTT-3.3.1-6], [MQTT5-3.3.1-9]: it walks the table as the
    /// outbox has room, a bounded number of places a tick, so that neither memory nor a tick grows with their number.
    /// </summary>
    internal sealed class RetainedWalker
    {
        private const int StepsPerTick = 512;

        private readonly Context _context;
        private readonly PublishSender _sender;
        private readonly SessionQueue _queue;
        private readonly SysTopics _sys;
        private byte[] _filter = new byte[32];
        private int _filterLength;

        // The newest message that a subscription is owed, where it was made while an older one of its Session was owed some still.
        private readonly ItemColumn _limits = new ItemColumn();

        /// <summary>Makes the one for all Sessions.</summary>
        public RetainedWalker(Context context, PublishSender sender, SessionQueue queue, SysTopics sys)
        {
            _context = context;
            _sender = sender;
            _queue = queue;
            _sys = sys;
        }

        /// <summary>Notes that a subscription is owed the retained messages of now.</summary>
        public void Start(Session session, int subscription)
        {
            SubscriptionTable subscriptions = _context.Subscriptions;
            subscriptions.SetOptions(subscription, subscriptions.Options(subscription) | SubscriptionFlags.RetainedOwed);
            Stop(session, subscription);

            // What is published from now on comes by itself, and must not come once more as retained.
            if (session.Walk != null)
            {
                _limits.Set(subscription, (int)_context.Retained.LastNumber & int.MaxValue);
            }
            else
            {
                _limits.Set(subscription, ItemColumn.None);
                session.Walk = RetainedWalk.Of(_context.Retained.LastNumber);
            }

            _context.Activate(session);
        }

        /// <summary>Notes that a subscription is going to be removed, or was made again: its walk ends.</summary>
        public void Stop(Session session, int subscription)
        {
            if (session.Walk != null && session.Walk.Subscription == subscription)
            {
                session.Walk.Subscription = SubscriptionTable.None;
                _context.Activate(session);
            }
        }

        /// <summary>Goes on with what a Session is owed: it has a walk.</summary>
        /// <returns>Whether it can go on at once.</returns>
        public bool Walk(Session session, Connection connection)
        {
            int steps = StepsPerTick;
            while (steps > 0)
            {
                if (session.Walk.Subscription == SubscriptionTable.None && !FindNext(session))
                {
                    return false;
                }

                LoadFilter(session.Walk.Subscription);
                int end = _context.Retained.End + (_filter[0] == (byte)'$' ? _sys.Count : 0);
                while (session.Walk.Cursor < end && steps > 0)
                {
                    steps--;
                    if (!Step(session, connection))
                    {
                        return false;
                    }

                    session.Walk.Cursor++;
                }

                if (session.Walk.Cursor >= end)
                {
                    Finish(session);
                }
            }

            _context.Activate(session);
            return true;
        }

        private bool FindNext(Session session)
        {
            // Subscriptions are listed newest first, and the oldest is owed first: the last one found.
            SubscriptionTable subscriptions = _context.Subscriptions;
            bool isOwedStored = false;
            int found = SubscriptionTable.None;
            int subscription = session.FirstSubscription;
            while (subscription != SubscriptionTable.None)
            {
                int options = subscriptions.Options(subscription);
                isOwedStored |= (options & SubscriptionFlags.IsOwedStored) != 0;
                if ((options & SubscriptionFlags.RetainedOwed) != 0)
                {
                    found = subscription;
                }

                subscription = subscriptions.NextInSession(subscription);
            }

            session.Walk.Subscription = found;
            session.Walk.Cursor = 0;
            if (found == SubscriptionTable.None)
            {
                session.Walk = null;
            }

            if (!isOwedStored && session.StoreNumber != 0 && session.Items.WalkedCount > 0)
            {
                _context.Store.Sessions.EndWalked(session);
            }

            return found != SubscriptionTable.None;
        }

        private void Finish(Session session)
        {
            SubscriptionTable subscriptions = _context.Subscriptions;
            int subscription = session.Walk.Subscription;
            int options = subscriptions.Options(subscription);
            subscriptions.SetOptions(subscription, options & ~SubscriptionFlags.RetainedOwed);
            session.Walk.Subscription = SubscriptionTable.None;
            if ((options & SubscriptionFlags.IsOwedStored) != 0)
            {
                FinishStored(session, subscription);
            }
        }

        // What was sent is stored, if it is not acknowledged, when it is stored that nothing is owed. If that can't be now, after a
        // restart it is owed again.
        private void FinishStored(Session session, int subscription)
        {
            SessionStore store = _context.Store;
            if (store.Deliveries.StoreAll(session) && store.ReserveState(_filterLength))
            {
                store.Sessions.PutSubscription(session, subscription, _filter, 0, _filterLength);
                store.Commits.WantLater();
            }
        }

        private void NoteWalked(Session session, int qos)
        {
            bool isOwedStored = (_context.Subscriptions.Options(session.Walk.Subscription) & SubscriptionFlags.IsOwedStored) != 0;
            int item = _context.Retained.Item(session.Walk.Cursor);
            if (qos == QoS.QoS2 && isOwedStored && item != RetainedTable.None)
            {
                _context.Store.Sessions.PutWalked(session, item);
            }
        }

        private void LoadFilter(int subscription)
        {
            TopicTree tree = _context.Subscriptions.Tree;
            int node = _context.Subscriptions.Node(subscription);
            int length = tree.FilterLength(node);
            if (_filter.Length < length)
            {
                // allocates: once per longer Topic Filter
                _filter = MemoryReserve.Bytes(length);
            }

            tree.CopyFilter(node, _filter, length);
            _filterLength = length;
        }

        // Looks at one place. Returns false if the Client has to read or acknowledge first.
        private bool Step(Session session, Connection connection)
        {
            int place = session.Walk.Cursor;
            RetainedTable retained = _context.Retained;
            if (place >= retained.End)
            {
                return !_sys.Load(place - retained.End, _context.KeptMessage, _filter, _filterLength)
                    || Send(session, connection, QoS.QoS0);
            }

            int message = retained.MessageAt(place);
            if (message == MessagePool.None || IsNewer(session, retained.NumberAt(place)))
            {
                return true;
            }

            if (!retained.Matches(place, _filter, _filterLength))
            {
                return true;
            }

            if (!_context.Messages.Load(message, _context.KeptMessage))
            {
                return !IsReadLater(session, connection, message);
            }

            if (_context.KeptMessage.ExpiresAtMs != 0 && _context.KeptMessage.ExpiresAtMs <= _context.NowMs)
            {
                retained.RemoveAt(place);
                return true;
            }

            int granted = _context.Subscriptions.Options(session.Walk.Subscription) & SubscriptionFlags.QoSMask;
            int qos = _context.KeptMessage.QoS < granted ? _context.KeptMessage.QoS : granted;
            if (qos == QoS.QoS2 && IsAgain(session) && IsWalked(session, retained.Item(place)))
            {
                return true;
            }

            _context.KeptMessage.StoredMessage = ItemMessage.Is(message) ? MessagePool.None : message;
            bool done = Send(session, connection, qos);
            _context.KeptMessage.StoredMessage = MessagePool.None;
            return done;
        }

        // Whether the storage may have a message that it can't read now; else it is passed over.
        private bool IsReadLater(Session session, Connection connection, int message)
        {
            if (_context.Store.Reads.MayBeReadLater(ItemMessage.ToItem(message)))
            {
                _context.IsStarved = true;
                _context.Activate(session);
                return true;
            }

            _context.Drop(DropReason.Damaged, connection);
            return false;
        }

        // Whether a message was retained after the subscription was made. Of two numbers the difference counts, in 31 bits.
        private bool IsNewer(Session session, long number)
        {
            if (IsAgain(session))
            {
                return number > _context.Retained.MountedNumber;
            }

            int limit = _limits.Get(session.Walk.Subscription);
            return limit == ItemColumn.None ? number > session.Walk.Limit : ((int)number - limit) << 1 > 0;
        }

        // Whether the subscription was owed it before the restart.
        private bool IsAgain(Session session)
        {
            return session.Walk.Limit == RetainedTable.Mounted
                && _limits.Get(session.Walk.Subscription) == ItemColumn.None;
        }

        private bool IsWalked(Session session, int retainedItem)
        {
            int item = _context.Subscriptions.Item.Get(session.Walk.Subscription);
            return item != SubscriptionTable.None
                && retainedItem != RetainedTable.None
                && _context.Store.Sessions.IsWalked(session, item, retainedItem);
        }

        private bool Send(Session session, Connection connection, int qos)
        {
            int identifier = _context.Subscriptions.Identifier(session.Walk.Subscription);
            int[] identifiers = _context.One.Of(identifier);
            int message = MessagePool.None;
            int packetIdentifier = 0;
            if (qos > QoS.QoS0)
            {
                if (session.InFlightCount >= connection.Window)
                {
                    return false;
                }

                if (qos == QoS.QoS2 && session.StoreNumber != 0 && !_context.Store.Reserve(_context.KeptMessage.Size, 1, 0, 8))
                {
                    return false;
                }

                if (_context.Deliveries.Room <= 0
                    || (session.IsDurable && (message = _queue.Keep(_context.KeptMessage)) == MessagePool.None))
                {
                    return false;
                }

                packetIdentifier = _context.PacketIdentifiers.Next(session);
            }

            bool isStored = qos > QoS.QoS0 && session.StoreNumber != 0 && session.IsDurable;
            if (isStored && qos == QoS.QoS2)
            {
                _context.Store.Commits.Depend(connection);
            }

            // RETAIN says that it was retained [MQTT-3.3.1-8].
            int result = _sender.Send(
                connection, _context.KeptMessage, PublishSender.FirstByte(qos, true, false), packetIdentifier, identifiers);
            if (result == SendResult.Sent && qos > QoS.QoS0)
            {
                int delivery = _queue.AppendSent(session, message, qos, true, false, packetIdentifier, identifiers);
                if (isStored)
                {
                    _context.Store.Deliveries.Enter(session, delivery);
                    NoteWalked(session, qos);
                }
            }

            if (result != SendResult.Sent && qos > QoS.QoS0)
            {
                _queue.GiveBack(_context.KeptMessage, message);
            }

            if (result == SendResult.TooLarge)
            {
                _context.Drop(DropReason.TooLarge, connection);
            }

            return result != SendResult.NoRoom;
        }
    }
}
