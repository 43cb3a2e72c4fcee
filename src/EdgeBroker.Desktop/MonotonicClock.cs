using System.Diagnostics;
using EdgeBroker.Ports;

namespace EdgeBroker.Desktop
{
    /// <summary>
    /// The time since some start, by the operating system's monotonic counter: true to the millisecond, where
    /// <c>Environment.TickCount64</c> moves in steps of 4 ms (Linux) or 16 ms (Windows), which would make a wait for a
    /// timer end too early and turn.
    /// </summary>
    public sealed class MonotonicClock : IClock
    {
        private static readonly long s_ticksPerMs = Stopwatch.Frequency / 1000;

        /// <inheritdoc/>
        public long NowMs => Stopwatch.GetTimestamp() / s_ticksPerMs;
    }
}
