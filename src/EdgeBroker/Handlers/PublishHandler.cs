using EdgeBroker.Connections;
using EdgeBroker.Delivery;
using EdgeBroker.Memory;
using EdgeBroker.Persistence;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Sessions;
using EdgeBroker.Topics;

namespace EdgeBroker.Handlers
{
    /// <summary>PUBLISH from a Client, at every QoS (3.1.1 and 5.0, sections 3.3 and 4.3).</summary>
    internal sealed class PublishHandler
    {
        // No Reason Code.
        private const int MustWait = -1;

        private readonly Context _context;
        private readonly Router _router;
        private readonly ReplySender _replies;
        private readonly ConnectionCloser _closer;
        private readonly IAuthorizer _authorizer;
        private readonly InboundAliases _aliases;
        private readonly Counters _counters;
        private readonly RouteCache _routes;
        private readonly Publication _publication;
        private readonly int _maximumQoS;
        private byte[] _properties = new byte[0];

        /// <summary>Makes the handler.</summary>
        public PublishHandler(
            Context context,
            Router router,
            ReplySender replies,
            ConnectionCloser closer,
            IAuthorizer authorizer,
            PropertyReader properties)
        {
            _context = context;
            _router = router;
            _replies = replies;
            _closer = closer;
            _authorizer = authorizer;
            _aliases = new InboundAliases(context);
            _counters = context.Counters;
            _routes = context.Routes;
            _maximumQoS = context.Limits.MaximumQoS;
            _publication = new Publication(properties);
        }

        /// <summary>Handles a PUBLISH.</summary>
        /// <returns>False if it has to wait: nothing has changed then.</returns>
        public bool Handle(Connection connection, byte[] buffer, int offset, int headerSize, int size)
        {
            Publication publication = _publication;
            int fault = publication.Decode(buffer, offset, headerSize, size, connection.ProtocolLevel);
            publication.TopicBuffer = buffer;
            publication.PacketOffset = offset;
            publication.PacketSize = size;
            publication.PacketLevel = connection.ProtocolLevel;
            publication.Publisher = connection.Session;
            if (fault != ReasonCode.Success)
            {
                return Refuse(connection, fault);
            }

            if (publication.QoS > QoS.QoS0 || publication.Retain || !publication.AllForwarded)
            {
                fault = Prepare(connection);
                if (fault != ReasonCode.Success)
                {
                    return Refuse(connection, fault);
                }
            }

            // Most Clients publish to the topic that they published to before.
            Route route = connection.LastRoute;
            if (route == null || !_routes.IsRouteOf(route, publication))
            {
                route = FindRoute(connection, publication);
                if (route == null)
                {
                    return true;
                }
            }

            if (_authorizer != null && !MayPublish(connection))
            {
                RefuseTopic(connection);
            }
            else if (publication.QoS == QoS.QoS0)
            {
                _router.Publish(publication, route);
            }
            else if (!(publication.QoS == QoS.QoS1 ? HandleQoS1(connection, route) : HandleQoS2(connection, route)))
            {
                // It is handed in again, and counted then.
                return false;
            }

            _counters.PublishReceived++;
            return true;
        }

        private bool Refuse(Connection connection, int fault)
        {
            if (fault == MustWait)
            {
                return false;
            }

            _closer.Disconnect(connection, fault);
            return true;
        }

        // A Topic Name that has a route was checked before; any other is checked now. Returns null if that was all.
        private Route FindRoute(Connection connection, Publication publication)
        {
            Route route = _routes.Find(publication.TopicBuffer, publication.TopicOffset, publication.TopicLength);
            if (route == null)
            {
                route = AddRoute(connection, publication);
            }

            if (route != null
                && _context.ReservedTopics.IsReserved(publication.TopicBuffer, publication.TopicOffset, publication.TopicLength))
            {
                RefuseTopic(connection);
                _counters.PublishReceived++;
                return null;
            }

            connection.LastRoute = route;
            return route;
        }

        private Route AddRoute(Connection connection, Publication publication)
        {
            if (!TopicName.IsValid(publication.TopicBuffer, publication.TopicOffset, publication.TopicLength))
            {
                // [MQTT-3.3.2-1] [MQTT-3.3.2-2] [MQTT5-3.3.2-1] [MQTT5-3.3.2-2]
                _closer.Disconnect(connection, ReasonCode.MalformedPacket);
                return null;
            }

            return _routes.Add(publication.TopicBuffer, publication.TopicOffset, publication.TopicLength);
        }

        // What only some messages need. Returns a Reason Code, or MustWait.
        private int Prepare(Connection connection)
        {
            Publication publication = _publication;
            publication.IsStaged = _context.IsEnding;
            if (publication.QoS > _maximumQoS)
            {
                return ReasonCode.QoSNotSupported;
            }

            if (publication.Retain && !_context.Limits.RetainAvailable)
            {
                return ReasonCode.RetainNotSupported;
            }

            if (publication.QoS > QoS.QoS0 && !connection.Outbox.HasRoomForReply(AckPacket.SizeMax))
            {
                return MustWait;
            }

            return publication.AllForwarded ? ReasonCode.Success : TakeProperties(connection);
        }

        // The properties that are between the publisher and the broker, and a copy of the others.
        private int TakeProperties(Connection connection)
        {
            Publication publication = _publication;
            if (publication.SubscriptionIdentifierCount > 0)
            {
                // They go from Server to Client only [MQTT5-3.3.4-6].
                return ReasonCode.ProtocolError;
            }

            if (publication.TopicAlias != 0)
            {
                // An alias belongs to one Network Connection: the packet can't be handed on as it is [MQTT5-3.3.2-7].
                publication.PacketLevel = 0;
                int fault = _aliases.Resolve(connection, publication);
                if (fault != ReasonCode.Success)
                {
                    return fault;
                }
            }

            if (publication.MessageExpiryIntervalS >= 0)
            {
                // An interval of 0 has expired for all who can't be given the message at once.
                publication.ExpiresAtMs = _context.NowMs + publication.MessageExpiryIntervalS * 1000;
            }

            if (_properties.Length < publication.PropertiesLength)
            {
                _properties = Store.MemoryReserve.Bytes(publication.PropertiesLength);
            }

            publication.PropertiesLength = ForwardedProperties.Copy(
                publication.Buffer, publication.PropertiesOffset, publication.PropertiesLength, _properties, 0);
            publication.PropertiesBuffer = _properties;
            publication.PropertiesOffset = 0;
            return ReasonCode.Success;
        }

        private bool MayPublish(Connection connection)
        {
            return _authorizer.MayPublish(
                connection.Session.ClientIdentifier,
                _publication.TopicBuffer,
                _publication.TopicOffset,
                _publication.TopicLength);
        }

        // Not authorized: a 5.0 Client is told; a 3.1.1 Client gets the usual acknowledgement [MQTT-3.3.5-2].
        private void RefuseTopic(Connection connection)
        {
            _context.Tell(BrokerEvent.RequestRefused, connection.Handle, ReasonCode.NotAuthorized);
            if (_publication.QoS > QoS.QoS0)
            {
                int type = _publication.QoS == QoS.QoS1 ? PacketType.Puback : PacketType.Pubrec;
                AcknowledgeOrClose(connection, type, connection.IsV5 ? ReasonCode.NotAuthorized : ReasonCode.Success);
            }
        }

        private bool HandleQoS1(Connection connection, Route route)
        {
            if (connection.FirstHold != HoldTable.None
                && _publication.Duplicate
                && _context.Store.Holds.Has(connection, _publication.PacketIdentifier))
            {
                // The same message again, whose acknowledgement is held back.
                return true;
            }

            int result = _router.Publish(_publication, route);
            if (result == RouteResult.Held)
            {
                return true;
            }

            if (result == RouteResult.Done || result == RouteResult.NoSubscribers)
            {
                // [MQTT-4.3.2-2] [MQTT-3.3.4-1] [MQTT5-4.3.2-4] [MQTT5-3.3.4-1]. The Packet Identifier is not remembered: what
                // comes with it next is another message, whatever its DUP flag [MQTT5-4.3.2-5].
                AcknowledgeWhenSafe(
                    connection,
                    PacketType.Puback,
                    result == RouteResult.Done ? ReasonCode.Success : ReasonCode.NoMatchingSubscribers);
                return true;
            }

            return RefuseForQuota(connection, PacketType.Puback, result);
        }

        private bool HandleQoS2(Connection connection, Route route)
        {
            Session session = connection.Session;
            int packetIdentifier = _publication.PacketIdentifier;
            bool isStored = session.StoreNumber != 0;
            if (session.HasInbound(packetIdentifier))
            {
                // The same message again: it is acknowledged again and not routed again [MQTT-4.3.3-2] [MQTT5-4.3.3-10].
                _publication.IsStaged = isStored && _context.Store.Commits.IsPending;
                AcknowledgeOrClose(connection, PacketType.Pubrec, ReasonCode.Success);
                return true;
            }

            int inboundMax = connection.IsV5 ? _context.Limits.ReceiveMax : _context.InboundMax;
            if (session.InboundCount >= inboundMax)
            {
                // [MQTT5-3.3.4-7]
                _closer.Disconnect(connection, ReasonCode.ReceiveMaximumExceeded);
                return true;
            }

            if (isStored && !_context.Store.Reserve(0, 1, 0, 0))
            {
                return RefuseForQuota(connection, PacketType.Pubrec, RouteResult.Refused);
            }

            int result = _router.Publish(_publication, route);
            if (result == RouteResult.Done || result == RouteResult.NoSubscribers)
            {
                // Making room may have closed the publisher's own connection: its Session knows the message all the same, or it
                // would be routed again when the Client comes back.
                if (session.ClientIdentifier != null)
                {
                    session.AddInbound(packetIdentifier);
                    if (session.StoreNumber != 0)
                    {
                        _context.Store.Sessions.PutInbound(session, packetIdentifier);
                        _publication.IsStaged = true;
                    }
                }

                // [MQTT-4.3.3-2] [MQTT-3.3.4-1] [MQTT5-4.3.3-8] [MQTT5-3.3.4-1]
                AcknowledgeWhenSafe(connection, PacketType.Pubrec, ReasonCode.Success);
                return true;
            }

            return RefuseForQuota(connection, PacketType.Pubrec, result);
        }

        // Never a success for a message that was not taken: 5.0 has a code for that, before it the Client has to try again on a
        // new Network Connection. A wait may be enough.
        private bool RefuseForQuota(Connection connection, int packetType, int result)
        {
            if (connection.State != ConnectionState.Connected)
            {
                return true;
            }

            // Behind what is refused may stand the acknowledgements that make room.
            bool mayWait = connection.WaitingSinceMs == 0
                ? _context.NowMs - connection.Session.RefusedAtMs >= _context.Limits.WaitMs
                : _context.NowMs - connection.WaitingSinceMs < _context.Limits.WaitMs;
            if (mayWait && (result != RouteResult.Refused || !connection.IsV5))
            {
                if (result == RouteResult.WaitForReader && connection.WaitingSinceMs == 0)
                {
                    // Its time begins when that is decided at the latest: the publisher is not to go for a reader that is about to go.
                    connection.WaitingSinceMs = _context.NowMs + _context.Limits.WaitMs;
                }

                return false;
            }

            // [MQTT5-4.3.3-9]: the Packet Identifier is free again. Nothing was taken, so without a buffer to say it with it waits.
            if (connection.IsV5 && !Acknowledge(connection, packetType, ReasonCode.QuotaExceeded))
            {
                return false;
            }

            _counters.Refusals[Resource.QueueBytes]++;
            _context.Tell(BrokerEvent.RequestRefused, connection.Handle, ReasonCode.QuotaExceeded);
            connection.Session.NoteTrouble().RefusedAtMs = _context.NowMs;

            // Before 5.0 its time to wait is over, and so its connection is closed [MQTT-4.8.0-2].
            return connection.IsV5;
        }

        // The acknowledgement leaves when the message is safe, in the order of the messages. In mode relaxed it does not wait.
        private void AcknowledgeWhenSafe(Connection connection, int packetType, int reasonCode)
        {
            Publication publication = _publication;
            int hold = publication.Hold;
            publication.Hold = HoldTable.None;
            if (hold != HoldTable.None && _context.Store.Holds.IsSafe && connection.State == ConnectionState.Connected)
            {
                _context.Store.Holds.Assign(hold, connection, HoldTable.Answer(packetType, reasonCode, publication));
            }
            else if (!Acknowledge(connection, packetType, reasonCode))
            {
                _closer.Disconnect(connection, ReasonCode.ServerBusy);
            }
        }

        // Behind others that are held back, if there is a place.
        private bool IsHeldBack(Connection connection, int packetType, int reasonCode)
        {
            int answer = HoldTable.Answer(packetType, reasonCode, _publication);
            return _context.Store.Holds.Begin(_context.NowMs, 0, connection, answer) != HoldTable.None;
        }

        // Room was looked for before. If there is none all the same, the buffers of all connections are used up: without the
        // acknowledgement the Client sends the message again when it comes back.
        private void AcknowledgeOrClose(Connection connection, int packetType, int reasonCode)
        {
            if (!Acknowledge(connection, packetType, reasonCode))
            {
                _closer.Disconnect(connection, ReasonCode.ServerBusy);
            }
        }

        // Returns whether that is done, as far as it can be: false only where a buffer is missing.
        private bool Acknowledge(Connection connection, int packetType, int reasonCode)
        {
            if (connection.State != ConnectionState.Connected
                || (connection.FirstHold != HoldTable.None && IsHeldBack(connection, packetType, reasonCode)))
            {
                return true;
            }

            if (_publication.IsStaged)
            {
                _publication.IsStaged = false;
                _context.Store.Commits.Depend(connection);
            }

            return _replies.Acknowledge(connection, packetType, _publication.PacketIdentifier, reasonCode);
        }
    }
}
