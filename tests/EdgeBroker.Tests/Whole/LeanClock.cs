using EdgeBroker.Ports;

namespace EdgeBroker.Tests.Whole
{
    /// <summary>A clock that stands still between ticks.</summary>
    internal sealed class LeanClock : IClock
    {
        /// <summary>The time, in milliseconds.</summary>
        public long Ms = 1000;

        /// <inheritdoc/>
        public long NowMs
        {
            get { return Ms; }
        }
    }
}
