using System.Text;

namespace EdgeBroker.Simulation.Clients
{
    /// <summary>Bytes as text and text as bytes, for tests that read like a log.</summary>
    public static class Bytes
    {
        private const int LengthMax = 48;

        /// <summary>The UTF-8 bytes of a text; null for null.</summary>
        public static byte[] OfText(string text)
        {
            return text == null ? null : Encoding.UTF8.GetBytes(text);
        }

        /// <summary>The bytes that hex digits stand for; spaces between the bytes are ignored.</summary>
        public static byte[] OfHex(string hex)
        {
            byte[] buffer = new byte[hex.Length / 2];
            int count = 0;
            int high = -1;
            for (int i = 0; i < hex.Length; i++)
            {
                if (hex[i] == ' ')
                {
                    continue;
                }

                int digit = ValueOf(hex[i]);
                if (high < 0)
                {
                    high = digit;
                }
                else
                {
                    buffer[count++] = (byte)((high << 4) | digit);
                    high = -1;
                }
            }

            byte[] bytes = new byte[count];
            System.Array.Copy(buffer, 0, bytes, 0, count);
            return bytes;
        }

        /// <summary>A byte as two hex digits.</summary>
        public static string Hex(int value)
        {
            char[] digits = new char[2];
            digits[0] = DigitOf((value >> 4) & 15);
            digits[1] = DigitOf(value & 15);
            return new string(digits);
        }

        /// <summary>Printable ASCII as it is, other bytes as hex digits after a backslash; of long texts only the length.</summary>
        public static string Show(byte[] buffer, int offset, int length)
        {
            if (length > LengthMax)
            {
                return "*" + length.ToString();
            }

            string text = "";
            for (int i = offset; i < offset + length; i++)
            {
                int value = buffer[i];
                text += value >= 0x20 && value < 0x7F ? new string((char)value, 1) : "\\" + Hex(value);
            }

            return text;
        }

        private static int ValueOf(char digit)
        {
            return digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
        }

        private static char DigitOf(int value)
        {
            return (char)(value < 10 ? '0' + value : 'A' + value - 10);
        }
    }
}
