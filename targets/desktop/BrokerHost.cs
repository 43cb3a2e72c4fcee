using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Threading;
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

        // A tick that takes longer than that hangs.
        private const int HungMs = 2000;

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
        private readonly FaultCount _faults = new();
        private Broker? _broker;

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
            _events = new EventLog(log, clock, network.RemoteEndpoint) { StoreError = () => (storage as FileStorage)?.LastError };
            _observer = page == null ? _events : new ObserverList([_events, .. page.Observers]);
            limits.StoreSalt = RandomNumberGenerator.GetInt32(int.MaxValue);
            _broker = Start();
        }

        /// <summary>How long the end may take, in milliseconds: what the broker says, and some for a slow disk.</summary>
        internal int StopMsMax { get; init; } = 10_000;

        /// <summary>Ends the program though its thread hangs, as with a storage that does not answer.</summary>
        internal required Action CutOff { get; init; }

        /// <summary>Serves Clients until a stop is requested.</summary>
        /// <returns>Whether the broker came to its end in order: otherwise what was left was cut off.</returns>
        internal bool Run(StopSignals signals)
        {
            while (!signals.IsRequested)
            {
                try
                {
                    _broker ??= Start();
                    _broker.Tick(_page != null && _page.IsOpen ? RunPage.WaitMs : WaitMsMax);
                    _events.WriteRepeats();
                    _page?.Update();
                }
                catch (Exception exception)
                {
                    Forget(exception);
                    if (_faults.Add(_clock.NowMs))
                    {
                        _log.Write(LogLevel.Error, "the third time within 10 minutes: the program ends");
                        return false;
                    }
                }
            }

            return _broker == null || Stop(_broker);
        }

        private bool Stop(Broker broker)
        {
            using Timer hung = new(_ => CutOff(), null, StopMsMax + HungMs, Timeout.Infinite);
            _log.Write(LogLevel.Info, $"stopping: {Number(broker.ConnectedCount)} clients connected, {Number(StopMsMax)} ms at the most");
            bool isStopped = false;
            try
            {
                broker.BeginShutdown(ServerShuttingDown);
                long deadlineMs = _clock.NowMs + StopMsMax;
                while (!(isStopped = broker.IsStopped) && _clock.NowMs < deadlineMs)
                {
                    broker.Tick(WaitMsMax / 10);
                }
            }
            catch (Exception exception)
            {
                _log.Write(LogLevel.Error, "internal error: " + OneLine(exception));
            }

            _events.Flush();
            bool isStored = broker.StoreState == StoreState.Good;
            if (!isStored)
            {
                _log.Write(LogLevel.Error, "the storage did not work at the end: what was acknowledged is in it, nothing else");
            }

            _log.Write(isStopped ? LogLevel.Info : LogLevel.Error, isStopped ? "stopped" : "stopped late: cut off");
            return isStopped && isStored;
        }

        private Broker Start()
        {
            long startMs = _clock.NowMs;
            Broker broker = new(_limits, _clock, _network, _observer, null, null, new MachineStatus(_limits.HeapFreeMinBytes), _storage);
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

        // First of all memory: for want of it this may have happened. Clients come back, and find what is kept on the storage.
        private void Forget(Exception exception)
        {
            _network.CloseAll();
            _events.Attach(null);
            _broker = null;
            string what = exception is OutOfMemoryException ? "memory ran out" : "internal error: " + OneLine(exception);
            _log.Write(LogLevel.Error, what + ": all connections are closed, the broker starts anew");
            if (_storage == null)
            {
                _log.Write(LogLevel.Error, "mode memory: all Sessions, queued and retained messages are lost");
            }
        }

        private static string OneLine(Exception exception)
        {
            return exception.ToString().ReplaceLineEndings(" ");
        }

        private static string Number(int number)
        {
            return number.ToString(CultureInfo.InvariantCulture);
        }
    }
}
