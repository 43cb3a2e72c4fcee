using System.Text;
using EdgeBroker.Protocol;

namespace EdgeBroker.Esp32.Settings
{
    /// <summary>The text of a file of settings, read from front to back: blanks, strings and words of JSON.</summary>
    internal sealed class ConfigText
    {
        /// <summary>The longest string, in bytes of UTF-8.</summary>
        public const int StringBytesMax = 256;

        private readonly byte[] _buffer;
        private readonly int _end;
        private readonly byte[] _string = new byte[StringBytesMax];
        private int _position;
        private int _stringLength;

        /// <summary>Starts at the front, after the byte order mark that some editors write.</summary>
        public ConfigText(byte[] buffer, int count)
        {
            _buffer = buffer;
            _end = count;
            _position = count >= 3 && buffer[0] == 0xEF && buffer[1] == 0xBB && buffer[2] == 0xBF ? 3 : 0;
            Line = 1;
        }

        /// <summary>The line that is being read, from 1.</summary>
        public int Line { get; private set; }

        /// <summary>Whether all was read.</summary>
        public bool IsAtEnd
        {
            get { return _position == _end; }
        }

        /// <summary>Whether a string comes next.</summary>
        public bool IsAtQuote
        {
            get { return Peek() == '"'; }
        }

        /// <summary>Passes blanks and comments.</summary>
        public void SkipBlank()
        {
            while (_position < _end)
            {
                int c = _buffer[_position];
                if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
                {
                    Pass();
                }
                else if (c != '/' || !SkipComment())
                {
                    return;
                }
            }
        }

        /// <summary>Passes blanks and, if it comes next, a character.</summary>
        /// <returns>Whether it came next.</returns>
        public bool TrySkip(char expected)
        {
            SkipBlank();
            if (Peek() != expected)
            {
                return false;
            }

            _position++;
            return true;
        }

        /// <summary>Reads a string in quotation marks.</summary>
        /// <returns>Its text, or null if there is none, or it is too long, not UTF-8, or holds U+0000.</returns>
        public string ReadString()
        {
            if (!IsAtQuote)
            {
                return null;
            }

            _position++;
            _stringLength = 0;
            while (Peek() >= ' ' && Peek() != '"')
            {
                int c = Next();
                if (!(c == '\\' ? ReadEscape() : Append(c)))
                {
                    return null;
                }
            }

            if (Peek() != '"' || !Utf8.IsValid(_string, 0, _stringLength))
            {
                return null;
            }

            _position++;
            return Encoding.UTF8.GetString(_string, 0, _stringLength);
        }

        /// <summary>Reads a number, true or false.</summary>
        /// <returns>It as it is written, or null if something else comes next.</returns>
        public string ReadWord()
        {
            _stringLength = 0;
            bool isNumber = IsDigit(Peek()) || Peek() == '-';
            while ((Peek() >= 'a' && Peek() <= 'z') || IsDigit(Peek()) || Peek() == '-' || Peek() == '+' || Peek() == '.' || Peek() == 'E')
            {
                if (!Append(Next()))
                {
                    return null;
                }
            }

            string word = Encoding.UTF8.GetString(_string, 0, _stringLength);
            return isNumber || word == "true" || word == "false" ? word : null;
        }

        // The byte that comes next, or -1.
        private int Peek()
        {
            return _position < _end ? _buffer[_position] : -1;
        }

        private int Next()
        {
            return _position < _end ? _buffer[_position++] : -1;
        }

        private void Pass()
        {
            if (_buffer[_position] == '\n')
            {
                Line++;
            }

            _position++;
        }

        private bool SkipComment()
        {
            int kind = _position + 1 < _end ? _buffer[_position + 1] : 0;
            if (kind == '/')
            {
                while (_position < _end && _buffer[_position] != '\n')
                {
                    _position++;
                }

                return true;
            }

            if (kind != '*')
            {
                return false;
            }

            _position += 2;
            while (_position < _end && !(_buffer[_position] == '*' && _position + 1 < _end && _buffer[_position + 1] == '/'))
            {
                Pass();
            }

            _position = _position < _end ? _position + 2 : _end;
            return true;
        }

        private bool ReadEscape()
        {
            int c = Next();
            switch (c)
            {
                case '"':
                case '\\':
                case '/':
                    return Append(c);

                case 'b':
                    return Append('\b');

                case 'f':
                    return Append('\f');

                case 'n':
                    return Append('\n');

                case 'r':
                    return Append('\r');

                case 't':
                    return Append('\t');

                case 'u':
                    return AppendCharacter(ReadCharacter());

                default:
                    return false;
            }
        }

        // A character by its number in UTF-16, of which those beyond U+FFFF take two. -1 where it is none.
        private int ReadCharacter()
        {
            int first = ReadHex();
            if (first < 0xD800 || first > 0xDFFF)
            {
                return first;
            }

            if (first > 0xDBFF || Next() != '\\' || Next() != 'u')
            {
                return -1;
            }

            int second = ReadHex();
            return second < 0xDC00 || second > 0xDFFF ? -1 : 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
        }

        private int ReadHex()
        {
            int value = 0;
            for (int i = 0; i < 4; i++)
            {
                int c = Next();
                int digit = IsDigit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
                if (digit < 0)
                {
                    return -1;
                }

                value = (value << 4) | digit;
            }

            return value;
        }

        // U+0000 is no matter here: no text may hold it, as the check of the whole string knows.
        private bool AppendCharacter(int c)
        {
            if (c < 0)
            {
                return false;
            }

            if (c < 0x80)
            {
                return Append(c);
            }

            if (c < 0x800)
            {
                return Append(0xC0 | (c >> 6)) && Append(0x80 | (c & 0x3F));
            }

            if (c < 0x10000)
            {
                return Append(0xE0 | (c >> 12)) && Append(0x80 | ((c >> 6) & 0x3F)) && Append(0x80 | (c & 0x3F));
            }

            return Append(0xF0 | (c >> 18)) && Append(0x80 | ((c >> 12) & 0x3F)) && Append(0x80 | ((c >> 6) & 0x3F))
                && Append(0x80 | (c & 0x3F));
        }

        private bool Append(int value)
        {
            if (_stringLength == StringBytesMax)
            {
                return false;
            }

            _string[_stringLength++] = (byte)value;
            return true;
        }

        private static bool IsDigit(int c)
        {
            return c >= '0' && c <= '9';
        }
    }
}
