namespace EdgeBroker.Store
{
    /// <summary>Names for the numbers of files (SPEC.md), for storage that is a folder: "format", "tail-07", "segment-000123".</summary>
    public static class FileNames
    {
        /// <summary>No file of the journal has this name.</summary>
        public const int None = -1;

        private const string Format = "format";
        private const string Tail = "tail-";
        private const string Segment = "segment-";
        private const int TailDigits = 2;
        private const int SegmentDigits = 6;

        // More do not fit a number.
        private const int DigitsMax = 9;

        /// <summary>The name of a file.</summary>
        public static string NameOf(int file)
        {
            if (file == FileNumbers.Format)
            {
                return Format;
            }

            return file <= FileNumbers.LastTail
                ? Tail + Digits(file, TailDigits)
                : Segment + Digits(file - FileNumbers.FirstSegment, SegmentDigits);
        }

        /// <summary>The number of a file.</summary>
        /// <returns>It, or <see cref="None"/>.</returns>
        public static int NumberOf(string name)
        {
            int start = name.IndexOf('-') + 1;
            int number = 0;
            if (name.Length - start > DigitsMax)
            {
                return None;
            }

            for (int i = start; i < name.Length && start > 0; i++)
            {
                int digit = name[i] - '0';
                if (digit < 0 || digit > 9)
                {
                    return None;
                }

                number = (number * 10) + digit;
            }

            int file = start == Segment.Length ? number + FileNumbers.FirstSegment : number;

            // What can be read in two ways, such as tail-7, has one name only.
            return name == NameOf(file) ? file : None;
        }

        private static string Digits(int number, int count)
        {
            string digits = number.ToString();
            while (digits.Length < count)
            {
                digits = "0" + digits;
            }

            return digits;
        }
    }
}
