using EdgeBroker.Delivery;
using EdgeBroker.Memory;
using EdgeBroker.Protocol;
using EdgeBroker.Sessions;

namespace EdgeBroker.Persistence
{
    /// <summary>
    /// The queues of durable Sessions in the store: what is stored at once, what only if the Client does not acknowledge it soon,
    /// and what goes again.
    /// </summary>
    /// <remarks>
    /// Invariant: the deliveries of a Session that are not stored are the last of its queue, so that the items of the journal are
    /// in the order of the queue.
    /// </remarks>
    internal sealed class DeliveryStore
    {
        private readonly Context _context;
        private readonly DeliveryPool _deliveries;
        private readonly Committer _commits;
        private readonly DeliveryItems _items;
        private readonly SessionList _unstored = new SessionList();
        private Session[] _othersTouched = new Session[0];
        private int _othersCount;
        private readonly int _holdMs;
        private bool _mustStore;
        private long _dueMs;

        /// <summary>Makes the one of the store.</summary>
        public DeliveryStore(Context context, Committer commits, HoldTable holds, DeliveryItems items)
        {
            _context = context;
            _deliveries = context.Deliveries;
            _commits = commits;
            Holds = holds;
            _items = items;
            _holdMs = context.Limits.Mode == Limits.StoreMode.Relaxed ? context.Limits.CommitIntervalMs : context.Limits.HoldMs;
        }

        /// <summary>The first durable Session that the message being routed went to, or null. Changed here alone.</summary>
        public Session Touched;

        /// <summary>The holds that its deliveries count on.</summary>
        public readonly HoldTable Holds;

        /// <summary>More than the deliveries of all Sessions that are not stored would take. Changed here alone.</summary>
        public int UnstoredBytes;

        /// <summary>When the next hold ends, in the clock's milliseconds; 0 if there is none.</summary>
        public long DueMs
        {
            get { return _dueMs; }
        }

        /// <summary>
        /// Enters a delivery of the message that is being routed. It is stored at once if it was not sent, since its Session is away
        /// or has to acknowledge others first, or did not acknowledge soon the last time, or is the publisher's own.
        /// </summary>
        public void Track(Session session, int delivery, Publication publication, bool isSent)
        {
            int hold = publication.Hold;
            if (hold == HoldTable.None)
            {
                hold = Holds.Begin(_context.NowMs, 1, null, 0);
                publication.Hold = hold;
            }
            else
            {
                Holds.Add(hold);
            }

            Enter(session, delivery, hold, publication.Size);
            if (!isSent || session.MissedHold || hold == HoldTable.None || session == publication.Publisher)
            {
                _mustStore = true;
            }

            if (!session.Items.IsListed)
            {
                List(session);
            }

            if (Touched == null)
            {
                Touched = session;
            }
            else
            {
                if (_othersCount == _othersTouched.Length)
                {
                    _othersTouched = Lists.Resize(_othersTouched, _othersCount == 0 ? 1 : _othersCount * 2);
                }

                _othersTouched[_othersCount++] = session;
            }
        }

        /// <summary>
        /// Ends the routing of a message: stores it, or leaves it to wait for acknowledgements, by
        /// <see cref="Publication.Hold"/>. At QoS 2 it is stored before PUBREC, and nobody waits for what comes from the broker itself.
        /// </summary>
        public void Settle(Publication publication)
        {
            Session publisher = publication.Publisher;
            if (_mustStore || publisher == null || publisher.Local != null || publication.QoS == QoS.QoS2)
            {
                Store(publication, publisher != null && publisher.Local == null);
            }

            Touched = null;
            _othersCount = 0;
            if (publication.IsStaged)
            {
                _commits.Want();
            }
        }

        /// <summary>
        /// Enters a delivery that nobody waits for: of a retained message, or handed over by another Session. At QoS 2 it is
        /// stored at once, since its Packet Identifier has to be.
        /// </summary>
        public void Enter(Session session, int delivery)
        {
            Enter(session, delivery, HoldTable.None, SizeOf(delivery));
            if (_deliveries.QoS(delivery) == QoS.QoS2)
            {
                StoreAll(session);
                _commits.Want();
            }
        }

        /// <summary>A delivery of a Session that ends was appended to another's queue: it is stored in the same commit.</summary>
        public void TakeOver(Session session)
        {
            if (_deliveries.QoS(session.QueueTail) > QoS.QoS0)
            {
                Enter(session, session.QueueTail, HoldTable.None, SizeOf(session.QueueTail));
                StoreAll(session);
            }
        }

        /// <summary>Stores all deliveries of a Session that are not stored yet.</summary>
        /// <returns>Whether all are staged now.</returns>
        public bool StoreAll(Session session)
        {
            DeliveryPool deliveries = _deliveries;
            int delivery = FirstUnstored(session);
            while (delivery != DeliveryPool.None)
            {
                int next = deliveries.Next(delivery);
                if (deliveries.IsTracked(delivery) && !Store(session, delivery))
                {
                    return false;
                }

                delivery = next;
            }

            return true;
        }

        /// <summary>The Client has gone: what it has not acknowledged is stored.</summary>
        public void OnDetached(Session session)
        {
            if (session.UnstoredCount > 0)
            {
                if (!StoreAll(session))
                {
                    List(session);
                }

                _commits.Want();
            }
        }

        /// <summary>A delivery's message is acknowledged, dropped, or not owed any more.</summary>
        /// <param name="session">Whose delivery.</param>
        /// <param name="delivery">The delivery.</param>
        /// <param name="size">The bytes of its message; of no meaning once it is stored.</param>
        /// <returns>The hold that it counted on, from which the caller has to take it, or <see cref="HoldTable.None"/>.</returns>
        public int Release(Session session, int delivery, int size)
        {
            int hold = _deliveries.Hold(delivery);
            if (hold != DeliveryPool.NotTracked)
            {
                session.UnstoredCount--;
                UnstoredBytes -= size + DeliveryItems.RoomMax;
                if (!session.MissedHold)
                {
                    return hold;
                }
            }
            else
            {
                hold = HoldTable.None;
                if (_deliveries.IsStored(delivery) && _deliveries.Link(delivery) != DeliveryItems.None)
                {
                    _items.Forget(_deliveries.Link(delivery), session.StoreNumber);
                    _deliveries.SetStored(delivery, DeliveryItems.None);
                }
            }

            Probe(session);
            return hold;
        }

        /// <summary>
        /// A QoS 2 message is sent for the first time, or PUBREC has come: its Packet Identifier and state are staged, and what is
        /// sent depends on the next commit.
        /// </summary>
        public void OnStateChanged(Session session, int delivery)
        {
            DeliveryPool deliveries = _deliveries;
            if (deliveries.IsStored(delivery))
            {
                int old = deliveries.Link(delivery);
                deliveries.SetStored(delivery, _items.PutState(session, delivery));
                if (old != DeliveryItems.None)
                {
                    _items.Forget(old, session.StoreNumber);
                }

                _commits.Want();
            }
        }

        /// <summary>Stores what was held for too long.</summary>
        public void RunDue()
        {
            if (_dueMs == 0 || _context.NowMs < _dueMs)
            {
                return;
            }

            _dueMs = 0;
            int count = _unstored.Count;
            for (int i = 0; i < count; i++)
            {
                Session session = _unstored.Get(i);
                session.Items.IsListed = false;
                if (session.UnstoredCount > 0)
                {
                    RunDue(session);
                }
            }

            _unstored.RemoveFirst(count);
        }

        private void RunDue(Session session)
        {
            long endMs = EndOfHoldMs(session);
            if (_context.NowMs >= endMs)
            {
                session.MissedHold = _context.Limits.Mode == Limits.StoreMode.Safe;
                session.Items.ProbeSentMs = 0;
                StoreAll(session);
                _commits.Want();
            }

            if (session.UnstoredCount > 0)
            {
                List(session);
            }
        }

        // Stores what has not been stored of all Sessions that the message went to.
        private void Store(Publication publication, bool isAnswered)
        {
            _mustStore = false;
            publication.IsStaged |= StoreAll(Touched);
            for (int i = 0; i < _othersCount; i++)
            {
                publication.IsStaged |= StoreAll(_othersTouched[i]);
            }

            if (publication.Hold != HoldTable.None && (!isAnswered || !Holds.IsWaiting(publication.Hold)))
            {
                publication.Hold = HoldTable.None;
            }
        }

        private void Enter(Session session, int delivery, int hold, int size)
        {
            _deliveries.SetTracked(delivery, hold);
            session.UnstoredCount++;
            UnstoredBytes += size + DeliveryItems.RoomMax;
            if (session.MissedHold && session.Items.ProbeSentMs == 0 && _deliveries.IsSent(delivery))
            {
                session.Items.ProbeSentMs = _context.NowMs;
            }
        }

        private int SizeOf(int delivery)
        {
            return _context.Messages.Size(_deliveries.Message(delivery));
        }

        private bool Store(Session session, int delivery)
        {
            // The quota was looked at before the message was taken.
            if (!_commits.ReserveChange(2, _items.BodySizeMax(delivery), 2))
            {
                return false;
            }

            Holds.Stage(_deliveries.Hold(delivery));
            session.UnstoredCount--;
            UnstoredBytes -= SizeOf(delivery) + DeliveryItems.RoomMax;
            _items.Put(session, delivery);
            _context.Runs.Join(session, delivery);
            return true;
        }

        // A Client that acknowledges within the time is quick again.
        private void Probe(Session session)
        {
            if (session.MissedHold && session.Items.ProbeSentMs != 0)
            {
                session.MissedHold = _context.NowMs - session.Items.ProbeSentMs > _context.Limits.HoldMs;
                session.Items.ProbeSentMs = 0;
            }
        }

        /// <summary>The bytes of the messages of a Session that are not stored.</summary>
        public int UnstoredBytesOf(Session session)
        {
            int bytes = 0;
            int delivery = FirstUnstored(session);
            while (delivery != DeliveryPool.None)
            {
                bytes += _deliveries.IsTracked(delivery) ? SizeOf(delivery) : 0;
                delivery = _deliveries.Next(delivery);
            }

            return bytes;
        }

        private int FirstUnstored(Session session)
        {
            DeliveryPool deliveries = _deliveries;
            int left = session.UnstoredCount;
            int delivery = DeliveryPool.None;
            int at = session.QueueTail;
            while (left > 0)
            {
                if (deliveries.IsTracked(at))
                {
                    delivery = at;
                    left--;
                }

                at = deliveries.Previous(at);
            }

            return delivery;
        }

        private long EndOfHoldMs(Session session)
        {
            int hold = _deliveries.Link(FirstUnstored(session));
            int heldMs = hold == HoldTable.None ? 0 : (int)_context.NowMs - Holds.SinceMs(hold);
            return _context.NowMs - heldMs + _holdMs;
        }

        /// <summary>Sees to it that a Session is looked at when what it does not acknowledge has to be stored.</summary>
        public void List(Session session)
        {
            if (session.UnstoredCount == 0)
            {
                return;
            }

            if (!session.Items.IsListed)
            {
                session.Items.IsListed = true;
                _unstored.Add(session);
            }

            long endMs = EndOfHoldMs(session);
            if (endMs <= _context.NowMs)
            {
                // The store can't take it now.
                endMs = _context.NowMs + _holdMs + 1;
            }

            if (_dueMs == 0 || endMs < _dueMs)
            {
                _dueMs = endMs;
                _context.WakeAt(endMs);
            }
        }
    }
}
