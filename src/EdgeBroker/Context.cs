using EdgeBroker.Connections;
using EdgeBroker.Delivery;
using EdgeBroker.Limits;
using EdgeBroker.Memory;
using EdgeBroker.Overload;
using EdgeBroker.Persistence;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Sessions;
using EdgeBroker.Store;
using EdgeBroker.Topics;

namespace EdgeBroker
{
    /// <summary>
    /// What the parts of one broker share: the ports, the limits, the tables and the time of the tick. Made once, by
    /// <see cref="Broker"/>.
    /// </summary>
    internal sealed class Context
    {
        // Ids of QoS 2 messages that a 3.1.1 Client may have open at the least: it can't be told a Receive Maximum.
        private const int InboundMin = 64;

        // A PUBREL or PUBCOMP per open QoS 2 message of either direction, and the rest for PINGRESP and DISCONNECT.
        private const int ReplySize = 4;
        private const int ReplyExtra = 64;

        private const int BufferSizeMin = 256;

        // How soon to look again at a packet that waits, or at a Session that found no buffer.
        private const int RetryMs = 10;

        // The part of the memory for queues that a Session may have whatever there is left.
        private const int SmallPart = 32;

        // nanoFramework's heap has no larger arrays than 786,000 bytes, whatever the profile.
        private const int ReserveSizeMax = 262144;

        /// <summary>The bounds.</summary>
        public readonly BrokerLimits Limits;

        /// <summary>The byte streams.</summary>
        public readonly INetwork Network;

        /// <summary>The totals.</summary>
        public readonly Counters Counters = new Counters();

        /// <summary>Buffers for outboxes and incomplete packets.</summary>
        public readonly BufferPool Buffers;

        /// <summary>Messages that are kept.</summary>
        public readonly MessagePool Messages;

        /// <summary>Deliveries of all Sessions.</summary>
        public readonly DeliveryPool Deliveries;

        /// <summary>Deliveries that take one place together.</summary>
        public readonly DeliveryRuns Runs;

        /// <summary>Packet Identifiers of messages to Clients.</summary>
        public readonly PacketIdentifiers PacketIdentifiers;

        /// <summary>Lists of Subscription Identifiers of queued messages.</summary>
        public readonly IdentifierLists Identifiers = new IdentifierLists();

        /// <summary>Network Connections.</summary>
        public readonly ConnectionTable Connections;

        /// <summary>Sessions.</summary>
        public readonly SessionTable Sessions;

        /// <summary>Subscriptions.</summary>
        public readonly SubscriptionTable Subscriptions;

        /// <summary>Routes of topics seen lately.</summary>
        public readonly RouteCache Routes;

        /// <summary>Topics that Clients may not publish to.</summary>
        public readonly ReservedTopics ReservedTopics = new ReservedTopics();

        /// <summary>Retained messages.</summary>
        public readonly RetainedTable Retained;

        /// <summary>What the broker keeps through a restart; null in mode memory.</summary>
        public readonly SessionStore Store;

        /// <summary>
        /// Whether the end of a Session is not durable. An acknowledgement has to wait for it: after a power cut the Session would
        /// be there again without the message. When the storage has failed for good that can't be helped.
        /// </summary>
        public bool IsEnding;

        /// <summary>The bytes of one Session's queue that can be in memory.</summary>
        public readonly int SessionMemoryMax;

        /// <summary>The bytes of one Session's queue, wherever they are.</summary>
        public readonly int SessionQueueMax;

        /// <summary>The bytes of one Session's queue for which nobody asks what is left for others.</summary>
        public int SessionQueueSmall
        {
            get
            {
                int small = Limits.QueueBytesMax / SmallPart;
                return small < SessionQueueMax ? small : SessionQueueMax;
            }
        }

        /// <summary>For packets that are seldom sent; see <see cref="ReplySender"/>.</summary>
        public readonly PacketWriter Writer = new PacketWriter();

        /// <summary>For what is sent with one Subscription Identifier; one at a time.</summary>
        public readonly OneIdentifier One = new OneIdentifier();

        /// <summary>For what the broker itself publishes or stores: Wills, $SYS, topics of aliases; one at a time.</summary>
        public readonly Publication OwnMessage = new Publication();

        /// <summary>For what is sent from queues and from the retained messages; one at a time.</summary>
        public readonly Publication KeptMessage = new Publication();

        /// <summary>The QoS 2 messages a Client may leave unreleased.</summary>
        public readonly int InboundMax;

        private readonly IObserver _observer;

        /// <summary>Makes everything, from the limits.</summary>
        public Context(
            BrokerLimits limits, IClock clock, INetwork network, IObserver observer, IStorage storage)
        {
            Limits = limits;
            Network = network;
            _observer = observer;
            // One Session does not take all the memory for itself.
            SessionMemoryMax = limits.SessionQueueBytesMax > limits.QueueBytesMax
                ? limits.QueueBytesMax / 2
                : limits.SessionQueueBytesMax;
            SessionQueueMax = SessionMemoryMax;
            InboundMax = limits.ReceiveMax > InboundMin ? limits.ReceiveMax : InboundMin;
            int reserve = InboundMax * ReplySize * 2 + ReplyExtra;
            int sizeMax = limits.OutboxBytesMax > limits.ReceiveBufferBytes ? limits.OutboxBytesMax : limits.ReceiveBufferBytes;
            int messageBytes = (int)((long)limits.BufferBytesMax * limits.OverloadHighPct / 100);
            bool isStored = storage != null && limits.Mode != StoreMode.Memory;
            Buffers = new BufferPool(limits.BufferBytesMax, messageBytes, BufferSizeMin, sizeMax);
            Messages = new MessagePool(limits.QueueBytesMax, BlockSize(limits));
            Deliveries = new DeliveryPool(limits.QueueBytesMax / DeliveryBytes + limits.ConnectionsMax * 2, isStored);
            Runs = new DeliveryRuns(Deliveries);
            PacketIdentifiers = new PacketIdentifiers(Deliveries);
            Connections = new ConnectionTable(new OutboxBounds(Buffers, limits.OutboxBytesMax, reserve), network.HandlesMax);
            Sessions = new SessionTable(limits.SessionsMax);
            Subscriptions = new SubscriptionTable(limits.SubscriptionsMax);
            Routes = new RouteCache(Subscriptions, RouteCount(limits));
            Retained = new RetainedTable(Messages, limits.RetainedMax);
            Resources = new ResourceTable(this);
            MemoryReserve.Prepare(ReserveSize(limits));
            NowMs = clock.NowMs + 1;
            if (isStored)
            {
                Store = new SessionStore(this, storage);
                SessionQueueMax = limits.SessionQueueBytesMax;
            }
        }

        /// <summary>How short the broker is of what.</summary>
        public readonly ResourceTable Resources;

        /// <summary>What a delivery counts for in a queue, besides its message, in bytes.</summary>
        public const int DeliveryBytes = 32;

        /// <summary>
        /// The time of this tick, in the clock's milliseconds plus 1, since 0 stands for no time at all. Set by <see cref="Broker.Tick"/>.
        /// </summary>
        public long NowMs;

        /// <summary>Sessions that have something to send.</summary>
        public readonly SessionList Active = new SessionList();

        /// <summary>When the next connection has to be looked at, in the clock's milliseconds; 0 if none has.</summary>
        public long ConnectionDueMs;

        /// <summary>When the next of all timers is due, or earlier, in the clock's milliseconds.</summary>
        public long NextTimerMs = long.MaxValue;

        /// <summary>The same, but 0 while there is something to do that waits for no event of the network.</summary>
        public long NextWorkMs = long.MaxValue;

        /// <summary>Whether some Sessions can go on at once, in the next tick.</summary>
        public bool HasMore;

        /// <summary>Whether a Session could not go on only because the buffers of all connections are used up.</summary>
        public bool IsStarved;

        /// <summary>Sees to it that connections are looked at when one of them is due.</summary>
        public void SetTimer(long dueMs)
        {
            if (ConnectionDueMs == 0 || dueMs < ConnectionDueMs)
            {
                ConnectionDueMs = dueMs;
            }

            WakeAt(dueMs);
        }

        /// <summary>Sees to it that the timers are looked at when one of them is due.</summary>
        /// <param name="dueMs">When, in the clock's milliseconds; 0 for never.</param>
        public void WakeAt(long dueMs)
        {
            if (dueMs != 0 && dueMs < NextTimerMs)
            {
                NextTimerMs = dueMs;
                if (dueMs < NextWorkMs)
                {
                    NextWorkMs = dueMs;
                }
            }
        }

        /// <summary>How long a tick may wait for the network.</summary>
        /// <param name="waitMsMax">The longest time when there is nothing to do, in milliseconds.</param>
        public int WaitMs(int waitMsMax)
        {
            long waitMs = NextWorkMs - NowMs;
            return waitMs >= waitMsMax ? waitMsMax : waitMs > 0 ? (int)waitMs : RetryWaitMs(waitMsMax);
        }

        // How long to wait if there is something to do, which may have to wait for something itself.
        private int RetryWaitMs(int waitMsMax)
        {
            if (Connections.FirstDirty != null || (Active.Count > 0 && (HasMore || !IsStarved)))
            {
                return 0;
            }

            if (Active.Count > 0 || Connections.WaitingCount > 0)
            {
                waitMsMax = waitMsMax < RetryMs ? waitMsMax : RetryMs;
            }

            long waitMs = NextTimerMs - NowMs;
            return waitMs >= waitMsMax ? waitMsMax : waitMs > 0 ? (int)waitMs : 0;
        }

        /// <summary>Sees to it that the next look at what there is to do is not put off.</summary>
        public void NoteWork()
        {
            NextWorkMs = 0;
        }

        /// <summary>
        /// Whether a Client that is connected takes nothing of what it is sent, though it could: not if that waits for the storage, or its
        /// acknowledgements come behind a packet that has to wait, or was refused just now. It is not said at the first look: if a
        /// commit or anything else has held up the broker, what the Client has sent meanwhile is still to be read.
        /// </summary>
        public bool IsStalled(Session session)
        {
            long sinceMs = NowMs - session.LastProgressMs;
            return sinceMs >= Limits.WaitMs / 2
                && session.NoteTrouble().IsSeenAgain(NowMs, session.LastProgressMs, 2 * Limits.WaitMs)
                && sinceMs >= Limits.WaitMs
                && !session.Connection.Outbox.IsFrozen
                && session.Connection.WaitingSinceMs == 0
                && NowMs - session.RefusedAtMs >= Limits.WaitMs
                && (session.StoreNumber == 0 || Store.Commits.State == StoreState.Good);
        }

        /// <summary>Sees to it that a connection's tail is looked at again.</summary>
        public void LookAgain(Connection connection)
        {
            Connections.MarkWaiting(connection);
            NoteWork();
        }

        /// <summary>Tells the observer, if there is one.</summary>
        public void Tell(int brokerEvent, int handle, int detail)
        {
            if (_observer != null)
            {
                _observer.OnEvent(brokerEvent, handle, detail);
            }
        }

        /// <summary>Counts and tells a dropped message.</summary>
        public void Drop(int reason, Connection connection)
        {
            Counters.Drops[reason]++;
            Tell(BrokerEvent.MessageDropped, connection == null ? -1 : connection.Handle, reason);
        }

        /// <summary>Notes that a Session may have something to send.</summary>
        public void Activate(Session session)
        {
            if (!session.IsActive)
            {
                session.IsActive = true;
                Active.Add(session);
                NextWorkMs = 0;
            }
        }

        // Small messages are the rule: small blocks waste little, large ones are quicker to copy.
        private static int BlockSize(BrokerLimits limits)
        {
            return limits.QueueBytesMax < 65536 ? 32 : limits.QueueBytesMax < 16777216 ? 64 : 128;
        }

        // A part of the free heap that there has to be in any case.
        private static int ReserveSize(BrokerLimits limits)
        {
            int size = limits.HeapFreeMinBytes / 6;
            return size < ReserveSizeMax ? size : ReserveSizeMax;
        }

        private static int RouteCount(BrokerLimits limits)
        {
            int count = 16;
            while (count < 16384 && count < limits.SubscriptionsMax / 8)
            {
                count *= 2;
            }

            return count;
        }
    }
}
