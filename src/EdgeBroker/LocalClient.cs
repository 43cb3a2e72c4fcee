using System.Text;
using EdgeBroker.Delivery;
using EdgeBroker.Memory;
using EdgeBroker.Protocol;
using EdgeBroker.Sessions;
using EdgeBroker.Topics;

namespace EdgeBroker
{
    /// <summary>
    /// A client inside the process that hosts the broker: it publishes and subscribes without a socket. Made by
    /// <see cref="Broker.CreateLocalClient"/>; to be used from the thread that calls <see cref="Broker.Tick"/>.
    /// Its Session ends with it.
    /// </summary>
    public sealed class LocalClient : ILocalReader
    {
        private const int MessagesPerTick = 64;

        private readonly Context _context;
        private readonly Router _router;
        private readonly SessionQueue _queue;
        private readonly SessionKeeper _keeper;
        private readonly IMessageHandler _handler;
        private readonly Publication _outgoing = new Publication();
        private readonly Publication _incoming = new Publication();
        private Session _session;

        private LocalClient(
            Context context, Router router, SessionQueue queue, SessionKeeper keeper, IMessageHandler handler, Session session)
        {
            _context = context;
            _router = router;
            _queue = queue;
            _keeper = keeper;
            _handler = handler;
            _session = session;
            session.Local = this;
        }

        /// <summary>Makes a client and its Session.</summary>
        /// <returns>The client, or null if the name is empty or in use, or there is no room for a Session.</returns>
        internal static LocalClient Open(
            Context context, Router router, SessionQueue queue, SessionKeeper keeper, IMessageHandler handler, string name)
        {
            byte[] identifier = Encoding.UTF8.GetBytes(name);
            SessionTable sessions = context.Sessions;
            if (identifier.Length == 0 || !sessions.HasRoom || sessions.Find(identifier, 0, identifier.Length) != null)
            {
                return null;
            }

            return new LocalClient(context, router, queue, keeper, handler, sessions.Add(identifier, 0, identifier.Length));
        }

        /// <summary>Publishes a message.</summary>
        /// <param name="topic">The Topic Name; $SYS is allowed here.</param>
        /// <param name="payload">The payload; not kept.</param>
        /// <param name="qos">0 to 2.</param>
        /// <param name="retain">Whether it is to be the topic's retained message.</param>
        /// <returns>
        /// <see cref="ReasonCode.Success"/>, <see cref="ReasonCode.NoMatchingSubscribers"/>, or why nobody got it:
        /// <see cref="ReasonCode.TopicNameInvalid"/>, <see cref="ReasonCode.PacketTooLarge"/>,
        /// <see cref="ReasonCode.QoSNotSupported"/>, <see cref="ReasonCode.QuotaExceeded"/> (try again later).
        /// </returns>
        public int Publish(string topic, byte[] payload, int qos, bool retain)
        {
            byte[] name = Encoding.UTF8.GetBytes(topic);
            if (!TopicName.IsValid(name, 0, name.Length))
            {
                return ReasonCode.TopicNameInvalid;
            }

            if (name.Length + payload.Length > _context.Limits.PacketSizeMax)
            {
                return ReasonCode.PacketTooLarge;
            }

            if (qos < 0 || qos > QoS.QoS2)
            {
                return ReasonCode.QoSNotSupported;
            }

            Publication publication = _outgoing;
            publication.Show(name, 0, name.Length, 0, payload.Length);
            publication.Buffer = payload;
            publication.PayloadOffset = 0;
            publication.QoS = qos;
            publication.Retain = retain;
            publication.ExpiresAtMs = 0;
            publication.Publisher = _session;
            int result = _router.Publish(publication);
            _context.NoteWork();
            if (result == RouteResult.Done)
            {
                return ReasonCode.Success;
            }

            return result == RouteResult.NoSubscribers ? ReasonCode.NoMatchingSubscribers : ReasonCode.QuotaExceeded;
        }

        /// <summary>Subscribes. Retained messages that match are handed over at once.</summary>
        /// <param name="filter">The Topic Filter; not a shared one.</param>
        /// <param name="qos">The highest QoS to get messages with: 0 to 2.</param>
        /// <returns>
        /// The QoS, or <see cref="ReasonCode.TopicFilterInvalid"/>, or <see cref="ReasonCode.QuotaExceeded"/>, or
        /// <see cref="ReasonCode.UnspecifiedError"/> after <see cref="Close"/>.
        /// </returns>
        public int Subscribe(string filter, int qos)
        {
            byte[] name = Encoding.UTF8.GetBytes(filter);
            if (!IsPlainFilter(name) || qos < 0 || qos > QoS.QoS2)
            {
                return ReasonCode.TopicFilterInvalid;
            }

            if (_session == null)
            {
                return ReasonCode.UnspecifiedError;
            }

            bool existed;
            int subscription = _context.Subscriptions.Add(_session, name, 0, name.Length, 0, qos, 0, out existed);
            if (subscription == SubscriptionTable.None)
            {
                return ReasonCode.QuotaExceeded;
            }

            GiveRetained(name, qos);
            return qos;
        }

        /// <summary>Unsubscribes.</summary>
        /// <returns>Whether there was such a subscription.</returns>
        public bool Unsubscribe(string filter)
        {
            byte[] name = Encoding.UTF8.GetBytes(filter);
            int subscription = _session != null && IsPlainFilter(name)
                ? _context.Subscriptions.Find(_session, name, 0, name.Length, 0)
                : SubscriptionTable.None;
            if (subscription == SubscriptionTable.None)
            {
                return false;
            }

            _context.Subscriptions.Remove(subscription);
            return true;
        }

        /// <summary>Ends the client and its Session. It can still publish, but not subscribe.</summary>
        public void Close()
        {
            if (_session != null)
            {
                _session.Local = null;
                _context.NoteWork();
                _keeper.End(_session);
                _session = null;
            }
        }

        /// <inheritdoc/>
        bool ILocalReader.Feed()
        {
            Session session = _session;
            for (int i = 0; i < MessagesPerTick && session.QueueHead != DeliveryPool.None; i++)
            {
                int delivery = session.QueueHead;
                int message = _context.Deliveries.Message(delivery);
                int qos = _context.Deliveries.QoS(delivery);
                bool retain = _context.Deliveries.Retain(delivery);
                _context.Messages.AddReference(message);
                _queue.Remove(session, delivery);
                HandOver(message, qos, retain);
                _context.Messages.Release(message);
                if (_session == null)
                {
                    return false;
                }
            }

            if (session.QueueHead == DeliveryPool.None)
            {
                return false;
            }

            _context.Activate(session);
            return true;
        }

        private static bool IsPlainFilter(byte[] name)
        {
            return TopicFilter.IsValid(name, 0, name.Length) && TopicFilter.ShareNameLength(name, 0, name.Length) == 0;
        }

        private void HandOver(int message, int qos, bool retain)
        {
            if (_handler == null)
            {
                return;
            }

            Publication publication = _incoming;
            if (_context.Messages.Load(message, publication)
                && (publication.ExpiresAtMs == 0 || publication.ExpiresAtMs > _context.NowMs))
            {
                _handler.OnMessage(
                    publication.TopicBuffer,
                    publication.TopicOffset,
                    publication.TopicLength,
                    publication.PayloadOffset,
                    publication.PayloadLength,
                    qos,
                    retain);
            }
        }

        private void GiveRetained(byte[] filter, int granted)
        {
            RetainedTable retained = _context.Retained;
            for (int place = 0; place < retained.End && _session != null; place++)
            {
                int message = retained.MessageAt(place);
                if (message == MessagePool.None)
                {
                    continue;
                }

                message = retained.Matches(place, filter, filter.Length) ? Keep(message) : MessagePool.None;
                if (message != MessagePool.None)
                {
                    int qos = _context.Messages.QoS(message);
                    HandOver(message, qos < granted ? qos : granted, true);
                    _context.Messages.Release(message);
                }
            }
        }

        // Sees to it that a message stays while it is handed over, whatever the handler does: one that is in the journal alone is copied.
        private int Keep(int message)
        {
            if (ItemMessage.Is(message))
            {
                return _context.Messages.Load(message, _incoming) ? _context.Messages.Add(_incoming) : MessagePool.None;
            }

            _context.Messages.AddReference(message);
            return message;
        }
    }
}
