using EdgeBroker.Memory;
using EdgeBroker.Sessions;
using EdgeBroker.Store;
using EdgeBroker.Store.Items;

namespace EdgeBroker.Persistence
{
    /// <summary>Makes the queues of Sessions of the items of the journal. Messages stay in flash.</summary>
    internal sealed class MountQueue
    {
        private readonly Context _context;
        private readonly Journal _journal;
        private readonly OwnerMap _map;
        private readonly StoreTime _time;
        private readonly MessageBody _body = new MessageBody();

        /// <summary>Makes the one of a mount.</summary>
        public MountQueue(Context context, Journal journal, OwnerMap map, StoreTime time)
        {
            _context = context;
            _journal = journal;
            _map = map;
            _time = time;
        }

        /// <summary>A message that deliveries of several Sessions will name.</summary>
        public void AddMessage(int item, long id, byte[] buffer, int offset, int count)
        {
            if (!_body.Read(buffer, offset, offset + count))
            {
                _journal.Delete(item, ItemOwner.Messages);
                return;
            }

            int message = _context.Messages.AddItem(
                item, _body.TopicLength, _body.PropertiesLength, _body.PayloadLength, _time.ToMs(_body.ExpiresAt));
            _map.AddMessage(id, message);
        }

        /// <summary>An item of a Session's queue.</summary>
        /// <returns>Whether it belongs there.</returns>
        public bool Add(Session session, int item, int type, byte[] buffer, int offset, int count)
        {
            if (type == ItemType.Released)
            {
                return AddReleased(session, item, (int)ItemBytes.Read(buffer, offset, 2));
            }

            int at = _body.ReadHead(buffer, offset, offset + count);
            if (at < 0 || (type != ItemType.Queued && type != ItemType.Delivery))
            {
                return false;
            }

            if (type == ItemType.Queued)
            {
                return Append(session, ItemMessage.Of(item), DeliveryItems.None, _journal.SizeOf(item));
            }

            int end = offset + count;
            if (at + ItemBytes.IdSize > end)
            {
                return false;
            }

            long placeId = at + ItemBytes.IdSize * 2 <= end ? ItemBytes.Read(buffer, at + ItemBytes.IdSize, ItemBytes.IdSize) : 0;
            return AddReference(session, item, ItemBytes.Read(buffer, at, ItemBytes.IdSize), placeId);
        }

        /// <summary>Takes away the references that the messages had while Sessions were looked for that want them.</summary>
        public void ReleaseMessages()
        {
            for (int i = 0; i < _map.MessageCount; i++)
            {
                _context.Messages.Release(_map.MessageAt(i));
            }
        }

        /// <summary>
        /// After the last item: the queue is to be sent from its start. What stands before something that was sent was sent as
        /// well, if at QoS 1 its Packet Identifier is not known any more.
        /// </summary>
        public void Finish(Session session)
        {
            DeliveryPool deliveries = _context.Deliveries;
            session.NextToSend = session.QueueHead;
            int last = LastSent(session);
            int delivery = session.QueueHead;
            while (last != DeliveryPool.None && delivery != last)
            {
                delivery = _context.Runs.Single(session, delivery);
                if (deliveries.State(delivery) == DeliveryState.Queued)
                {
                    int packetIdentifier = session.LastPacketIdentifier;
                    do
                    {
                        packetIdentifier = packetIdentifier == 65535 ? 1 : packetIdentifier + 1;
                    }
                    while (IsInUse(session, packetIdentifier, last));

                    SetState(session, delivery, DeliveryState.PubackPending, packetIdentifier);
                }

                delivery = deliveries.Next(delivery);
            }
        }

        private int LastSent(Session session)
        {
            DeliveryPool deliveries = _context.Deliveries;
            int last = DeliveryPool.None;
            int delivery = session.QueueHead;
            while (delivery != DeliveryPool.None)
            {
                if (deliveries.State(delivery) != DeliveryState.Queued)
                {
                    last = delivery;
                }

                delivery = deliveries.Next(delivery);
            }

            return last;
        }

        // The delivery of a message of several Sessions, or the Packet Identifier of one of this Session's own.
        private bool AddReference(Session session, int item, long id, long placeId)
        {
            int message = _map.FindMessage(id);
            if (message != MessagePool.None)
            {
                if (!Append(session, message, item, _context.Messages.Size(message)))
                {
                    return false;
                }

                _context.Messages.AddReference(message);
                if (placeId != 0)
                {
                    MoveTo(session, session.QueueTail, placeId);
                }

                return true;
            }

            int delivery = Find(session, id);
            if (delivery == DeliveryPool.None)
            {
                // What it names is lost, and the Session is not whole.
                session.Items.Seldom.IsBroken = true;
                return false;
            }

            _context.Deliveries.SetStored(delivery, item);
            SetSent(session, delivery);
            return true;
        }

        private int Find(Session session, long id)
        {
            DeliveryPool deliveries = _context.Deliveries;
            int delivery = session.QueueHead;
            while (delivery != DeliveryPool.None && !Holds(delivery, id))
            {
                delivery = deliveries.Next(delivery);
            }

            if (delivery == DeliveryPool.None)
            {
                return DeliveryPool.None;
            }

            // Those before it in its run were sent as well.
            int single = _context.Runs.Single(session, delivery);
            while (!IsItem(single, id))
            {
                single = _context.Runs.Single(session, delivery);
            }

            return single;
        }

        // Whether a delivery, or another of its run, is an item.
        private bool Holds(int delivery, long id)
        {
            int message = _context.Deliveries.Message(delivery);
            int item = ItemMessage.Is(message) ? ItemMessage.ToItem(message) : DeliveryItems.None;
            while (item != DeliveryItems.None && _journal.Id(item) != id)
            {
                item = _context.Runs.NextItem(delivery, item);
            }

            return item != DeliveryItems.None;
        }

        private bool IsItem(int delivery, long id)
        {
            int message = _context.Deliveries.Message(delivery);
            return ItemMessage.Is(message) && _journal.Id(ItemMessage.ToItem(message)) == id;
        }

        private bool AddReleased(Session session, int item, int packetIdentifier)
        {
            DeliveryPool deliveries = _context.Deliveries;
            if (!HasRoom(session))
            {
                return false;
            }

            int delivery = deliveries.Add(session, MessagePool.None, DeliveryHeader.Of(Protocol.QoS.QoS2, false, false, 0));
            deliveries.SetStored(delivery, item);
            SetState(session, delivery, DeliveryState.PubcompPending, packetIdentifier);
            MoveToReleased(session, delivery);
            return true;
        }

        // There is none if the limits are lower than they were: the Session is not whole.
        private bool HasRoom(Session session)
        {
            if (_context.Deliveries.Room <= 0)
            {
                session.Items.Seldom.IsBroken = true;
                return false;
            }

            return true;
        }

        private bool Append(Session session, int message, int item, int size)
        {
            if (!HasRoom(session))
            {
                return false;
            }

            DeliveryPool deliveries = _context.Deliveries;
            int delivery = deliveries.Add(session, message, DeliveryHeader.Of(_body.QoS, _body.Retain, _body.IsShared, 0));
            int[] identifiers = _body.Identifiers;
            int packed = identifiers == null ? 0 : identifiers.Length == 1 ? identifiers[0] : -_context.Identifiers.Add(identifiers);
            deliveries.SetIdentifiers(delivery, packed);
            deliveries.SetStored(delivery, item);
            session.QueueBytes += size + Context.DeliveryBytes;
            if (_body.PacketIdentifier != 0)
            {
                SetSent(session, delivery);
            }
            else
            {
                _context.Runs.Join(session, delivery);
            }

            return true;
        }

        private void SetSent(Session session, int delivery)
        {
            bool isQoS2 = _context.Deliveries.QoS(delivery) == Protocol.QoS.QoS2;
            int state = isQoS2 ? DeliveryState.PubrecPending : DeliveryState.PubackPending;
            SetState(session, delivery, state, _body.PacketIdentifier);
        }

        // The state as it was before the restart; it was not sent on the Network Connection of now.
        private void SetState(Session session, int delivery, int state, int packetIdentifier)
        {
            _context.Deliveries.SetSent(delivery, state, packetIdentifier);
            _context.Deliveries.ClearSent(delivery);
            Saw(session, packetIdentifier);
        }

        // Items are met in the order in which Packet Identifiers were given: what was sent before stands before it, and of what was
        // not, that which was queued before.
        private void MoveTo(Session session, int delivery, long placeId)
        {
            DeliveryPool deliveries = _context.Deliveries;
            int after = DeliveryPool.None;
            int at = session.QueueHead;
            while (at != delivery && (deliveries.State(at) != DeliveryState.Queued || PlaceId(at) < placeId))
            {
                after = _context.Runs.Single(session, at);
                at = deliveries.Next(after);
            }

            if (at != delivery)
            {
                deliveries.Move(session, delivery, after);
            }
        }

        private long PlaceId(int delivery)
        {
            int message = _context.Deliveries.Message(delivery);
            return _journal.Id(ItemMessage.Is(message) ? ItemMessage.ToItem(message) : _context.Deliveries.Link(delivery));
        }

        // PUBREL comes before PUBLISH, in the order in which PUBREC came.
        private void MoveToReleased(Session session, int delivery)
        {
            DeliveryPool deliveries = _context.Deliveries;
            int after = DeliveryPool.None;
            int at = session.QueueHead;
            while (at != delivery && deliveries.State(at) == DeliveryState.PubcompPending)
            {
                after = at;
                at = deliveries.Next(at);
            }

            if (at != delivery)
            {
                deliveries.Move(session, delivery, after);
            }
        }

        private bool IsInUse(Session session, int packetIdentifier, int last)
        {
            DeliveryPool deliveries = _context.Deliveries;
            int delivery = session.QueueHead;
            while (delivery != last && deliveries.PacketIdentifier(delivery) != packetIdentifier)
            {
                delivery = deliveries.Next(delivery);
            }

            return deliveries.PacketIdentifier(delivery) == packetIdentifier;
        }

        private static void Saw(Session session, int packetIdentifier)
        {
            session.LastPacketIdentifier = packetIdentifier;
            session.IdentifiersWrapped = true;
        }
    }
}
