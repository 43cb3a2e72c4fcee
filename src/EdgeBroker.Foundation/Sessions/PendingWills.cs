namespace EdgeBroker.Sessions
{
    /// <summary>
    /// Will Messages that are due. They are published after the packet or timer that made them due, never in the middle of
    /// routing another message.
    /// </summary>
    internal sealed class PendingWills
    {
        private SessionWill _first;
        private SessionWill _last;

        /// <summary>How many are due.</summary>
        public int Count;

        /// <summary>Adds the Will of a Session, with the reference to its message.</summary>
        public void Add(Session session)
        {
            SessionWill will = session.Will;
            will.IsDue = true;
            will.Session = session;
            if (Count == 0)
            {
                _first = will;
            }
            else
            {
                _last.Next = will;
            }

            _last = will;
            Count++;
        }

        /// <summary>Takes the one that has been due longest.</summary>
        /// <param name="stored">The Session whose item in the store has to go with it; null if there is none any more.</param>
        /// <returns>The Will; the caller has the reference to its message.</returns>
        public SessionWill Take(out Session stored)
        {
            SessionWill will = _first;
            _first = will.Next;
            _last = _first == null ? null : _last;
            Count--;

            // Or the Session has ended, or has another Will by now.
            stored = will.Session.StoreNumber != 0 && will.Session.Will == will ? will.Session : null;
            will.Next = null;
            will.Session = null;
            return will;
        }
    }
}
