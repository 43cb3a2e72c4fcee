using EdgeBroker.Connections;
using EdgeBroker.Delivery;
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
        private readonly SessionQueue _queue;
        private readonly ReplySender _replies;
        private readonly ConnectionCloser _closer;
        private readonly AckPacket _packet;

        /// <summary>Makes the handler.</summary>
        public AckHandler(
            Context context, SessionQueue queue, ReplySender replies, ConnectionCloser closer, PropertyReader properties)
        {
            _context = context;
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

            if (type == PacketType.Pubrel)
            {
                Release(connection);
            }
            else
            {
                Received(connection);
            }

            return true;
        }

        private bool Complete(Connection connection, int expected)
        {
            Session session = connection.Session;
            int delivery = _queue.FindInFlight(session, _packet.PacketIdentifier);
            if (delivery == DeliveryPool.None)
            {
                return true;
            }

            if (_context.Deliveries.State(delivery) != expected)
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
            _queue.Remove(session, delivery);
            session.LastProgressMs = _context.NowMs;
            if (session.NextToSend != DeliveryPool.None || session.IsOwedRetained)
            {
                _context.Activate(session);
            }
        }

        private void Received(Connection connection)
        {
            Session session = connection.Session;
            int packetIdentifier = _packet.PacketIdentifier;
            int delivery = _queue.FindInFlight(session, packetIdentifier);
            if (delivery == DeliveryPool.None)
            {
                if (_packet.ReasonCode < ReasonCode.UnspecifiedError)
                {
                    Answer(connection, PacketType.Pubrel, ReasonCode.PacketIdentifierNotFound);
                }

                return;
            }

            if (_context.Deliveries.State(delivery) == DeliveryState.PubackPending)
            {
                _closer.Disconnect(connection, ReasonCode.ProtocolError);
                return;
            }

            if (_packet.ReasonCode >= ReasonCode.UnspecifiedError)
            {
                // [MQTT5-4.4.0-2]
                Finish(session, delivery);
                return;
            }

            // From here on the PUBLISH is never sent again [MQTT-4.3.3-1] [MQTT5-4.3.3-6]; PUBREL has its Packet Identifier
            // [MQTT5-4.3.3-4] and is owed a PUBCOMP [MQTT5-4.3.3-5].
            _context.Deliveries.SetSent(delivery, DeliveryState.PubcompPending, packetIdentifier);
            _queue.ReleaseMessage(session, delivery);
            session.LastProgressMs = _context.NowMs;
            Answer(connection, PacketType.Pubrel, ReasonCode.Success);
        }

        private void Release(Connection connection)
        {
            // [MQTT-4.3.3-2] [MQTT5-4.3.3-11] [MQTT5-4.3.3-12]
            bool known = connection.Session.RemoveInbound(_packet.PacketIdentifier);
            Answer(connection, PacketType.Pubcomp, known ? ReasonCode.Success : ReasonCode.PacketIdentifierNotFound);
        }

        private void Answer(Connection connection, int packetType, int reasonCode)
        {
            if (!_replies.Acknowledge(connection, packetType, _packet.PacketIdentifier, reasonCode))
            {
                // The buffers of all connections are used up; the handshake goes on after a reconnect.
                _closer.Disconnect(connection, ReasonCode.QuotaExceeded);
            }
        }
    }
}
