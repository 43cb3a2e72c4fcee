using EdgeBroker.Memory;

namespace EdgeBroker.Sessions
{
    /// <summary>
    /// The deliveries of all Sessions: which message, at which QoS, how far. Each is in the doubly linked queue of its Session. One
    /// may stand for several: see <see cref="DeliveryRuns"/>.
    /// </summary>
    internal sealed class DeliveryPool
    {
        /// <summary>No delivery.</summary>
        public const int None = -1;

        /// <summary>What <see cref="Hold"/> returns for one that is not tracked.</summary>
        public const int NotTracked = -2;

        private readonly int _bound;
        private int _countMax;
        private int[] _next;
        private int[] _previous;
        private int[] _message;
        private int[] _header;
        private int[] _identifiers;
        private int[] _link;
        private int _free = None;
        private int _created;

        /// <summary>Makes an empty pool.</summary>
        /// <param name="countMax">How many deliveries there may be.</param>
        /// <param name="isStored">Whether there is a store that may have them.</param>
        public DeliveryPool(int countMax, bool isStored)
        {
            _bound = countMax;
            AllowGrowth(true);
            int start = Growth.Start(countMax);
            _next = new int[start];
            _previous = new int[start];
            _message = new int[start];
            _header = new int[start];
            _link = isStored ? new int[start] : null;
        }

        /// <summary>Deliveries in use.</summary>
        public int Count
        {
            get { return _countMax - Room; }
        }

        /// <summary>How many more there can be; below 0 none. Set by the pool, and for deliveries that others stand for, alone.</summary>
        public int Room;

        /// <summary>As <see cref="Add"/>: one of QoS 1 that was sent, and for which a hold waits. There is <see cref="Room"/>.</summary>
        public void AddHeld(Session session, int message, int packetIdentifier, int hold)
        {
            int delivery = Add(session, message, packetIdentifier | DeliveryHeader.SentQoS1 | DeliveryHeader.TrackedBit);
            _link[delivery] = hold;
            session.LastPacketIdentifier = packetIdentifier;
            session.InFlightCount++;
        }

        /// <summary>Whether it may take more memory. If not, no more are admitted than there are places now.</summary>
        public void AllowGrowth(bool isAllowed)
        {
            Room -= _countMax;
            _countMax = isAllowed || _next.Length > _bound ? _bound : _next.Length;
            Room += _countMax;
        }

        /// <summary>Appends a delivery to a Session's queue, without Subscription Identifiers.</summary>
        /// <param name="session">The Session.</param>
        /// <param name="message">Its message, see <see cref="Message"/>: a reference to it is taken over.</param>
        /// <param name="header">Its <see cref="DeliveryHeader"/>.</param>
        /// <returns>The delivery, or <see cref="None"/> if there is no <see cref="Room"/>.</returns>
        public int Add(Session session, int message, int header)
        {
            int delivery = _free;
            if (delivery != None)
            {
                _free = _next[delivery];
            }
            else
            {
                if (_created >= _bound)
                {
                    return None;
                }

                delivery = Create();
            }

            Room--;
            _message[delivery] = message;
            _header[delivery] = header;
            if (_identifiers != null)
            {
                _identifiers[delivery] = 0;
            }

            int tail = session.QueueTail;
            _previous[delivery] = tail;
            _next[delivery] = None;
            session.QueueTail = delivery;
            if (tail == None)
            {
                session.QueueHead = delivery;
            }
            else
            {
                _next[tail] = delivery;
            }

            return delivery;
        }

        /// <summary>The next delivery of the queue.</summary>
        public int Next(int delivery)
        {
            return _next[delivery];
        }

        /// <summary>The delivery before it in the queue.</summary>
        public int Previous(int delivery)
        {
            return _previous[delivery];
        }

        /// <summary>Finds the delivery in flight that a Packet Identifier belongs to.</summary>
        /// <returns>The delivery, or <see cref="None"/>.</returns>
        public int FindInFlight(Session session, int packetIdentifier)
        {
            int delivery = session.QueueHead;
            int end = session.NextToSend;
            while (delivery != end)
            {
                if ((_header[delivery] & DeliveryHeader.PacketIdentifierMask) == packetIdentifier)
                {
                    return delivery;
                }

                delivery = _next[delivery];
            }

            return None;
        }

        /// <summary>
        /// Removes the first delivery of a Session's queue if it is at QoS 1, was sent with this Packet Identifier, and is not in the
        /// store. What is known of it can be asked until another is added.
        /// </summary>
        /// <returns>The delivery, or <see cref="None"/>.</returns>
        public int RemoveSent(Session session, int packetIdentifier)
        {
            int delivery = session.QueueHead;
            if (delivery == None
                || (_header[delivery] & ~DeliveryHeader.PubackIgnored) != (packetIdentifier | DeliveryHeader.SentQoS1)
                || (_identifiers != null && _identifiers[delivery] < 0))
            {
                return None;
            }

            session.InFlightCount--;
            int next = _next[delivery];
            session.QueueHead = next;
            if (next == None)
            {
                session.QueueTail = None;
            }
            else
            {
                _previous[next] = None;
            }

            _next[delivery] = _free;
            _free = delivery;
            Room++;
            return delivery;
        }

        /// <summary>Removes a delivery from a Session's queue.</summary>
        /// <returns>Its <see cref="Identifiers"/>.</returns>
        public int Remove(Session session, int delivery)
        {
            int header = _header[delivery];
            if ((header & DeliveryHeader.SentBit) != 0)
            {
                session.InFlightCount--;
            }
            else if ((header & DeliveryHeader.QoSMask) == 0)
            {
                session.QoS0Count--;
            }

            Unlink(session, delivery);
            _next[delivery] = _free;
            _free = delivery;
            Room++;
            return Identifiers(delivery);
        }

        /// <summary>Moves a delivery to another place in a Session's queue.</summary>
        /// <param name="session">The Session.</param>
        /// <param name="delivery">What to move.</param>
        /// <param name="after">What it is to follow; <see cref="None"/> for the start of the queue.</param>
        public void Move(Session session, int delivery, int after)
        {
            Unlink(session, delivery);
            int next = after == None ? session.QueueHead : _next[after];
            _previous[delivery] = after;
            _next[delivery] = next;
            if (after == None)
            {
                session.QueueHead = delivery;
            }
            else
            {
                _next[after] = delivery;
            }

            if (next == None)
            {
                session.QueueTail = delivery;
            }
            else
            {
                _previous[next] = delivery;
            }
        }

        /// <summary>The message in the pool, <see cref="MessagePool.None"/>, or <see cref="ItemMessage.Of"/> its item in flash.</summary>
        public int Message(int delivery)
        {
            return _message[delivery];
        }

        /// <summary>Sets the message, taking over a reference to it. No hold waits for it any more.</summary>
        public void SetMessage(int delivery, int message)
        {
            _message[delivery] = message;
            _header[delivery] &= ~DeliveryHeader.TrackedBit;
        }

        /// <summary>Whether the store has it: then <see cref="Link"/> is an item of the journal, or <see cref="None"/>.</summary>
        public bool IsStored(int delivery)
        {
            return (_header[delivery] & DeliveryHeader.StoredBit) != 0;
        }

        /// <summary>Whether it is to be stored if the Client does not acknowledge it soon: then it has a <see cref="Hold"/>.</summary>
        public bool IsTracked(int delivery)
        {
            return (_header[delivery] & DeliveryHeader.TrackedBit) != 0;
        }

        /// <summary>What the store knows of it; see <see cref="IsStored"/> and <see cref="IsTracked"/>.</summary>
        public int Link(int delivery)
        {
            return _link[delivery];
        }

        /// <summary>Notes that the store has it: no hold waits for it any more.</summary>
        public void SetStored(int delivery, int item)
        {
            _header[delivery] = (_header[delivery] & ~DeliveryHeader.TrackedBit) | DeliveryHeader.StoredBit;
            _link[delivery] = item;
        }

        /// <summary>Notes that it is to be stored if the Client does not acknowledge it soon.</summary>
        public void SetTracked(int delivery, int hold)
        {
            _header[delivery] |= DeliveryHeader.TrackedBit;
            _link[delivery] = hold;
        }

        /// <summary>The hold that waits for it, or <see cref="None"/>; <see cref="NotTracked"/> if it is not tracked.</summary>
        public int Hold(int delivery)
        {
            return (_header[delivery] & DeliveryHeader.TrackedBit) == 0 ? NotTracked : _link[delivery];
        }

        /// <summary>The QoS of the delivery.</summary>
        public int QoS(int delivery)
        {
            return (_header[delivery] >> DeliveryHeader.QoSShift) & 3;
        }

        /// <summary>The <see cref="DeliveryState"/>.</summary>
        public int State(int delivery)
        {
            return (_header[delivery] >> DeliveryHeader.StateShift) & 3;
        }

        /// <summary>The RETAIN flag to send.</summary>
        public bool Retain(int delivery)
        {
            return (_header[delivery] & DeliveryHeader.RetainBit) != 0;
        }

        /// <summary>Whether it was sent on the Network Connection of now.</summary>
        public bool IsSent(int delivery)
        {
            return (_header[delivery] & DeliveryHeader.SentBit) != 0;
        }

        /// <summary>Whether it came by a Shared Subscription.</summary>
        public bool IsShared(int delivery)
        {
            return (_header[delivery] & DeliveryHeader.SharedBit) != 0;
        }

        /// <summary>The Packet Identifier; 0 while it has none.</summary>
        public int PacketIdentifier(int delivery)
        {
            return _header[delivery] & DeliveryHeader.PacketIdentifierMask;
        }

        /// <summary>
        /// The Subscription Identifiers to send: 0 for none, above 0 for one, below 0 for the negative of an index of
        /// <see cref="IdentifierLists"/>.
        /// </summary>
        public int Identifiers(int delivery)
        {
            return _identifiers == null ? 0 : _identifiers[delivery];
        }

        /// <summary>Sets the <see cref="Identifiers"/>: most brokers never see one.</summary>
        public void SetIdentifiers(int delivery, int identifiers)
        {
            if (_identifiers == null && identifiers != 0)
            {
                _identifiers = Store.MemoryReserve.Ints(_next.Length);
            }

            if (_identifiers != null)
            {
                _identifiers[delivery] = identifiers;
            }
        }

        /// <summary>Notes that the PUBLISH or PUBREL leaves on the Network Connection of now.</summary>
        public void SetSent(int delivery, int state, int packetIdentifier)
        {
            int header = _header[delivery] & ~(DeliveryHeader.PacketIdentifierMask | (3 << DeliveryHeader.StateShift));
            _header[delivery] = header | packetIdentifier | (state << DeliveryHeader.StateShift) | DeliveryHeader.SentBit;
        }

        /// <summary>Notes that the Network Connection it was sent on is gone.</summary>
        public void ClearSent(int delivery)
        {
            _header[delivery] &= ~DeliveryHeader.SentBit;
        }

        private void Unlink(Session session, int delivery)
        {
            int next = _next[delivery];
            int previous = _previous[delivery];
            if (previous == None)
            {
                session.QueueHead = next;
            }
            else
            {
                _next[previous] = next;
            }

            if (next == None)
            {
                session.QueueTail = previous;
            }
            else
            {
                _previous[next] = previous;
            }

            if (session.NextToSend == delivery)
            {
                session.NextToSend = next;
            }
        }

        private int Create()
        {
            if (_created == _next.Length)
            {
                Grow(Growth.Next(_created, _bound));
            }

            return _created++;
        }

        private void Grow(int length)
        {
            _next = Growth.Resize(_next, length);
            _previous = Growth.Resize(_previous, length);
            _message = Growth.Resize(_message, length);
            _header = Growth.Resize(_header, length);
            _identifiers = _identifiers == null ? null : Growth.Resize(_identifiers, length);
            _link = _link == null ? null : Growth.Resize(_link, length);
        }
    }
}
