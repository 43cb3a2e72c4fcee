namespace EdgeBroker.Protocol.Tests
{
    /// <summary>Numbers that look like chance, the same on every machine: xorshift.</summary>
    public class Dice
    {
        private uint _state;

        /// <summary>Begins.</summary>
        /// <param name="seed">Not 0.</param>
        public Dice(uint seed)
        {
            _state = seed;
        }

        /// <summary>The next number.</summary>
        /// <param name="below">At least 1.</param>
        /// <returns>0 to one less than <paramref name="below"/>.</returns>
        public int Next(int below)
        {
            _state ^= _state << 13;
            _state ^= _state >> 17;
            _state ^= _state << 5;
            return (int)(_state % (uint)below);
        }
    }
}
