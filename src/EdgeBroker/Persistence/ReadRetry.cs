using EdgeBroker.Store;

namespace EdgeBroker.Persistence
{
    /// <summary>
    /// A storage that fails now and then costs no message: what it can't read is tried again for some seconds. One message at a time
    /// is waited for; the others wait for their turn.
    /// </summary>
    internal sealed class ReadRetry
    {
        // As long as commits are tried again before the storage counts as failed.
        private const int GiveUpMs = 5000;
        private const int AgainMs = 1000;

        private readonly Context _context;
        private readonly Journal _journal;

        // The message that could not be read, when that was for the first time, and the last.
        private int _item = Journal.None;
        private long _sinceMs;
        private long _triedMs;

        /// <summary>Makes the one of the store.</summary>
        public ReadRetry(Context context, Journal journal)
        {
            _context = context;
            _journal = journal;
        }

        /// <summary>A message could not be read.</summary>
        /// <param name="item">Its item.</param>
        /// <returns>Whether to try again in another tick: else it counts as damaged.</returns>
        public bool MayBeReadLater(int item)
        {
            if (!_journal.IsUnreadable)
            {
                return false;
            }

            if (item != _item && _context.NowMs - _triedMs < AgainMs)
            {
                return true;
            }

            if (item != _item)
            {
                _item = item;
                _sinceMs = _context.NowMs;
            }

            _triedMs = _context.NowMs;
            return _context.NowMs - _sinceMs < GiveUpMs;
        }
    }
}
