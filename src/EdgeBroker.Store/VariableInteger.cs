namespace EdgeBroker.Store
{
    /// <summary>Whole numbers from 0 in seven bits a byte, lowest first; the top bit says that more follow.</summary>
    internal static class VariableInteger
    {
        /// <summary>The bytes that the largest number takes.</summary>
        public const int SizeMax = 9;

        /// <summary>The bytes that a number of 31 bits takes at the most.</summary>
        public const int Int32SizeMax = 5;

        /// <summary>What <see cref="Read"/> answers for bytes that are no number.</summary>
        public const long Bad = -1;

        /// <summary>The bytes that a number takes.</summary>
        public static int Size(long value)
        {
            int size = 1;
            while (value >= 128)
            {
                value >>= 7;
                size++;
            }

            return size;
        }

        /// <summary>Writes a number.</summary>
        /// <returns>The position after it.</returns>
        public static int Write(byte[] buffer, int position, long value)
        {
            while (value >= 128)
            {
                buffer[position++] = (byte)(value | 128);
                value >>= 7;
            }

            buffer[position++] = (byte)value;
            return position;
        }

        /// <summary>Reads a number and moves on.</summary>
        /// <returns>The number, or <see cref="Bad"/> if it is not there whole before the limit.</returns>
        public static long Read(byte[] buffer, ref int position, int limit)
        {
            long value = 0;
            int shift = 0;
            for (int i = 0; i < SizeMax && position < limit; i++)
            {
                int part = buffer[position++];
                value |= (long)(part & 127) << shift;
                if (part < 128)
                {
                    return value;
                }

                shift += 7;
            }

            return Bad;
        }
    }
}
