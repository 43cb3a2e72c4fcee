namespace EdgeBroker.Esp32.Settings
{
    /// <summary>
    /// Reads a file of settings: one JSON object of numbers, Booleans and strings. Comments and a comma after the last member
    /// are let pass, as the desktop's program does. It knows no setting: only the form. Its own, because nanoFramework's
    /// reader of JSON would take 19 KB of the device.
    /// </summary>
    internal sealed class ConfigReader
    {
        private readonly ConfigText _text;
        private string _error;

        /// <summary>Prepares to read.</summary>
        /// <param name="buffer">The bytes of the file, UTF-8.</param>
        /// <param name="count">How many there are.</param>
        public ConfigReader(byte[] buffer, int count)
        {
            _text = new ConfigText(buffer, count);
        }

        /// <summary>What is wrong and in which line, or null.</summary>
        public string Error
        {
            get { return _error; }
        }

        /// <summary>Reads the settings.</summary>
        /// <returns>The settings, or null if the form is not right: then <see cref="Error"/> says why.</returns>
        public ConfigEntries Read()
        {
            ConfigEntries entries = new ConfigEntries();
            if (!_text.TrySkip('{'))
            {
                return Fail("expected a JSON object, such as { \"port\": 1883 }");
            }

            while (!_text.TrySkip('}'))
            {
                if (!ReadMember(entries))
                {
                    return null;
                }

                if (!_text.TrySkip(','))
                {
                    if (!_text.TrySkip('}'))
                    {
                        return Fail("expected ',' or '}'");
                    }

                    break;
                }
            }

            _text.SkipBlank();
            return _text.IsAtEnd ? entries : Fail("nothing may follow the object");
        }

        private bool ReadMember(ConfigEntries entries)
        {
            _text.SkipBlank();
            int line = _text.Line;
            string name = _text.ReadString();
            if (name == null)
            {
                Fail("expected the name of a setting in quotation marks");
                return false;
            }

            int other = entries.IndexOf(name);
            if (other >= 0)
            {
                Fail(name + " stands in line " + entries.Line(other) + " already");
                return false;
            }

            if (!_text.TrySkip(':'))
            {
                Fail("expected ':' after " + name);
                return false;
            }

            _text.SkipBlank();
            string value = _text.IsAtQuote ? _text.ReadString() : _text.ReadWord();
            if (value == null)
            {
                Fail(name + " must be a number, true, false or a string of up to " + ConfigText.StringBytesMax + " bytes");
                return false;
            }

            if (!entries.Add(name, value, line))
            {
                Fail("there are more than " + ConfigEntries.CountMax + " settings");
                return false;
            }

            return true;
        }

        private ConfigEntries Fail(string what)
        {
            _error = "line " + _text.Line + ": " + what;
            return null;
        }
    }
}
