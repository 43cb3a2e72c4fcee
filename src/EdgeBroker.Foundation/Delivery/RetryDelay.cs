namespace EdgeBroker.Delivery
{
    /// <summary>
    /// When a Client that was turned away should come back: spread over some seconds, so that those who were turned away
    /// together don't come back together.
    /// </summary>
    internal sealed class RetryDelay
    {
        /// <summary>The digits that every delay has.</summary>
        public const int Digits = 4;

        /// <summary>The shortest delay, in milliseconds.</summary>
        public const int DelayMinMs = 1000;

        private const int SpreadMs = 4096;

        private int _state = 1;

        /// <summary>The next delay.</summary>
        /// <param name="salt">Something that differs from Client to Client.</param>
        /// <returns>Milliseconds.</returns>
        public int Next(int salt)
        {
            // Marsaglia's xorshift with the shifts 13, 17, 5: enough to spread, and the same in every run.
            int x = _state ^ (salt << 16);
            x = x == 0 ? 1 : x;
            x ^= x << 13;
            x ^= (x >> 17) & 0x7FFF;
            x ^= x << 5;
            _state = x;
            return DelayMinMs + ((x >> 8) & (SpreadMs - 1));
        }
    }
}
