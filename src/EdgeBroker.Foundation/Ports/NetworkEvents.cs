namespace EdgeBroker.Ports
{
    /// <summary>What a Network Connection is ready for: a set of bits.</summary>
    public static class NetworkEvents
    {
        /// <summary>Nothing.</summary>
        public const int None = 0;

        /// <summary>A receive returns bytes, the end of the stream or a failure at once.</summary>
        public const int Readable = 1;

        /// <summary>A send takes at least one byte or fails at once.</summary>
        public const int Writable = 2;
    }
}
