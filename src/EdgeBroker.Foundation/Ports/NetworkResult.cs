namespace EdgeBroker.Ports
{
    /// <summary>What network operations answer besides a count of bytes or a handle.</summary>
    public static class NetworkResult
    {
        /// <summary>Nothing can be done now without waiting.</summary>
        public const int WouldBlock = 0;

        /// <summary>The peer ended its stream in an orderly way.</summary>
        public const int Closed = -1;

        /// <summary>The Network Connection is broken; only <see cref="INetwork.Close"/> is left.</summary>
        public const int Failed = -2;

        /// <summary>There is no new Network Connection to accept.</summary>
        public const int NoConnection = -3;
    }
}
