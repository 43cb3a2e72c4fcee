using System.Text;

namespace EdgeBroker.DesktopProgram
{
    /// <summary>Client Identifiers as the log shows them.</summary>
    internal static class ClientNames
    {
        private const int LengthMax = 100;

        /// <summary>Quotes a Client Identifier, so that it can neither end a line of the log nor hide in it.</summary>
        /// <param name="identifier">UTF-8; as far as it fitted.</param>
        /// <param name="count">Its length in bytes.</param>
        internal static string Quote(byte[] identifier, int count)
        {
            string text = Encoding.UTF8.GetString(identifier, 0, count);
            StringBuilder quoted = new("'");
            foreach (char c in text)
            {
                if (quoted.Length > LengthMax)
                {
                    quoted.Append('…');
                    break;
                }

                bool plain = c is not ('\'' or '\\') && !char.IsControl(c) && !char.IsSurrogate(c) && !IsFormat(c);
                quoted.Append(plain ? c.ToString() : $"\\u{(int)c:X4}");
            }

            return quoted.Append('\'').ToString();
        }

        // Marks that turn the direction of the text around or break lines.
        private static bool IsFormat(char c)
        {
            return c is (>= '\u200B' and <= '\u200F') or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFEFF';
        }
    }
}
