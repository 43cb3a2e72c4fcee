namespace EdgeBroker.Connections
{
    /// <summary>Where in its life a Network Connection is.</summary>
    internal static class ConnectionState
    {
        /// <summary>Accepted; the first packet has to be CONNECT.</summary>
        public const int AwaitingConnect = 0;

        /// <summary>CONNECT came with an Authentication Method; AUTH packets go back and forth (5.0, section 4.12).</summary>
        public const int Authenticating = 1;

        /// <summary>CONNACK with success was given.</summary>
        public const int Connected = 2;

        /// <summary>Nothing is read any more; what is in the outbox goes out, then the stream ends.</summary>
        public const int Closing = 3;

        /// <summary>The outgoing stream has ended; what the peer still sends is discarded until it ends its own.</summary>
        public const int Lingering = 4;
    }
}
