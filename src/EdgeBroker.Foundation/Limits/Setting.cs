namespace EdgeBroker.Limits
{
    // The place of each setting in the table. Constants only: they cost the device nothing.
    internal static class Setting
    {
        internal const int ConnectionsMax = 0;
        internal const int SessionsMax = 1;
        internal const int SubscriptionsMax = 2;
        internal const int RetainedMax = 3;
        internal const int PacketSizeMax = 4;
        internal const int ReceiveMax = 5;
        internal const int TopicAliasMax = 6;
        internal const int MaximumQoS = 7;
        internal const int RetainAvailable = 8;
        internal const int WildcardAvailable = 9;
        internal const int SharedAvailable = 10;
        internal const int SubscriptionIdsAvailable = 11;
        internal const int SessionQueueBytesMax = 12;
        internal const int QueueBytesMax = 13;
        internal const int StoreBytesMax = 14;
        internal const int BufferBytesMax = 15;
        internal const int ReceiveBufferBytes = 16;
        internal const int OutboxBytesMax = 17;
        internal const int ServerKeepAliveS = 18;
        internal const int ConnectTimeoutMs = 19;
        internal const int SessionExpiryMaxS = 20;
        internal const int WaitMs = 21;
        internal const int HoldMs = 22;
        internal const int CommitIntervalMs = 23;
        internal const int CommitIntervalMaxMs = 24;
        internal const int WillBootGraceS = 25;
        internal const int RetainedCommitMs = 26;
        internal const int QueueFull = 27;
        internal const int QueueFullPatienceS = 28;
        internal const int Mode = 29;
        internal const int FlashLifeYears = 30;
        internal const int SysIntervalS = 31;
        internal const int OverloadHighPct = 32;
        internal const int OverloadLowPct = 33;
        internal const int ConnectRateMax = 34;
        internal const int MessageRateMax = 35;
        internal const int HeapFreeMinBytes = 36;
        internal const int ServerReference = 37;
        internal const int Count = 38;
    }
}
