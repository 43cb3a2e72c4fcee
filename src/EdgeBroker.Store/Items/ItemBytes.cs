namespace EdgeBroker.Store.Items
{
    /// <summary>Whole numbers in the bodies of items: lowest byte first.</summary>
    public static class ItemBytes
    {
        /// <summary>The bytes of an item's id in the body of another.</summary>
        public const int IdSize = 6;

        /// <summary>Writes a number in so many bytes.</summary>
        /// <returns>The position after it.</returns>
        public static int Write(byte[] buffer, int at, int size, long value)
        {
            for (int i = 0; i < size; i++)
            {
                buffer[at++] = (byte)value;
                value >>= 8;
            }

            return at;
        }

        /// <summary>Reads a number of so many bytes.</summary>
        public static long Read(byte[] buffer, int at, int size)
        {
            long value = 0;
            for (int i = size - 1; i >= 0; i--)
            {
                value = (value << 8) | buffer[at + i];
            }

            return value;
        }
    }
}
