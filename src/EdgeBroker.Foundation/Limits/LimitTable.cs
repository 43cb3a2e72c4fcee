namespace EdgeBroker.Limits
{
    /// <summary>
    /// The table of settings: one line per setting, and the only place that knows its name, unit, range, defaults and meaning.
    /// A line is text that is taken apart when asked for, since the device is asked at start only and keeps nothing of it.
    /// </summary>
    public static class LimitTable
    {
        /// <summary>The number of settings.</summary>
        public const int Count = Setting.Count;

        private const int NameColumn = 0;
        private const int UnitColumn = 1;
        private const int MinimumColumn = 2;
        private const int MaximumColumn = 3;
        private const int FirstProfileColumn = 4;
        private const int MeaningColumn = FirstProfileColumn + Profile.Count;

        /// <summary>The name of a setting as users write it.</summary>
        /// <param name="index">From 0 to <see cref="Count"/> - 1, as everywhere in this class.</param>
        public static string Name(int index)
        {
            return Cell(index, NameColumn);
        }

        /// <summary>
        /// The unit of a setting: count, bytes, ms, s, years, level or text; or, for a choice, its words separated by '/', the
        /// value being the place of the word.
        /// </summary>
        public static string Unit(int index)
        {
            return Cell(index, UnitColumn);
        }

        /// <summary>The smallest value, in the unit; of a text the smallest length.</summary>
        public static int Minimum(int index)
        {
            return Number(Cell(index, MinimumColumn));
        }

        /// <summary>The largest value, in the unit; of a text the largest length in characters.</summary>
        public static int Maximum(int index)
        {
            return Number(Cell(index, MaximumColumn));
        }

        /// <summary>The value of a setting in a profile, as users write it.</summary>
        /// <param name="index">The setting.</param>
        /// <param name="profile">A <see cref="Profile"/>.</param>
        public static string Default(int index, int profile)
        {
            return Cell(index, FirstProfileColumn + profile);
        }

        /// <summary>What a setting means, in one line.</summary>
        public static string Meaning(int index)
        {
            return Cell(index, MeaningColumn);
        }

        /// <summary>Whether the value of a setting is text.</summary>
        public static bool IsText(int index)
        {
            return index == Setting.ServerReference;
        }

        /// <summary>Whether the value of a setting is one of a few words, which <see cref="Unit"/> lists.</summary>
        public static bool IsChoice(int index)
        {
            return Unit(index).IndexOf('/') >= 0;
        }

        /// <summary>Finds a setting by its name.</summary>
        /// <returns>Its index, or -1 where there is none of that name.</returns>
        public static int IndexOf(string name)
        {
            for (int index = 0; index < Count; index++)
            {
                if (Name(index) == name)
                {
                    return index;
                }
            }

            return -1;
        }

        /// <summary>The allowed values in words: "1 to 65535 count", or the words of a choice.</summary>
        public static string Range(int index)
        {
            string unit = Unit(index);
            if (IsChoice(index))
            {
                return "one of " + unit;
            }

            string range = Cell(index, MinimumColumn) + " to " + Cell(index, MaximumColumn);
            return IsText(index) ? range + " printable ASCII characters" : range + " " + unit;
        }

        /// <summary>Reads a value that is no text. A Boolean is also accepted as 0 or 1.</summary>
        /// <returns>The value, or -1 where it is none that the setting can have.</returns>
        internal static int Parse(int index, string text)
        {
            string unit = Unit(index);
            if (unit.IndexOf('/') >= 0)
            {
                string[] words = unit.Split(new char[] { '/' });
                for (int value = 0; value < words.Length; value++)
                {
                    if (words[value] == text)
                    {
                        return value;
                    }
                }

                return words.Length == 2 && text.Length == 1 ? InRange(index, Number(text)) : -1;
            }

            return InRange(index, Number(text));
        }

        /// <summary>Writes a value that is no text as users write it.</summary>
        internal static string Format(int index, int value)
        {
            string unit = Unit(index);
            return unit.IndexOf('/') >= 0 ? unit.Split(new char[] { '/' })[value] : value.ToString();
        }

        /// <summary>A value if the setting can have it, else -1.</summary>
        internal static int InRange(int index, int value)
        {
            return value >= Minimum(index) && value <= Maximum(index) ? value : -1;
        }

        // Decimal digits and nothing else, since what the platforms' own parsers let pass differs. -1 for anything else.
        private static int Number(string text)
        {
            long number = 0;
            for (int i = 0; i < text.Length; i++)
            {
                char c = text[i];
                if (c < '0' || c > '9')
                {
                    return -1;
                }

                number = number * 10 + (c - '0');
                if (number > int.MaxValue)
                {
                    return -1;
                }
            }

            return text.Length == 0 ? -1 : (int)number;
        }

        private static string Cell(int index, int column)
        {
            return LimitRows.Row(index).Split(new char[] { '|' })[column];
        }
    }
}
