namespace EdgeBroker.Overload
{
    /// <summary>
    /// Client Identifiers, by their hash, that are not to connect before a time: those that were sent away, and those that
    /// connect too often. It is small and forgets whom it can best do without, so a Client may get in early, but none is kept
    /// out by another for longer than the other's time.
    /// </summary>
    /// <remarks>
    /// Invariant: an entry whose time is further ahead than <see cref="AheadMsMax"/> is left from before the milliseconds
    /// wrapped, and counts as free.
    /// </remarks>
    internal sealed class RetryTable
    {
        /// <summary>The longest time ahead that an entry can have, in milliseconds.</summary>
        public const int AheadMsMax = 60000;

        private readonly int[] _hashes;

        // The clock's milliseconds, low bits; the lowest says why: 1 for the rate, 0 for a shortage.
        private readonly int[] _untilMs;

        /// <summary>Makes an empty table.</summary>
        /// <param name="connectionsMax">The Clients connected at once; the table has room for about as many, within bounds.</param>
        public RetryTable(int connectionsMax)
        {
            int count = 16;
            while (count < connectionsMax && count < 4096)
            {
                count *= 2;
            }

            _hashes = new int[count];
            _untilMs = new int[count];
        }

        /// <summary>How long a Client Identifier is to stay away.</summary>
        /// <param name="hash">Its hash.</param>
        /// <param name="nowMs">The time.</param>
        /// <param name="isRate">Whether it is because it connects too often.</param>
        /// <returns>Milliseconds; 0 if it may connect.</returns>
        public int WaitMs(int hash, long nowMs, out bool isRate)
        {
            int place = Find(hash);
            isRate = false;
            if (place < 0)
            {
                return 0;
            }

            isRate = (_untilMs[place] & 1) != 0;
            int waitMs = _untilMs[place] - (int)nowMs;
            return waitMs > 0 && waitMs <= AheadMsMax ? waitMs : 0;
        }

        /// <summary>Keeps a Client Identifier away for a time, because of a shortage.</summary>
        public void Hold(int hash, long nowMs, int waitMs)
        {
            _untilMs[Take(hash, (int)nowMs)] = ((int)nowMs + waitMs) & ~1;
        }

        /// <summary>
        /// Notes that a Client Identifier connects. It may do so once per interval, and in a burst once; after that it has to
        /// wait.
        /// </summary>
        public void Charge(int hash, long nowMs, int intervalMs, int burstMs)
        {
            int now = (int)nowMs;
            int place = Take(hash, now);
            int earliest = now - burstMs;
            int since = _untilMs[place] - earliest;
            int from = since > 0 && since <= AheadMsMax + burstMs ? _untilMs[place] : earliest;
            _untilMs[place] = (from + intervalMs) | 1;
        }

        // An identifier has its place or the one beside it.
        private int Find(int hash)
        {
            int place = hash & (_hashes.Length - 1);
            if (_hashes[place] == hash)
            {
                return place;
            }

            place ^= 1;
            return _hashes[place] == hash ? place : -1;
        }

        // Its place, or that of the two which has less to wait for.
        private int Take(int hash, int nowMs)
        {
            int place = Find(hash);
            if (place < 0)
            {
                place = hash & (_hashes.Length - 1);
                if (Ahead(place ^ 1, nowMs) < Ahead(place, nowMs))
                {
                    place ^= 1;
                }

                _hashes[place] = hash;
                _untilMs[place] = nowMs - AheadMsMax;
            }

            return place;
        }

        private int Ahead(int place, int nowMs)
        {
            int ahead = _untilMs[place] - nowMs;
            return ahead > AheadMsMax ? -AheadMsMax : ahead;
        }
    }
}
