namespace EdgeBroker.Store
{
    /// <summary>What a mount found.</summary>
    public static class MountResult
    {
        /// <summary>Everything that was committed.</summary>
        public const int Ok = 0;

        /// <summary>Frames are missing; owners that may miss something were reported and are gone.</summary>
        public const int Damaged = 1;

        /// <summary>Files of another format, or none of ours: nothing was read and nothing was changed.</summary>
        public const int UnknownFormat = 2;

        /// <summary>The storage failed: the journal can't be used.</summary>
        public const int Failed = 3;
    }
}
