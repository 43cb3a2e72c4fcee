namespace EdgeBroker.Desktop
{
    /// <summary>A file to be polled, as Linux's C library has it.</summary>
    internal struct PollFile
    {
        /// <summary>The file descriptor.</summary>
        public int FileDescriptor;

        /// <summary>What is asked for.</summary>
        public short Events;

        /// <summary>What is so.</summary>
        public short Result;
    }
}
