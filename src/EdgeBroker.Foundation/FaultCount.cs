namespace EdgeBroker
{
    /// <summary>
    /// For the host of a broker whose tick has thrown. It closes all Network Connections and makes another broker on the same
    /// storage; the third time within 10 minutes that does not help, and it gives up: the device is rebooted, the program ends.
    /// </summary>
    public sealed class FaultCount
    {
        private const int CountMax = 3;
        private const int WithinMs = 600000;

        private readonly long[] _timesMs = new long[CountMax];
        private int _count;

        /// <summary>Notes that a tick failed.</summary>
        /// <param name="nowMs">The time, in milliseconds.</param>
        /// <returns>Whether it is time to give up.</returns>
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
