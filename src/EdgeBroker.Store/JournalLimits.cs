namespace EdgeBroker.Store
{
    /// <summary>The bounds of a journal, in bytes unless said otherwise.</summary>
    public sealed class JournalLimits
    {
        /// <summary>What all files together may take.</summary>
        public int BytesMax;

        /// <summary>
        /// What puts can stage between two commits: at least the largest item and 34 bytes. The memory for it is taken as needed.
        /// </summary>
        public int StageBytesMax;

        /// <summary>The size at which a segment is complete, where the storage prefers appending.</summary>
        public int SegmentSize;

        /// <summary>The size of a tail file, where it does not: at most what littlefs keeps inline, 512.</summary>
        public int TailSize;

        /// <summary>How many tail files are filled in turn before they become one segment: 1 to 99.</summary>
        public int TailCount;
    }
}
