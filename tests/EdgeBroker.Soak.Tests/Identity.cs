using System.Collections.Generic;
using EdgeBroker.PowerLoss.Tests;
using EdgeBroker.Protocol;

namespace EdgeBroker.Soak.Tests
{
    /// <summary>
    /// One of the thousands: what it is, and what it knows of its Session across connections. Where it can't know, it expects
    /// nothing, and begins anew.
    /// </summary>
    internal sealed class Identity
    {
        private const int IdentifierMin = 60000;
        private const int Identifiers = 40;

        private int _nextIdentifier;

        internal Identity(int index, Prng prng)
        {
            Index = index;
            Level = prng.OneIn(2) ? ProtocolLevel.V311 : ProtocolLevel.V5;
            IsDurable = prng.OneIn(12);
            ExpiryS = 60 + prng.Below(600);
            MaximumPacketSize = Level == ProtocolLevel.V311 || !prng.OneIn(3) ? -1 : prng.OneIn(2) ? 120 : 400;
            WantsReasons = !prng.OneIn(3);
            ReceiveMaximum = 1 + prng.Below(20);
            KeepAliveS = 10 + prng.Below(20);
            HasWill = prng.OneIn(5);
        }

        /// <summary>Its number, of which its name is made.</summary>
        internal int Index { get; }

        /// <summary>Its protocol level.</summary>
        internal int Level { get; }

        /// <summary>Whether it asks for a Session that outlives the connection.</summary>
        internal bool IsDurable { get; set; }

        /// <summary>The expiry it asks for in 5.0, in seconds.</summary>
        internal int ExpiryS { get; }

        /// <summary>The largest packet it takes, in bytes; -1 for any.</summary>
        internal int MaximumPacketSize { get; }

        /// <summary>Request Problem Information.</summary>
        internal bool WantsReasons { get; }

        /// <summary>Receive Maximum.</summary>
        internal int ReceiveMaximum { get; }

        /// <summary>Keep Alive in seconds.</summary>
        internal int KeepAliveS { get; }

        /// <summary>Whether it has a Will.</summary>
        internal bool HasWill { get; }

        /// <summary>Its open connection, the newest, or null.</summary>
        internal Seat? Seat { get; set; }

        /// <summary>When it may come again, in the clock's milliseconds, as it was told.</summary>
        internal long RetryAtMs { get; set; }

        /// <summary>What it knows of its Session: false, true, or null for not known.</summary>
        internal bool? HasSession { get; set; } = false;

        /// <summary>It may not go on with a Session that may be there, or would mix two of them up.</summary>
        internal bool MustBeClean { get; set; }

        /// <summary>What the broker granted, in seconds; 0 for a Session that ends with its connection.</summary>
        internal long GrantedExpiryS { get; set; }

        /// <summary>When its connection ended last, in the clock's milliseconds.</summary>
        internal long LostMs { get; set; }

        /// <summary>Counts its Sessions.</summary>
        internal int Epoch { get; private set; }

        /// <summary>Subscriptions it was told that it has: QoS, and since when in the order of the book.</summary>
        internal Dictionary<string, (int QoS, int Since)> Subscriptions { get; } = [];

        /// <summary>Messages it is owed.</summary>
        internal HashSet<int> Owed { get; } = [];

        /// <summary>Messages it has got in this Session.</summary>
        internal HashSet<int> Received { get; } = [];

        /// <summary>Those among them that it has got at QoS 2.</summary>
        internal HashSet<int> ReceivedOnce { get; } = [];

        /// <summary>Packet Identifiers of QoS 2 messages to it that are not complete.</summary>
        internal HashSet<int> Inbound { get; } = [];

        /// <summary>What it has published and is not complete, in order.</summary>
        internal List<Pending> Pending { get; } = [];

        /// <summary>Messages it was told that it lost.</summary>
        internal int ReportedDrops { get; set; }

        public override string ToString() => $"client c{Index} (level {Level}, durable {IsDurable})";

        /// <summary>A Packet Identifier for a message: used again soon.</summary>
        internal int NextIdentifier()
        {
            do
            {
                _nextIdentifier = (_nextIdentifier + 1) % Identifiers;
            }
            while (Pending.Exists(pending => pending.Identifier == IdentifierMin + _nextIdentifier));

            return IdentifierMin + _nextIdentifier;
        }

        /// <summary>Its Session has ended, or may have: nothing is owed of before.</summary>
        internal void Forget()
        {
            Epoch++;
            Subscriptions.Clear();
            Owed.Clear();
            Received.Clear();
            ReceivedOnce.Clear();
            Inbound.Clear();
            Pending.Clear();
            ReportedDrops = 0;
        }
    }
}
