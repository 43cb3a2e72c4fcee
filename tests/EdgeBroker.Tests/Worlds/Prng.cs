namespace EdgeBroker.Tests.Worlds
{
    /// <summary>Numbers that look random and are the same for the same seed, everywhere.</summary>
    internal sealed class Prng
    {
        private uint _state;

        /// <summary>Makes a source of numbers.</summary>
        public Prng(int seed)
        {
            _state = (uint)seed * 2654435761u + 12345;
        }

        /// <summary>A number from 0 to <paramref name="below"/> - 1.</summary>
        public int Below(int below)
        {
            _state ^= _state << 13;
            _state ^= _state >> 17;
            _state ^= _state << 5;
            return (int)((_state >> 8) % (uint)below);
        }

        /// <summary>True once in so many times.</summary>
        public bool OneIn(int times)
        {
            return Below(times) == 0;
        }
    }
}
