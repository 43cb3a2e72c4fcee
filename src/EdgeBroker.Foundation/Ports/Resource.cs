namespace EdgeBroker.Ports
{
    /// <summary>What a broker can run short of; an index into <see cref="Counters.Refusals"/>.</summary>
    public static class Resource
    {
        /// <summary>Clients connected, of connections-max.</summary>
        public const int Connections = 0;

        /// <summary>Sessions, of sessions-max.</summary>
        public const int Sessions = 1;

        /// <summary>Subscriptions, of subscriptions-max.</summary>
        public const int Subscriptions = 2;

        /// <summary>Retained messages, of retained-max.</summary>
        public const int Retained = 3;

        /// <summary>Messages that are kept, of queue-bytes-max.</summary>
        public const int QueueBytes = 4;

        /// <summary>Outboxes and incomplete packets, of buffer-bytes-max.</summary>
        public const int Buffers = 5;

        /// <summary>Messages a second of one Client, of message-rate-max.</summary>
        public const int MessageRate = 6;

        /// <summary>CONNECT packets a second, of connect-rate-max.</summary>
        public const int ConnectRate = 7;

        /// <summary>The managed heap: heap-free-min-bytes of what is free.</summary>
        public const int Heap = 8;

        /// <summary>Storage, of store-bytes-max.</summary>
        public const int StoreBytes = 9;

        /// <summary>Erases of the flash, of what flash-life-years allows.</summary>
        public const int Wear = 10;

        /// <summary>The number of resources.</summary>
        public const int Count = 11;
    }
}
