using EdgeBroker.Connections;
using EdgeBroker.Delivery;
using EdgeBroker.Protocol;

namespace EdgeBroker.Handlers
{
    /// <summary>
    /// Hands each Control Packet to its handler, by its type and the state of its Network Connection; but for PUBLISH, which
    /// goes to <see cref="PublishHandler"/> at once.
    /// </summary>
    internal sealed class PacketHandler
    {
        private const int PubackByte = PacketType.Puback << 4;

        private readonly Counters _counters;
        private readonly ConnectHandler _connect;
        private readonly AckHandler _ack;
        private readonly SubscribeHandler _subscribe;
        private readonly DisconnectHandler _disconnect;
        private readonly AuthHandler _auth;
        private readonly ReplySender _replies;
        private readonly ConnectionCloser _closer;

        /// <summary>Makes the one for all connections.</summary>
        public PacketHandler(
            Counters counters,
            ConnectHandler connect,
            AckHandler ack,
            SubscribeHandler subscribe,
            DisconnectHandler disconnect,
            AuthHandler auth,
            ReplySender replies,
            ConnectionCloser closer)
        {
            _counters = counters;
            _connect = connect;
            _ack = ack;
            _subscribe = subscribe;
            _disconnect = disconnect;
            _auth = auth;
            _replies = replies;
            _closer = closer;
        }

        /// <summary>Handles a packet.</summary>
        /// <returns>False if it has to wait: nothing has changed then, and it is to be handed in again.</returns>
        public bool Handle(Connection connection, byte[] buffer, int offset, int headerSize, int size)
        {
            // Most are PUBACK without a Reason Code.
            int first = buffer[offset];
            if (first == PubackByte && size == AckPacket.SizeMin && connection.State == ConnectionState.Connected)
            {
                _ack.HandlePuback(connection, buffer, offset);
            }
            else if (!Dispatch(connection, first >> 4, buffer, offset, headerSize, size))
            {
                return false;
            }

            _counters.OthersReceived++;
            return true;
        }

        private bool Dispatch(Connection connection, int type, byte[] buffer, int offset, int headerSize, int size)
        {
            if (connection.State != ConnectionState.Connected)
            {
                HandleBefore(connection, type, buffer, offset, headerSize, size);
                return true;
            }

            switch (type)
            {
                case PacketType.Puback:
                case PacketType.Pubrec:
                case PacketType.Pubrel:
                case PacketType.Pubcomp:
                    return _ack.Handle(connection, buffer, offset, headerSize, size);
                case PacketType.Subscribe:
                    return _subscribe.Subscribe(connection, buffer, offset, headerSize, size);
                case PacketType.Unsubscribe:
                    return _subscribe.Unsubscribe(connection, buffer, offset, headerSize, size);
                case PacketType.Pingreq:
                    return Ping(connection, buffer, offset, size);
                case PacketType.Disconnect:
                    _disconnect.Handle(connection, buffer, offset, headerSize, size);
                    return true;
                case PacketType.Auth:
                    if (connection.IsV5)
                    {
                        _auth.Handle(connection, buffer, offset, headerSize, size);
                        return true;
                    }

                    break;
                default:
                    break;
            }

            // A second CONNECT [MQTT-3.1.0-2] [MQTT5-3.1.0-2], or a packet that only a Server sends.
            _closer.Disconnect(connection, ReasonCode.ProtocolError);
            return true;
        }

        private void HandleBefore(Connection connection, int type, byte[] buffer, int offset, int headerSize, int size)
        {
            if (connection.State == ConnectionState.AwaitingConnect)
            {
                _connect.Handle(connection, buffer, offset, headerSize, size);
            }
            else if (type == PacketType.Auth)
            {
                _auth.Handle(connection, buffer, offset, headerSize, size);
            }
            else
            {
                // [MQTT5-3.1.2-30]
                _closer.Disconnect(connection, ReasonCode.ProtocolError);
            }
        }

        private bool Ping(Connection connection, byte[] buffer, int offset, int size)
        {
            int fault = EmptyPacket.Decode(buffer, offset, size);
            if (fault != ReasonCode.Success)
            {
                _closer.Disconnect(connection, fault);
                return true;
            }

            return _replies.Ping(connection);
        }
    }
}
