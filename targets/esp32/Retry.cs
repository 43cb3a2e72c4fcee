namespace EdgeBroker.Esp32
{
    /// <summary>
    /// When to try again what has failed and costs something to try: after a minute, and each time after twice as long, up to an hour.
    /// </summary>
    internal sealed class Retry
    {
        private const int FirstMs = 60000;
        private const int MostMs = 3600000;

        private int _waitMs = FirstMs;
        private long _dueMs = long.MaxValue;

        /// <summary>Notes how it went.</summary>
        /// <param name="hasFailed">Whether it failed.</param>
        /// <param name="nowMs">The time, in milliseconds.</param>
        public void Note(bool hasFailed, long nowMs)
        {
            if (!hasFailed)
            {
                _dueMs = long.MaxValue;
                _waitMs = FirstMs;
                return;
            }

            _dueMs = nowMs + _waitMs;
            _waitMs = _waitMs > MostMs / 2 ? MostMs : _waitMs * 2;
        }

        /// <summary>Whether it is time.</summary>
        public bool IsDue(long nowMs)
        {
            return nowMs >= _dueMs;
        }
    }
}
