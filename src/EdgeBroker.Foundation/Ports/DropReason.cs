namespace EdgeBroker.Ports
{
    /// <summary>Why a message was dropped; an index into <see cref="Counters.Drops"/>.</summary>
    public static class DropReason
    {
        /// <summary>QoS 0, and the subscriber does not read fast enough.</summary>
        public const int SlowReader = 0;

        /// <summary>The Session's queue was full and the setting queue-full let the message go.</summary>
        public const int QueueFull = 1;

        /// <summary>The message expired before it was sent.</summary>
        public const int Expired = 2;

        /// <summary>The packet would be larger than the subscriber accepts.</summary>
        public const int TooLarge = 3;

        /// <summary>The memory for queued messages was used up.</summary>
        public const int NoMemory = 4;

        /// <summary>The Session ended with messages in its queue.</summary>
        public const int SessionEnded = 5;

        /// <summary>The storage did not have the message any more as it was.</summary>
        public const int Damaged = 6;

        /// <summary>The number of reasons.</summary>
        public const int Count = 7;
    }
}
