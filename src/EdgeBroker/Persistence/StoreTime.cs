namespace EdgeBroker.Persistence
{
    /// <summary>
    /// The store's time: whole seconds that go on after a restart where the last commit left off, since a device has no clock
    /// that runs through a power cut. 0 stands for no time at all.
    /// </summary>
    internal sealed class StoreTime
    {
        private readonly Context _context;
        private long _startMs;
        private int _start = 1;

        /// <summary>Makes a time that begins now.</summary>
        public StoreTime(Context context)
        {
            _context = context;
            _startMs = context.NowMs;
        }

        /// <summary>The time of now, in seconds.</summary>
        public int Now
        {
            get { return _start + (int)((_context.NowMs - _startMs) / 1000); }
        }

        /// <summary>Goes on where the last commit left off.</summary>
        public void Begin(int stamp)
        {
            _start = stamp < 1 ? 1 : stamp;
            _startMs = _context.NowMs;
        }

        /// <summary>The time of a moment of the clock, in seconds, rounded up; 0 for never.</summary>
        public int FromMs(long ms)
        {
            if (ms == 0)
            {
                return 0;
            }

            long seconds = _start + (ms - _startMs + 999) / 1000;
            return seconds > int.MaxValue ? int.MaxValue : seconds < 1 ? 1 : (int)seconds;
        }

        /// <summary>The moment of the clock, in milliseconds, of a time; what has passed is in the past, 0 is never.</summary>
        public long ToMs(int seconds)
        {
            if (seconds == 0)
            {
                return 0;
            }

            long ms = _startMs + (seconds - _start) * 1000L;
            return ms < 1 ? 1 : ms;
        }
    }
}
