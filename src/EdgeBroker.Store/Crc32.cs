namespace EdgeBroker.Store
{
    /// <summary>
    /// CRC-32 (ISO 3309, polynomial 0xEDB88320 reflected): half a byte a step, with a table of 64 bytes for a device's heap, or a
    /// byte a step with one of 1,024, which takes half of the time.
    /// </summary>
    public sealed class Crc32
    {
        // 0xEDB88320 as a signed number.
        private const int Polynomial = -306674912;

        private readonly int[] _table;

        /// <summary>What the computation starts from besides the standard's start: 0 for the standard's CRC.</summary>
        public int Salt;

        /// <summary>Makes the table.</summary>
        /// <param name="bits">The bits of a step: 4 or 8.</param>
        public Crc32(int bits)
        {
            _table = new int[1 << bits];
            for (int i = 0; i < _table.Length; i++)
            {
                int value = i;
                for (int bit = 0; bit < bits; bit++)
                {
                    value = (value & 1) != 0 ? ((value >> 1) & 0x7FFFFFFF) ^ Polynomial : (value >> 1) & 0x7FFFFFFF;
                }

                _table[i] = value;
            }
        }

        /// <summary>The CRC-32 of bytes.</summary>
        public int Compute(byte[] buffer, int offset, int count)
        {
            return Continue(Salt, buffer, offset, count);
        }

        /// <summary>The CRC-32 of bytes that were computed before and of those that follow them.</summary>
        /// <param name="before">That of the bytes before.</param>
        /// <param name="buffer">Has the others.</param>
        /// <param name="offset">Where in it.</param>
        /// <param name="count">How many.</param>
        public int Continue(int before, byte[] buffer, int offset, int count)
        {
            int[] table = _table;
            int crc = ~before;
            int end = offset + count;
            if (table.Length > 16)
            {
                while (offset < end)
                {
                    crc = ((crc >> 8) & 0x00FFFFFF) ^ table[(crc ^ buffer[offset++]) & 255];
                }

                return ~crc;
            }

            while (offset < end)
            {
                crc ^= buffer[offset++];
                crc = ((crc >> 4) & 0x0FFFFFFF) ^ table[crc & 15];
                crc = ((crc >> 4) & 0x0FFFFFFF) ^ table[crc & 15];
            }

            return ~crc;
        }
    }
}
