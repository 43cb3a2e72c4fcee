using EdgeBroker.Ports;
using EdgeBroker.Simulation;

namespace EdgeBroker.DesktopProgram.Simulate.Running
{
    /// <summary>The clock of the gateway: it begins at 0 when the power comes, as on a device.</summary>
    internal sealed class GatewayClock : IClock
    {
        private readonly VirtualClock _world;
        private readonly long _startMs;
        private long _jumpedMs;

        /// <summary>Starts it.</summary>
        internal GatewayClock(VirtualClock world)
        {
            _world = world;
            _startMs = world.NowMs;
        }

        /// <inheritdoc/>
        public long NowMs => _world.NowMs - _startMs + _jumpedMs;

        /// <summary>Lets time pass for the gateway only, as if it had stood still.</summary>
        internal void Jump(long milliseconds)
        {
            _jumpedMs += milliseconds;
        }
    }
}
