using System;
using EdgeBroker.Store;

namespace EdgeBroker.Memory
{
    /// <summary>
    /// Arrays that grow with what is in them: slowly while they are small, as on a device, where every byte counts; by doubling
    /// when they are large, as on a desktop.
    /// </summary>
    internal static class Growth
    {
        private const int StartCount = 16;
        private const int StepMin = 8;
        private const int SmallCount = 1024;

        /// <summary>The length to start with for a table of at most so many elements.</summary>
        public static int Start(int countMax)
        {
            return countMax < StartCount ? countMax : StartCount;
        }

        /// <summary>The next length of a full table.</summary>
        /// <returns>A larger length, or the same if the table is as large as it may be.</returns>
        public static int Next(int length, int countMax)
        {
            int step = length < SmallCount ? length / 8 : length;
            step = step > StepMin ? step : StepMin;
            return length >= countMax - step ? countMax : length + step;
        }

        /// <summary>A copy of a part of an array.</summary>
        public static byte[] Copy(byte[] buffer, int offset, int length)
        {
            byte[] copy = MemoryReserve.Bytes(length);
            Array.Copy(buffer, offset, copy, 0, length);
            return copy;
        }

        /// <summary>A copy of an array at a new length.</summary>
        public static int[] Resize(int[] array, int length)
        {
            int[] larger = MemoryReserve.Ints(length);
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

        /// <summary>A copy of an array at a new length.</summary>
        public static bool[] Resize(bool[] array, int length)
        {
            bool[] larger = MemoryReserve.Bools(length);
            Array.Copy(array, 0, larger, 0, array.Length);
            return larger;
        }

        /// <summary>A copy of a list of arrays at a new length.</summary>
        public static int[][] Resize(int[][] list, int length)
        {
            int[][] larger = Lists(length);
            Array.Copy(list, 0, larger, 0, list.Length);
            return larger;
        }

        /// <summary>A copy of a list of arrays at a new length.</summary>
        public static byte[][] Resize(byte[][] array, int length)
        {
            byte[][] larger = MemoryReserve.Arrays(length);
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

        private static int[][] Lists(int length)
        {
            try
            {
                return new int[length][];
            }
            catch (OutOfMemoryException)
            {
                MemoryReserve.Use();
                return new int[length][];
            }
        }
    }
}
