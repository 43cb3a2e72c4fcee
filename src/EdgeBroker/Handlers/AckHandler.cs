using EdgeBroker.Connections;
using EdgeBroker.Delivery;
using EdgeBroker.Memory;
using EdgeBroker.Persistence;
using EdgeBroker.Protocol;
using EdgeBroker.Sessions;

namespace EdgeBroker.Handlers
{
    /// <summary>
    /// PUBACK, PUBREC, PUBREL and PUBCOMP from a Client: the state machines of QoS 1 and 2 (section 4.3 of both standards).
    /// </summary>
    /// <remarks>
    /// PUBACK: PubackPending → done. PUBREC: PubrecPending → PubcompPending, with PUBREL; with a code of 0x80 or more → done.
    /// PUBCOMP: PubcompPending → done. The wrong one for the state is a Protocol Error; one for an unknown Packet Identifier
    /// is not, for the Session may have been lost on this side.
    /// </remarks>
    internal sealed class AckHandler
    {
        private readonly Context _context;
        private readonly DeliveryPool _deliveries;
        private readonly SessionQueue _queue;
        private readonly ReplySender _replies;
        private readonly ConnectionCloser _closer;
        private readonly AckPacket _packet;

        /// <summary>Makes the handler.</summary>
        public AckHandler(
            Context context, SessionQueue queue, ReplySender replies, ConnectionCloser closer, PropertyReader properties)
        {
            _context = context;
            _deliveries = context.Deliveries;
            _queue = queue;
            _replies = replies;
            _closer = closer;
            _packet = new AckPacket(properties);
        }

        /// <summary>Handles one of the four.</summary>
        /// <returns>False if it has to wait for the Client to read.</returns>
        public bool Handle(Connection connection, byte[] buffer, int offset, int headerSize, int size)
        {
            int fault = _packet.Decode(buffer, offset, headerSize, size, connection.ProtocolLevel);
            if (fault != ReasonCode.Success)
            {
                _closer.Disconnect(connection, fault);
                return true;
            }

            int type = buffer[offset] >> 4;
            if (type == PacketType.Puback)
            {
                return Complete(connection, DeliveryState.PubackPending);
            }

            if (type == PacketType.Pubcomp)
            {
                return Complete(connection, DeliveryState.PubcompPending);
            }

            // What is left is answered, so there has to be room.
            if (!_replies.HasRoom(connection))
            {
                return false;
            }

            if (type == PacketType.Pubrec)
            {
                return Received(connection);
            }

            Release(connection);
            return true;
        }

        /// <summary>Handles a PUBACK without a Reason Code, as nearly all are; in one go if it is for the oldest message sent.</summary>
        public void HandlePuback(Connection connection, byte[] buffer, int offset)
        {
            Session session = connection.Session;
            int delivery = _deliveries.RemoveSent(session, (buffer[offset + 2] << 8) | buffer[offset + 3]);
            if (delivery == DeliveryPool.None)
            {
                Handle(connection, buffer, offset, AckPacket.SizeMin - 2, AckPacket.SizeMin);
                return;
            }

            int message = _deliveries.Message(delivery);
            if (message != MessagePool.None)
            {
                int hold = _queue.Release(session, delivery, message);
                if (hold != HoldTable.None)
                {
                    _context.Store.Settle(hold);
                }
            }

            NoteProgress(session);
        }

        private bool Complete(Connection connection, int expected)
        {
            Session session = connection.Session;
            int delivery = _deliveries.FindInFlight(session, _packet.PacketIdentifier);
            if (delivery == DeliveryPool.None)
            {
                return true;
            }

            if (_deliveries.State(delivery) != expected)
            {
                _closer.Disconnect(connection, ReasonCode.ProtocolError);
                return true;
            }

            // Whatever the code says, it is acknowledged [MQTT5-4.4.0-2] [MQTT5-4.8.2-6].
            Finish(session, delivery);
            return true;
        }

        private void Finish(Session session, int delivery)
        {
            _queue.Acknowledged(session, delivery);
            NoteProgress(session);
        }

        private void NoteProgress(Session session)
        {
            if (session.Trouble != null)
            {
                _queue.ConfirmDropped(session);
            }

            session.LastProgressMs = _context.NowMs;
            if (session.NextToSend != DeliveryPool.None || session.Walk != null)
            {
                _context.Activate(session);
            }
        }

        // Returns false if it has to wait for the store.
        private bool Received(Connection connection)
        {
            Session session = connection.Session;
            int packetIdentifier = _packet.PacketIdentifier;
            int delivery = _deliveries.FindInFlight(session, packetIdentifier);
            if (delivery == DeliveryPool.None)
            {
                if (_packet.ReasonCode < ReasonCode.UnspecifiedError)
                {
                    Answer(connection, PacketType.Pubrel, ReasonCode.PacketIdentifierNotFound);
                }

                return true;
            }

            if (_context.Deliveries.State(delivery) == DeliveryState.PubackPending)
            {
                _closer.Disconnect(connection, ReasonCode.ProtocolError);
                return true;
            }

            if (_packet.ReasonCode >= ReasonCode.UnspecifiedError)
            {
                // [MQTT5-4.4.0-2]
                Finish(session, delivery);
                return true;
            }

            if (session.StoreNumber != 0 && !_context.Store.ReserveState(0))
            {
                return false;
            }

            // From here on the PUBLISH is never sent again [MQTT-4.3.3-1] [MQTT5-4.3.3-6]; PUBREL has its Packet Identifier
            // [MQTT5-4.3.3-4] and is owed a PUBCOMP [MQTT5-4.3.3-5].
            _context.Deliveries.SetSent(delivery, DeliveryState.PubcompPending, packetIdentifier);
            _queue.ReleaseMessage(session, delivery);
            session.LastProgressMs = _context.NowMs;
            if (_context.Deliveries.IsStored(delivery))
            {
                _context.Store.Deliveries.OnStateChanged(session, delivery);
                _context.Store.Commits.Depend(connection);
            }

            Answer(connection, PacketType.Pubrel, ReasonCode.Success);
            return true;
        }

        private void Release(Connection connection)
        {
            // [MQTT-4.3.3-2] [MQTT5-4.3.3-11] [MQTT5-4.3.3-12]
            Session session = connection.Session;
            int index = session.RemoveInbound(_packet.PacketIdentifier);
            bool known = index >= 0;
            if (session.StoreNumber != 0)
            {
                ReleaseStored(connection, session, index);
            }

            Answer(connection, PacketType.Pubcomp, known ? ReasonCode.Success : ReasonCode.PacketIdentifierNotFound);
        }

        // The Packet Identifier is free for another message from PUBCOMP on: that it is has to be durable before.
        private void ReleaseStored(Connection connection, Session session, int index)
        {
            SessionStore store = _context.Store;
            if (index >= 0)
            {
                store.Sessions.EndInbound(session, index);
                store.Commits.Depend(connection);
            }
            else if (store.Commits.IsPending)
            {
                store.Commits.Depend(connection);
            }
        }

        private void Answer(Connection connection, int packetType, int reasonCode)
        {
            if (!_replies.Acknowledge(connection, packetType, _packet.PacketIdentifier, reasonCode))
            {
                // The buffers of all connections are used up; the handshake goes on after a reconnect.
                _closer.Disconnect(connection, ReasonCode.ServerBusy);
            }
        }
    }
}
