using System;

namespace EdgeBroker.Memory
{
    /// <summary>Arrays that grow: a small start for the desktop's large limits, the whole for the device's small ones.</summary>
    internal static class Growth
    {
        private const int StartCount = 256;

        /// <summary>The length to start with for a table of at most so many elements.</summary>
        public static int Start(int countMax)
        {
            return countMax < StartCount ? countMax : StartCount;
        }

        /// <summary>The next length of a full table.</summary>
        /// <returns>A larger length, or the same if the table is as large as it may be.</returns>
        public static int Next(int length, int countMax)
        {
            return length >= countMax - length ? countMax : length * 2;
        }

        /// <summary>A copy of an array at a new length.</summary>
        public static int[] Resize(int[] array, int length)
        {
            int[] larger = new int[length];
            Array.Copy(array, 0, larger, 0, array.Length);
            return larger;
        }

        /// <summary>A copy of an array at a new length.</summary>
        public static long[] Resize(long[] array, int length)
        {
            long[] larger = new long[length];
            Array.Copy(array, 0, larger, 0, array.Length);
            return larger;
        }
    }
}
