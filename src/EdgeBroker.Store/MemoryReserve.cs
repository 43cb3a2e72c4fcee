using System;

namespace EdgeBroker.Store
{
    /// <summary>
    /// Memory that is put aside at the start, for when there is no other: an allocation in the middle of something that fails is
    /// tried once more without it, so that what was begun comes to its end. Whatever is allocated after the start comes from here, or
    /// does likewise. Memory is one for the whole process, and so is the reserve.
    /// </summary>
    public static class MemoryReserve
    {
        /// <summary>Whether it was needed and is not whole again: then the next failure is for good. Changed here alone.</summary>
        public static bool IsUsed;

        private static byte[] _block;
        private static int _size;

        /// <summary>Puts memory aside. To be called at the start.</summary>
        /// <param name="size">How many bytes; what was put aside before stays, if it is more.</param>
        public static void Prepare(int size)
        {
            if (size > _size)
            {
                _block = new byte[size];
                _size = size;
            }
        }

        /// <summary>An allocation has failed: the reserve is let go, so that it may succeed now.</summary>
        public static void Use()
        {
            _block = null;
            IsUsed = true;
        }

        /// <summary>Puts memory aside again.</summary>
        /// <returns>Whether there was enough.</returns>
        public static bool Refill()
        {
            try
            {
                _block = new byte[_size];
                IsUsed = false;
                return true;
            }
            catch (OutOfMemoryException)
            {
                return false;
            }
        }

        /// <summary>Makes an array.</summary>
        /// <exception cref="OutOfMemoryException">The reserve was not enough.</exception>
        public static byte[] Bytes(int length)
        {
            try
            {
                return new byte[length];
            }
            catch (OutOfMemoryException)
            {
                Use();
                return new byte[length];
            }
        }

        /// <summary>Makes an array.</summary>
        /// <exception cref="OutOfMemoryException">The reserve was not enough.</exception>
        public static int[] Ints(int length)
        {
            try
            {
                return new int[length];
            }
            catch (OutOfMemoryException)
            {
                Use();
                return new int[length];
            }
        }

        /// <summary>Makes an array.</summary>
        /// <exception cref="OutOfMemoryException">The reserve was not enough.</exception>
        public static short[] Shorts(int length)
        {
            try
            {
                return new short[length];
            }
            catch (OutOfMemoryException)
            {
                Use();
                return new short[length];
            }
        }

        /// <summary>Makes an array.</summary>
        /// <exception cref="OutOfMemoryException">The reserve was not enough.</exception>
        public static bool[] Bools(int length)
        {
            try
            {
                return new bool[length];
            }
            catch (OutOfMemoryException)
            {
                Use();
                return new bool[length];
            }
        }

        /// <summary>Makes an array.</summary>
        /// <exception cref="OutOfMemoryException">The reserve was not enough.</exception>
        public static byte[][] Arrays(int length)
        {
            try
            {
                return new byte[length][];
            }
            catch (OutOfMemoryException)
            {
                Use();
                return new byte[length][];
            }
        }

        /// <summary>Makes an array.</summary>
        /// <exception cref="OutOfMemoryException">The reserve was not enough.</exception>
        public static long[] Longs(int length)
        {
            try
            {
                return new long[length];
            }
            catch (OutOfMemoryException)
            {
                Use();
                return new long[length];
            }
        }
    }
}
