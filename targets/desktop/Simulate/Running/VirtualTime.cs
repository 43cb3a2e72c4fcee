using System;
using EdgeBroker.Simulation;

namespace EdgeBroker.DesktopProgram.Simulate.Running
{
    /// <summary>Virtual time for a log, as if the simulation had begun with 1970.</summary>
    internal sealed class VirtualTime : TimeProvider
    {
        private readonly VirtualClock _clock;

        /// <summary>Makes it.</summary>
        internal VirtualTime(VirtualClock clock)
        {
            _clock = clock;
        }

        /// <inheritdoc/>
        public override DateTimeOffset GetUtcNow()
        {
            return DateTimeOffset.FromUnixTimeMilliseconds(_clock.NowMs);
        }
    }
}
