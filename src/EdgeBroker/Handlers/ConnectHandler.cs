using EdgeBroker.Connections;
using EdgeBroker.Delivery;
using EdgeBroker.Limits;
using EdgeBroker.Memory;
using EdgeBroker.Overload;
using EdgeBroker.Persistence;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Sessions;
using EdgeBroker.Topics;

namespace EdgeBroker.Handlers
{
    /// <summary>CONNECT: who may, with which Session, on which terms (sections 3.1 and 3.2 of both standards).</summary>
    internal sealed class ConnectHandler
    {
        private readonly Context _context;
        private readonly ConnectionCloser _closer;
        private readonly SessionKeeper _keeper;
        private readonly ConnackSender _connack;
        private readonly ConnectAdmission _admission;
        private readonly IAuthenticator _authenticator;
        private readonly ConnectPacket _packet;
        private readonly ConnectWill _will;
        private readonly AssignedIdentifier _assigned;
        private bool _isStoreShort;

        // More than the length of a Client Identifier that is assigned.
        private const int AssignedMax = 64;

        /// <summary>Makes the handler.</summary>
        public ConnectHandler(
            Context context,
            ReplySender replies,
            ConnectionCloser closer,
            SessionKeeper keeper,
            ConnectAdmission admission,
            IAuthenticator authenticator,
            IAuthorizer authorizer,
            PropertyReader properties)
        {
            _context = context;
            _will = new ConnectWill(context, keeper, authorizer);
            _closer = closer;
            _keeper = keeper;
            _admission = admission;
            _connack = new ConnackSender(context, replies, closer);
            _authenticator = authenticator;
            _packet = new ConnectPacket(properties);
            _assigned = new AssignedIdentifier(context.Sessions);
        }

        /// <summary>Handles CONNECT as the first packet of a Network Connection.</summary>
        public void Handle(Connection connection, byte[] buffer, int offset, int headerSize, int size)
        {
            ConnectPacket packet = _packet;
            int fault = packet.Decode(buffer, offset, headerSize, size);
            connection.ProtocolLevel = packet.ProtocolLevel;
            if (fault != ReasonCode.Success)
            {
                RefuseMalformed(connection, fault);
                return;
            }

            connection.MaximumPacketSize = packet.MaximumPacketSize;
            connection.SetProblemInformation(packet.RequestProblemInformation);
            fault = Check(connection);
            if (fault != ReasonCode.Success)
            {
                _connack.Refuse(connection, fault);
                return;
            }

            fault = _admission.Check(packet);
            if (fault != ReasonCode.Success)
            {
                _connack.Refuse(connection, fault, _admission.WaitMs);
                return;
            }

            if (packet.HasAuthenticationMethod)
            {
                BeginAuthentication(connection, buffer, offset, size);
                return;
            }

            // [MQTT5-3.1.4-2]
            fault = _authenticator == null ? ReasonCode.Success : _authenticator.Authenticate(packet);
            if (fault != ReasonCode.Success)
            {
                _connack.Refuse(connection, fault);
                return;
            }

            Accept(connection, null);
        }

        /// <summary>Goes on with the CONNECT that was kept while AUTH packets went back and forth.</summary>
        /// <param name="connection">The Network Connection.</param>
        /// <param name="response">The last Authentication Data for the Client, or null.</param>
        public void Resume(Connection connection, byte[] response)
        {
            byte[] pending = connection.Authentication.PendingConnect;
            connection.Authentication.PendingConnect = null;
            int headerSize;
            int size = FixedHeader.ReadSize(pending, 0, pending.Length, out headerSize);
            _packet.Decode(pending, 0, headerSize, size);
            Accept(connection, response);
        }

        /// <summary>Refuses a Client whose authentication failed.</summary>
        public void Refuse(Connection connection, int reasonCode)
        {
            _connack.Refuse(connection, reasonCode);
        }

        // A level that is not spoken is answered in the form of 3.1.1, which every Client knows [MQTT-3.1.2-2]
        // [MQTT5-3.1.2-2]; nobody can say what an ill-formed packet wants to hear [MQTT-3.1.4-1] [MQTT5-3.1.4-1].
        private void RefuseMalformed(Connection connection, int fault)
        {
            if (fault == ReasonCode.UnsupportedProtocolVersion && _packet.ProtocolLevel != 0)
            {
                connection.ProtocolLevel = ProtocolLevel.V311;
                _connack.Refuse(connection, fault);
                return;
            }

            _context.Counters.ConnectsRefused++;
            _context.Tell(BrokerEvent.ConnectRefused, connection.Handle, fault);
            _closer.Close(connection);
        }

        private int Check(Connection connection)
        {
            ConnectPacket packet = _packet;
            BrokerLimits limits = _context.Limits;
            bool mayBeEmpty = connection.IsV5 || (packet.CleanStart && packet.ProtocolLevel == ProtocolLevel.V311);
            if (packet.ClientIdentifierLength == 0 && !mayBeEmpty)
            {
                // [MQTT-3.1.3-8] [MQTT-3.1.3-9]; all others are good, whatever their length [MQTT-3.1.3-5] [MQTT5-3.1.3-5].
                return ReasonCode.ClientIdentifierNotValid;
            }

            if (packet.HasWill && packet.WillQoS > limits.MaximumQoS)
            {
                // [MQTT5-3.2.2-12]
                return ReasonCode.QoSNotSupported;
            }

            if (packet.HasWill && packet.WillRetain && !limits.RetainAvailable)
            {
                // [MQTT5-3.2.2-13]
                return ReasonCode.RetainNotSupported;
            }

            if (packet.HasWill && _context.ReservedTopics.IsReserved(packet.Buffer, packet.WillTopicOffset, packet.WillTopicLength))
            {
                return ReasonCode.NotAuthorized;
            }

            return ReasonCode.Success;
        }

        private void BeginAuthentication(Connection connection, byte[] buffer, int offset, int size)
        {
            ConnectPacket packet = _packet;
            if (_authenticator == null)
            {
                // [MQTT5-4.12.0-1]
                _connack.Refuse(connection, ReasonCode.BadAuthenticationMethod);
                return;
            }

            byte[] method = Growth.Copy(packet.Buffer, packet.AuthenticationMethodOffset, packet.AuthenticationMethodLength);
            connection.NoteExtras().Authentication = Authentication.Of(method);
            byte[] response;
            int result = _authenticator.Continue(
                connection.Handle,
                ReasonCode.Success,
                method,
                packet.Buffer,
                packet.AuthenticationDataOffset,
                packet.HasAuthenticationData ? packet.AuthenticationDataLength : 0,
                out response);
            if (result == ReasonCode.Success)
            {
                Accept(connection, response);
                return;
            }

            if (result != ReasonCode.ContinueAuthentication)
            {
                _connack.Refuse(connection, result);
                return;
            }

            connection.Authentication.PendingConnect = Growth.Copy(buffer, offset, size);
            connection.State = ConnectionState.Authenticating;
            _connack.Continue(connection, response);
        }

        private void Accept(Connection connection, byte[] response)
        {
            ConnectPacket packet = _packet;
            Session session = null;
            if (packet.ClientIdentifierLength > 0)
            {
                session = _context.Sessions.Find(packet.Buffer, packet.ClientIdentifierOffset, packet.ClientIdentifierLength);
            }

            int fault = CheckRoom(session);
            if (fault != ReasonCode.Success)
            {
                _connack.Refuse(connection, fault);
                return;
            }

            bool discarded = session != null && session.StoreNumber != 0 && (packet.CleanStart || !session.IsDurable);
            session = TakeOver(session);

            // [MQTT-3.2.2-2] [MQTT-3.2.2-3] [MQTT5-3.2.2-3]
            bool present = session != null;
            byte[] assigned = null;
            if (session == null)
            {
                // [MQTT-3.1.2-4] [MQTT5-3.1.2-6]; the name that is given is the Session's from now on [MQTT5-3.1.3-7].
                assigned = packet.ClientIdentifierLength == 0 ? _assigned.Next(_context.NowMs) : null;
                session = assigned == null
                    ? _context.Sessions.Add(packet.Buffer, packet.ClientIdentifierOffset, packet.ClientIdentifierLength)
                    : _context.Sessions.Add(assigned, 0, assigned.Length);
            }

            _admission.Charge(session);
            Agree(connection, session);
            connection.State = ConnectionState.Connected;
            connection.DeadlineMs = 0;
            _keeper.Attach(session, connection);
            if (_context.Store != null)
            {
                Store(connection, session, discarded);
            }

            // Before this the outbox had AUTH in it at the most [MQTT-3.2.0-1] [MQTT5-3.2.0-1]; another CONNECT does not come
            // here [MQTT5-3.2.0-2].
            if ((packet.HasWill && !_will.Keep(packet, session))
                || !_connack.Accept(connection, packet, session, present, assigned, response))
            {
                RefuseWithoutMemory(connection, session, present);
                return;
            }

            _context.Tell(BrokerEvent.ClientConnected, connection.Handle, connection.ProtocolLevel);
        }

        private int CheckRoom(Session session)
        {
            int fault = _keeper.IsStopping ? ReasonCode.ServerUnavailable : _admission.CheckRoom(session);
            if (fault == ReasonCode.Success)
            {
                fault = _will.Prepare(_packet);
            }

            return fault == ReasonCode.Success && _context.Store != null ? CheckStore(session) : fault;
        }

        // A Session is there, or gone, for good before CONNACK says so.
        private void Store(Connection connection, Session session, bool discarded)
        {
            bool changed = _context.Store.Sessions.OnConnected(session, discarded);
            bool willStored = session.StoreNumber != 0 && _packet.HasWill;
            if (changed || willStored || (session.StoreNumber != 0 && _context.Store.Commits.IsPending))
            {
                _context.Store.Commits.Depend(connection);
            }
        }

        // Storage that is full or fails: one whose Session is kept goes on with it, so that nothing of it is lost; another durable
        // one is refused, or, if the storage fails, not durable, which a 5.0 Client is told and an older one can't be.
        private int CheckStore(Session session)
        {
            ConnectPacket packet = _packet;
            bool isV5 = packet.ProtocolLevel == ProtocolLevel.V5;
            bool isDurable = isV5 ? packet.SessionExpiryIntervalS > 0 : !packet.CleanStart;
            int willSize = packet.HasWill ? packet.WillTopicLength + packet.WillPropertiesLength + packet.WillPayloadLength : 0;
            if (session != null && session.StoreNumber != 0 && session.IsDurable && !packet.CleanStart)
            {
                _isStoreShort = false;
                return _context.Store.Sessions.ReserveReconnect(willSize) ? ReasonCode.Success : ReasonCode.ServerUnavailable;
            }

            bool replaces = session != null && session.StoreNumber != 0;
            _isStoreShort = isDurable
                && !_context.Store.Sessions.ReserveConnect(packet.ClientIdentifierLength + AssignedMax, willSize, replaces);
            if (!_isStoreShort)
            {
                return ReasonCode.Success;
            }

            if (_context.Store.Commits.State == StoreState.Good)
            {
                return ReasonCode.QuotaExceeded;
            }

            return isV5 && !replaces ? ReasonCode.Success : ReasonCode.ServerUnavailable;
        }

        // Ends what the Client Identifier's earlier connection and, for a clean start, its Session were.
        // Returns the Session to go on with, or null. The CONNECT is known to be good [MQTT-3.1.4-3] [MQTT5-3.1.4-4].
        private Session TakeOver(Session session)
        {
            if (session == null)
            {
                return null;
            }

            if (session.Connection != null)
            {
                // [MQTT-3.1.4-2] [MQTT5-3.1.4-3]; a Session that is not durable ends with its connection.
                bool durable = session.IsDurable;
                _closer.Disconnect(session.Connection, ReasonCode.SessionTakenOver);
                if (!durable || session.ClientIdentifier == null)
                {
                    return null;
                }
            }

            if (_packet.CleanStart)
            {
                // [MQTT-3.1.2-6] [MQTT5-3.1.2-4] [MQTT-3.2.2-1] [MQTT5-3.2.2-2]
                _keeper.End(session);
                return null;
            }

            // [MQTT-3.1.2-4] [MQTT5-3.1.2-5]
            return session;
        }

        private void Agree(Connection connection, Session session)
        {
            ConnectPacket packet = _packet;
            BrokerLimits limits = _context.Limits;
            session.IsV5 = connection.IsV5;
            long expiryMaxS = limits.SessionExpiryMaxS == BrokerLimits.NoExpiryS ? Session.NeverExpires : limits.SessionExpiryMaxS;
            long expiryS = packet.SessionExpiryIntervalS;
            if (!connection.IsV5)
            {
                // [MQTT-3.1.2-4] [MQTT-3.1.2-6]
                expiryS = packet.CleanStart ? 0 : expiryMaxS;
            }

            session.ExpiryS = expiryS < expiryMaxS ? expiryS : expiryMaxS;
            if (_isStoreShort)
            {
                session.ExpiryS = session.StoreNumber != 0 ? session.Items.ExpiryS : 0;
            }

            // [MQTT5-4.9.0-1]: neither is ever 0.
            connection.Window = packet.ReceiveMaximum < limits.ReceiveMax ? packet.ReceiveMaximum : limits.ReceiveMax;

            // [MQTT5-3.1.2-26] [MQTT5-3.1.2-27]
            int aliases = packet.TopicAliasMaximum < limits.TopicAliasMax ? packet.TopicAliasMaximum : limits.TopicAliasMax;
            connection.OutboundAliases = aliases > 0 ? OutboundAliases.Create(aliases) : null;

            int keepAliveS = GrantedKeepAliveS(connection, limits, packet.KeepAliveS);
            connection.KeepAliveMs = keepAliveS * 1500L;
            if (keepAliveS > 0)
            {
                _context.SetTimer(_context.NowMs + connection.KeepAliveMs);
            }
        }

        /// <summary>
        /// The Keep Alive that holds, in seconds: the Client's own [MQTT5-3.2.2-22], unless it speaks 5.0 and is told a
        /// shorter one.
        /// </summary>
        public static int GrantedKeepAliveS(Connection connection, BrokerLimits limits, int keepAliveS)
        {
            bool shorten = connection.IsV5
                && limits.ServerKeepAliveS > 0
                && (keepAliveS == 0 || keepAliveS > limits.ServerKeepAliveS);
            return shorten ? limits.ServerKeepAliveS : keepAliveS;
        }

        private void RefuseWithoutMemory(Connection connection, Session session, bool present)
        {
            connection.State = ConnectionState.AwaitingConnect;
            if (!present)
            {
                session.ExpiryS = 0;
            }

            _keeper.Detach(session, false);
            _connack.Refuse(connection, ReasonCode.ServerBusy);
        }
    }
}
