using EdgeBroker.Connections;
using EdgeBroker.Delivery;
using EdgeBroker.Limits;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Sessions;
using EdgeBroker.Store;
using EdgeBroker.Topics;

namespace EdgeBroker.Handlers
{
    /// <summary>SUBSCRIBE and UNSUBSCRIBE (sections 3.8 to 3.11 of both standards).</summary>
    internal sealed class SubscribeHandler
    {
        private const int HeaderRoom = 16;
        private const int ExplainedRoom = 256;

        private readonly Context _context;
        private readonly ReplySender _replies;
        private readonly ConnectionCloser _closer;
        private readonly RetainedWalker _walker;
        private readonly IAuthorizer _authorizer;
        private readonly SubscribePacket _subscribe;
        private readonly UnsubscribePacket _unsubscribe;
        private byte[] _codes = new byte[8];
        private bool _dependsOnCommit;

        /// <summary>Makes the handler.</summary>
        public SubscribeHandler(
            Context context,
            ReplySender replies,
            ConnectionCloser closer,
            RetainedWalker walker,
            IAuthorizer authorizer,
            PropertyReader properties)
        {
            _context = context;
            _replies = replies;
            _closer = closer;
            _walker = walker;
            _authorizer = authorizer;
            _subscribe = new SubscribePacket(properties);
            _unsubscribe = new UnsubscribePacket(properties);
        }

        /// <summary>Handles SUBSCRIBE.</summary>
        /// <returns>False if it has to wait for the Client to read.</returns>
        public bool Subscribe(Connection connection, byte[] buffer, int offset, int headerSize, int size)
        {
            SubscribePacket packet = _subscribe;
            int fault = packet.Decode(buffer, offset, headerSize, size, connection.ProtocolLevel);
            if (fault == ReasonCode.Success
                && packet.SubscriptionIdentifier != 0
                && !_context.Limits.SubscriptionIdsAvailable)
            {
                fault = ReasonCode.SubscriptionIdentifiersNotSupported;
            }

            if (fault != ReasonCode.Success)
            {
                _closer.Disconnect(connection, fault);
                return true;
            }

            if (!connection.Outbox.HasRoomForReply(packet.FilterCount + HeaderRoom))
            {
                return false;
            }

            MakeCodes(packet.FilterCount);
            _context.WakeAt(_context.Resources.NextLookMs);
            packet.Rewind();
            bool isShort = false;
            for (int i = 0; i < packet.FilterCount && packet.Next(); i++)
            {
                int code = AddOne(connection, buffer);
                if (code >= ReasonCode.UnspecifiedError)
                {
                    _context.Tell(BrokerEvent.RequestRefused, connection.Handle, code);
                    isShort |= code == ReasonCode.QuotaExceeded;
                    code = connection.IsV5 ? ToSubackCode(code) : ReturnCode.SubackFailure; // [MQTT-3.9.3-2]
                }

                _codes[i] = (byte)code;
            }

            Depend(connection);

            // One answer [MQTT-3.8.4-1] [MQTT-3.8.4-4] [MQTT5-3.8.4-1] [MQTT5-3.8.4-5], with the identifier of the request
            // [MQTT-2.3.1-7] [MQTT-3.8.4-2] [MQTT5-2.2.1-6] [MQTT5-3.8.4-2] and a code for each filter in their order
            // [MQTT-3.8.4-5] [MQTT-3.9.3-1] [MQTT5-3.8.4-6] [MQTT5-3.9.3-1].
            if (isShort && ReplySender.MayExplain(connection) && SendExplained(connection))
            {
                return true;
            }

            SubackPacket.Write(
                _replies.Begin(packet.FilterCount + HeaderRoom),
                connection.ProtocolLevel,
                packet.PacketIdentifier,
                _codes,
                packet.FilterCount,
                null);
            SendOrClose(connection);
            return true;
        }

        // Says when to try again, if that fits [MQTT5-3.9.2-1] [MQTT5-3.9.2-2].
        private bool SendExplained(Connection connection)
        {
            SubackPacket.Write(
                _replies.Begin(_subscribe.FilterCount + ExplainedRoom),
                connection.ProtocolLevel,
                _subscribe.PacketIdentifier,
                _codes,
                _subscribe.FilterCount,
                OverloadText.For(ReasonCode.QuotaExceeded),
                _replies.RetryProperty(connection));
            return _replies.SendIfRoom(connection);
        }

        /// <summary>Handles UNSUBSCRIBE.</summary>
        /// <returns>False if it has to wait for the Client to read.</returns>
        public bool Unsubscribe(Connection connection, byte[] buffer, int offset, int headerSize, int size)
        {
            UnsubscribePacket packet = _unsubscribe;
            int fault = packet.Decode(buffer, offset, headerSize, size, connection.ProtocolLevel);
            if (fault != ReasonCode.Success)
            {
                _closer.Disconnect(connection, fault);
                return true;
            }

            if (!connection.Outbox.HasRoomForReply(packet.FilterCount + HeaderRoom))
            {
                return false;
            }

            MakeCodes(packet.FilterCount);
            _context.WakeAt(_context.Resources.NextLookMs);
            packet.Rewind();
            for (int i = 0; i < packet.FilterCount && packet.Next(); i++)
            {
                _codes[i] = (byte)RemoveOne(connection.Session, buffer);
            }

            Depend(connection);

            // [MQTT-2.3.1-7] [MQTT-3.10.4-4] [MQTT-3.10.4-5] [MQTT-3.10.4-6]
            // [MQTT5-2.2.1-6] [MQTT5-3.10.4-4] [MQTT5-3.10.4-5] [MQTT5-3.10.4-6] [MQTT5-3.11.3-1].
            // No Reason String and no User Property, so that these never make it too large [MQTT5-3.11.2-1] [MQTT5-3.11.2-2].
            UnsubackPacket.Write(
                _replies.Begin(packet.FilterCount + HeaderRoom),
                connection.ProtocolLevel,
                packet.PacketIdentifier,
                _codes,
                packet.FilterCount,
                null);
            SendOrClose(connection);
            return true;
        }

        private int AddOne(Connection connection, byte[] buffer)
        {
            SubscribePacket packet = _subscribe;
            BrokerLimits limits = _context.Limits;
            Session session = connection.Session;
            int shareLength = TopicFilter.ShareLength(buffer, packet.FilterOffset, packet.FilterLength);
            if (shareLength > 0 && !limits.SharedAvailable)
            {
                return ReasonCode.SharedSubscriptionsNotSupported;
            }

            if (!limits.WildcardAvailable
                && TopicFilter.HasWildcard(buffer, packet.FilterOffset + shareLength, packet.FilterLength - shareLength))
            {
                // [MQTT-3.8.3-2]
                return ReasonCode.WildcardSubscriptionsNotSupported;
            }

            int qos = packet.QoS;
            if (_authorizer != null)
            {
                qos = _authorizer.MaySubscribe(
                    session.ClientIdentifier, buffer, packet.FilterOffset, packet.FilterLength, packet.QoS);
                if (qos >= ReasonCode.UnspecifiedError)
                {
                    return qos;
                }
            }

            // A lower QoS than asked for may be granted [MQTT5-3.8.4-7]; all can be asked for [MQTT5-3.2.2-10].
            qos = qos < limits.MaximumQoS ? qos : limits.MaximumQoS;
            int options = qos
                | (packet.NoLocal ? SubscriptionFlags.NoLocal : 0)
                | (packet.RetainAsPublished ? SubscriptionFlags.RetainAsPublished : 0);
            if (_context.Resources.Step(Resource.Heap) >= 2
                && _context.Subscriptions.Find(session, buffer, packet.FilterOffset, packet.FilterLength, shareLength)
                    == SubscriptionTable.None)
            {
                _context.Counters.Refusals[Resource.Heap]++;
                return ReasonCode.QuotaExceeded;
            }

            if (!Add(session, buffer, options, shareLength))
            {
                _context.Resources.Refuse(Resource.Subscriptions);
                return ReasonCode.QuotaExceeded;
            }

            return qos;
        }

        // Enters a subscription, into the store as well. Returns false if there is no room.
        private bool Add(Session session, byte[] buffer, int options, int shareLength)
        {
            SubscribePacket packet = _subscribe;
            bool isStored = session.StoreNumber != 0;
            bool existed;
            if (isStored && !_context.Store.Sessions.ReserveSubscription(packet.FilterLength))
            {
                return false;
            }

            int generation = _context.Subscriptions.Generation;
            int subscription = _context.Subscriptions.Add(
                session,
                buffer,
                packet.FilterOffset,
                packet.FilterLength,
                shareLength,
                options,
                packet.SubscriptionIdentifier,
                out existed);
            if (subscription == SubscriptionTable.None)
            {
                return false;
            }

            // [MQTT-3.8.4-3] [MQTT5-3.8.4-4] [MQTT5-3.3.1-9] [MQTT5-3.3.1-10] [MQTT5-3.3.1-11]; none for a shared one.
            bool owed = packet.RetainHandling == 0 || (packet.RetainHandling == 1 && !existed);
            bool isThere = _context.Retained.Count > 0 || buffer[packet.FilterOffset] == (byte)'$';
            if (owed && isThere && shareLength == 0 && _context.Limits.RetainAvailable)
            {
                _walker.Start(session, subscription);
            }

            if (isStored && generation != _context.Subscriptions.Generation)
            {
                _context.Store.Sessions.PutSubscription(session, subscription, buffer, packet.FilterOffset, packet.FilterLength);
                _dependsOnCommit = true;
            }

            return true;
        }

        private int RemoveOne(Session session, byte[] buffer)
        {
            int offset = _unsubscribe.FilterOffset;
            int length = _unsubscribe.FilterLength;
            int shareLength = TopicFilter.ShareLength(buffer, offset, length);
            int subscription = _context.Subscriptions.Find(session, buffer, offset, length, shareLength);
            if (subscription == SubscriptionTable.None)
            {
                return ReasonCode.NoSubscriptionExisted;
            }

            // No more is queued [MQTT-3.10.4-2] [MQTT5-3.10.4-2]; what was before is still delivered [MQTT-3.10.4-3]
            // [MQTT5-3.10.4-3].
            _walker.Stop(session, subscription);
            _dependsOnCommit |= _context.Subscriptions.Item.Get(subscription) != SubscriptionTable.None;
            _context.Subscriptions.Remove(subscription);
            return ReasonCode.Success;
        }

        // What an authorizer said may be for other packets only [MQTT5-3.9.3-2].
        private static int ToSubackCode(int code)
        {
            return ReasonCodes.IsLegal(PacketType.Suback, true, code) ? code : ReasonCode.UnspecifiedError;
        }

        // What was subscribed or unsubscribed is durable before the answer leaves.
        private void Depend(Connection connection)
        {
            if (_dependsOnCommit || (connection.Session.StoreNumber != 0 && _context.Store.Commits.IsPending))
            {
                _dependsOnCommit = false;
                _context.Store.Commits.Depend(connection);
            }
        }

        private void MakeCodes(int count)
        {
            if (_codes.Length < count)
            {
                _codes = MemoryReserve.Bytes(count);
            }
        }

        private void SendOrClose(Connection connection)
        {
            if (!_replies.Send(connection))
            {
                _closer.Disconnect(connection, _replies.ReasonUnsent(connection));
            }
        }
    }
}
