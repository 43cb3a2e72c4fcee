namespace EdgeBroker.Simulation.Flash
{
    /// <summary>CRC-32 as in IEEE 802.3, which guards the metadata.</summary>
    internal sealed class FlashChecksum
    {
        /// <summary>What a sum starts from.</summary>
        public const uint Start = 0xffffffff;

        private readonly uint[] _table = new uint[256];

        public FlashChecksum()
        {
            for (uint i = 0; i < 256; i++)
            {
                uint value = i;
                for (int bit = 0; bit < 8; bit++)
                {
                    value = (value & 1) != 0 ? (value >> 1) ^ 0xedb88320u : value >> 1;
                }

                _table[i] = value;
            }
        }

        /// <summary>The sum over more bytes.</summary>
        public uint Add(uint sum, byte[] buffer, int offset, int count)
        {
            uint[] table = _table;
            int end = offset + count;
            for (int i = offset; i < end; i++)
            {
                sum = table[(sum ^ buffer[i]) & 0xff] ^ (sum >> 8);
            }

            return sum;
        }
    }
}
