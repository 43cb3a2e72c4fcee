namespace EdgeBroker.Delivery
{
    /// <summary>What became of a PUBLISH that was to go into an outbox.</summary>
    internal static class SendResult
    {
        /// <summary>It is in the outbox.</summary>
        public const int Sent = 0;

        /// <summary>There is no room now.</summary>
        public const int NoRoom = 1;

        /// <summary>The Client, or its outbox, never takes packets of this size: it counts as sent.</summary>
        public const int TooLarge = 2;
    }
}
