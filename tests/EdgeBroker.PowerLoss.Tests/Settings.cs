using EdgeBroker.Limits;

namespace EdgeBroker.PowerLoss.Tests
{
    /// <summary>What differs from world to world.</summary>
    internal sealed class Settings
    {
        /// <summary>For each peer, its protocol level.</summary>
        internal int[] Levels = [];

        /// <summary>For each peer, the expiry of its Session in seconds; 0: not durable.</summary>
        internal long[] ExpiriesS = [];

        /// <summary>Refusals of the broker are to be expected.</summary>
        internal bool MayRefuse;

        /// <summary>Clients stop reading for a while.</summary>
        internal bool HasDeaf;

        /// <summary>There is more to be kept than there is room for.</summary>
        internal bool IsCrowded;

        /// <summary>The flash has never been used.</summary>
        internal bool IsCold;

        /// <summary>How often a program or erase fails, in 1/65,536.</summary>
        internal int WriteFailRate;

        /// <summary>Blocks of the flash.</summary>
        internal int Blocks = 40;

        /// <summary>How long the world rests at its end before everybody comes back, in milliseconds.</summary>
        internal int RestMs = 12000;

        /// <summary>The setting mode.</summary>
        internal int Mode = StoreMode.Safe;

        /// <summary>The setting store-bytes-max.</summary>
        internal int StoreBytesMax = 65536;

        /// <summary>The setting packet-size-max.</summary>
        internal int PacketSizeMax = 512;

        /// <summary>The setting session-queue-bytes-max.</summary>
        internal int SessionQueueBytesMax = 100000;

        /// <summary>The setting queue-full.</summary>
        internal int QueueFull = QueueFullPolicy.RefuseThenDrop;

        /// <summary>The setting queue-full-patience-s.</summary>
        internal int PatienceS = 60;

        /// <summary>The setting flash-life-years.</summary>
        internal int LifeYears = 1;

        /// <summary>The setting retained-commit-ms.</summary>
        internal int RetainedCommitMs = 10000;

        /// <summary>The setting will-boot-grace-s.</summary>
        internal int WillBootGraceS = 30;

        /// <summary>Whether the broker may drop what it has acknowledged, and say so.</summary>
        internal bool MayDrop => IsCrowded && QueueFull != QueueFullPolicy.Refuse;

        /// <summary>Whether the broker may end the Session of a Client that is away.</summary>
        internal bool MayEndSessions => IsCrowded && QueueFull == QueueFullPolicy.EndSession;

        /// <summary>Sets the bounds of a broker.</summary>
        internal void Apply(BrokerLimits limits)
        {
            limits.Mode = Mode;
            limits.StoreBytesMax = StoreBytesMax;
            limits.SessionQueueBytesMax = SessionQueueBytesMax;
            limits.QueueBytesMax = 200000;
            limits.PacketSizeMax = PacketSizeMax;
            limits.ReceiveMax = 16;
            limits.QueueFull = QueueFull;
            limits.QueueFullPatienceS = PatienceS;
            limits.FlashLifeYears = LifeYears;
            limits.RetainedCommitMs = RetainedCommitMs;
            limits.WillBootGraceS = WillBootGraceS;
            limits.BufferBytesMax = 131072;
            limits.OutboxBytesMax = 8192;
        }
    }
}
