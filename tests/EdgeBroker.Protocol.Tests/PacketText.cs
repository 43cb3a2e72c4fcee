namespace EdgeBroker.Protocol.Tests
{
    /// <summary>
    /// Turns the text of a packet into bytes. Words are separated by blanks:
    /// hex digits = bytes; 41*300 = a byte repeated; k10 = two bytes; u10 = four bytes; 'abc' = characters; s'abc' = the same with a
    /// length in two bytes; s*300 = a string of that many x; p( ... ) = what is inside with its length as a Variable Byte
    /// Integer; r = the rest of the line, likewise (the Remaining Length); | = the packet may end here as well;
    /// ~ = it may end anywhere from here on.
    /// </summary>
    public sealed class PacketText
    {
        private const int DepthMax = 4;

        private readonly byte[] _bytes = new byte[70000];
        private readonly int[] _groups = new int[DepthMax];

        // How many ends were marked before the group began: those stay where they are when its length is put in.
        private readonly int[] _endsBefore = new int[DepthMax];
        private readonly int[] _ends = new int[8];
        private int _depth;
        private int _endCount;
        private int _anyEndFrom;
        private int _count;

        /// <summary>Reads a text.</summary>
        /// <returns>The bytes, in an array of their size, so that a read outside is noticed.</returns>
        public byte[] Parse(string text)
        {
            _count = 0;
            _depth = 0;
            _endCount = 0;
            _anyEndFrom = int.MaxValue;
            string[] words = text.Split(new char[] { ' ' });
            for (int index = 0; index < words.Length; index++)
            {
                if (words[index].Length > 0)
                {
                    ParseWord(words[index].ToCharArray());
                }
            }

            while (_depth > 0)
            {
                CloseGroup();
            }

            byte[] result = new byte[_count];
            System.Array.Copy(_bytes, 0, result, 0, _count);
            return result;
        }

        /// <summary>Tells whether the text says that the packet may also end at an index.</summary>
        public bool MayEndAt(int index)
        {
            for (int mark = 0; mark < _endCount; mark++)
            {
                if (_ends[mark] == index)
                {
                    return true;
                }
            }

            return index >= _anyEndFrom;
        }

        private static int HexDigit(char digit)
        {
            if (digit >= '0' && digit <= '9')
            {
                return digit - '0';
            }

            return digit >= 'a' ? digit - 'a' + 10 : digit - 'A' + 10;
        }

        private static long Number(char[] word, int offset)
        {
            long value = 0;
            for (int index = offset; index < word.Length; index++)
            {
                value = (value * 10) + (word[index] - '0');
            }

            return value;
        }

        private void ParseWord(char[] word)
        {
            switch (word[0])
            {
                case 'r':
                case 'p':
                    _endsBefore[_depth] = _endCount;
                    _groups[_depth++] = _count;
                    break;
                case ')':
                    CloseGroup();
                    break;
                case '|':
                    _ends[_endCount++] = _count;
                    break;
                case '~':
                    _anyEndFrom = _count;
                    break;
                case 'k':
                    PutNumber(Number(word, 1), 2);
                    break;
                case 'u':
                    PutNumber(Number(word, 1), 4);
                    break;
                case '\'':
                    PutCharacters(word, 1);
                    break;
                case 's':
                    PutString(word);
                    break;
                default:
                    PutHex(word);
                    break;
            }
        }

        private void PutString(char[] word)
        {
            if (word[1] == '\'')
            {
                PutNumber(word.Length - 3, 2);
                PutCharacters(word, 2);
                return;
            }

            int length = (int)Number(word, 2);
            PutNumber(length, 2);
            for (int index = 0; index < length; index++)
            {
                _bytes[_count++] = (byte)'x';
            }
        }

        private void PutCharacters(char[] word, int offset)
        {
            for (int index = offset; index < word.Length - 1; index++)
            {
                _bytes[_count++] = (byte)word[index];
            }
        }

        private void PutHex(char[] word)
        {
            if (word.Length > 3 && word[2] == '*')
            {
                byte value = (byte)((HexDigit(word[0]) << 4) | HexDigit(word[1]));
                for (long left = Number(word, 3); left > 0; left--)
                {
                    _bytes[_count++] = value;
                }

                return;
            }

            for (int index = 0; index < word.Length; index += 2)
            {
                _bytes[_count++] = (byte)((HexDigit(word[index]) << 4) | HexDigit(word[index + 1]));
            }
        }

        private void PutNumber(long value, int size)
        {
            for (int shift = (size - 1) * 8; shift >= 0; shift -= 8)
            {
                _bytes[_count++] = (byte)(value >> shift);
            }
        }

        private void CloseGroup()
        {
            int start = _groups[--_depth];
            int length = _count - start;
            int size = 1;
            for (int rest = length >> 7; rest > 0; rest >>= 7)
            {
                size++;
            }

            for (int index = _count - 1; index >= start; index--)
            {
                _bytes[index + size] = _bytes[index];
            }

            for (int index = 0; index < size; index++)
            {
                _bytes[start + index] = (byte)(((length >> (7 * index)) & 0x7F) | (index < size - 1 ? 0x80 : 0));
            }

            _count += size;
            for (int mark = _endsBefore[_depth]; mark < _endCount; mark++)
            {
                _ends[mark] += size;
            }

            _anyEndFrom += _anyEndFrom >= start && _anyEndFrom != int.MaxValue ? size : 0;
        }
    }
}
