using EdgeBroker.Connections;
using EdgeBroker.Delivery;
using EdgeBroker.Memory;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;

namespace EdgeBroker.Handlers
{
    /// <summary>AUTH from a Client: enhanced authentication and re-authentication (5.0, sections 3.15 and 4.12).</summary>
    internal sealed class AuthHandler
    {
        private readonly ConnectionCloser _closer;
        private readonly ReplySender _replies;
        private readonly ConnectHandler _connect;
        private readonly IAuthenticator _authenticator;
        private readonly AuthPacket _packet;

        /// <summary>Makes the handler.</summary>
        public AuthHandler(
            ConnectionCloser closer,
            ReplySender replies,
            ConnectHandler connect,
            IAuthenticator authenticator,
            PropertyReader properties)
        {
            _closer = closer;
            _replies = replies;
            _connect = connect;
            _authenticator = authenticator;
            _packet = new AuthPacket(properties);
        }

        /// <summary>Handles AUTH.</summary>
        public void Handle(Connection connection, byte[] buffer, int offset, int headerSize, int size)
        {
            int fault = _packet.Decode(buffer, offset, headerSize, size, connection.ProtocolLevel);
            if (fault == ReasonCode.Success)
            {
                fault = Check(connection, buffer);
            }

            if (fault != ReasonCode.Success)
            {
                _closer.Disconnect(connection, fault);
                return;
            }

            byte[] response;
            int result = _authenticator.Continue(
                connection.Handle,
                _packet.ReasonCode,
                connection.AuthenticationMethod,
                buffer,
                _packet.AuthenticationDataOffset,
                _packet.HasAuthenticationData ? _packet.AuthenticationDataLength : 0,
                out response);
            if (connection.State == ConnectionState.Authenticating)
            {
                Authenticated(connection, result, response);
            }
            else if (result == ReasonCode.Success || result == ReasonCode.ContinueAuthentication)
            {
                connection.Authentication.IsAgain = result == ReasonCode.ContinueAuthentication;
                Send(connection, result, response);
            }
            else
            {
                // [MQTT5-4.12.1-2]
                _closer.Disconnect(connection, result);
            }
        }

        private void Authenticated(Connection connection, int result, byte[] response)
        {
            if (result == ReasonCode.Success)
            {
                _connect.Resume(connection, response);
            }
            else if (result == ReasonCode.ContinueAuthentication)
            {
                Send(connection, result, response);
            }
            else
            {
                // [MQTT5-4.12.0-4]
                _connect.Refuse(connection, result);
            }
        }

        private int Check(Connection connection, byte[] buffer)
        {
            byte[] method = connection.AuthenticationMethod;
            if (method == null || !_packet.HasAuthenticationMethod)
            {
                // Without a method in CONNECT there is no AUTH [MQTT5-4.12.0-7].
                return ReasonCode.ProtocolError;
            }

            // An authentication that was begun goes on with 0x18 [MQTT5-4.12.0-3]; 0x19 begins one, when connected.
            bool isAgain = connection.State == ConnectionState.Connected && !connection.Authentication.IsAgain;
            if (_packet.ReasonCode != (isAgain ? ReasonCode.ReAuthenticate : ReasonCode.ContinueAuthentication))
            {
                return ReasonCode.ProtocolError;
            }

            // The method stays the same [MQTT5-4.12.0-5] [MQTT5-4.12.1-1].
            bool same = _packet.AuthenticationMethodLength == method.Length
                && ByteHash.AreEqual(method, buffer, _packet.AuthenticationMethodOffset, method.Length);
            return same ? ReasonCode.Success : ReasonCode.ProtocolError;
        }

        // With the method of CONNECT [MQTT5-4.12.0-5], and 0x18 to ask for more [MQTT5-4.12.0-2]. No Reason String and no User
        // Property, so that these never make it too large [MQTT5-3.15.2-2] [MQTT5-3.15.2-3].
        private void Send(Connection connection, int reasonCode, byte[] data)
        {
            byte[] method = connection.AuthenticationMethod;
            int room = 32 + method.Length + (data == null ? 0 : data.Length);
            AuthPacket.Write(_replies.Begin(room), reasonCode, method, data, null);
            if (!_replies.Send(connection))
            {
                _closer.Disconnect(connection, _replies.ReasonUnsent(connection));
            }
        }
    }
}
