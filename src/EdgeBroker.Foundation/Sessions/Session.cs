using EdgeBroker.Connections;
using EdgeBroker.Memory;
using EdgeBroker.Store;
using EdgeBroker.Topics;

namespace EdgeBroker.Sessions
{
    /// <summary>
    /// The state that belongs to a Client Identifier and outlives a Network Connection if it is durable
    /// (3.1.1, section 3.1.2.4; 5.0, section 4.1). Session objects are reused.
    /// </summary>
    /// <remarks>
    /// Invariants: the queue is in the order of delivery; deliveries before <see cref="NextToSend"/> were sent on the Network
    /// Connection of now, except those of QoS 0, which leave the queue when sent; <see cref="InFlightCount"/> of them wait
    /// for the Client.
    /// </remarks>
    internal sealed class Session
    {
        /// <summary>The expiry of a Session that never expires, in seconds.</summary>
        public const long NeverExpires = 4294967295;

        /// <summary>The Client Identifier, UTF-8.</summary>
        public byte[] ClientIdentifier;

        /// <summary>Its hash.</summary>
        public int Hash;

        /// <summary>The next Session in the same bucket of the table, or of the free list.</summary>
        public Session NextInTable;

        /// <summary>The Network Connection, or null while the Client is away.</summary>
        public Connection Connection;

        /// <summary>The in-process client whose Session this is, or null.</summary>
        public ILocalReader Local;

        /// <summary>Whether the Client speaks 5.0.</summary>
        public bool IsV5;

        /// <summary>How long the Session lives on after its Network Connection, in seconds; above 0 it is durable.</summary>
        public long ExpiryS;

        /// <summary>When the Session ends, in the clock's milliseconds; 0 while connected or for never.</summary>
        public long ExpiresAtMs;

        /// <summary>The first delivery of the queue.</summary>
        public int QueueHead;

        /// <summary>The last delivery of the queue.</summary>
        public int QueueTail;

        /// <summary>The first delivery that was not sent on the Network Connection of now.</summary>
        public int NextToSend;

        /// <summary>The bytes that the queue's kept messages count for.</summary>
        public int QueueBytes;

        /// <summary>Deliveries at QoS 0 in the queue.</summary>
        public int QoS0Count;

        /// <summary>Deliveries sent on the Network Connection of now that the Client has not acknowledged.</summary>
        public int InFlightCount;

        /// <summary>The Packet Identifier given last.</summary>
        public int LastPacketIdentifier;

        /// <summary>Whether a Packet Identifier of long ago is still in use, so that each new one is checked.</summary>
        public bool IdentifiersWrapped;

        /// <summary>Packet Identifiers of QoS 2 messages received whose PUBREL has not come.</summary>
        public int[] InboundIdentifiers;

        /// <summary>How many there are.</summary>
        public int InboundCount;

        /// <summary>The number by which subscriptions know it; -1 before the first one. The object keeps it.</summary>
        public int SubscriberNumber = -1;

        /// <summary>The first subscription of the Session's list.</summary>
        public int FirstSubscription;

        /// <summary>The walk through the retained messages that it is owed; null if it is owed none.</summary>
        public RetainedWalk Walk;

        /// <summary>The Will, or null.</summary>
        public SessionWill Will;

        /// <summary>When the Client last took or acknowledged something at QoS 1 or 2, or the queue began to fill.</summary>
        public long LastProgressMs;

        /// <summary>What is remembered of its queue if it was full; null if there is nothing.</summary>
        public QueueTrouble Trouble;

        /// <summary>Its target in the route that is being computed; null otherwise.</summary>
        public RouteTarget RouteTarget;

        /// <summary>Whether the Session is in the list of those that have something to send.</summary>
        public bool IsActive;

        /// <summary>The Session's number in the store; 0 if it is not there.</summary>
        public int StoreNumber;

        /// <summary>What the store knows of it; null if it never was there.</summary>
        public Persistence.SessionItems Items;

        /// <summary>Deliveries at the end of the queue that are to be stored if they are not acknowledged soon.</summary>
        public int UnstoredCount;

        /// <summary>Whether the Client did not acknowledge soon the last time.</summary>
        public bool MissedHold;

        /// <summary>Its expiry and the protocol as one number, to be compared.</summary>
        public long Terms
        {
            get { return (ExpiryS << 1) | (IsV5 ? 1L : 0L); }
        }

        /// <summary>Messages dropped from the queue since the Client was last told.</summary>
        public int DroppedCount
        {
            get { return Trouble == null ? 0 : Trouble.DroppedCount; }
        }

        /// <summary>See <see cref="QueueTrouble.RefusedAtMs"/>.</summary>
        public long RefusedAtMs
        {
            get { return Trouble == null ? int.MinValue : Trouble.RefusedAtMs; }
        }

        /// <summary>Whether there is a Will to be published.</summary>
        public bool HasWill
        {
            get { return Will != null && Will.Message != MessagePool.None && !Will.IsDue; }
        }

        /// <summary>Whether the Session outlives its Network Connection.</summary>
        public bool IsDurable
        {
            get { return ExpiryS > 0; }
        }

        /// <summary>Makes the object ready for a new Session.</summary>
        public void Reset()
        {
            Connection = null;
            Local = null;
            ExpiryS = 0;
            ExpiresAtMs = 0;
            QueueHead = DeliveryPool.None;
            QueueTail = DeliveryPool.None;
            NextToSend = DeliveryPool.None;
            QueueBytes = 0;
            QoS0Count = 0;
            InFlightCount = 0;
            LastPacketIdentifier = 0;
            IdentifiersWrapped = false;
            InboundCount = 0;
            FirstSubscription = SubscriptionTable.None;
            Walk = null;
            Will = null;
            Trouble = null;
            StoreNumber = 0;
            UnstoredCount = 0;
            MissedHold = false;
        }

        /// <summary>What is remembered of the queue, to be changed.</summary>
        public QueueTrouble NoteTrouble()
        {
            if (Trouble == null)
            {
                Trouble = QueueTrouble.Create();
            }

            return Trouble;
        }

        /// <summary>Whether a QoS 2 message with this Packet Identifier waits for its PUBREL.</summary>
        public bool HasInbound(int packetIdentifier)
        {
            return IndexOfInbound(packetIdentifier) >= 0;
        }

        /// <summary>Remembers a QoS 2 message; the caller has checked the bound.</summary>
        public void AddInbound(int packetIdentifier)
        {
            if (InboundIdentifiers == null)
            {
                InboundIdentifiers = MemoryReserve.Ints(8);
            }
            else if (InboundCount == InboundIdentifiers.Length)
            {
                InboundIdentifiers = Growth.Resize(InboundIdentifiers, InboundCount * 2);
            }

            InboundIdentifiers[InboundCount++] = packetIdentifier;
        }

        /// <summary>Forgets a QoS 2 message.</summary>
        /// <returns>The place it had, which the last one has now; -1 if it was not remembered.</returns>
        public int RemoveInbound(int packetIdentifier)
        {
            int index = IndexOfInbound(packetIdentifier);
            if (index >= 0)
            {
                InboundCount--;
                InboundIdentifiers[index] = InboundIdentifiers[InboundCount];
            }

            return index;
        }

        private int IndexOfInbound(int packetIdentifier)
        {
            for (int i = 0; i < InboundCount; i++)
            {
                if (InboundIdentifiers[i] == packetIdentifier)
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
