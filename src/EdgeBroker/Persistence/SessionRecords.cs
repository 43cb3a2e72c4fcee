using EdgeBroker.Delivery;
using EdgeBroker.Memory;
using EdgeBroker.Sessions;
using EdgeBroker.Store;
using EdgeBroker.Store.Items;
using EdgeBroker.Topics;

namespace EdgeBroker.Persistence
{
    /// <summary>Puts what belongs to a durable Session, besides its queue, into the journal, and ends it.</summary>
    internal sealed class SessionRecords
    {
        /// <summary>No item.</summary>
        public const int None = -1;

        /// <summary>The bytes of a Session's terms, which begin items of types Session and Terms.</summary>
        public const int TermsSize = 5;

        private const int IdentifierFlag = 128;

        // Items of a CONNECT besides the Client Identifier and the Will Message: their bodies, and how many.
        private const int ConnectOverhead = 64;
        private const int ConnectItems = 4;

        // Sessions whose end is not durable yet, that are told apart.
        private const int EndedMax = 8;

        private readonly Context _context;
        private readonly Journal _journal;
        private readonly StoreTime _time;
        private readonly Committer _commits;
        private readonly DeliveryItems _items;
        private readonly int[] _ended = new int[EndedMax];
        private int _endedCount;
        private long _endedCommits;
        private int _lastNumber = ItemOwner.FirstSession - 1;

        /// <summary>Makes the one of the store.</summary>
        public SessionRecords(Context context, Journal journal, StoreTime time, Committer commits, DeliveryItems items)
        {
            _context = context;
            _journal = journal;
            _time = time;
            _commits = commits;
            _items = items;
        }

        /// <summary>A number that was met at mount: the next one is higher.</summary>
        public void Saw(int number)
        {
            if (number > _lastNumber)
            {
                _lastNumber = number;
            }
        }

        /// <summary>Whether what a CONNECT needs can be stored.</summary>
        /// <param name="identifierLength">The bytes of the Client Identifier.</param>
        /// <param name="willSize">The bytes of the Will.</param>
        /// <param name="replaces">
        /// Whether a Session that is stored ends with it: a full store takes that as well, or one whose own queue fills it could not
        /// begin anew.
        /// </param>
        public bool ReserveConnect(int identifierLength, int willSize, bool replaces)
        {
            int bytes = identifierLength + willSize + ConnectOverhead;
            return replaces && _commits.State == StoreState.Good
                ? _commits.ReserveChange(ConnectItems, bytes, 2)
                : _commits.Reserve(ConnectItems, bytes, 2);
        }

        /// <summary>Whether what a CONNECT changes of a Session that is stored can be.</summary>
        public bool ReserveReconnect(int willSize)
        {
            return _commits.ReserveChange(ConnectItems, willSize + ConnectOverhead, 2);
        }

        /// <summary>Stores what a CONNECT has changed of a Session, if it was or is durable.</summary>
        /// <returns>Whether CONNACK depends on the next commit.</returns>
        public bool OnConnected(Session session, bool discarded)
        {
            SessionItems items = session.Items;

            // An earlier connection may have ended the Session that was stored, or had it discarded, without having been answered.
            discarded |= IsEndPending(session.Hash);
            if (session.StoreNumber == 0)
            {
                if (session.IsDurable)
                {
                    PutSession(session);
                    return true;
                }

                return discarded;
            }

            if (items.Away != None)
            {
                // Or after a cut the Session would have been away for all that time, and end too early.
                End(session, ref items.Seldom.Away);
                discarded = true;
            }

            if (items.Terms == session.Terms)
            {
                return discarded;
            }

            // The room is there: see ReserveReconnect. CONNACK does not promise terms that are not kept.
            PutTerms(session);
            return true;
        }

        /// <summary>Stores terms that a DISCONNECT has changed.</summary>
        public void OnTermsChanged(Session session)
        {
            if (session.StoreNumber != 0 && session.Items.ExpiryS != session.ExpiryS && _commits.ReserveChange(1, TermsSize, 1))
            {
                PutTerms(session);
                _commits.Want();
            }
        }

        /// <summary>Notes since when the Client has been away, so that the expiry goes on after a restart.</summary>
        public void PutAway(Session session)
        {
            if (!_commits.ReserveChange(1, 4, 1))
            {
                return;
            }

            int item = PutNumber(session, ItemType.Away, 4, _time.FromMs(session.ExpiresAtMs - session.ExpiryS * 1000));
            Replace(session, ref session.Items.Seldom.Away, item);
            _commits.WantLater();
        }

        /// <summary>Stores a Will, which the caller has set [MQTT-3.1.2-8] [MQTT5-3.1.2-7]. CONNACK depends on the next commit.</summary>
        public void PutWill(Session session)
        {
            MessageBody body = _items.Measure(session.Will.Message);
            body.QoS = _context.Messages.QoS(session.Will.Message);
            body.Retain = session.Will.Retain;
            byte[] buffer;
            int offset;
            int item = _journal.BeginPut(ItemType.Will, session.StoreNumber, 8 + body.Size, out buffer, out offset);
            offset = ItemBytes.Write(buffer, offset, 4, session.Will.DelayMs / 1000);
            offset = ItemBytes.Write(buffer, offset, 4, session.Will.ExpiryS);
            _items.Write(buffer, offset);
            _journal.EndPut();
            Replace(session, ref session.Items.Seldom.Will, item);
        }

        /// <summary>A Will was taken away or has been published.</summary>
        public void EndWill(Session session)
        {
            End(session, ref session.Items.Seldom.Will);
            _commits.Want();
        }

        /// <summary>Stores how many messages were dropped since the Client was told.</summary>
        public void PutDropped(Session session)
        {
            if (session.DroppedCount == 0)
            {
                End(session, ref session.Items.Seldom.Dropped);
                return;
            }

            if (!_commits.ReserveChange(1, 4, 1))
            {
                return;
            }

            int item = PutNumber(session, ItemType.Dropped, 4, session.DroppedCount);
            Replace(session, ref session.Items.Seldom.Dropped, item);

            // Or a power cut could bring back what was dropped, behind what was sent since.
            _commits.WantBeforeNext();
        }

        /// <summary>Whether a subscription can be stored.</summary>
        public bool ReserveSubscription(int filterLength)
        {
            return _commits.Reserve(1, filterLength + 5, 1);
        }

        /// <summary>Stores a subscription. SUBACK depends on the next commit.</summary>
        /// <param name="session">Whose.</param>
        /// <param name="subscription">Which.</param>
        /// <param name="filter">Holds its Topic Filter, with what makes it a Shared Subscription.</param>
        /// <param name="filterOffset">Where it begins.</param>
        /// <param name="filterLength">Its bytes.</param>
        public void PutSubscription(Session session, int subscription, byte[] filter, int filterOffset, int filterLength)
        {
            SubscriptionTable subscriptions = _context.Subscriptions;
            int identifier = subscriptions.Identifier(subscription);
            byte[] buffer;
            int offset;
            int item = _journal.BeginPut(
                ItemType.Subscription, session.StoreNumber, 1 + (identifier != 0 ? 4 : 0) + filterLength, out buffer, out offset);
            int options = subscriptions.Options(subscription) & ~SubscriptionFlags.IsOwedStored;
            bool isOwed = (options & SubscriptionFlags.RetainedOwed) != 0 && _context.Retained.Count > 0;
            subscriptions.SetOptions(subscription, isOwed ? options | SubscriptionFlags.IsOwedStored : options);
            options = isOwed ? options : options & ~SubscriptionFlags.RetainedOwed;
            buffer[offset++] = (byte)(options | (identifier != 0 ? IdentifierFlag : 0));
            if (identifier != 0)
            {
                offset = ItemBytes.Write(buffer, offset, 4, identifier);
            }

            System.Array.Copy(filter, filterOffset, buffer, offset, filterLength);
            _journal.EndPut();
            int old = subscriptions.Item.Get(subscription);
            subscriptions.Item.Set(subscription, item);
            if (old != None)
            {
                _items.Forget(old, session.StoreNumber);
            }
        }

        /// <summary>
        /// Notes that a retained message is sent at QoS 2, so that it is not sent again when all that is owed is walked anew after a
        /// restart. It depends on the commit that its delivery depends on.
        /// </summary>
        public void PutWalked(Session session, int retainedItem)
        {
            session.Items.Seldom.AddWalked(PutNumber(session, ItemType.Walked, ItemBytes.IdSize, _journal.Id(retainedItem)));
        }

        /// <summary>
        /// Whether a retained message is not owed after a restart: it was sent before, or came after the SUBSCRIBE, which is stored
        /// later than what was retained then.
        /// </summary>
        public bool IsWalked(Session session, int subscriptionItem, int retainedItem)
        {
            long id = _journal.Id(retainedItem);
            bool isWalked = id > _journal.Id(subscriptionItem);
            for (int i = 0; i < session.Items.WalkedCount && !isWalked; i++)
            {
                int at;
                int item = session.Items.Seldom.Walked[i];
                byte[] record = MemoryReserve.Bytes(_journal.SizeOf(item));
                isWalked = _journal.Read(item, record, 0, out at) > 0 && ItemBytes.Read(record, at, ItemBytes.IdSize) == id;
            }

            return isWalked;
        }

        /// <summary>Nothing that is retained is owed any more.</summary>
        public void EndWalked(Session session)
        {
            for (int i = 0; i < session.Items.WalkedCount; i++)
            {
                _items.Forget(session.Items.Seldom.Walked[i], session.StoreNumber);
            }

            session.Items.Seldom.WalkedCount = 0;
        }

        /// <summary>Stores the Packet Identifier of a QoS 2 message that was received. PUBREC depends on the next commit.</summary>
        public void PutInbound(Session session, int packetIdentifier)
        {
            session.Items.SetInbound(session.InboundCount - 1, PutNumber(session, ItemType.Inbound, 2, packetIdentifier));
        }

        /// <summary>PUBREL has come for the message that was at a place; PUBCOMP depends on the next commit.</summary>
        public void EndInbound(Session session, int index)
        {
            int[] inbound = session.Items.Inbound;
            _items.Forget(inbound[index], session.StoreNumber);
            inbound[index] = inbound[session.InboundCount];
        }

        /// <summary>Begins to end a Session as a whole. Its deliveries and subscriptions go while it ends.</summary>
        public void BeginEnd(Session session)
        {
            _items.BeginEnd(session.StoreNumber);
            SessionItems items = session.Items;
            End(session, ref items.Session);
            End(session, ref items.Seldom.Will);
            EndWalked(session);
            End(session, ref items.Seldom.Terms);
            End(session, ref items.Seldom.Away);
            End(session, ref items.Seldom.Dropped);
            for (int i = 0; i < session.InboundCount; i++)
            {
                _items.Forget(items.Inbound[i], session.StoreNumber);
            }
        }

        /// <summary>The Session has ended.</summary>
        public void EndEnd(Session session)
        {
            _items.EndEnd();
            NoteEnd(session.Hash);
            session.StoreNumber = 0;
            _commits.WantLater();
        }

        private void NoteEnd(int hash)
        {
            if (_endedCommits != _journal.CommitCount)
            {
                _endedCommits = _journal.CommitCount;
                _endedCount = 0;
            }

            if (_endedCount < EndedMax)
            {
                _ended[_endedCount] = hash;
            }

            _endedCount++;
        }

        // Whether the end of a Session of this name is staged only: after a cut it would be there again.
        private bool IsEndPending(int hash)
        {
            if (_endedCount == 0 || _endedCommits != _journal.CommitCount)
            {
                return false;
            }

            bool isPending = _endedCount > EndedMax;
            for (int i = 0; i < _endedCount && !isPending; i++)
            {
                isPending = _ended[i] == hash;
            }

            return isPending;
        }

        private void PutSession(Session session)
        {
            if (session.Items == null)
            {
                session.Items = SessionItems.Create();
            }

            session.Items.Reset();
            session.StoreNumber = ++_lastNumber;
            byte[] buffer;
            int offset;
            int length = session.ClientIdentifier.Length;
            session.Items.Session = _journal.BeginPut(
                ItemType.Session, session.StoreNumber, TermsSize + length, out buffer, out offset);
            offset = WriteTerms(session, buffer, offset);
            System.Array.Copy(session.ClientIdentifier, 0, buffer, offset, length);
            _journal.EndPut();
        }

        private void PutTerms(Session session)
        {
            byte[] buffer;
            int offset;
            int item = _journal.BeginPut(ItemType.Terms, session.StoreNumber, TermsSize, out buffer, out offset);
            WriteTerms(session, buffer, offset);
            _journal.EndPut();
            Replace(session, ref session.Items.Seldom.Terms, item);
        }

        private int PutNumber(Session session, int type, int size, long number)
        {
            byte[] buffer;
            int offset;
            int item = _journal.BeginPut(type, session.StoreNumber, size, out buffer, out offset);
            ItemBytes.Write(buffer, offset, size, number);
            _journal.EndPut();
            return item;
        }

        private static int WriteTerms(Session session, byte[] buffer, int offset)
        {
            session.Items.Terms = session.Terms;
            buffer[offset++] = (byte)(session.IsV5 ? 1 : 0);
            return ItemBytes.Write(buffer, offset, 4, session.ExpiryS);
        }

        private void Replace(Session session, ref int place, int item)
        {
            if (place != None)
            {
                _items.Forget(place, session.StoreNumber);
            }

            place = item;
        }

        private void End(Session session, ref int place)
        {
            if (place != None)
            {
                _items.Forget(place, session.StoreNumber);
                place = None;
            }
        }
    }
}
