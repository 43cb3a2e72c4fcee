namespace EdgeBroker.Limits
{
    /// <summary>What becomes of a message for a disconnected Session whose queue is full: the setting queue-full.</summary>
    public static class QueueFullPolicy
    {
        /// <summary>
        /// Publishers are refused for <see cref="BrokerLimits.QueueFullPatienceS"/>; after that the oldest messages are dropped.
        /// </summary>
        public const int RefuseThenDrop = 0;

        /// <summary>Publishers are refused until the queue has room.</summary>
        public const int Refuse = 1;

        /// <summary>The oldest message of the queue is dropped.</summary>
        public const int DropOldest = 2;

        /// <summary>The Session ends.</summary>
        public const int EndSession = 3;
    }
}
