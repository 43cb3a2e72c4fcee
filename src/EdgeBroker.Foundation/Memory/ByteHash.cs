using System;

namespace EdgeBroker.Memory
{
    /// <summary>Hashing and comparing of byte ranges, eight bytes a step: on the device each instruction counts.</summary>
    internal static class ByteHash
    {
        private const int StepSize = 8;
        private const int HalfStepSize = 4;
        private const long Factor = -7046029254386353131;

        /// <summary>A hash of bytes. It depends on the machine's byte order, so it must not be stored.</summary>
        public static int Compute(byte[] buffer, int offset, int length)
        {
            long hash = length;
            int last = offset + length - StepSize;
            if (last < offset)
            {
                return ComputeShort(hash, buffer, offset, length);
            }

            while (offset < last)
            {
                hash = (hash ^ BitConverter.ToInt64(buffer, offset)) * Factor;
                offset += StepSize;
            }

            // The last step overlaps the one before, which is cheaper than going on byte by byte.
            return Finish(hash ^ BitConverter.ToInt64(buffer, last));
        }

        /// <summary>What <see cref="Compute"/> makes of a single byte.</summary>
        public static int ComputeOne(byte value)
        {
            return Finish((1L << 8) ^ value);
        }

        /// <summary>Whether an array begins with the bytes of a range.</summary>
        public static bool AreEqual(byte[] left, byte[] right, int rightOffset, int length)
        {
            int last = length - StepSize;
            if (last < 0)
            {
                return AreEqualShort(left, 0, right, rightOffset, length);
            }

            // From the end, where topics differ; the last step overlaps the one before.
            while (last > 0)
            {
                if (BitConverter.ToInt64(left, last) != BitConverter.ToInt64(right, rightOffset + last))
                {
                    return false;
                }

                last -= StepSize;
            }

            return BitConverter.ToInt64(left, 0) == BitConverter.ToInt64(right, rightOffset);
        }

        /// <summary>Whether two ranges of the same length hold the same bytes.</summary>
        public static bool AreEqual(byte[] left, int leftOffset, byte[] right, int rightOffset, int length)
        {
            while (length > StepSize)
            {
                if (BitConverter.ToInt64(left, leftOffset) != BitConverter.ToInt64(right, rightOffset))
                {
                    return false;
                }

                leftOffset += StepSize;
                rightOffset += StepSize;
                length -= StepSize;
            }

            return AreEqualShort(left, leftOffset, right, rightOffset, length);
        }

        // A product depends on the bits below each, so the upper half is folded down before, and the upper half is the result.
        private static int Finish(long hash)
        {
            return (int)(((hash ^ (hash >> 32)) * Factor) >> 32);
        }

        private static int ComputeShort(long hash, byte[] buffer, int offset, int length)
        {
            int end = offset + length;
            if (length >= HalfStepSize)
            {
                hash = (hash ^ BitConverter.ToInt32(buffer, offset)) * Factor;
                return Finish(hash ^ BitConverter.ToInt32(buffer, end - HalfStepSize));
            }

            while (offset < end)
            {
                hash = (hash << 8) ^ buffer[offset];
                offset++;
            }

            return Finish(hash);
        }

        private static bool AreEqualShort(byte[] left, int leftOffset, byte[] right, int rightOffset, int length)
        {
            if (length >= HalfStepSize)
            {
                int last = length - HalfStepSize;
                return BitConverter.ToInt32(left, leftOffset) == BitConverter.ToInt32(right, rightOffset)
                    && BitConverter.ToInt32(left, leftOffset + last) == BitConverter.ToInt32(right, rightOffset + last);
            }

            for (int i = 0; i < length; i++)
            {
                if (left[leftOffset + i] != right[rightOffset + i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
