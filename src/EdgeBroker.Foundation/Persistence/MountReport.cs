using EdgeBroker.Store;

namespace EdgeBroker.Persistence
{
    /// <summary>What the mount of the store found.</summary>
    public sealed class MountReport
    {
        /// <summary>A <see cref="MountResult"/>: UnknownFormat if files were set aside.</summary>
        public int Result;

        /// <summary>Sessions that are there again.</summary>
        public int SessionCount;

        /// <summary>Sessions that were lost by damage, or did not fit into the limits: their Clients get Session Present 0.</summary>
        public int LostCount;

        /// <summary>Messages in the queues of Sessions.</summary>
        public int MessageCount;

        /// <summary>Retained messages.</summary>
        public int RetainedCount;

        /// <summary>Whether retained messages, or messages of several Sessions, were lost by damage.</summary>
        public bool IsSharedLost;
    }
}
