namespace EdgeBroker.Esp32
{
    /// <summary>Says when so many ticks failed within a short time that only a reboot is left: the third in 10 minutes.</summary>
    internal sealed class FaultCount
    {
        private const int CountMax = 3;
        private const int WithinMs = 600000;

        private readonly long[] _timesMs = new long[CountMax];
        private int _count;

        /// <summary>Notes that a tick failed.</summary>
        /// <param name="nowMs">The time.</param>
        /// <returns>Whether it is time to reboot.</returns>
        public bool Add(long nowMs)
        {
            int index = _count % CountMax;
            _timesMs[index] = nowMs;
            _count++;
            long oldestMs = _timesMs[_count % CountMax];
            return _count >= CountMax && nowMs - oldestMs < WithinMs;
        }
    }
}
