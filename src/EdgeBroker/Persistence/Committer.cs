using EdgeBroker.Connections;
using EdgeBroker.Limits;
using EdgeBroker.Memory;
using EdgeBroker.Ports;
using EdgeBroker.Store;

namespace EdgeBroker.Persistence
{
    /// <summary>
    /// Decides when what is staged becomes durable: once a tick at the most, before anything is sent, and only if something
    /// depends on it; else some seconds later. What depends on a commit stays in its outbox until it succeeded.
    /// </summary>
    internal sealed class Committer
    {
        // Acknowledgements of subscribers and the like: after a power cut they come again, or the message does.
        private const int LazyMs = 5000;

        private const int RetryMs = 500;
        private const int GiveUpMs = 5000;

        private readonly Context _context;
        private readonly Journal _journal;
        private readonly StoreTime _time;
        private readonly CommitPacer _pacer;
        private readonly int _mode;
        private Connection[] _frozen = new Connection[4];
        private int _frozenCount;
        private bool _isWanted;
        private long _dueMs;
        private long _lastMs;
        private long _failingSinceMs;

        /// <summary>Makes the one of the store.</summary>
        public Committer(Context context, Journal journal, StoreTime time, CommitPacer pacer)
        {
            _context = context;
            _journal = journal;
            _time = time;
            _pacer = pacer;
            _mode = context.Limits.Mode;
        }

        /// <summary>The <see cref="StoreState"/>.</summary>
        public int State { get; private set; }

        /// <summary>Whether something that is staged is wanted to be durable and is not yet.</summary>
        public bool IsPending { get; private set; }

        /// <summary>Whether a commit was made, wanted or failed since <see cref="SessionStore"/> set it back.</summary>
        public bool HasNews;

        /// <summary>When it has to be called at the latest, in the clock's milliseconds; 0 for never.</summary>
        public long DueMs
        {
            get { return _dueMs; }
        }

        /// <summary>Connections whose outbox waits for a commit.</summary>
        public int FrozenCount
        {
            get { return _frozenCount; }
        }

        /// <summary>One of them.</summary>
        public Connection Frozen(int index)
        {
            return _frozen[index];
        }

        /// <summary>What is staged is to be durable soon: in this tick, or when the mode or the flash's life allow.</summary>
        public void Want()
        {
            _isWanted = true;
            IsPending = true;
            HasNews = true;
        }

        /// <summary>
        /// A Session has ended for good: that is to be durable at the end of this tick, whatever the flash's life says, since no
        /// Client can cause it more often than it caused a commit before.
        /// </summary>
        public void WantEnd()
        {
            _context.IsEnding = State != StoreState.Failed;
            Want();
            if (_failingSinceMs == 0)
            {
                SetDue(_context.NowMs);
            }
        }

        /// <summary>What is staged may take some seconds to be durable.</summary>
        public void WantLater()
        {
            if (_dueMs == 0)
            {
                SetDue(_context.NowMs + LazyMs);
            }
        }

        /// <summary>As <see cref="WantLater"/>, but no Session that goes on is told anything before.</summary>
        public void WantBeforeNext()
        {
            IsPending = true;
            WantLater();
        }

        /// <summary>What is staged may take so many milliseconds to be durable, but no longer than some seconds.</summary>
        public void WantWithin(int milliseconds)
        {
            if (milliseconds == 0)
            {
                Want();
            }
            else if (_dueMs == 0 || _context.NowMs + milliseconds < _dueMs)
            {
                SetDue(_context.NowMs + (milliseconds < LazyMs ? milliseconds : LazyMs));
            }
        }

        /// <summary>
        /// What is put into the outbox of a connection from here on leaves when what is staged in this tick is durable. In mode
        /// relaxed it does not wait.
        /// </summary>
        public void Depend(Connection connection)
        {
            Want();
            if (_mode != StoreMode.Safe)
            {
                return;
            }

            if (connection.Outbox.IsFrozen)
            {
                return;
            }

            connection.Outbox.Freeze();
            if (_frozenCount == _frozen.Length)
            {
                _frozen = Lists.Resize(_frozen, _frozenCount * 2);
            }

            _frozen[_frozenCount++] = connection;
        }

        /// <summary>
        /// Whether so much can be staged. If the frame is full it is committed first, so call it before the first of the items that
        /// have to be durable together.
        /// </summary>
        public bool Reserve(int items, int bodyBytes, int owners)
        {
            if (State != StoreState.Good)
            {
                return false;
            }

            if (_journal.IsOverQuota(bodyBytes))
            {
                _context.Resources.Refuse(Resource.StoreBytes);
                return false;
            }

            return _journal.HasRoom(items, bodyBytes, owners)
                || (Commit() && _journal.HasRoom(items, bodyBytes, owners));
        }

        /// <summary>
        /// Whether a little can be changed of what is kept already. The quota does not count for it, or a full store would take the
        /// Sessions away that have to come back to empty it. While the storage fails there is only so much room.
        /// </summary>
        public bool ReserveChange(int items, int bodyBytes, int owners)
        {
            return _journal.HasRoom(items, bodyBytes, owners)
                || (State == StoreState.Good && Commit() && _journal.HasRoom(items, bodyBytes, owners));
        }

        /// <summary>Commits, if it is time. To be called before anything is sent.</summary>
        public void EndTick()
        {
            if (_isWanted)
            {
                _isWanted = false;
                long earliestMs = _journal.HasStaged ? EarliestMs() : 0;
                if (earliestMs == 0)
                {
                    // What was to follow found no room, and what was to wait for it need not.
                    Done();
                }
                else if (_dueMs == 0 || earliestMs < _dueMs)
                {
                    SetDue(earliestMs);
                }
            }

            if (_dueMs != 0 && _context.NowMs >= _dueMs)
            {
                Commit();
            }
        }

        /// <summary>Commits now.</summary>
        /// <returns>Whether everything that was staged is durable.</returns>
        public bool Commit()
        {
            if (!_journal.HasStaged)
            {
                Done();
                return true;
            }

            _journal.Stamp = _time.Now;
            if (_journal.Commit() == StorageResult.Ok)
            {
                _lastMs = _context.NowMs;
                _pacer.Spent(_context.NowMs);
                Recover();
                Done();
                return true;
            }

            Fail();
            return false;
        }

        /// <summary>The storage could not even be read: nothing is promised, and nothing is tried again.</summary>
        public void GiveUp()
        {
            HasNews = true;
            _failingSinceMs = _context.NowMs;
            SetState(StoreState.Failed);
        }

        /// <summary>Notes that the journal has committed on its own, to tidy up.</summary>
        public void Tidied()
        {
            if (!_journal.HasStaged)
            {
                Done();
            }
        }

        /// <summary>Forgets the connections whose outboxes wait: they are closed.</summary>
        public void ForgetFrozen()
        {
            for (int i = 0; i < _frozenCount; i++)
            {
                _frozen[i] = null;
            }

            _frozenCount = 0;
        }

        // When a commit that is wanted may be made.
        private long EarliestMs()
        {
            if (_failingSinceMs != 0)
            {
                return _context.NowMs + RetryMs;
            }

            long earliestMs = _pacer.NextMs;
            if (earliestMs > _context.NowMs)
            {
                _context.Counters.Refusals[Resource.Wear]++;
                _context.WakeAt(_context.Resources.NextLookMs);
            }

            if (_mode == StoreMode.Relaxed && _lastMs + _context.Limits.CommitIntervalMs > earliestMs)
            {
                earliestMs = _lastMs + _context.Limits.CommitIntervalMs;
            }

            return earliestMs > _context.NowMs ? earliestMs : _context.NowMs;
        }

        private void Done()
        {
            _isWanted = false;
            HasNews = true;
            _context.IsEnding = false;
            IsPending = false;
            _dueMs = 0;
            for (int i = 0; i < _frozenCount; i++)
            {
                Connection connection = _frozen[i];
                _frozen[i] = null;
                bool hasWaited = connection.Outbox.HasFrozen;
                connection.Outbox.Thaw();
                if (hasWaited && connection.Session != null)
                {
                    // Only from now on can it take anything.
                    connection.Session.LastProgressMs = _context.NowMs;
                }

                if (connection.Handle >= 0 && !connection.IsDirty)
                {
                    _context.Connections.MarkDirty(connection);
                    _context.NoteWork();
                }
            }

            _frozenCount = 0;
        }

        private void Fail()
        {
            HasNews = true;
            if (_failingSinceMs == 0)
            {
                _failingSinceMs = _context.NowMs;
                SetState(StoreState.Failing);
            }
            else if (_context.NowMs - _failingSinceMs >= GiveUpMs)
            {
                _context.IsEnding = false;
                SetState(StoreState.Failed);
            }

            _dueMs = 0;
            SetDue(_context.NowMs + RetryMs);
        }

        private void Recover()
        {
            if (_failingSinceMs != 0)
            {
                _failingSinceMs = 0;
                SetState(StoreState.Good);
            }
        }

        private void SetState(int state)
        {
            if (State != state)
            {
                State = state;
                _context.Tell(BrokerEvent.StoreStateChanged, -1, state);
            }
        }

        private void SetDue(long dueMs)
        {
            _dueMs = dueMs;
            _context.WakeAt(dueMs);
        }
    }
}
