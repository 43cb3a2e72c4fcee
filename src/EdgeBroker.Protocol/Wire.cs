namespace EdgeBroker.Protocol
{
    /// <summary>
    /// Reads the basic data types. A limit is the index after the last byte that may be read; nothing beyond it is touched.
    /// </summary>
    public static class Wire
    {
        /// <summary>The answer of a reader that found the field cut short or not well-formed.</summary>
        public const int Bad = -1;

        /// <summary>Reads a Two Byte Integer. The caller has made sure that both bytes are there.</summary>
        public static int ReadUInt16(byte[] buffer, int offset)
        {
            return (buffer[offset] << 8) | buffer[offset + 1];
        }

        /// <summary>Reads a Four Byte Integer, 0 to 4,294,967,295. The caller has made sure that all bytes are there.</summary>
        public static long ReadUInt32(byte[] buffer, int offset)
        {
            return ((long)ReadUInt16(buffer, offset) << 16) | (long)ReadUInt16(buffer, offset + 2);
        }

        /// <summary>Reads a Variable Byte Integer of at most four bytes.</summary>
        /// <param name="buffer">The packet.</param>
        /// <param name="offset">The first byte of the integer.</param>
        /// <param name="limit">The index after the last byte that may be read.</param>
        /// <param name="value">0 to 268,435,455.</param>
        /// <returns>
        /// The index after the integer, or <see cref="Bad"/> if it is cut short, too long, or written with more bytes than it
        /// needs [MQTT5-1.5.5-1].
        /// </returns>
        public static int ReadVariableByteInteger(byte[] buffer, int offset, int limit, out int value)
        {
            value = 0;
            for (int index = 0; index < 4; index++)
            {
                if (offset + index >= limit)
                {
                    return Bad;
                }

                int part = buffer[offset + index];
                value |= (part & 0x7F) << (7 * index);
                if (part < 0x80)
                {
                    return part == 0 && index > 0 ? Bad : offset + index + 1;
                }
            }

            return Bad;
        }

        /// <summary>Finds the end of a field that begins with its length in two bytes.</summary>
        /// <param name="buffer">The packet.</param>
        /// <param name="offset">The first byte of the length.</param>
        /// <param name="limit">The index after the last byte that may be read.</param>
        /// <returns>
        /// The index after the field, whose data begins at <paramref name="offset"/> + 2, or <see cref="Bad"/> if it is cut short.
        /// </returns>
        public static int DataEnd(byte[] buffer, int offset, int limit)
        {
            if (limit - offset < 2)
            {
                return Bad;
            }

            int end = offset + 2 + ReadUInt16(buffer, offset);
            return end > limit ? Bad : end;
        }

        /// <summary>
        /// As <see cref="DataEnd"/>, for a UTF-8 Encoded String: also <see cref="Bad"/> if it is not well-formed or contains U+0000
        /// [MQTT-1.5.3-1], [MQTT-1.5.3-2], [MQTT5-1.5.4-1], [MQTT5-1.5.4-2].
        /// </summary>
        public static int StringEnd(byte[] buffer, int offset, int limit)
        {
            int end = DataEnd(buffer, offset, limit);
            if (end == Bad || !Utf8.IsValid(buffer, offset + 2, end - offset - 2))
            {
                return Bad;
            }

            return end;
        }
    }
}
