using EdgeBroker.Memory;

namespace EdgeBroker.Sessions
{
    /// <summary>
    /// Will Messages that are due. They are published after the packet or timer that made them due, never in the middle of
    /// routing another message.
    /// </summary>
    internal sealed class PendingWills
    {
        private const int FieldCount = 4;

        private int[] _fields = new int[4 * FieldCount];
        private long[] _expiryS = new long[4];
        private Session[] _session = new Session[4];

        /// <summary>How many are due.</summary>
        public int Count;

        /// <summary>Adds the Will Message of a Session, taking over the reference to it.</summary>
        public void Add(Session session)
        {
            if (Count == _expiryS.Length)
            {
                _fields = Growth.Resize(_fields, Count * 2 * FieldCount);
                _expiryS = Growth.Resize(_expiryS, Count * 2);
                _session = Lists.Resize(_session, Count * 2);
            }

            int at = Count * FieldCount;
            _fields[at] = session.WillMessage;
            _fields[at + 1] = session.WillRetain ? 1 : 0;
            _fields[at + 2] = session.StoreNumber;
            _fields[at + 3] = session.WillNumber;
            _expiryS[Count] = session.WillExpiryS;
            _session[Count] = session;
            Count++;
        }

        /// <summary>Takes the one that has been due longest.</summary>
        /// <param name="retain">Will Retain.</param>
        /// <param name="expiryS">Its expiry in seconds from its publication; -1 for none.</param>
        /// <param name="stored">The Session whose item in the store has to go with it; null if there is none any more.</param>
        /// <returns>The message; the caller has its reference.</returns>
        public int Take(out bool retain, out long expiryS, out Session stored)
        {
            int message = _fields[0];
            retain = _fields[1] != 0;
            expiryS = _expiryS[0];
            stored = _session[0];
            if (_fields[2] == 0 || stored.StoreNumber != _fields[2] || stored.WillNumber != _fields[3])
            {
                // The Session has ended, or has another Will by now.
                stored = null;
            }

            Count--;
            System.Array.Copy(_fields, FieldCount, _fields, 0, Count * FieldCount);
            System.Array.Copy(_expiryS, 1, _expiryS, 0, Count);
            System.Array.Copy(_session, 1, _session, 0, Count);
            _session[Count] = null;
            return message;
        }
    }
}
