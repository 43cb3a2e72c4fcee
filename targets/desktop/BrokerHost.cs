using EdgeBroker.Desktop;
using EdgeBroker.Limits;

namespace EdgeBroker.DesktopProgram
{
    /// <summary>Gives the broker its thread: ticks until a signal, then an orderly end.</summary>
    internal sealed class BrokerHost
    {
        private const int ServerShuttingDown = 0x8B;

        // The broker's own times for the end (at most 5 s for a half-sent packet) and as much again.
        private const int ShutdownMsMax = 10_000;

        // Only bounds how late held-back lines of the log appear; a signal wakes the wait.
        private const int WaitMsMax = 1000;

        private readonly MonotonicClock _clock = new();
        private readonly Broker _broker;
        private readonly EventLog _events;
        private readonly Log _log;

        internal BrokerHost(BrokerLimits limits, DesktopNetwork network, Log log)
        {
            _log = log;
            _events = new EventLog(log, _clock, network);
            _broker = new Broker(limits, _clock, network, _events, null, null, new MachineStatus());
            _events.Attach(_broker);
        }

        /// <summary>Serves Clients until a stop is requested.</summary>
        /// <returns>Whether the broker came to its end by itself: otherwise what was left was cut off.</returns>
        internal bool Run(StopSignals signals)
        {
            while (!signals.IsRequested)
            {
                _broker.Tick(WaitMsMax);
                _events.WriteRepeats();
            }

            _log.Write(LogLevel.Info, "stopping");
            _broker.BeginShutdown(ServerShuttingDown);
            long deadlineMs = _clock.NowMs + ShutdownMsMax;
            while (!_broker.IsStopped && _clock.NowMs < deadlineMs)
            {
                _broker.Tick(WaitMsMax / 10);
            }

            _events.Flush();
            _log.Write(_broker.IsStopped ? LogLevel.Info : LogLevel.Error, _broker.IsStopped ? "stopped" : "stopped late: cut off");
            return _broker.IsStopped;
        }
    }
}
