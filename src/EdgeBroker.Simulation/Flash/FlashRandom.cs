namespace EdgeBroker.Simulation.Flash
{
    /// <summary>Numbers that follow from a seed, the same on every machine (a 32-bit xorshift).</summary>
    public sealed class FlashRandom
    {
        private uint _state;

        /// <summary>Starts a sequence.</summary>
        /// <param name="seed">Any number.</param>
        public FlashRandom(int seed)
        {
            // Spread over all bits, so that neighbouring seeds don't start alike; the state must never be 0.
            _state = ((uint)seed * 2654435761u) ^ 0x5bd1e995u;
            if (_state == 0)
            {
                _state = 1;
            }
        }

        /// <summary>The place in the sequence; assigning another's goes on from there.</summary>
        public uint State
        {
            get { return _state; }
            set { _state = value; }
        }

        /// <summary>The next number.</summary>
        /// <param name="end">1 or more.</param>
        /// <returns>From 0 to <paramref name="end"/> - 1.</returns>
        public int Next(int end)
        {
            _state ^= _state << 13;
            _state ^= _state >> 17;
            _state ^= _state << 5;
            return (int)((_state >> 1) % (uint)end);
        }
    }
}
