using System.Security.Cryptography;
using EdgeBroker.Desktop;
using EdgeBroker.DesktopProgram.Page;
using EdgeBroker.Limits;
using EdgeBroker.Persistence;
using EdgeBroker.Ports;
using EdgeBroker.Store;

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

        private readonly IClock _clock;
        private readonly Broker _broker;
        private readonly EventLog _events;
        private readonly Log _log;
        private readonly RunPage? _page;

        /// <summary>Makes the broker.</summary>
        /// <param name="limits">The bounds.</param>
        /// <param name="clock">The time.</param>
        /// <param name="network">Where Clients come from.</param>
        /// <param name="log">Takes what happens.</param>
        /// <param name="page">Shows what happens, or null.</param>
        /// <param name="storage">Where what has to survive a restart is, or null.</param>
        /// <exception cref="StartException">The storage can't be read.</exception>
        internal BrokerHost(BrokerLimits limits, IClock clock, DesktopNetwork network, Log log, RunPage? page, IStorage? storage)
        {
            _clock = clock;
            _log = log;
            _page = page;
            _events = new EventLog(log, clock, network.RemoteEndpoint);
            IObserver observer = page == null ? _events : new ObserverList([_events, .. page.Observers]);
            long startMs = clock.NowMs;
            limits.StoreSalt = RandomNumberGenerator.GetInt32(int.MaxValue);
            _broker = new Broker(limits, clock, network, observer, null, null, new MachineStatus(), storage);
            _events.Attach(_broker);
            if (_broker.Mounted is { } report)
            {
                if (_broker.StoreState == StoreState.Failed)
                {
                    // To serve without what is there would tell its Clients that it is gone.
                    throw new StartException("--data: what is there can't be read: check the file system, or use another folder");
                }

                StoreLog.Write(log, report, clock.NowMs - startMs);
            }

            page?.Attach(_broker);
        }

        /// <summary>Serves Clients until a stop is requested.</summary>
        /// <returns>Whether the broker came to its end by itself: otherwise what was left was cut off.</returns>
        internal bool Run(StopSignals signals)
        {
            while (!signals.IsRequested)
            {
                _broker.Tick(_page != null && _page.IsOpen ? RunPage.WaitMs : WaitMsMax);
                _events.WriteRepeats();
                _page?.Update();
            }

            _log.Write(LogLevel.Info, "stopping");
            _broker.BeginShutdown(ServerShuttingDown);
            long deadlineMs = _clock.NowMs + ShutdownMsMax;
            while (!_broker.IsStopped && _clock.NowMs < deadlineMs)
            {
                _broker.Tick(WaitMsMax / 10);
            }

            _events.Flush();
            if (_broker.StoreState != StoreState.Good)
            {
                _log.Write(LogLevel.Error, "the storage did not work at the end: what was acknowledged is in it, nothing else");
            }

            _log.Write(_broker.IsStopped ? LogLevel.Info : LogLevel.Error, _broker.IsStopped ? "stopped" : "stopped late: cut off");
            return _broker.IsStopped;
        }
    }
}
