namespace EdgeBroker.Ports
{
    /// <summary>What the broker tells its <see cref="IObserver"/>. The comment says what the detail is.</summary>
    public static class BrokerEvent
    {
        /// <summary>A Network Connection was accepted. Detail: 0.</summary>
        public const int ConnectionAccepted = 1;

        /// <summary>A Client got a successful CONNACK. Detail: its protocol level.</summary>
        public const int ClientConnected = 2;

        /// <summary>A CONNECT was refused. Detail: the 5.0 Reason Code, also for a 3.1.1 Client.</summary>
        public const int ConnectRefused = 3;

        /// <summary>A Client sent DISCONNECT. Detail: the Reason Code it gave.</summary>
        public const int ClientDisconnected = 4;

        /// <summary>
        /// The broker ends a Network Connection. Detail: the Reason Code a 5.0 Client is told, also for a 3.1.1 Client.
        /// </summary>
        public const int ServerDisconnected = 5;

        /// <summary>The peer ended the Network Connection without DISCONNECT. Detail: 0 in order, 1 broken.</summary>
        public const int ConnectionLost = 6;

        /// <summary>A message was not delivered. Detail: the <see cref="DropReason"/>. Handle: the subscriber's, or -1.</summary>
        public const int MessageDropped = 7;

        /// <summary>A SUBSCRIBE or PUBLISH was refused. Detail: the Reason Code.</summary>
        public const int RequestRefused = 8;

        /// <summary>A Session ended by its expiry. Detail: 0. Handle: -1.</summary>
        public const int SessionExpired = 9;

        /// <summary>A Will Message was published. Detail: 0. Handle: -1.</summary>
        public const int WillPublished = 10;

        /// <summary>A tick ended by an exception, and all Network Connections were closed. Detail: how many times.</summary>
        public const int TickFailed = 11;

        /// <summary>
        /// A resource runs short, or is no longer: another step of the ladder. Detail: the <see cref="Resource"/> x 256 + the
        /// step, from 0 (enough) to 5. Handle: -1.
        /// </summary>
        public const int OverloadStep = 12;

        /// <summary>The state of the storage has changed. Detail: the <see cref="Persistence.StoreState"/>. Handle: -1.</summary>
        public const int StoreStateChanged = 13;
    }
}
