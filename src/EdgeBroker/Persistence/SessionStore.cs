using EdgeBroker.Connections;
using EdgeBroker.Delivery;
using EdgeBroker.Limits;
using EdgeBroker.Memory;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Sessions;
using EdgeBroker.Store;

namespace EdgeBroker.Persistence
{
    /// <summary>
    /// What the broker keeps through a restart: its parts, the mount, and their turn in the tick. There is none in mode memory.
    /// </summary>
    internal sealed class SessionStore
    {
        // A step of tidying up copies so much, in bytes: it has to be short, for the whole broker waits.
        private const int TidyBytes = 4096;

        private const int HoldsMax = 4096;
        private const int HoldsMin = 16;

        // The memory for messages that there is for each.
        private const int HoldBytes = 1024;
        private const int RecordsRoom = 4096;
        private const int SegmentSizeUsual = 65536;

        // Two segments are kept free to tidy up: of a small store that is to be a small part.
        private const int SegmentsMin = 16;
        private const int SegmentSizeMax = 8388608;
        private const int StageBytesMax = 67108864;

        private readonly Context _context;
        private readonly Journal _journal;
        private readonly StoreTime _time;
        private readonly IStorage _storage;
        private readonly long _tidyFrom;
        private bool _isHalf;
        private ReplySender _replies;
        private ConnectionCloser _closer;

        /// <summary>When what is staged becomes durable.</summary>
        public readonly Committer Commits;

        /// <summary>Sessions, subscriptions and Wills.</summary>
        public readonly SessionRecords Sessions;

        /// <summary>The queues.</summary>
        public readonly DeliveryStore Deliveries;

        /// <summary>The messages of the queues.</summary>
        public readonly DeliveryItems Items;

        /// <summary>The retained messages.</summary>
        public readonly RetainedStore Retained;

        /// <summary>Acknowledgements that are held back.</summary>
        public readonly HoldTable Holds;

        /// <summary>Messages that can't be read now.</summary>
        public readonly ReadRetry Reads;

        /// <summary>The flash's life.</summary>
        public readonly CommitPacer Pacer;

        /// <summary>What was found at the mount.</summary>
        public readonly MountReport Report = new MountReport();

        /// <summary>Makes the store, not mounted yet.</summary>
        public SessionStore(Context context, IStorage storage)
        {
            _context = context;
            _storage = storage;
            _tidyFrom = context.Limits.StoreBytesMax / 2;
            _journal = new Journal(storage, Bounds(context.Limits, storage.PrefersAppend));
            _time = new StoreTime(context);
            Pacer = new CommitPacer(storage as IWearSource, context.Limits, context.NowMs);
            Commits = new Committer(context, _journal, _time, Pacer);
            Items = new DeliveryItems(context, _journal, _time);
            Holds = new HoldTable(HoldCount(context.Limits), IsSafe(context.Limits));
            Deliveries = new DeliveryStore(context, Commits, Holds, Items);
            Sessions = new SessionRecords(context, _journal, _time, Commits, Items);
            Retained = new RetainedStore(context, _journal, Commits, Items, storage.PrefersAppend);
            Reads = new ReadRetry(context, _journal);
            context.Messages.Items = Items;
            context.Subscriptions.Items = Items;
            context.Retained.Store = Retained;
        }

        /// <summary>The journal, for its figures.</summary>
        public Journal Journal
        {
            get { return _journal; }
        }

        /// <summary>When it has something to do, in the clock's milliseconds; 0 for never.</summary>
        public long DueMs
        {
            get
            {
                long dueMs = Earlier(Commits.DueMs, Deliveries.DueMs);
                return Earlier(dueMs, Retained.DueMs);
            }
        }

        /// <summary>Reads back what the storage holds. To be called once, before the first tick.</summary>
        /// <param name="keeper">Goes on with the Sessions.</param>
        /// <param name="replies">Sends acknowledgements, from then on.</param>
        /// <param name="closer">Ends connections, from then on.</param>
        public void Mount(SessionKeeper keeper, ReplySender replies, ConnectionCloser closer)
        {
            _replies = replies;
            _closer = closer;
            StoreMount mount = new StoreMount(_context, _journal, _time, Sessions, Report);
            _journal.Salt = _context.Limits.StoreSalt;
            int result = _journal.Mount(mount);
            Report.Result = result;
            if (result == MountResult.UnknownFormat)
            {
                // Nothing of it is touched; the broker begins anew beside it.
                result = _storage.SetAside() == StorageResult.Ok ? _journal.Mount(mount) : MountResult.Failed;
            }

            if (result == MountResult.Failed)
            {
                Commits.GiveUp();
                _isHalf = mount.HasBegun;
                _context.WakeAt(_context.NowMs);
                return;
            }

            // What is lost goes in one commit with the Sessions that miss it: without them they would look whole after a power cut. If it
            // fails it goes with the next, before anything else is durable.
            mount.Finish(keeper);
            Commits.Commit();
        }

        /// <summary>What the timers of a tick do.</summary>
        public void RunDue()
        {
            if (_isHalf)
            {
                // Before anybody meets a Session that misses something. Another broker may read all of it.
                throw new System.InvalidOperationException("the storage failed while it was read");
            }

            Deliveries.RunDue();
            Retained.RunDue();
        }

        /// <summary>
        /// Whether a message for so many Sessions can be stored for all of them together, with what they have not stored yet.
        /// </summary>
        /// <param name="size">The bytes of the message.</param>
        /// <param name="receivers">Durable Sessions it goes to, with their unstored deliveries.</param>
        /// <param name="unstoredBytes">The bytes of these deliveries.</param>
        /// <param name="overhead">What the Subscription Identifiers take, in bytes.</param>
        public bool Reserve(int size, int receivers, int unstoredBytes, int overhead)
        {
            // One item for the message, one for each delivery, one for the publisher's Packet Identifier, a retained one.
            int bodies = size * 2 + unstoredBytes + overhead + receivers * DeliveryItems.OverheadMax(null) + 64;
            return Commits.Reserve(receivers * 2 + 4, bodies, receivers + 3);
        }

        /// <summary>Whether there is so much room in the store, and more, that nothing has to be looked at.</summary>
        /// <param name="bytes">More than a message stages, besides what is not stored yet.</param>
        public bool HasPlenty(int bytes)
        {
            return bytes + Deliveries.UnstoredBytes <= _journal.Room;
        }

        /// <summary>
        /// Whether the state of a delivery that is stored can be changed: a full store as well, since only what is sent and
        /// acknowledged makes room in it.
        /// </summary>
        /// <param name="bodyBytes">The bytes of the new item.</param>
        public bool ReserveState(int bodyBytes)
        {
            return Commits.ReserveChange(2, bodyBytes + 64, 2);
        }

        /// <summary>
        /// The end of a tick's work, before anything is sent: acknowledgements that were held back and need not be any more, and the
        /// commit.
        /// </summary>
        /// <param name="isIdle">Whether there is time to tidy up.</param>
        public void EndTick(bool isIdle)
        {
            if (Holds.ReadyCount > 0)
            {
                AnswerReady();
            }

            Commits.EndTick();
            if (isIdle || Commits.HasNews)
            {
                LookAfter(isIdle);
            }
        }

        private void AnswerReady()
        {
            for (int i = 0; i < Holds.ReadyCount; i++)
            {
                int answer = Holds.Take(Holds.Ready(i));
                if (answer != 0)
                {
                    Answer(Holds.Ready(i), answer);
                }
            }

            Holds.ClearReady();
        }

        private void LookAfter(bool isIdle)
        {
            Commits.HasNews = false;
            if (Commits.State != StoreState.Good)
            {
                if (Commits.State == StoreState.Failed && Commits.FrozenCount > 0)
                {
                    CloseFrozen();
                }
            }
            else if (isIdle || _journal.Bytes > _tidyFrom)
            {
                // A broker that is never idle has to tidy up as well, before there is no room left.
                Tidy();
                Commits.HasNews = true;
            }
        }

        /// <summary>A delivery was acknowledged: so is its message to the publisher, if it was the last one.</summary>
        /// <param name="hold">The hold it counted on.</param>
        public void Settle(int hold)
        {
            Connection publisher = Holds.Complete(hold);
            if (publisher != null)
            {
                Answer(publisher, Holds.TakeFirst(publisher, hold));
            }
        }

        /// <summary>
        /// The broker is to stop: everything that is not stored yet is, whatever it costs, and who waits for an acknowledgement
        /// gets it with that commit.
        /// </summary>
        public void BeginStop()
        {
            Retained.StoreAll();
            for (Session session = _context.Sessions.First; session != null; session = _context.Sessions.Next(session))
            {
                if (session.UnstoredCount > 0)
                {
                    Deliveries.StoreAll(session);
                }
            }

            AnswerReady();
            Commits.Commit();
        }

        /// <summary>Whether nothing is left to be committed, or can be. A storage that fails is tried again until it has failed.</summary>
        public bool IsStopped
        {
            get
            {
                // The Wills of the last Clients may have been retained.
                Retained.StoreAll();
                return !_journal.HasStaged || Commits.State == StoreState.Failed || Commits.Commit();
            }
        }

        private void Tidy()
        {
            if (_journal.Compact(TidyBytes))
            {
                // There is more: the next tick does not wait.
                _context.WakeAt(_context.NowMs);
            }

            Commits.Tidied();
            _context.Messages.Trim();
        }

        // What these Clients are owed would promise what the storage does not keep: they are told to try again.
        private void CloseFrozen()
        {
            for (int i = Commits.FrozenCount - 1; i >= 0; i--)
            {
                Connection connection = Commits.Frozen(i);
                if (connection.Handle >= 0 && connection.Outbox.IsFrozen)
                {
                    _closer.Disconnect(connection, ReasonCode.ServerBusy);
                }
            }

            Commits.ForgetFrozen();
        }

        // Sends a connection the acknowledgements that were held back and need not be any more: this one is the first.
        private void Answer(Connection connection, int answer)
        {
            do
            {
                int head = answer >> HoldTable.ReasonShift;
                bool isSent = head == HoldTable.PubackHead && !_context.IsEnding
                    ? _replies.Puback(connection, answer)
                    : Send(connection, answer);
                if (!isSent)
                {
                    // Without it the Client sends the message again when it comes back. It is owed nothing more then.
                    _closer.Disconnect(connection, ReasonCode.ServerBusy);
                }

                answer = connection.FirstHold == HoldTable.None ? 0 : Holds.Take(connection);
            }
            while (answer != 0);
        }

        // Any acknowledgement; most are a PUBACK that depends on nothing.
        private bool Send(Connection connection, int answer)
        {
            if (((answer & HoldTable.StagedBit) != 0 || _context.IsEnding) && _journal.HasStaged)
            {
                Commits.Depend(connection);
            }

            int packetType = (answer >> HoldTable.TypeShift) & 15;
            int reasonCode = (answer >> HoldTable.ReasonShift) & 0xFF;
            return _replies.Acknowledge(connection, packetType, answer & 0xFFFF, reasonCode);
        }

        private static JournalLimits Bounds(BrokerLimits limits, bool prefersAppend)
        {
            JournalLimits bounds = new JournalLimits();
            int segment = limits.StoreBytesMax / 64;
            bounds.BytesMax = limits.StoreBytesMax;
            if (prefersAppend)
            {
                segment = segment < SegmentSizeUsual ? SegmentSizeUsual : segment > SegmentSizeMax ? SegmentSizeMax : segment;
                int most = limits.StoreBytesMax / SegmentsMin;
                bounds.SegmentSize = segment > most ? most : segment;
            }

            int stage = limits.StoreBytesMax / 8;
            int stageMin = limits.PacketSizeMax * 2 + RecordsRoom;
            bounds.StageBytesMax = stage < stageMin || !prefersAppend ? stageMin : stage > StageBytesMax ? StageBytesMax : stage;
            return bounds;
        }

        private static bool IsSafe(BrokerLimits limits)
        {
            return limits.Mode == StoreMode.Safe;
        }

        private static int HoldCount(BrokerLimits limits)
        {
            // What is held is in memory: with no bound of its own it could take all of that.
            int count = limits.QueueBytesMax / HoldBytes;
            return count > HoldsMax ? HoldsMax : count > HoldsMin ? count : HoldsMin;
        }

        private static long Earlier(long one, long other)
        {
            return one == 0 || (other != 0 && other < one) ? other : one;
        }
    }
}
