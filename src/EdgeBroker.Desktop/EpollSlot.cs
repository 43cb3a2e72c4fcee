namespace EdgeBroker.Desktop
{
    /// <summary>What <see cref="EpollNetwork"/> keeps for a handle.</summary>
    internal struct EpollSlot
    {
        /// <summary>The socket, or -1 while the handle is free.</summary>
        public int FileDescriptor;

        /// <summary>Counts the connections that had this handle, so that an old one's events are told from a new one's.</summary>
        public uint Generation;

        /// <summary>The interest the broker set last.</summary>
        public byte Wanted;

        /// <summary>The interest the kernel knows.</summary>
        public byte Applied;

        /// <summary>Whether the handle is among those whose interest is looked at before the next wait.</summary>
        public bool IsChanged;
    }
}
