using System;

namespace EdgeBroker.Store
{
    /// <summary>
    /// Arrays that grow with what is in them: by eighths while they are small, as on a device, where every byte counts; by doubling
    /// when they are large, as on a desktop.
    /// </summary>
    internal static class Growth
    {
        private const int SmallCount = 1024;

        /// <summary>The next length of a full array.</summary>
        public static int Next(int length)
        {
            return length + (length < SmallCount ? (length / 8) + 4 : length);
        }

        /// <summary>A copy of an array at a new length.</summary>
        public static int[] Resize(int[] array, int length)
        {
            int[] larger = MemoryReserve.Ints(length);
            Array.Copy(array, 0, larger, 0, array.Length);
            return larger;
        }

        /// <summary>A copy of an array at a new length.</summary>
        public static long[] Resize(long[] array, int length)
        {
            long[] larger = MemoryReserve.Longs(length);
            Array.Copy(array, 0, larger, 0, array.Length);
            return larger;
        }

        /// <summary>A copy of an array at a new length.</summary>
        public static byte[] Resize(byte[] array, int length)
        {
            byte[] larger = MemoryReserve.Bytes(length);
            Array.Copy(array, 0, larger, 0, array.Length);
            return larger;
        }
    }
}
