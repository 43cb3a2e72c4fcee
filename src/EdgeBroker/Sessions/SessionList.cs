using System;

namespace EdgeBroker.Sessions
{
    /// <summary>Sessions in the order in which they were added.</summary>
    internal sealed class SessionList
    {
        private Session[] _sessions = new Session[8];
        private int _count;

        /// <summary>How many.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>Adds one at the end.</summary>
        public void Add(Session session)
        {
            if (_count == _sessions.Length)
            {
                Session[] larger = new Session[_count * 2];
                Array.Copy(_sessions, 0, larger, 0, _count);
                _sessions = larger;
            }

            _sessions[_count++] = session;
        }

        /// <summary>One of them.</summary>
        public Session Get(int index)
        {
            return _sessions[index];
        }

        /// <summary>Removes the first ones.</summary>
        public void RemoveFirst(int count)
        {
            _count -= count;
            Array.Copy(_sessions, count, _sessions, 0, _count);
            Array.Clear(_sessions, _count, count);
        }
    }
}
