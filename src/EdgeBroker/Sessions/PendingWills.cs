using EdgeBroker.Memory;

namespace EdgeBroker.Sessions
{
    /// <summary>
    /// Will Messages that are due. They are published after the packet or timer that made them due, never in the middle of
    /// routing another message.
    /// </summary>
    internal sealed class PendingWills
    {
        private const int FieldCount = 2;

        private int[] _fields = new int[8];
        private long[] _expiryS = new long[4];

        /// <summary>How many are due.</summary>
        public int Count;

        /// <summary>Adds a Will Message, taking over the reference to it.</summary>
        /// <param name="message">The message.</param>
        /// <param name="retain">Will Retain.</param>
        /// <param name="expiryS">Its expiry in seconds from its publication; -1 for none.</param>
        public void Add(int message, bool retain, long expiryS)
        {
            if (Count == _expiryS.Length)
            {
                _fields = Growth.Resize(_fields, Count * 2 * FieldCount);
                _expiryS = Growth.Resize(_expiryS, Count * 2);
            }

            _fields[Count * FieldCount] = message;
            _fields[Count * FieldCount + 1] = retain ? 1 : 0;
            _expiryS[Count] = expiryS;
            Count++;
        }

        /// <summary>Takes the one that has been due longest.</summary>
        /// <returns>The message; the caller has its reference.</returns>
        public int Take(out bool retain, out long expiryS)
        {
            int message = _fields[0];
            retain = _fields[1] != 0;
            expiryS = _expiryS[0];
            Count--;
            System.Array.Copy(_fields, FieldCount, _fields, 0, Count * FieldCount);
            System.Array.Copy(_expiryS, 1, _expiryS, 0, Count);
            return message;
        }
    }
}
