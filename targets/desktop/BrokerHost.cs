using System;
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

        private readonly BrokerLimits _limits;
        private readonly IClock _clock;
        private readonly DesktopNetwork _network;
        private readonly IStorage? _storage;
        private readonly IObserver _observer;
        private readonly EventLog _events;
        private readonly Log _log;
        private readonly RunPage? _page;
        private Broker _broker;

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
            _limits = limits;
            _clock = clock;
            _network = network;
            _storage = storage;
            _log = log;
            _page = page;
            _events = new EventLog(log, clock, network.RemoteEndpoint);
            _observer = page == null ? _events : new ObserverList([_events, .. page.Observers]);
            limits.StoreSalt = RandomNumberGenerator.GetInt32(int.MaxValue);
            _broker = Start();
        }

        /// <summary>Serves Clients until a stop is requested.</summary>
        /// <returns>Whether the broker came to its end by itself: otherwise what was left was cut off.</returns>
        internal bool Run(StopSignals signals)
        {
            while (!signals.IsRequested)
            {
                try
                {
                    _broker.Tick(_page != null && _page.IsOpen ? RunPage.WaitMs : WaitMsMax);
                }
                catch (OutOfMemoryException)
                {
                    Restart();
                }

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

        private Broker Start()
        {
            long startMs = _clock.NowMs;
            Broker broker = new(_limits, _clock, _network, _observer, null, null, new MachineStatus(), _storage);
            _events.Attach(broker);
            if (broker.Mounted is { } report)
            {
                if (broker.StoreState == StoreState.Failed)
                {
                    // To serve without what is there would tell its Clients that it is gone.
                    throw new StartException("--data: what is there can't be read: check the file system, or use another folder");
                }

                StoreLog.Write(_log, report, _clock.NowMs - startMs);
            }

            _page?.Attach(broker);
            return broker;
        }

        // Clients come back, and find the Sessions that are kept on the storage.
        private void Restart()
        {
            _network.CloseAll();
            _log.Write(LogLevel.Error, "memory ran out: all connections closed, the broker starts anew");
            _events.Attach(null);
            _broker = null!;
            _broker = Start();
        }
    }
}
