namespace EdgeBroker.Limits
{
    /// <summary>What an acknowledgement promises: the setting mode.</summary>
    public static class StoreMode
    {
        /// <summary>What was acknowledged is on storage or no longer needed.</summary>
        public const int Safe = 0;

        /// <summary>Acknowledged at once; a power cut loses up to <see cref="BrokerLimits.CommitIntervalMs"/>.</summary>
        public const int Relaxed = 1;

        /// <summary>Nothing is stored: a restart loses everything.</summary>
        public const int Memory = 2;
    }
}
