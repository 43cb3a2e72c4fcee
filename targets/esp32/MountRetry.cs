namespace EdgeBroker.Esp32
{
    /// <summary>
    /// When to try a flash again that could not be read at the start: after a minute, and each time after twice as long, up to an hour.
    /// For that the broker is made anew, which closes all connections.
    /// </summary>
    internal sealed class MountRetry
    {
        private const int FirstMs = 60000;
        private const int MostMs = 3600000;

        private int _waitMs = FirstMs;
        private long _dueMs = long.MaxValue;

        /// <summary>Notes how a start went.</summary>
        /// <param name="hasFailed">Whether the flash could not be read.</param>
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
