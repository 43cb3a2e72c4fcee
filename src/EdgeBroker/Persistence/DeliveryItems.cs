using EdgeBroker.Memory;
using EdgeBroker.Sessions;
using EdgeBroker.Store;
using EdgeBroker.Store.Items;

namespace EdgeBroker.Persistence
{
    /// <summary>
    /// Puts deliveries into the journal and reads their messages back. A message for one Session is one item with its delivery; one
    /// for several is an item, and a short one more for each Session.
    /// </summary>
    internal sealed class DeliveryItems : IMessageItems
    {
        /// <summary>No item.</summary>
        public const int None = -1;

        /// <summary>More than a delivery takes in the journal, without the message and the Subscription Identifiers.</summary>
        public const int RoomMax = HeadMax + (Journal.ItemMax * 2);

        // The bodies of both items of a delivery, without these.
        private const int HeadMax = 48;

        private readonly Context _context;
        private readonly Journal _journal;
        private readonly StoreTime _time;
        private readonly MessageBody _body = new MessageBody();
        private int _measured;
        private byte[] _record = new byte[64];
        private int _endingOwner;

        /// <summary>Makes the one of the store.</summary>
        public DeliveryItems(Context context, Journal journal, StoreTime time)
        {
            _context = context;
            _journal = journal;
            _time = time;
        }

        /// <summary>More than the bodies of the items of a delivery take, besides the message.</summary>
        public static int OverheadMax(int[] identifiers)
        {
            return HeadMax + (identifiers == null ? 0 : identifiers.Length * 8);
        }

        /// <summary>More than the bodies of the items of a delivery take, with its message, which is in the pool.</summary>
        public int BodySizeMax(int delivery)
        {
            return _context.Messages.Size(_context.Deliveries.Message(delivery)) + OverheadMax(IdentifiersOf(delivery));
        }

        /// <summary>The Subscription Identifiers of a delivery.</summary>
        /// <returns>The identifiers, or null.</returns>
        public int[] IdentifiersOf(int delivery)
        {
            int packed = _context.Deliveries.Identifiers(delivery);
            return packed >= 0 ? _context.One.Of(packed) : _context.Identifiers.Get(-packed);
        }

        /// <summary>Puts a delivery that is in the queue, with its message.</summary>
        /// <param name="session">Whose it is.</param>
        /// <param name="delivery">The delivery; its message is in the pool.</param>
        public void Put(Session session, int delivery)
        {
            DeliveryPool deliveries = _context.Deliveries;
            MessagePool messages = _context.Messages;
            int message = deliveries.Message(delivery);
            if (messages.Item(message) == None && messages.References(message) == 1)
            {
                int size = messages.Size(message);
                int item = PutMessage(ItemType.Queued, session.StoreNumber, message, delivery);
                session.QueueBytes += _journal.SizeOf(item) - size;
                messages.Release(message);
                deliveries.SetMessage(delivery, ItemMessage.Of(item));
                deliveries.SetStored(delivery, None);
                return;
            }

            if (messages.Item(message) == None)
            {
                messages.SetItem(message, PutMessage(ItemType.Message, ItemOwner.Messages, message, DeliveryPool.None));
            }

            messages.DropBytes(message);
            deliveries.SetStored(delivery, PutDelivery(session, delivery, messages.Item(message), None));
        }

        /// <summary>Puts the state of a delivery that is stored: its Packet Identifier, or that PUBREC has come.</summary>
        /// <returns>The item.</returns>
        public int PutState(Session session, int delivery)
        {
            DeliveryPool deliveries = _context.Deliveries;
            if (deliveries.State(delivery) == DeliveryState.PubcompPending)
            {
                byte[] buffer;
                int offset;
                int released = _journal.BeginPut(ItemType.Released, session.StoreNumber, 2, out buffer, out offset);
                ItemBytes.Write(buffer, offset, 2, deliveries.PacketIdentifier(delivery));
                _journal.EndPut();
                return released;
            }

            int message = deliveries.Message(delivery);
            int item = _context.Messages.Item(message);
            return PutDelivery(session, delivery, item, deliveries.Link(delivery));
        }

        /// <inheritdoc/>
        public bool Load(int item, MessageView message)
        {
            int size = _journal.SizeOf(item);
            if (_record.Length < size)
            {
                _record = MemoryReserve.Bytes(size);
            }

            int at;
            int count = _journal.Read(item, _record, 0, out at);
            if (count < 0 || !_body.Read(_record, at, at + count))
            {
                return false;
            }

            message.Show(_record, _body.TopicOffset, _body.TopicLength, _body.PropertiesLength, _body.PayloadLength);
            message.QoS = _body.QoS;
            message.ExpiresAtMs = _time.ToMs(_body.ExpiresAt);
            return true;
        }

        /// <summary>The bytes of an item's record.</summary>
        public int SizeOf(int item)
        {
            return _journal.SizeOf(item);
        }

        /// <summary>Ends an item; that of a Session that ends as a whole is only let go of.</summary>
        public void Forget(int item, int owner)
        {
            if (owner == _endingOwner)
            {
                _journal.Release(item);
            }
            else
            {
                _journal.Delete(item, owner);
                _context.Store.Commits.WantLater();
            }
        }

        /// <summary>Ends all items of a Session in one record. Each is still to be given to <see cref="Forget"/>.</summary>
        public void BeginEnd(int owner)
        {
            _journal.EndOwner(owner);
            _endingOwner = owner;
        }

        /// <summary>All of them were.</summary>
        public void EndEnd()
        {
            _endingOwner = 0;
        }

        /// <summary>Begins the body of an item that is to hold a message, whose bytes are in the pool.</summary>
        /// <returns>The body, to be completed; it holds until the next call.</returns>
        public MessageBody Measure(int message)
        {
            MessagePool messages = _context.Messages;
            _measured = message;
            _body.Reset();
            _body.TopicLength = messages.TopicLength(message);
            _body.PropertiesLength = messages.PropertiesLength(message);
            _body.PayloadLength = messages.PayloadLength(message);
            _body.ExpiresAt = _time.FromMs(messages.ExpiresAtMs(message));
            return _body;
        }

        /// <summary>Writes the body that was begun last, and its message.</summary>
        public void Write(byte[] buffer, int offset)
        {
            int at = _body.WriteStart(buffer, offset);
            _context.Messages.Copy(_measured, 0, _context.Messages.Size(_measured), buffer, at);
        }

        private int PutMessage(int type, int owner, int message, int delivery)
        {
            MessageBody body = Measure(message);
            if (delivery != DeliveryPool.None)
            {
                SetDelivery(delivery);
            }

            byte[] buffer;
            int offset;
            int item = _journal.BeginPut(type, owner, body.Size, out buffer, out offset);
            Write(buffer, offset);
            _journal.EndPut();
            return item;
        }

        // One that replaces another has the place in the queue that that one had.
        private int PutDelivery(Session session, int delivery, int messageItem, int replaced)
        {
            MessageBody body = _body;
            body.Reset();
            SetDelivery(delivery);
            byte[] buffer;
            int offset;
            int item = _journal.BeginPut(
                ItemType.Delivery,
                session.StoreNumber,
                body.HeadSize + (replaced == None ? ItemBytes.IdSize : ItemBytes.IdSize * 2),
                out buffer,
                out offset);
            offset = body.WriteHead(buffer, offset);
            offset = ItemBytes.Write(buffer, offset, ItemBytes.IdSize, _journal.Id(messageItem));
            if (replaced != None)
            {
                ItemBytes.Write(buffer, offset, ItemBytes.IdSize, _journal.Id(replaced));
            }

            _journal.EndPut();
            return item;
        }

        private void SetDelivery(int delivery)
        {
            DeliveryPool deliveries = _context.Deliveries;
            _body.QoS = deliveries.QoS(delivery);
            _body.Retain = deliveries.Retain(delivery);
            _body.IsShared = deliveries.IsShared(delivery);
            _body.PacketIdentifier = deliveries.PacketIdentifier(delivery);
            _body.Identifiers = IdentifiersOf(delivery);
        }
    }
}
