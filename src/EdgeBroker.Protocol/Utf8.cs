using System;

namespace EdgeBroker.Protocol
{
    /// <summary>Checks UTF-8 Encoded Strings.</summary>
    public static class Utf8
    {
        private const int StepSize = 4;

        /// <summary>
        /// Tells whether the bytes are well-formed UTF-8 after RFC 3629 (no surrogates, no overlong forms, nothing above U+10FFFF)
        /// [MQTT-1.5.3-1], [MQTT5-1.5.4-1] and without U+0000 [MQTT-1.5.3-2], [MQTT5-1.5.4-2]. Control characters and
        /// non-characters pass: what they are for is the caller's business, see <see cref="HasControl"/>. U+FEFF is a character
        /// like any other [MQTT-1.5.3-3], [MQTT5-1.5.4-3].
        /// </summary>
        /// <param name="buffer">The bytes.</param>
        /// <param name="offset">The first byte of the string.</param>
        /// <param name="length">Its length in bytes; 0 is valid.</param>
        /// <returns>True if it is valid.</returns>
        public static bool IsValid(byte[] buffer, int offset, int length)
        {
            int end = offset + length;
            offset = SkipPrintable(buffer, offset, end);
            while (offset < end)
            {
                int lead = buffer[offset++];
                if (lead < 0x80)
                {
                    if (lead == 0)
                    {
                        return false;
                    }

                    continue;
                }

                offset = SequenceEnd(buffer, offset, end, lead);
                if (offset < 0)
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>
        /// Tells whether there is a control character, U+0001 to U+001F or U+007F to U+009F. A receiver may refuse these
        /// (section 1.5.3 of 3.1.1, 1.5.4 of 5.0), and in names they are refused: what shows in logs and on terminals must
        /// not steer them. In the texts of properties they are welcome.
        /// </summary>
        /// <param name="buffer">The bytes.</param>
        /// <param name="offset">The first byte of the string, which is valid.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <returns>True if there is one.</returns>
        public static bool HasControl(byte[] buffer, int offset, int length)
        {
            int end = offset + length;
            offset = SkipPrintable(buffer, offset, end);
            while (offset < end)
            {
                int value = buffer[offset++];
                if (value < 0x20 || value == 0x7F || (value == 0xC2 && buffer[offset] < 0xA0))
                {
                    return true;
                }
            }

            return false;
        }

        // Nearly all names are ASCII, so as many steps as have nothing else are taken first. A byte from 0x20 to 0x7E is one where
        // neither of the two sums has the byte's highest bit; the lowest byte that is not is told for sure.
        private static int SkipPrintable(byte[] buffer, int offset, int end)
        {
            int last = end - StepSize;
            if (last < offset)
            {
                return offset;
            }

            while (offset < end)
            {
                // The last step overlaps the one before.
                int at = offset < last ? offset : last;
                int step = BitConverter.ToInt32(buffer, at);
                if ((((step - 0x20202020) | (step + 0x01010101)) & -0x7F7F7F80) != 0)
                {
                    break;
                }

                offset = at + StepSize;
            }

            return offset;
        }

        // Returns the index after the character whose first byte is lead and whose second is at offset, or -1.
        private static int SequenceEnd(byte[] buffer, int offset, int end, int lead)
        {
            int following;
            if (lead < 0xC2)
            {
                // A continuation byte, or an overlong form of an ASCII character.
                return -1;
            }
            else if (lead < 0xE0)
            {
                following = 1;
            }
            else if (lead < 0xF0)
            {
                following = 2;
            }
            else if (lead < 0xF5)
            {
                following = 3;
            }
            else
            {
                return -1;
            }

            if (end - offset < following || !IsValidSecond(lead, buffer[offset]))
            {
                return -1;
            }

            for (int index = 1; index < following; index++)
            {
                if ((buffer[offset + index] & 0xC0) != 0x80)
                {
                    return -1;
                }
            }

            return offset + following;
        }

        // The second byte tells overlong forms, surrogates and what lies above U+10FFFF.
        private static bool IsValidSecond(int lead, int second)
        {
            int low = 0x80;
            int high = 0xBF;
            switch (lead)
            {
                case 0xE0:
                    low = 0xA0;
                    break;
                case 0xED:
                    high = 0x9F;
                    break;
                case 0xF0:
                    low = 0x90;
                    break;
                case 0xF4:
                    high = 0x8F;
                    break;
            }

            return second >= low && second <= high;
        }
    }
}
