namespace EdgeBroker.Persistence
{
    /// <summary>How the storage is doing.</summary>
    public static class StoreState
    {
        /// <summary>What is to be kept is kept.</summary>
        public const int Good = 0;

        /// <summary>The last commit failed. What depends on it waits, and it is tried again.</summary>
        public const int Failing = 1;

        /// <summary>
        /// Commits have failed for long: nothing durable is promised any more until one succeeds.
        /// </summary>
        public const int Failed = 2;
    }
}
