namespace EdgeBroker.PowerLoss.Tests
{
    /// <summary>Numbers that look random and are the same for the same seed, everywhere.</summary>
    internal sealed class Prng
    {
        private uint _state;

        internal Prng(int seed)
        {
            _state = unchecked((uint)seed * 2654435761u) + 12345;
        }

        /// <summary>A number from 0 to <paramref name="below"/> - 1.</summary>
        internal int Below(int below)
        {
            _state ^= _state << 13;
            _state ^= _state >> 17;
            _state ^= _state << 5;
            return (int)((_state >> 8) % (uint)below);
        }

        /// <summary>True once in so many times.</summary>
        internal bool OneIn(int times)
        {
            return Below(times) == 0;
        }
    }
}
