using EdgeBroker.Store;

namespace EdgeBroker.Store.Tests
{
    /// <summary>
    /// What a journal has to hold, kept apart from it: for each item a number that is in its body, its owner and its handle.
    /// Committed and staged are two states; after a power cut the journal has to show the one or, if the cut came in the
    /// commit, the other.
    /// </summary>
    public sealed class JournalModel : IJournalOwner
    {
        private const int CountMax = 4000;

        private readonly int[] _owner = new int[CountMax];
        private readonly bool[] _staged = new bool[CountMax];
        private readonly bool[] _committed = new bool[CountMax];
        private readonly bool[] _shown = new bool[CountMax];
        private readonly bool[] _lost = new bool[64];
        private int _end = 1;
        private int _lastShown;

        /// <summary>The handle of each number.</summary>
        public readonly int[] Item = new int[CountMax];

        /// <summary>The numbers given so far.</summary>
        public int End
        {
            get { return _end; }
        }

        /// <summary>What was wrong with what the mount showed, or null.</summary>
        public string Fault { get; private set; }

        /// <summary>The body of a number: its bytes tell it, and its size depends on it.</summary>
        public static byte[] Body(int number)
        {
            byte[] body = new byte[4 + number * 7 % 97];
            for (int i = 0; i < body.Length; i++)
            {
                body[i] = (byte)(number >> (i & 3) * 8);
            }

            return body;
        }

        /// <summary>A new number, staged.</summary>
        public int Put(int item, int owner)
        {
            int number = _end++;
            Item[number] = item;
            _owner[number] = owner;
            _staged[number] = true;
            return number;
        }

        /// <summary>Whether a number is live, as staged.</summary>
        public bool IsLive(int number)
        {
            return _staged[number];
        }

        /// <summary>The owner of a number.</summary>
        public int Owner(int number)
        {
            return _owner[number];
        }

        /// <summary>Whether an owner was reported lost by the last mount.</summary>
        public bool IsLost(int owner)
        {
            return _lost[owner];
        }

        /// <summary>A number has ended, staged.</summary>
        public void Delete(int number)
        {
            _staged[number] = false;
        }

        /// <summary>What is staged is committed.</summary>
        public void Commit()
        {
            for (int i = 0; i < _end; i++)
            {
                _committed[i] = _staged[i];
            }
        }

        /// <summary>Gets ready for a mount.</summary>
        public void BeginMount()
        {
            Fault = null;
            _lastShown = 0;
            for (int i = 0; i < CountMax; i++)
            {
                _shown[i] = false;
            }

            for (int i = 0; i < _lost.Length; i++)
            {
                _lost[i] = false;
            }
        }

        /// <inheritdoc/>
        public void OnItem(int item, long id, int type, int owner, byte[] buffer, int offset, int count)
        {
            int number = buffer[offset] | (buffer[offset + 1] << 8) | (buffer[offset + 2] << 16);
            byte[] body = number > 0 && number < _end ? Body(number) : null;
            if (body == null || body.Length != count || _owner[number] != owner || type != RecordType.ItemMin + owner)
            {
                Fault = "an item that nobody put";
                return;
            }

            for (int i = 0; i < count; i++)
            {
                if (body[i] != buffer[offset + i])
                {
                    Fault = "item " + number + " is not as it was put";
                }
            }

            if (number <= _lastShown)
            {
                Fault = "item " + number + " comes out of order";
            }

            _lastShown = number;
            _shown[number] = true;
            Item[number] = item;
        }

        /// <inheritdoc/>
        public void OnOwnerLost(int owner)
        {
            _lost[owner] = true;
        }

        /// <summary>Compares what the mount showed with what was committed, or staged when the power went.</summary>
        /// <returns>Null if it is one of the two, whole; else what is wrong.</returns>
        public string Check(bool mayBeStaged)
        {
            if (Fault != null)
            {
                return Fault;
            }

            string fault = Compare(_committed);
            if (fault != null && mayBeStaged && Compare(_staged) == null)
            {
                fault = null;
            }

            for (int i = 0; i < _end; i++)
            {
                _committed[i] = _shown[i];
                _staged[i] = _shown[i];
            }

            return fault;
        }

        private string Compare(bool[] expected)
        {
            for (int i = 1; i < _end; i++)
            {
                if (expected[i] != _shown[i] && !_lost[_owner[i]])
                {
                    return "item " + i + (expected[i] ? " is gone" : " is back");
                }
            }

            return null;
        }
    }
}
