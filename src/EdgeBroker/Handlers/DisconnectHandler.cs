using EdgeBroker.Connections;
using EdgeBroker.Delivery;
using EdgeBroker.Limits;
using EdgeBroker.Protocol;
using EdgeBroker.Sessions;

namespace EdgeBroker.Handlers
{
    /// <summary>DISCONNECT from a Client (section 3.14 of both standards).</summary>
    internal sealed class DisconnectHandler
    {
        private readonly Context _context;
        private readonly SessionQueue _queue;
        private readonly ConnectionCloser _closer;
        private readonly DisconnectPacket _packet;

        /// <summary>Makes the handler.</summary>
        public DisconnectHandler(Context context, SessionQueue queue, ConnectionCloser closer, PropertyReader properties)
        {
            _context = context;
            _queue = queue;
            _closer = closer;
            _packet = new DisconnectPacket(properties);
        }

        /// <summary>Handles DISCONNECT.</summary>
        public void Handle(Connection connection, byte[] buffer, int offset, int headerSize, int size)
        {
            int fault = _packet.Decode(buffer, offset, headerSize, size, connection.ProtocolLevel);
            if (fault == ReasonCode.Success && _packet.SessionExpiryIntervalS >= 0)
            {
                fault = ChangeExpiry(connection.Session, _packet.SessionExpiryIntervalS);
            }

            if (fault != ReasonCode.Success)
            {
                // [MQTT-3.14.1-1] [MQTT5-3.14.1-1]
                _closer.Disconnect(connection, fault);
                return;
            }

            if (connection.Session.Trouble != null && connection.Outbox.IsEmpty)
            {
                _queue.ConfirmDropped(connection.Session);
            }

            _closer.ClientDisconnected(connection, _packet.ReasonCode);
        }

        // A Session that was to end with its connection can't be made durable by its end (5.0, section 3.14.2.2.2).
        private int ChangeExpiry(Session session, long expiryS)
        {
            if (session.ExpiryS == 0 && expiryS > 0)
            {
                return ReasonCode.ProtocolError;
            }

            int maxS = _context.Limits.SessionExpiryMaxS;
            session.ExpiryS = maxS != BrokerLimits.NoExpiryS && expiryS > maxS ? maxS : expiryS;
            if (session.StoreNumber != 0)
            {
                _context.Store.Sessions.OnTermsChanged(session);
            }

            return ReasonCode.Success;
        }
    }
}
