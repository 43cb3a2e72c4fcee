namespace EdgeBroker.Esp32.Settings
{
    /// <summary>What a file of settings holds: names and values as text, in the order of the file.</summary>
    internal sealed class ConfigEntries
    {
        /// <summary>The most settings a file can have.</summary>
        public const int CountMax = 48;

        private readonly string[] _names = new string[CountMax];
        private readonly string[] _values = new string[CountMax];
        private readonly int[] _lines = new int[CountMax];

        /// <summary>The number of settings.</summary>
        public int Count { get; private set; }

        /// <summary>The name of a setting.</summary>
        public string Name(int index)
        {
            return _names[index];
        }

        /// <summary>The value of a setting: a number, true or false as it was written, or the text of a string.</summary>
        public string Value(int index)
        {
            return _values[index];
        }

        /// <summary>The line of the file that a setting stands in, from 1.</summary>
        public int Line(int index)
        {
            return _lines[index];
        }

        /// <summary>Finds a setting by name.</summary>
        /// <returns>Its index, or -1.</returns>
        public int IndexOf(string name)
        {
            for (int index = 0; index < Count; index++)
            {
                if (_names[index] == name)
                {
                    return index;
                }
            }

            return -1;
        }

        /// <summary>Adds a setting.</summary>
        /// <returns>Whether there was room.</returns>
        public bool Add(string name, string value, int line)
        {
            if (Count == CountMax)
            {
                return false;
            }

            _names[Count] = name;
            _values[Count] = value;
            _lines[Count] = line;
            Count++;
            return true;
        }
    }
}
