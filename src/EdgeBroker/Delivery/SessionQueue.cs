using EdgeBroker.Memory;
using EdgeBroker.Persistence;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Sessions;

namespace EdgeBroker.Delivery
{
    /// <summary>What happens to the queue of a Session: deliveries come, are acknowledged, dropped, and go.</summary>
    internal sealed class SessionQueue
    {
        private readonly Context _context;
        private readonly DeliveryPool _deliveries;
        private readonly MessagePool _messages;

        /// <summary>Makes the one for all Sessions.</summary>
        public SessionQueue(Context context)
        {
            _context = context;
            _deliveries = context.Deliveries;
            _messages = context.Messages;
        }

        /// <summary>
        /// Whether a Session's queue takes a message of this size: in memory as much as is free, so that n that are not read leave one
        /// part in n + 1, and of the deliveries twice that, if all were as large. An empty one takes what there is room for.
        /// </summary>
        public bool HasRoom(Session session, int size)
        {
            int bytes = session.QueueBytes + size + Context.DeliveryBytes;
            bool isSmall = bytes <= _context.SessionQueueSmall || session.QueueBytes == 0;
            return isSmall || (bytes <= _context.SessionQueueMax
                && session.QueueBytes < (long)(size + Context.DeliveryBytes) * _deliveries.Room * 2
                && (session.StoreNumber != 0 || (bytes <= _context.SessionMemoryMax && _messages.HasRoom(bytes))));
        }

        /// <summary>Keeps the message that is being routed, with one reference for the caller.</summary>
        /// <returns>The message, or <see cref="MessagePool.None"/> if there is no memory.</returns>
        public int Keep(Publication publication)
        {
            int message = publication.StoredMessage;
            if (message == MessagePool.None)
            {
                message = _messages.Add(publication);
                publication.StoredMessage = message;
            }
            else
            {
                _messages.AddReference(message);
            }

            return message;
        }

        /// <summary>Appends a message to a Session's queue, to be sent later.</summary>
        /// <returns>Whether there was memory for it.</returns>
        public bool Append(Session session, Publication publication, int qos, bool retain, int[] identifiers, bool shared)
        {
            int message = _deliveries.Room <= 0 ? MessagePool.None : Keep(publication);
            if (message == MessagePool.None)
            {
                return false;
            }

            int delivery = _deliveries.Add(session, message, DeliveryHeader.Of(qos, retain, shared, 0));
            session.QueueBytes += _messages.Size(message) + Context.DeliveryBytes;
            if (identifiers != null)
            {
                SetIdentifiers(delivery, identifiers);
            }

            if (qos == QoS.QoS0)
            {
                session.QoS0Count++;
            }

            if (session.NextToSend == DeliveryPool.None)
            {
                session.NextToSend = delivery;
                session.LastProgressMs = _context.NowMs;
            }

            _context.Activate(session);
            return true;
        }

        /// <summary>
        /// Appends a delivery that was sent, to wait for the Client's acknowledgement [MQTT-4.3.2-1] [MQTT5-4.3.2-3]
        /// [MQTT-4.3.3-1] [MQTT5-4.3.3-3].
        /// </summary>
        /// <returns>The delivery.</returns>
        public int AppendSent(
            Session session, int message, int qos, bool retain, bool shared, int packetIdentifier, int[] identifiers)
        {
            int delivery = _deliveries.Add(session, message, DeliveryHeader.Of(qos, retain, shared, packetIdentifier));
            session.LastPacketIdentifier = packetIdentifier;
            session.InFlightCount++;
            session.LastProgressMs = _context.NowMs;
            if (message != MessagePool.None)
            {
                session.QueueBytes += _messages.Size(message) + Context.DeliveryBytes;
                if (identifiers != null)
                {
                    SetIdentifiers(delivery, identifiers);
                }
            }

            return delivery;
        }

        /// <summary>Lets go of a message that was kept for sending and was not sent.</summary>
        public void GiveBack(Publication publication, int message)
        {
            if (message == MessagePool.None)
            {
                return;
            }

            if (_messages.References(message) == 1)
            {
                publication.StoredMessage = MessagePool.None;
            }

            _messages.Release(message);
        }

        /// <summary>
        /// Notes that a delivery leaves, at QoS 1 or 2: it is unacknowledged until PUBACK [MQTT-4.3.2-1] [MQTT5-4.3.2-3] or
        /// PUBREC [MQTT-4.3.3-1] [MQTT5-4.3.3-3].
        /// </summary>
        public void MarkSent(Session session, int delivery, int packetIdentifier)
        {
            DeliveryPool deliveries = _deliveries;

            // The state that follows has the number of the QoS.
            deliveries.SetSent(delivery, deliveries.QoS(delivery), packetIdentifier);
            session.InFlightCount++;
            session.LastProgressMs = _context.NowMs;
            if (deliveries.Message(delivery) != MessagePool.None && !session.IsDurable && !deliveries.IsShared(delivery))
            {
                ReleaseMessage(session, delivery);
            }
        }

        /// <summary>Takes a delivery out that the Client has acknowledged: its publisher is told at once.</summary>
        public void Acknowledged(Session session, int delivery)
        {
            int hold = TakeOut(session, delivery);
            if (hold != HoldTable.None)
            {
                _context.Store.Settle(hold);
            }
        }

        /// <summary>Takes a delivery out that is no longer owed; of a run the first one.</summary>
        public void Remove(Session session, int delivery)
        {
            int hold = TakeOut(session, delivery);
            if (hold != HoldTable.None)
            {
                _context.Store.Holds.Remove(hold);
            }
        }

        /// <summary>Lets go of a delivery's message, if it has one, when the PUBLISH will never be sent again.</summary>
        public void ReleaseMessage(Session session, int delivery)
        {
            int message = _deliveries.Message(delivery);
            if (message != MessagePool.None)
            {
                int hold = HoldTable.None;
                if (ItemMessage.Is(message))
                {
                    ReleaseItem(session, delivery, message);
                }
                else
                {
                    hold = Release(session, delivery, message);
                }

                _deliveries.SetMessage(delivery, MessagePool.None);
                if (hold != HoldTable.None)
                {
                    _context.Store.Holds.Remove(hold);
                }
            }
        }

        /// <summary>Drops the oldest message of a queue that was not sent yet: the one loss that is permitted, and counted.</summary>
        /// <returns>Whether there was one.</returns>
        public bool DropOldest(Session session)
        {
            DeliveryPool deliveries = _deliveries;
            int delivery = session.QueueHead;
            while (delivery != DeliveryPool.None && deliveries.State(delivery) != DeliveryState.Queued)
            {
                delivery = deliveries.Next(delivery);
            }

            if (delivery == DeliveryPool.None)
            {
                return false;
            }

            if (deliveries.QoS(delivery) > QoS.QoS0)
            {
                CountDropped(session);
            }

            // The room is made for the next message: the queue has not drained, and patience does not begin anew.
            long fullSinceMs = session.Trouble == null ? 0 : session.Trouble.FullSinceMs;
            Remove(session, delivery);
            if (fullSinceMs != 0)
            {
                session.Trouble.FullSinceMs = fullSinceMs;
            }

            _context.Drop(DropReason.QueueFull, session.Connection);
            return true;
        }

        /// <summary>Counts a message that the Client is to be told it lost.</summary>
        public void CountDropped(Session session)
        {
            session.NoteTrouble().DroppedCount++;
            if (session.StoreNumber != 0)
            {
                _context.Store.Sessions.PutDropped(session);
            }
        }

        /// <summary>
        /// If the Client was told how many messages were dropped, it knows now, since it has acknowledged something, or disconnected
        /// when nothing was left to be sent. That CONNACK was made is not enough, for it may not arrive: rather told twice than never.
        /// </summary>
        public void ConfirmDropped(Session session)
        {
            QueueTrouble trouble = session.Trouble;
            if (trouble.ToldCount == 0)
            {
                return;
            }

            trouble.DroppedCount -= trouble.ToldCount;
            trouble.ToldCount = 0;
            if (session.StoreNumber != 0)
            {
                _context.Store.Sessions.PutDropped(session);
            }
        }

        /// <summary>
        /// After the Network Connection is gone: what was sent is to be sent again on the next one, in the same order
        /// [MQTT-4.4.0-1] [MQTT5-4.4.0-1], of Shared Subscriptions too [MQTT5-4.8.2-4]; what was at QoS 0 goes. PUBREL comes
        /// before PUBLISH, since no window may hold it up [MQTT5-3.3.4-10].
        /// </summary>
        public void Rewind(Session session)
        {
            DeliveryPool deliveries = _deliveries;
            int delivery = session.QueueHead;
            int lastRelease = DeliveryPool.None;
            while (delivery != DeliveryPool.None)
            {
                int next = deliveries.Next(delivery);
                if (deliveries.QoS(delivery) == QoS.QoS0)
                {
                    Remove(session, delivery);
                    _context.Drop(DropReason.SlowReader, null);
                }
                else
                {
                    deliveries.ClearSent(delivery);
                    if (deliveries.State(delivery) == DeliveryState.PubcompPending)
                    {
                        MoveForward(session, delivery, lastRelease);
                        lastRelease = delivery;
                    }
                }

                delivery = next;
            }

            session.InFlightCount = 0;
            session.NextToSend = session.QueueHead;
        }

        /// <summary>Empties the queue of a Session that ends.</summary>
        public void Clear(Session session)
        {
            while (session.QueueHead != DeliveryPool.None)
            {
                int delivery = session.QueueHead;
                if (_deliveries.Message(delivery) != MessagePool.None)
                {
                    _context.Drop(DropReason.SessionEnded, null);
                }

                Remove(session, delivery);
            }
        }

        /// <summary>The Subscription Identifiers of a delivery.</summary>
        /// <returns>The identifiers, or null.</returns>
        public int[] IdentifiersOf(int delivery)
        {
            int packed = _deliveries.Identifiers(delivery);
            return packed >= 0 ? _context.One.Of(packed) : _context.Identifiers.Get(-packed);
        }

        // Returns the hold that it counted on, from which the caller has to take it.
        private int TakeOut(Session session, int delivery)
        {
            DeliveryPool deliveries = _deliveries;
            int hold = HoldTable.None;
            int message = deliveries.Message(delivery);
            if (message > MessagePool.None)
            {
                hold = Release(session, delivery, message);
            }
            else if (message != MessagePool.None)
            {
                if (ReleaseItem(session, delivery, message))
                {
                    return hold;
                }
            }
            else if (session.StoreNumber != 0 && deliveries.IsStored(delivery))
            {
                // That PUBREC had come.
                _context.Store.Deliveries.Release(session, delivery, 0);
            }

            int packed = deliveries.Remove(session, delivery);
            if (packed < 0)
            {
                _context.Identifiers.Release(-packed);
            }

            return hold;
        }

        /// <summary>Lets go of the message of a delivery that is over, which is in memory.</summary>
        /// <returns>The hold that it counted on, from which the caller has to take it.</returns>
        public int Release(Session session, int delivery, int message)
        {
            int size = _messages.Size(message);
            session.QueueBytes -= size + Context.DeliveryBytes;
            if (session.Trouble != null)
            {
                EndFull(session);
            }

            int hold = session.StoreNumber == 0
                ? HoldTable.None
                : _context.Store.Deliveries.Release(session, delivery, size);
            _messages.Release(message);
            return hold;
        }

        // Returns whether others of a run are left.
        private bool ReleaseItem(Session session, int delivery, int message)
        {
            int item = ItemMessage.ToItem(message);
            session.QueueBytes -= _context.Store.Items.SizeOf(item) + Context.DeliveryBytes;
            EndFull(session);
            _context.Store.Deliveries.Release(session, delivery, 0);
            bool areLeft = _context.Runs.RemoveFirst(delivery);
            _context.Store.Items.Forget(item, session.StoreNumber);
            return areLeft;
        }

        private void EndFull(Session session)
        {
            if (session.Trouble != null && session.QueueBytes <= _context.SessionQueueMax / 2)
            {
                session.Trouble.FullSinceMs = 0;
            }
        }

        private void SetIdentifiers(int delivery, int[] identifiers)
        {
            int packed = identifiers.Length == 1 ? identifiers[0] : -_context.Identifiers.Add(identifiers);
            _deliveries.SetIdentifiers(delivery, packed);
        }

        private void MoveForward(Session session, int delivery, int after)
        {
            if (_deliveries.Previous(delivery) != after)
            {
                _deliveries.Move(session, delivery, after);

                // The identifiers don't go up in the order of the queue any more.
                session.IdentifiersWrapped = true;
            }
        }
    }
}
