using System;

namespace EdgeBroker.Memory
{
    /// <summary>Hashing and comparing of byte ranges, eight bytes a step: on the device each instruction counts.</summary>
    internal static class ByteHash
    {
        private const int Factor = -1640531535;

        /// <summary>A hash of bytes. It depends on the machine's byte order, so it must not be stored.</summary>
        public static int Compute(byte[] buffer, int offset, int length)
        {
            int hash = length;
            int end = offset + length;
            while (offset + 4 <= end)
            {
                hash = (hash ^ BitConverter.ToInt32(buffer, offset)) * Factor;
                hash ^= (hash >> 15) & 0x1FFFF;
                offset += 4;
            }

            while (offset < end)
            {
                hash = (hash ^ buffer[offset]) * Factor;
                offset++;
            }

            return hash ^ ((hash >> 16) & 0xFFFF);
        }

        /// <summary>Whether two ranges of the same length hold the same bytes.</summary>
        public static bool AreEqual(byte[] left, int leftOffset, byte[] right, int rightOffset, int length)
        {
            int end = leftOffset + length;
            while (leftOffset + 8 <= end)
            {
                if (BitConverter.ToInt64(left, leftOffset) != BitConverter.ToInt64(right, rightOffset))
                {
                    return false;
                }

                leftOffset += 8;
                rightOffset += 8;
            }

            while (leftOffset < end)
            {
                if (left[leftOffset] != right[rightOffset])
                {
                    return false;
                }

                leftOffset++;
                rightOffset++;
            }

            return true;
        }
    }
}
