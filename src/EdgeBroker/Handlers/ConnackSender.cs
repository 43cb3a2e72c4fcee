using System.Text;
using EdgeBroker.Connections;
using EdgeBroker.Delivery;
using EdgeBroker.Limits;
using EdgeBroker.Memory;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Sessions;
using EdgeBroker.Store;

namespace EdgeBroker.Handlers
{
    /// <summary>Writes CONNACK: what the broker grants, or why it refuses (section 3.2 of both standards).</summary>
    internal sealed class ConnackSender
    {
        private const int RoomMin = ReplySender.ScratchSize;

        private readonly Context _context;
        private readonly ReplySender _replies;
        private readonly ConnectionCloser _closer;
        private readonly byte[] _dropped = Encoding.UTF8.GetBytes("dropped");
        private readonly byte[] _responsePrefix = Encoding.UTF8.GetBytes("response/");

        /// <summary>Makes the one for all connections.</summary>
        public ConnackSender(Context context, ReplySender replies, ConnectionCloser closer)
        {
            _context = context;
            _replies = replies;
            _closer = closer;
        }

        /// <summary>Accepts a CONNECT [MQTT-3.1.4-4] [MQTT5-3.1.4-5].</summary>
        /// <param name="connection">The Network Connection, connected.</param>
        /// <param name="connect">The CONNECT.</param>
        /// <param name="session">The Session.</param>
        /// <param name="present">Whether the Session was there before.</param>
        /// <param name="assigned">The Client Identifier that was assigned, or null.</param>
        /// <param name="response">The last Authentication Data, or null.</param>
        /// <returns>False if there is no memory to say so.</returns>
        public bool Accept(
            Connection connection, ConnectPacket connect, Session session, bool present, byte[] assigned, byte[] response)
        {
            ConnackPacket packet = _replies.Connack;
            packet.Reset();

            // MQTT 3.1 has no Session Present.
            packet.SessionPresent = present && connection.ProtocolLevel != ProtocolLevel.V31;
            if (connection.IsV5)
            {
                SetGranted(connection, connect, session);
                packet.AssignedClientIdentifier = assigned;

                // None without a method in CONNECT [MQTT5-4.12.0-6], else the same [MQTT5-4.12.0-5].
                packet.AuthenticationMethod = connection.AuthenticationMethod;
                packet.AuthenticationData = response;
                if (connect.RequestResponseInformation)
                {
                    // [MQTT5-3.1.2-28]
                    packet.ResponseInformation = ResponseInformation(session);
                }

                if (session.DroppedCount > 0)
                {
                    packet.UserProperties = _replies.UserProperty(_dropped, Utf8Text.Of(session.DroppedCount));
                }
            }

            if (Send(connection, Room(connection, session, response)))
            {
                if (session.Trouble != null)
                {
                    session.Trouble.ToldCount = connection.IsV5 ? session.Trouble.DroppedCount : 0;
                }

                return true;
            }

            // What can be left out is left out [MQTT5-3.2.2-20].
            packet.UserProperties = null;
            packet.ResponseInformation = null;
            if (Send(connection, Room(connection, session, response)))
            {
                return true;
            }

            if (_context.Writer.Position <= connection.MaximumPacketSize)
            {
                return false;
            }

            // Nor will it ever be able to take it.
            _closer.Close(connection);
            return true;
        }

        /// <summary>
        /// Refuses a CONNECT and closes [MQTT-3.2.2-5] [MQTT5-3.2.2-7]; Session Present is 0 [MQTT-3.2.2-4] [MQTT5-3.2.2-6].
        /// </summary>
        /// <param name="connection">The Network Connection.</param>
        /// <param name="reasonCode">The 5.0 Reason Code; an older Client is told the nearest return code.</param>
        public void Refuse(Connection connection, int reasonCode)
        {
            Refuse(connection, reasonCode, 0);
        }

        /// <summary>As <see cref="Refuse(Connection, int)"/>.</summary>
        /// <param name="connection">The Network Connection.</param>
        /// <param name="reasonCode">The Reason Code.</param>
        /// <param name="retryMs">The time that a 5.0 Client is told to stay away, in milliseconds; 0 for one that is chosen.</param>
        public void Refuse(Connection connection, int reasonCode, int retryMs)
        {
            reasonCode = _replies.Redirect(reasonCode);
            _context.Counters.ConnectsRefused++;
            _context.Tell(BrokerEvent.ConnectRefused, connection.Handle, reasonCode);
            _replies.Refuse(connection, reasonCode, retryMs);
            _closer.Close(connection);
        }

        /// <summary>Asks for more Authentication Data [MQTT5-4.12.0-2].</summary>
        public void Continue(Connection connection, byte[] data)
        {
            int room = RoomMin + connection.AuthenticationMethod.Length + (data == null ? 0 : data.Length);
            AuthPacket.Write(
                _replies.Begin(room), ReasonCode.ContinueAuthentication, connection.AuthenticationMethod, data, null);
            if (!_replies.Send(connection))
            {
                _closer.Close(connection);
            }
        }

        private static int Room(Connection connection, Session session, byte[] response)
        {
            return RoomMin
                + session.ClientIdentifier.Length * 2
                + (connection.AuthenticationMethod == null ? 0 : connection.AuthenticationMethod.Length)
                + (response == null ? 0 : response.Length);
        }

        private byte[] ResponseInformation(Session session)
        {
            byte[] information = MemoryReserve.Bytes(_responsePrefix.Length + session.ClientIdentifier.Length);
            System.Array.Copy(_responsePrefix, 0, information, 0, _responsePrefix.Length);
            System.Array.Copy(
                session.ClientIdentifier, 0, information, _responsePrefix.Length, session.ClientIdentifier.Length);
            return information;
        }

        private void SetGranted(Connection connection, ConnectPacket connect, Session session)
        {
            ConnackPacket packet = _replies.Connack;
            BrokerLimits limits = _context.Limits;
            packet.SessionExpiryIntervalS = session.ExpiryS == connect.SessionExpiryIntervalS ? -1 : session.ExpiryS;
            packet.ReceiveMaximum = limits.ReceiveMax < 65535 ? limits.ReceiveMax : -1;

            // [MQTT5-3.2.2-9]
            packet.MaximumQoS = limits.MaximumQoS < QoS.QoS2 ? limits.MaximumQoS : -1;
            packet.RetainAvailable = limits.RetainAvailable ? -1 : 0;
            packet.MaximumPacketSize = limits.PacketSizeMax;
            packet.TopicAliasMaximum = limits.TopicAliasMax > 0 ? limits.TopicAliasMax : -1;
            packet.WildcardSubscriptionAvailable = limits.WildcardAvailable ? -1 : 0;
            packet.SubscriptionIdentifiersAvailable = limits.SubscriptionIdsAvailable ? -1 : 0;
            packet.SharedSubscriptionAvailable = limits.SharedAvailable ? -1 : 0;
            int keepAliveS = ConnectHandler.GrantedKeepAliveS(connection, limits, connect.KeepAliveS);
            packet.ServerKeepAliveS = keepAliveS == connect.KeepAliveS ? -1 : keepAliveS;
        }

        private bool Send(Connection connection, int room)
        {
            _replies.Connack.Write(_replies.Begin(room), connection.ProtocolLevel);
            return _replies.Send(connection);
        }
    }
}
