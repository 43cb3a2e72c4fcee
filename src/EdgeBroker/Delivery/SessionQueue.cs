using EdgeBroker.Memory;
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
        private readonly OneIdentifier _one;

        /// <summary>Makes the one for all Sessions.</summary>
        public SessionQueue(Context context)
        {
            _context = context;
            _deliveries = context.Deliveries;
            _one = new OneIdentifier();
        }

        /// <summary>Whether a Session's queue takes a message of this size, by the limits.</summary>
        public bool HasRoom(Session session, int size)
        {
            return session.QueueBytes + size + Context.DeliveryBytes <= _context.SessionQueueMax;
        }

        /// <summary>
        /// Keeps the message that is being routed, with one reference for the caller. The publication has one of its own,
        /// which <see cref="Finish"/> takes away.
        /// </summary>
        /// <returns>The message, or <see cref="MessagePool.None"/> if there is no memory.</returns>
        public int Keep(Publication publication)
        {
            if (publication.StoredMessage == MessagePool.None)
            {
                publication.StoredMessage = _context.Messages.Add(publication);
                if (publication.StoredMessage == MessagePool.None)
                {
                    return MessagePool.None;
                }
            }

            _context.Messages.AddReference(publication.StoredMessage);
            return publication.StoredMessage;
        }

        /// <summary>Ends the routing of a message.</summary>
        public void Finish(Publication publication)
        {
            if (publication.StoredMessage != MessagePool.None)
            {
                _context.Messages.Release(publication.StoredMessage);
                publication.StoredMessage = MessagePool.None;
            }
        }

        /// <summary>Appends a message to a Session's queue, to be sent later.</summary>
        /// <returns>Whether there was memory for it.</returns>
        public bool Append(Session session, Publication publication, int qos, bool retain, int[] identifiers, bool shared)
        {
            int delivery = Take(publication, qos, retain, identifiers, shared, true);
            if (delivery == DeliveryPool.None)
            {
                return false;
            }

            Link(session, delivery);
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
        /// Takes a delivery for a message that is about to be sent, in no queue yet. A message that the Session will never
        /// send again is not kept.
        /// </summary>
        /// <returns>The delivery, or <see cref="DeliveryPool.None"/> if there is no memory.</returns>
        public int TakeForSending(
            Session session, Publication publication, int qos, bool retain, int[] identifiers, bool shared)
        {
            return Take(publication, qos, retain, identifiers, shared, session.IsDurable || shared);
        }

        /// <summary>Puts a delivery that was sent into the queue, to wait for the Client's acknowledgement.</summary>
        public void AppendSent(Session session, int delivery, int packetIdentifier)
        {
            Link(session, delivery);
            MarkSent(session, delivery, packetIdentifier);
        }

        /// <summary>Gives back a delivery that is in no queue.</summary>
        public void GiveBack(int delivery)
        {
            int message = _deliveries.Message(delivery);
            if (message != MessagePool.None)
            {
                _context.Messages.Release(message);
            }

            ReleaseIdentifiers(delivery);
            _deliveries.Give(delivery);
        }

        /// <summary>
        /// Notes that a delivery leaves, at QoS 1 or 2: it is unacknowledged until PUBACK [MQTT-4.3.2-1] [MQTT5-4.3.2-3] or
        /// PUBREC [MQTT-4.3.3-1] [MQTT5-4.3.3-3].
        /// </summary>
        public void MarkSent(Session session, int delivery, int packetIdentifier)
        {
            DeliveryPool deliveries = _deliveries;
            deliveries.SetPublished(delivery, packetIdentifier);
            session.InFlightCount++;
            session.LastProgressMs = _context.NowMs;
            if (deliveries.Message(delivery) != MessagePool.None && !session.IsDurable && !deliveries.IsShared(delivery))
            {
                ReleaseMessage(session, delivery);
            }
        }

        /// <summary>Finds the delivery in flight that a Packet Identifier belongs to.</summary>
        /// <returns>The delivery, or <see cref="DeliveryPool.None"/>.</returns>
        public int FindInFlight(Session session, int packetIdentifier)
        {
            DeliveryPool deliveries = _deliveries;
            int delivery = session.QueueHead;
            while (delivery != DeliveryPool.None && delivery != session.NextToSend)
            {
                if (deliveries.PacketIdentifier(delivery) == packetIdentifier)
                {
                    return delivery;
                }

                delivery = deliveries.Next(delivery);
            }

            return DeliveryPool.None;
        }

        /// <summary>Takes a delivery out that the Client has acknowledged or that is no longer owed.</summary>
        public void Remove(Session session, int delivery)
        {
            DeliveryPool deliveries = _deliveries;
            if (deliveries.IsSent(delivery))
            {
                session.InFlightCount--;
            }
            else if (deliveries.QoS(delivery) == QoS.QoS0)
            {
                session.QoS0Count--;
            }

            if (deliveries.Message(delivery) != MessagePool.None)
            {
                ReleaseMessage(session, delivery);
            }

            if (session.StoreNumber != 0 && deliveries.IsStored(delivery))
            {
                // That PUBREC had come.
                _context.Store.Deliveries.Release(session, delivery);
            }

            ReleaseIdentifiers(delivery);
            deliveries.Remove(session, delivery);
            deliveries.Give(delivery);
        }

        /// <summary>Lets go of a delivery's message, if it has one, when the PUBLISH will never be sent again.</summary>
        public void ReleaseMessage(Session session, int delivery)
        {
            int message = _deliveries.Message(delivery);
            if (message == MessagePool.None)
            {
                return;
            }

            bool isItem = MessagePool.IsItem(message);
            int size = isItem ? _context.Store.Items.SizeOf(MessagePool.ToItem(message)) : _context.Messages.Size(message);
            session.QueueBytes -= size + Context.DeliveryBytes;
            session.QueueCount--;
            if (session.StoreNumber != 0)
            {
                _context.Store.Deliveries.Release(session, delivery);
            }

            if (session.FullSinceMs != 0 && session.QueueBytes <= _context.SessionQueueMax / 2)
            {
                session.FullSinceMs = 0;
            }

            if (isItem)
            {
                _context.Store.Items.Forget(MessagePool.ToItem(message), session.StoreNumber);
            }
            else
            {
                _context.Messages.Release(message);
            }

            _deliveries.SetMessage(delivery, MessagePool.None);
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
            long fullSinceMs = session.FullSinceMs;
            Remove(session, delivery);
            session.FullSinceMs = fullSinceMs;
            _context.Drop(DropReason.QueueFull, session.Connection);
            return true;
        }

        /// <summary>Counts a message that the Client is to be told it lost.</summary>
        public void CountDropped(Session session)
        {
            session.DroppedCount++;
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
            return packed >= 0 ? _one.Of(packed) : _context.Identifiers.Get(-packed);
        }

        private int Take(Publication publication, int qos, bool retain, int[] identifiers, bool shared, bool keep)
        {
            DeliveryPool deliveries = _deliveries;
            int delivery = deliveries.Take(qos, retain, shared);
            if (keep && delivery != DeliveryPool.None)
            {
                int message = Keep(publication);
                if (message == MessagePool.None)
                {
                    deliveries.Give(delivery);
                    return DeliveryPool.None;
                }

                deliveries.SetMessage(delivery, message);
                deliveries.SetIdentifiers(delivery, PackIdentifiers(identifiers));
            }

            return delivery;
        }

        private void ReleaseIdentifiers(int delivery)
        {
            int packed = _deliveries.Identifiers(delivery);
            if (packed < 0)
            {
                _context.Identifiers.Release(-packed);
            }
        }

        private int PackIdentifiers(int[] identifiers)
        {
            if (identifiers == null)
            {
                return 0;
            }

            return identifiers.Length == 1 ? identifiers[0] : -_context.Identifiers.Add(identifiers);
        }

        private void Link(Session session, int delivery)
        {
            DeliveryPool deliveries = _deliveries;
            deliveries.Append(session, delivery);
            int message = deliveries.Message(delivery);
            if (message != MessagePool.None)
            {
                session.QueueBytes += _context.Messages.Size(message) + Context.DeliveryBytes;
                session.QueueCount++;
            }
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
