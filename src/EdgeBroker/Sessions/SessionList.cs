using System;
using EdgeBroker.Memory;

namespace EdgeBroker.Sessions
{
    /// <summary>Sessions in the order in which they were added.</summary>
    internal sealed class SessionList
    {
        private Session[] _sessions = new Session[4];

        /// <summary>How many. Set by the list alone.</summary>
        public int Count;

        /// <summary>Adds one at the end.</summary>
        public void Add(Session session)
        {
            if (Count == _sessions.Length)
            {
                _sessions = Lists.Resize(_sessions, Count * 2);
            }

            _sessions[Count++] = session;
        }

        /// <summary>One of them.</summary>
        public Session Get(int index)
        {
            return _sessions[index];
        }

        /// <summary>Removes the first ones.</summary>
        public void RemoveFirst(int count)
        {
            Count -= count;
            Array.Copy(_sessions, count, _sessions, 0, Count);
            Array.Clear(_sessions, Count, count);
        }
    }
}
