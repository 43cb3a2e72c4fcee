namespace EdgeBroker.Store
{
    /// <summary>
    /// The bounds of a journal, in bytes unless said otherwise. What has a value fits littlefs on 4 KB blocks, by measurement.
    /// </summary>
    public sealed class JournalLimits
    {
        /// <summary>What all files together may take.</summary>
        public int BytesMax;

        /// <summary>
        /// What puts can stage between two commits: at least the largest item and 34 bytes. The memory for it is taken as needed.
        /// </summary>
        public int StageBytesMax;

        /// <summary>
        /// The size at which a segment is complete. Where the storage does not prefer appending it has to be a block, or several: it
        /// is written at once, in parts, and room is counted in it.
        /// </summary>
        public int SegmentSize = 4096;

        /// <summary>
        /// The size of a tail file with several frames, where the storage does not prefer appending. A commit costs what the file has
        /// in program units of 128, with about 24 of the file system's own: so two units, for one message or some
        /// acknowledgements.
        /// </summary>
        public int TailSize = 232;

        /// <summary>
        /// The size of a tail file with a single frame: from <see cref="TailSize"/> to what littlefs keeps inline, 512, less its own.
        /// A larger frame completes the segment, which costs an erase and a block.
        /// </summary>
        public int TailFrameMax = 480;

        /// <summary>
        /// How many tail files are filled in turn before they become one segment: 1 to 99. With more of them segments are complete
        /// sooner than the files are full, with fewer each segment costs its erase for fewer commits.
        /// </summary>
        public int TailCount = 24;
    }
}
