using EdgeBroker.Ports;

namespace EdgeBroker.Simulation
{
    /// <summary>A clock that moves only when it is told to.</summary>
    public sealed class VirtualClock : IClock
    {
        private long _nowMs;

        /// <inheritdoc/>
        public long NowMs
        {
            get { return _nowMs; }
        }

        /// <summary>Moves the time forward.</summary>
        /// <param name="milliseconds">How far: 0 or more.</param>
        public void Advance(long milliseconds)
        {
            _nowMs += milliseconds;
        }
    }
}
