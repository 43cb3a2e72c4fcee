namespace EdgeBroker.Protocol
{
    /// <summary>
    /// The Quality of Service levels.
    /// </summary>
    public static class QoS
    {
        /// <summary>At most once.</summary>
        public const int QoS0 = 0;

        /// <summary>At least once.</summary>
        public const int QoS1 = 1;

        /// <summary>Exactly once.</summary>
        public const int QoS2 = 2;
    }
}
