using EdgeBroker.Delivery;
using EdgeBroker.Memory;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Sessions;
using EdgeBroker.Store;
using EdgeBroker.Store.Items;
using EdgeBroker.Topics;

namespace EdgeBroker.Persistence
{
    /// <summary>
    /// Makes Sessions, subscriptions, queues, Wills and retained messages of the items of the journal. A Session that turns out not
    /// to be whole is ended, so that Session Present is never pretended.
    /// </summary>
    internal sealed class StoreMount : IJournalOwner
    {
        private const int None = -1;
        private const int IdentifierFlag = 128;

        private readonly Context _context;
        private readonly Journal _journal;
        private readonly StoreTime _time;
        private readonly SessionRecords _records;
        private readonly MountReport _report;
        private readonly MountQueue _queues;
        private readonly OwnerMap _map = new OwnerMap();
        private readonly MessageBody _body = new MessageBody();
        private readonly Publication _publication = new Publication();
        private bool _isTimeKnown;

        /// <summary>Makes the one of a mount.</summary>
        public StoreMount(Context context, Journal journal, StoreTime time, SessionRecords records, MountReport report)
        {
            _context = context;
            _journal = journal;
            _time = time;
            _records = records;
            _report = report;
            _queues = new MountQueue(context, journal, _map, time);
        }

        /// <summary>Whether anything was made of an item.</summary>
        public bool HasBegun
        {
            get { return _isTimeKnown; }
        }

        /// <inheritdoc/>
        public void OnOwnerLost(int owner)
        {
            if (owner < ItemOwner.FirstSession)
            {
                _report.IsSharedLost = true;
            }
            else
            {
                _records.Saw(owner);
                _report.LostCount++;
            }
        }

        /// <inheritdoc/>
        public void OnItem(int item, long id, int type, int owner, byte[] buffer, int offset, int count)
        {
            if (!_isTimeKnown)
            {
                _isTimeKnown = true;
                _time.Begin(_journal.Stamp);
            }

            if (type == ItemType.Retained)
            {
                AddRetained(item, buffer, offset, count);
                return;
            }

            if (type == ItemType.Message)
            {
                _queues.AddMessage(item, id, buffer, offset, count);
                return;
            }

            _records.Saw(owner);
            if (type == ItemType.Session)
            {
                AddSession(item, owner, buffer, offset, count);
                return;
            }

            Session session = _map.Find(owner);
            if (session == null || !AddTo(session, item, type, buffer, offset, count))
            {
                // Without its Session it means nothing.
                _journal.Delete(item, owner);
            }
        }

        /// <summary>After the last item: puts everything in its place.</summary>
        public void Finish(SessionKeeper keeper)
        {
            if (!_isTimeKnown)
            {
                _time.Begin(_journal.Stamp);
            }

            _queues.ReleaseMessages();
            Session session = _context.Sessions.First;
            while (session != null)
            {
                Session next = _context.Sessions.Next(session);
                if (session.Items.IsBroken || session.ExpiryS == 0)
                {
                    // Damaged, or to end with a connection that is gone.
                    _report.LostCount += session.Items.IsBroken ? 1 : 0;
                    keeper.Discard(session);
                }
                else
                {
                    _report.SessionCount++;
                    _report.MessageCount += _context.Runs.CountMessages(session);
                    _queues.Finish(session);
                    keeper.Resume(session, ExpiryLeftS(session));
                }

                session = next;
            }

            _context.Retained.EndMount();
            _report.RetainedCount = _context.Retained.Count;
        }

        // What was left at the last commit. A Client that was connected until then begins anew.
        private long ExpiryLeftS(Session session)
        {
            long awayS = session.Items.Away == None ? 0 : _time.Now - session.Items.Seldom.AwaySince;
            return session.ExpiryS - awayS;
        }

        private bool AddTo(Session session, int item, int type, byte[] buffer, int offset, int count)
        {
            SessionItems items = session.Items;
            switch (type)
            {
                case ItemType.Terms:
                    items.Seldom.Terms = item;
                    ReadTerms(session, buffer, offset);
                    return true;
                case ItemType.Away:
                    items.Seldom.Away = item;
                    items.Seldom.AwaySince = (int)ItemBytes.Read(buffer, offset, 4);
                    return true;
                case ItemType.Dropped:
                    items.Seldom.Dropped = item;
                    session.NoteTrouble().DroppedCount = (int)ItemBytes.Read(buffer, offset, 4);
                    return true;
                case ItemType.Inbound:
                    session.AddInbound((int)ItemBytes.Read(buffer, offset, 2));
                    items.SetInbound(session.InboundCount - 1, item);
                    return true;
                case ItemType.Walked:
                    items.Seldom.AddWalked(item);
                    return true;
                case ItemType.Subscription:
                    AddSubscription(session, item, buffer, offset, count);
                    return true;
                case ItemType.Will:
                    AddWill(session, item, buffer, offset, count);
                    return true;
                default:
                    return _queues.Add(session, item, type, buffer, offset, count);
            }
        }

        private void AddSession(int item, int owner, byte[] buffer, int offset, int count)
        {
            int nameOffset = offset + SessionRecords.TermsSize;
            int nameLength = count - SessionRecords.TermsSize;
            Session session = _context.Sessions.Add(buffer, nameOffset, nameLength);
            session.StoreNumber = owner;
            if (session.Items == null)
            {
                session.Items = new SessionItems();
            }

            session.Items.Reset();
            session.Items.Session = item;
            ReadTerms(session, buffer, offset);
            _map.Add(owner, session);
        }

        private static void ReadTerms(Session session, byte[] buffer, int offset)
        {
            session.IsV5 = buffer[offset] != 0;
            session.ExpiryS = ItemBytes.Read(buffer, offset + 1, 4);
            session.Items.Terms = session.Terms;
        }

        private void AddSubscription(Session session, int item, byte[] buffer, int offset, int count)
        {
            int end = offset + count;
            int options = buffer[offset++];
            int identifier = 0;
            if ((options & IdentifierFlag) != 0)
            {
                identifier = (int)ItemBytes.Read(buffer, offset, 4);
                offset += 4;
            }

            bool existed;
            int subscription = _context.Subscriptions.Add(
                session,
                buffer,
                offset,
                end - offset,
                TopicFilter.ShareLength(buffer, offset, end - offset),
                options & ~IdentifierFlag,
                identifier,
                out existed);
            if (subscription == SubscriptionTable.None)
            {
                // The limits are lower than they were.
                session.Items.Seldom.IsBroken = true;
                _journal.Delete(item, session.StoreNumber);
                return;
            }

            _context.Subscriptions.Item.Set(subscription, item);
            if ((options & SubscriptionFlags.RetainedOwed) != 0)
            {
                // All that the store holds is walked again; what is published from now on comes by itself.
                _context.Subscriptions.SetOptions(subscription, (options & ~IdentifierFlag) | SubscriptionFlags.IsOwedStored);
                session.Walk = RetainedWalk.Of(RetainedTable.Mounted);
            }
        }

        private void AddWill(Session session, int item, byte[] buffer, int offset, int count)
        {
            int message;
            session.Items.Seldom.Will = item;
            if (Keep(buffer, offset + 8, count - 8, out message))
            {
                long delayMs = ItemBytes.Read(buffer, offset, 4) * 1000;
                session.Will = SessionWill.Of(message, _body.Retain, delayMs, (int)ItemBytes.Read(buffer, offset + 4, 4));
            }
            else
            {
                // The limits are lower than they were.
                _context.Drop(DropReason.NoMemory, null);
            }
        }

        private void AddRetained(int item, byte[] buffer, int offset, int count)
        {
            int message = _context.Store.Retained.MessageOf(item);
            bool isWhole = message != MessagePool.None ? Show(buffer, offset, count) : Keep(buffer, offset, count, out message);
            if (!isWhole
                || !_context.Retained.HasRoom(_publication.TopicBuffer, _publication.TopicOffset, _publication.TopicLength))
            {
                _context.Drop(DropReason.NoMemory, null);
                _journal.Delete(item, ItemOwner.Retained);
                return;
            }

            int place = _context.Retained.Set(
                _publication.TopicBuffer, _publication.TopicOffset, _publication.TopicLength, message);
            _context.Retained.SetItem(place, item);
        }

        // Keeps a message in the pool. Returns false if there is no room, or it is not one.
        private bool Keep(byte[] buffer, int offset, int count, out int message)
        {
            message = Show(buffer, offset, count) ? _context.Messages.Add(_publication) : MessagePool.None;
            return message != MessagePool.None;
        }

        // Returns whether it is a message.
        private bool Show(byte[] buffer, int offset, int count)
        {
            if (!_body.Read(buffer, offset, offset + count))
            {
                return false;
            }

            _publication.Show(
                buffer, _body.TopicOffset, _body.TopicLength, _body.PropertiesLength, _body.PayloadLength);
            _publication.QoS = _body.QoS;
            _publication.ExpiresAtMs = _time.ToMs(_body.ExpiresAt);
            return true;
        }
    }
}
