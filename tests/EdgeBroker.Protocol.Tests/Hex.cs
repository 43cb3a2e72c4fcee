namespace EdgeBroker.Protocol.Tests
{
    /// <summary>Bytes as text.</summary>
    public static class Hex
    {
        private const int LengthMax = 40;

        /// <summary>'abc' if all are printable, else hex digits; the length alone if there are many.</summary>
        public static string TextOrHex(byte[] buffer, int offset, int length)
        {
            if (length > LengthMax)
            {
                return "*" + length.ToString();
            }

            char[] text = new char[length];
            for (int index = 0; index < length; index++)
            {
                byte value = buffer[offset + index];
                if (value < 0x21 || value > 0x7E)
                {
                    return Of(buffer, offset, length);
                }

                text[index] = (char)value;
            }

            return "'" + new string(text) + "'";
        }

        /// <summary>Hex digits.</summary>
        public static string Of(byte[] buffer, int offset, int length)
        {
            char[] text = new char[length * 2];
            for (int index = 0; index < length; index++)
            {
                text[index * 2] = Digit(buffer[offset + index] >> 4);
                text[(index * 2) + 1] = Digit(buffer[offset + index] & 0x0F);
            }

            return new string(text);
        }

        /// <summary>The bytes of an ASCII text.</summary>
        public static byte[] Ascii(string text)
        {
            char[] characters = text.ToCharArray();
            byte[] result = new byte[characters.Length];
            for (int index = 0; index < result.Length; index++)
            {
                result[index] = (byte)characters[index];
            }

            return result;
        }

        private static char Digit(int value)
        {
            return (char)(value < 10 ? '0' + value : 'A' + value - 10);
        }
    }
}
