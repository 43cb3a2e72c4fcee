using System;

namespace EdgeBroker.Simulator.Tests
{
    /// <summary>Time that passes when it is told to.</summary>
    internal sealed class ManualTime : TimeProvider
    {
        private long _seconds = 1;

        /// <inheritdoc/>
        public override long TimestampFrequency => 1;

        /// <inheritdoc/>
        public override long GetTimestamp()
        {
            return _seconds;
        }

        /// <summary>Lets time pass.</summary>
        internal void Advance(long seconds)
        {
            _seconds += seconds;
        }
    }
}
