using EdgeBroker.Protocol;
using EdgeBroker.Sessions;
using EdgeBroker.Topics;

namespace EdgeBroker.Connections
{
    /// <summary>
    /// A Network Connection and what was agreed on it. What outlives it is in the <see cref="Session"/>. Objects are reused.
    /// </summary>
    internal sealed class Connection
    {
        /// <summary>The bytes that wait to be sent.</summary>
        public readonly Outbox Outbox;

        /// <summary>The network's handle; -1 once it is closed.</summary>
        public int Handle;

        /// <summary>The <see cref="ConnectionState"/>.</summary>
        public int State;

        /// <summary>The protocol level of the CONNECT: 3, 4 or 5; 0 before it.</summary>
        public int ProtocolLevel;

        /// <summary>The Session once connected, else null.</summary>
        public Session Session;

        /// <summary>Bytes received that are no whole packet yet, or wait; null if there are none.</summary>
        public byte[] Tail;

        /// <summary>How many.</summary>
        public int TailCount;

        /// <summary>When the last whole packet came, in the clock's milliseconds.</summary>
        public long LastPacketMs;

        /// <summary>When the last byte of an incomplete packet, or behind one that waits, came.</summary>
        public long LastByteMs;

        /// <summary>One and a half times the Keep Alive, in milliseconds; 0 for none.</summary>
        public long KeepAliveMs;

        /// <summary>When something has to have happened: CONNECT before, the peer's end after; 0 for none.</summary>
        public long DeadlineMs;

        /// <summary>
        /// From when on the wait of the packet at the start of the tail counts, in the clock's milliseconds, which may be yet to come; 0 if
        /// none waits.
        /// </summary>
        public long WaitingSinceMs;

        /// <summary>
        /// Messages received beyond what the rate allowed, see message-rate-max; while lingering, bytes discarded.
        /// </summary>
        public int Excess;

        /// <summary>The largest packet the Client accepts, in bytes.</summary>
        public int MaximumPacketSize;

        /// <summary>How many QoS 1 and 2 messages may be in flight to the Client.</summary>
        public int Window;

        /// <summary>Aliases of messages to the Client, or null if it accepts none.</summary>
        public OutboundAliases OutboundAliases;

        /// <summary>What few connections have; null if this one has nothing of it.</summary>
        public ConnectionExtras Extras;

        /// <summary>The route of the topic that the Client published to last, perhaps of another topic by now; or null.</summary>
        public Route LastRoute;

        /// <summary>The events the network was asked for.</summary>
        public int Interest;

        /// <summary>
        /// Whether something has to follow when its outbox is empty: the network was asked for other events than most, or its Session has
        /// more to send.
        /// </summary>
        public bool HasFollowUp;

        /// <summary>Whether it is in the list of those whose outbox is to be sent.</summary>
        public bool IsDirty;

        /// <summary>The next in that list, or in the list of free objects: it is never in both.</summary>
        public Connection NextDirty;

        /// <summary>Whether it is in the list of those whose tail is to be looked at again.</summary>
        public bool IsWaiting;

        /// <summary>The first of the acknowledgements that are held back, or <see cref="Persistence.HoldTable.None"/>.</summary>
        public int FirstHold;

        /// <summary>The last of them, if there are any.</summary>
        public int LastHold;

        /// <summary>Makes a connection object.</summary>
        public Connection(OutboxBounds bounds)
        {
            Outbox = new Outbox(bounds);
        }

        /// <summary>Whether the level is 5.</summary>
        public bool IsV5
        {
            get { return ProtocolLevel == Protocol.ProtocolLevel.V5; }
        }

        /// <summary>Whether Reason Strings may be sent on other packets than CONNACK and DISCONNECT.</summary>
        public bool RequestProblemInformation
        {
            get { return Extras == null || !Extras.RefusesProblemInformation; }
        }

        /// <summary>Topics of the aliases that the Client has set, as messages without payload; null while there are none.</summary>
        public int[] InboundAliases
        {
            get { return Extras == null ? null : Extras.InboundAliases; }
        }

        /// <summary>How the Client authenticates with AUTH packets, or null: it does not.</summary>
        public Authentication Authentication
        {
            get { return Extras == null ? null : Extras.Authentication; }
        }

        /// <summary>The Authentication Method of the CONNECT, or null.</summary>
        public byte[] AuthenticationMethod
        {
            get { return Authentication == null ? null : Authentication.Method; }
        }

        /// <summary>What few connections have, to be changed.</summary>
        public ConnectionExtras NoteExtras()
        {
            if (Extras == null)
            {
                Extras = ConnectionExtras.Create();
            }

            return Extras;
        }

        /// <summary>Sets whether Reason Strings may be sent on other packets than CONNACK and DISCONNECT.</summary>
        public void SetProblemInformation(bool isRequested)
        {
            if (!isRequested)
            {
                NoteExtras().RefusesProblemInformation = true;
            }
        }

        /// <summary>Makes the object ready for a new Network Connection.</summary>
        public void Reset(int handle, long nowMs)
        {
            Handle = handle;
            State = ConnectionState.AwaitingConnect;
            ProtocolLevel = 0;
            Session = null;
            LastPacketMs = nowMs;
            LastByteMs = nowMs;
            KeepAliveMs = 0;
            WaitingSinceMs = 0;
            Excess = 0;
            MaximumPacketSize = int.MaxValue;
            Window = 0;
            OutboundAliases = null;
            Extras = null;
            LastRoute = null;
            Interest = Ports.NetworkEvents.Readable;
            HasFollowUp = false;
            FirstHold = Persistence.HoldTable.None;
            Outbox.Thaw();
        }
    }
}
