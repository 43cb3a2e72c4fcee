using EdgeBroker.Connections;
using EdgeBroker.Memory;
using EdgeBroker.Persistence;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Sessions;
using EdgeBroker.Topics;

namespace EdgeBroker.Delivery
{
    /// <summary>
    /// Gives a message to every Session with a matching subscription [MQTT-4.5.0-1] [MQTT5-4.5.0-1]: into the outbox where that
    /// is possible in order [MQTT-4.6.0-5] [MQTT5-4.6.0-6], else into the queue. A message at QoS 1 or 2 that one of them can't
    /// take goes to none.
    /// </summary>
    internal sealed class Router
    {
        private readonly Context _context;
        private readonly PublishSender _sender;
        private readonly SessionQueue _queue;
        private readonly Admission _admission;
        private readonly SharedPicker _picker;
        private readonly DeliveryPool _deliveries;
        private readonly DeliveryStore _durable;

        /// <summary>Makes the router.</summary>
        public Router(Context context, PublishSender sender, SessionQueue queue, Admission admission, SharedPicker picker)
        {
            _context = context;
            _sender = sender;
            _queue = queue;
            _admission = admission;
            _picker = picker;
            _deliveries = context.Deliveries;
            _durable = context.Store == null ? null : context.Store.Deliveries;
        }

        /// <summary>Routes a message, and sets or removes the retained message if its RETAIN flag says so.</summary>
        /// <param name="publication">The message, with a valid Topic Name.</param>
        /// <returns>A <see cref="RouteResult"/>.</returns>
        public int Publish(Publication publication)
        {
            Route route = _context.Routes.Find(publication.TopicBuffer, publication.TopicOffset, publication.TopicLength);
            if (route == null)
            {
                route = _context.Routes.Add(publication.TopicBuffer, publication.TopicOffset, publication.TopicLength);
            }

            return Publish(publication, route);
        }

        /// <summary>Routes a message whose route is known.</summary>
        public int Publish(Publication publication, Route route)
        {
            if (publication.QoS > QoS.QoS0 && route.StoreBytes > 0)
            {
                int verdict = publication.IsForced
                    ? _admission.MakeStoreRoom(publication, route)
                    : _admission.Check(publication, route);
                if (verdict != RouteResult.Done)
                {
                    return verdict;
                }

                if (_durable != null && GiveHeld(publication, route.First))
                {
                    return RouteResult.Held;
                }

                if (route.Generation != _context.Subscriptions.Generation)
                {
                    // Making room ended a Session.
                    route = _context.Routes.Find(publication.TopicBuffer, publication.TopicOffset, publication.TopicLength);
                }
            }

            // Without RETAIN what is retained stays as it is [MQTT-3.3.1-12] [MQTT5-3.3.1-8].
            if (publication.Retain && !Retain(publication) && !publication.IsForced)
            {
                publication.StoredMessage = MessagePool.None;
                return RouteResult.Refused;
            }

            RouteTarget target = route.First;
            while (target != null)
            {
                Deliver(publication, target);
                target = target.Next;
            }

            if (_durable != null && _durable.Touched != null)
            {
                _durable.Settle(publication);
            }

            publication.StoredMessage = MessagePool.None;
            return route.First == null ? RouteResult.NoSubscribers : RouteResult.Done;
        }

        // [MQTT-3.3.1-5] [MQTT-3.3.1-7] [MQTT-3.3.1-10] [MQTT-3.3.1-11] [MQTT5-3.3.1-5] [MQTT5-3.3.1-6] [MQTT5-3.3.1-7]
        private bool Retain(Publication publication)
        {
            RetainedTable retained = _context.Retained;
            if (publication.PayloadLength == 0)
            {
                publication.IsStaged |= retained.Remove(
                    publication.TopicBuffer, publication.TopicOffset, publication.TopicLength);
                return true;
            }

            if (_durable != null && publication.QoS > QoS.QoS0 && !publication.IsForced && !_context.Store.Retained.HasRoom(publication))
            {
                return false;
            }

            int message = MessagePool.None;
            bool hasPlace = retained.HasPlenty
                || retained.HasRoom(publication.TopicBuffer, publication.TopicOffset, publication.TopicLength);
            if (hasPlace)
            {
                message = _queue.Keep(publication);
            }

            if (message == MessagePool.None)
            {
                _context.Resources.Refuse(hasPlace || !retained.IsFull ? Resource.QueueBytes : Resource.Retained);
                _context.Drop(DropReason.NoMemory, null);

                // At QoS 0 nothing was promised: those who are subscribed get it all the same.
                return publication.QoS == QoS.QoS0;
            }

            int place = retained.Set(publication.TopicBuffer, publication.TopicOffset, publication.TopicLength, message);
            if (_durable != null)
            {
                _context.Store.Retained.OnSet(place, publication);
            }

            return true;
        }

        private void Deliver(Publication publication, RouteTarget target)
        {
            Session session = target.Session;
            int options = target.Options;
            if (session == null)
            {
                DeliverShared(publication, options);
                return;
            }

            int[] identifiers = target.Identifiers;
            if ((options & SubscriptionFlags.NoLocal) != 0 && publication.Publisher == session)
            {
                // Only the subscriptions without No Local count [MQTT5-3.8.3-3].
                if (!LocalSubscriptions.Resolve(_context.Subscriptions, publication, session, out options, out identifiers))
                {
                    return;
                }
            }

            // The lower QoS of the two [MQTT-3.8.4-6] [MQTT5-3.8.4-8], and RETAIN only for who asked for it as published
            // [MQTT-3.3.1-9] [MQTT5-3.3.1-12] [MQTT5-3.3.1-13].
            int qos = options & SubscriptionFlags.QoSMask;
            bool retain = publication.Retain && (options & SubscriptionFlags.RetainAsPublished) != 0;
            if (qos > publication.QoS)
            {
                qos = publication.QoS;
            }

            if (qos == QoS.QoS0)
            {
                GiveQoS0(publication, session, retain, identifiers);
            }
            else
            {
                Give(publication, session, qos, retain, identifiers, false);
            }
        }

        // What nearly all messages to a durable Session are: at QoS 1, for nobody else, sent at once, and acknowledged soon. It does in
        // one go what Give and DeliveryStore.Track do for all. Returns false if it is another one: nothing has changed then.
        private bool GiveHeld(Publication publication, RouteTarget target)
        {
            if (target == null
                || target.Next != null
                || target.Options != QoS.QoS1
                || target.Identifiers != null
                || publication.QoS != QoS.QoS1
                || publication.Retain
                || publication.IsStaged)
            {
                return false;
            }

            Session session = target.Session;
            Session publisher = publication.Publisher;
            if (session == null || session.StoreNumber == 0 || session == publisher || publisher == null)
            {
                return false;
            }

            Connection connection = session.Connection;
            if (connection == null
                || publisher.Connection == null
                || session.NextToSend != DeliveryPool.None
                || session.InFlightCount >= connection.Window
                || session.MissedHold
                || session.ExpiryS <= 0
                || !_durable.Holds.HasRoom)
            {
                return false;
            }

            MessagePool messages = _context.Messages;
            int message = messages.Add(publication);
            if (message == MessagePool.None)
            {
                return false;
            }

            int packetIdentifier = _context.PacketIdentifiers.Next(session);
            if (_sender.Send(connection, publication, PublishSender.QoS1Byte, packetIdentifier, null) != SendResult.Sent)
            {
                messages.Release(message);
                return false;
            }

            int hold = _durable.Holds.Begin(_context.NowMs, 1, publisher.Connection, HoldTable.Puback | publication.PacketIdentifier);
            _deliveries.AddHeld(session, message, packetIdentifier, hold);
            session.LastProgressMs = _context.NowMs;
            session.UnstoredCount++;
            int size = messages.Size(message);
            session.QueueBytes += size + Context.DeliveryBytes;
            _durable.UnstoredBytes += size + DeliveryItems.RoomMax;
            if (!session.Items.IsListed)
            {
                _durable.List(session);
            }

            return true;
        }

        private void DeliverShared(Publication publication, int group)
        {
            int subscription = _picker.Pick(group, publication.QoS, publication.Size, null);
            if (subscription == SubscriptionTable.None)
            {
                return;
            }

            SubscriptionTable subscriptions = _context.Subscriptions;
            int options = subscriptions.Options(subscription);
            int identifier = subscriptions.Identifier(subscription);

            // The QoS that the chosen one was granted counts [MQTT5-4.8.2-3].
            int granted = options & SubscriptionFlags.QoSMask;
            int qos = publication.QoS < granted ? publication.QoS : granted;
            bool retain = publication.Retain && (options & SubscriptionFlags.RetainAsPublished) != 0;
            Session session = subscriptions.SessionOf(subscription);
            if (qos == QoS.QoS0)
            {
                GiveQoS0(publication, session, retain, _context.One.Of(identifier));
            }
            else
            {
                Give(publication, session, qos, retain, _context.One.Of(identifier), true);
            }
        }

        private void Give(Publication publication, Session session, int qos, bool retain, int[] identifiers, bool shared)
        {
            // Nothing overtakes what waits [MQTT-4.6.0-6] [MQTT5-4.6.0-5], and the window is kept [MQTT5-3.3.4-9] [MQTT5-4.9.0-2].
            // It is kept if it might have to be sent again: not for a Session that ends with its Network Connection, unless another
            // of the group is to get it then.
            Connection connection = session.Connection;
            bool isDurable = session.ExpiryS > 0;
            int message = MessagePool.None;
            if (connection == null
                || session.NextToSend != DeliveryPool.None
                || session.InFlightCount >= connection.Window
                || _deliveries.Room <= 0
                || ((isDurable || shared) && (message = _queue.Keep(publication)) == MessagePool.None))
            {
                Queue(publication, session, qos, retain, identifiers, shared);
                return;
            }

            int packetIdentifier = _context.PacketIdentifiers.Next(session);
            bool isStored = isDurable && session.StoreNumber != 0;
            if (isStored && qos == QoS.QoS2)
            {
                // The Packet Identifier is durable before it is seen.
                _context.Store.Commits.Depend(connection);
            }

            // The first time, so DUP is 0 [MQTT-4.3.2-1] [MQTT5-4.3.2-2] [MQTT5-4.3.3-2].
            int firstByte = PublishSender.PlainByte | (qos << 1) | (retain ? PublishSender.RetainFlag : 0);
            int result = _sender.Send(connection, publication, firstByte, packetIdentifier, identifiers);
            if (result == SendResult.Sent)
            {
                int delivery = _queue.AppendSent(session, message, qos, retain, shared, packetIdentifier, identifiers);
                if (isStored)
                {
                    _durable.Track(session, delivery, publication, true);
                }

                return;
            }

            _queue.GiveBack(publication, message);
            if (result == SendResult.TooLarge)
            {
                // As if it had been sent and acknowledged [MQTT5-3.1.2-25].
                _context.Drop(DropReason.TooLarge, connection);
                return;
            }

            Queue(publication, session, qos, retain, identifiers, shared);
        }

        // Kept for a Client that is away, too [MQTT-3.1.2-5].
        private void Queue(Publication publication, Session session, int qos, bool retain, int[] identifiers, bool shared)
        {
            if (!_queue.Append(session, publication, qos, retain, identifiers, shared))
            {
                _context.Drop(DropReason.NoMemory, session.Connection);
            }
            else if (session.StoreNumber != 0 && session.IsDurable)
            {
                _durable.Track(session, session.QueueTail, publication, false);
            }
        }

        private void GiveQoS0(Publication publication, Session session, bool retain, int[] identifiers)
        {
            Connection connection = session.Connection;
            if (connection != null && session.QoS0Count == 0)
            {
                // DUP 0 and no Packet Identifier [MQTT-3.3.1-2] [MQTT-4.3.1-1] [MQTT5-3.3.1-2] [MQTT5-4.3.1-1]; no window holds it
                // up [MQTT5-4.9.0-3].
                int firstByte = retain ? PublishSender.PlainByte | PublishSender.RetainFlag : PublishSender.PlainByte;
                int result = _sender.Send(connection, publication, firstByte, 0, identifiers);
                if (result == SendResult.Sent)
                {
                    return;
                }

                if (result == SendResult.TooLarge)
                {
                    _context.Drop(DropReason.TooLarge, connection);
                    return;
                }
            }

            if (connection == null && session.Local == null)
            {
                return;
            }

            if (!HasRoomForQoS0(session, publication.Size)
                || !_queue.Append(session, publication, QoS.QoS0, retain, identifiers, false))
            {
                _context.Drop(DropReason.SlowReader, connection);
            }
        }

        // Nobody promised these: they leave half of the queue, and of what is free, to QoS 1 and 2.
        private bool HasRoomForQoS0(Session session, int size)
        {
            return session.QueueBytes + size <= _context.SessionMemoryMax / 2
                && session.QueueBytes < (long)(size + Context.DeliveryBytes) * _deliveries.Room / 2
                && _context.Messages.BytesInUse <= _context.Limits.QueueBytesMax / 4 * 3;
        }
    }
}
