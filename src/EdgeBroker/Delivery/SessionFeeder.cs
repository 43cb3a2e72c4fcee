using EdgeBroker.Connections;
using EdgeBroker.Memory;
using EdgeBroker.Persistence;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Sessions;

namespace EdgeBroker.Delivery
{
    /// <summary>Moves what is in the queues of Sessions into the outboxes, in order, as windows and outboxes allow.</summary>
    internal sealed class SessionFeeder
    {
        private readonly Context _context;
        private readonly PublishSender _sender;
        private readonly ReplySender _replies;
        private readonly SessionQueue _queue;
        private readonly RetainedWalker _walker;

        /// <summary>Makes the one for all Sessions.</summary>
        public SessionFeeder(
            Context context, PublishSender sender, ReplySender replies, SessionQueue queue, RetainedWalker walker)
        {
            _context = context;
            _sender = sender;
            _replies = replies;
            _queue = queue;
            _walker = walker;
        }

        /// <summary>Serves every Session that may have something to send.</summary>
        /// <returns>Whether some can go on at once, in the next tick.</returns>
        public bool FeedAll()
        {
            SessionList active = _context.Active;
            int count = active.Count;
            bool more = false;
            _context.IsStarved = false;
            for (int i = 0; i < count; i++)
            {
                Session session = active.Get(i);
                Connection connection = session.Connection;
                session.IsActive = false;
                if (session.Local != null)
                {
                    more |= session.Local.Feed();
                }
                else if (connection != null && connection.State == ConnectionState.Connected)
                {
                    more |= Feed(session, connection);
                    connection.HasFollowUp |= session.NextToSend != DeliveryPool.None || session.Walk != null;
                }
            }

            active.RemoveFirst(count);
            return more;
        }

        private bool Feed(Session session, Connection connection)
        {
            while (session.NextToSend != DeliveryPool.None)
            {
                if (!SendNext(session, connection))
                {
                    KeepIfStarved(session, connection);
                    return false;
                }
            }

            return session.Walk != null && Walk(session, connection);
        }

        // What is retained may have to wait for room in the store or in memory: it is tried again in a while.
        private bool Walk(Session session, Connection connection)
        {
            bool canGoOn = _walker.Walk(session, connection);
            if (!canGoOn && session.Walk != null && connection.Outbox.IsEmpty && session.InFlightCount < connection.Window)
            {
                _context.SetTimer(_context.NowMs + _context.Limits.WaitMs);
            }

            return canGoOn;
        }

        // Returns false if it has to wait for the Client: for an acknowledgement, or to read.
        private bool SendNext(Session session, Connection connection)
        {
            DeliveryPool deliveries = _context.Deliveries;
            int delivery = session.NextToSend;
            int qos = deliveries.QoS(delivery);
            int state = deliveries.State(delivery);
            if (state == DeliveryState.PubcompPending)
            {
                // No window holds up a PUBREL [MQTT5-3.3.4-10] [MQTT5-4.9.0-3].
                return ResendRelease(session, connection, delivery);
            }

            if (qos > QoS.QoS0 && session.InFlightCount >= connection.Window)
            {
                // [MQTT5-3.3.4-9] [MQTT5-4.9.0-2]
                return false;
            }

            delivery = _context.Runs.Single(session, delivery);
            int message = deliveries.Message(delivery);
            if (!_context.Messages.Load(message, _context.KeptMessage))
            {
                if (_context.Store.Reads.MayBeReadLater(_context.Messages.Item(message)))
                {
                    _context.IsStarved = true;
                    _context.Activate(session);
                    return false;
                }

                // The storage does not have it any more as it was.
                _queue.CountDropped(session);
                _queue.Remove(session, delivery);
                _context.Drop(DropReason.Damaged, connection);
                return true;
            }

            // What waited too long goes [MQTT5-3.3.2-5]; what was sent once is never dropped for its age [MQTT5-4.3.3-7]
            // [MQTT5-4.3.3-13].
            if (state == DeliveryState.Queued && IsExpired(_context.KeptMessage.ExpiresAtMs))
            {
                _queue.Remove(session, delivery);
                _context.Drop(DropReason.Expired, connection);
                return true;
            }

            // Sent before, and on an earlier Network Connection: DUP is 1 [MQTT-3.3.1-1] [MQTT5-3.3.1-1].
            return Send(session, connection, delivery, qos, state != DeliveryState.Queued);
        }

        private bool Send(Session session, Connection connection, int delivery, int qos, bool duplicate)
        {
            DeliveryPool deliveries = _context.Deliveries;
            int packetIdentifier = deliveries.PacketIdentifier(delivery);
            if (qos > QoS.QoS0 && !duplicate)
            {
                packetIdentifier = _context.PacketIdentifiers.Next(session);
            }

            bool isState = qos == QoS.QoS2 && !duplicate && session.StoreNumber != 0 && session.IsDurable;
            if (isState && !PrepareState(session, connection, delivery))
            {
                return false;
            }

            int result = _sender.Send(
                connection,
                _context.KeptMessage,
                PublishSender.FirstByte(qos, deliveries.Retain(delivery), duplicate),
                packetIdentifier,
                _queue.IdentifiersOf(delivery));
            if (result == SendResult.NoRoom)
            {
                return false;
            }

            if (result == SendResult.TooLarge || qos == QoS.QoS0)
            {
                _queue.Remove(session, delivery);
                if (result == SendResult.TooLarge)
                {
                    _context.Drop(DropReason.TooLarge, connection);
                }

                return true;
            }

            if (!duplicate)
            {
                session.LastPacketIdentifier = packetIdentifier;
            }

            session.NextToSend = deliveries.Next(delivery);
            _queue.MarkSent(session, delivery, packetIdentifier);
            if (isState)
            {
                _context.Store.Deliveries.OnStateChanged(session, delivery);
            }

            return true;
        }

        // The Packet Identifier of a QoS 2 message is durable before it is seen.
        private bool PrepareState(Session session, Connection connection, int delivery)
        {
            if (!_context.Store.ReserveState(DeliveryItems.OverheadMax(_queue.IdentifiersOf(delivery))))
            {
                _context.IsStarved = true;
                _context.Activate(session);
                return false;
            }

            _context.Store.Commits.Depend(connection);
            return true;
        }

        // The PUBLISH was acknowledged before: only its PUBREL is sent again [MQTT-4.3.3-1] [MQTT5-4.3.3-6] [MQTT5-4.4.0-1].
        private bool ResendRelease(Session session, Connection connection, int delivery)
        {
            int packetIdentifier = _context.Deliveries.PacketIdentifier(delivery);
            if (!_replies.Acknowledge(connection, PacketType.Pubrel, packetIdentifier, ReasonCode.Success))
            {
                return false;
            }

            session.NextToSend = _context.Deliveries.Next(delivery);
            _context.Deliveries.SetSent(delivery, DeliveryState.PubcompPending, packetIdentifier);
            session.InFlightCount++;
            return true;
        }

        // With bytes in the outbox the network tells when to go on; without, somebody else has all the buffers.
        private void KeepIfStarved(Session session, Connection connection)
        {
            if (connection.Outbox.IsEmpty && session.InFlightCount < connection.Window)
            {
                _context.IsStarved = true;
                _context.Activate(session);
            }
        }

        private bool IsExpired(long expiresAtMs)
        {
            return expiresAtMs != 0 && expiresAtMs <= _context.NowMs;
        }
    }
}
