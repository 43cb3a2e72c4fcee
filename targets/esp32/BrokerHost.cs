using System;
using System.Net;
using EdgeBroker.Esp32.Links;
using EdgeBroker.Esp32.Settings;
using EdgeBroker.Limits;
using EdgeBroker.Persistence;
using EdgeBroker.Platform;
using EdgeBroker.Ports;

namespace EdgeBroker.Esp32
{
    /// <summary>
    /// Runs the broker, tick after tick, and starts it anew when a tick fails: for want of memory, or by a fault of its own. All
    /// Network Connections are closed then. Clients connect again, and find the Sessions that are kept on the flash.
    /// </summary>
    internal sealed class BrokerHost
    {
        private const int StateLineMs = 60000;
        private const int WaitMsMax = 1000;
        private const string StoreFolder = "I:\\edgebroker";

        // Of the smallest partition for files, that of a flash of 4 MB; a larger one lasts longer than is said.
        private const int FlashBlocks = 64;

        private readonly DeviceSettings _settings;
        private readonly INetworkLink _link;
        private readonly int _sockets;
        private readonly IClock _clock;
        private readonly Heap _heap;
        private readonly ILog _log;
        private readonly FaultCount _faults = new FaultCount();
        private readonly Retry _mountRetry = new Retry();
        private PollNetwork _network;
        private DeviceStorage _storage;
        private Broker _broker;
        private bool _hasTicked;
        private long _nextPollMs;
        private long _nextLineMs;

        /// <summary>Prepares to run.</summary>
        /// <param name="settings">The port and the bounds.</param>
        /// <param name="link">The network, which is there.</param>
        /// <param name="sockets">The sockets of the chip.</param>
        /// <param name="clock">The time.</param>
        /// <param name="heap">The memory.</param>
        /// <param name="log">Where it says how it goes.</param>
        public BrokerHost(DeviceSettings settings, INetworkLink link, int sockets, IClock clock, Heap heap, ILog log)
        {
            _settings = settings;
            _link = link;
            _sockets = sockets;
            _clock = clock;
            _heap = heap;
            _log = log;
        }

        /// <summary>Runs until the device has to be rebooted.</summary>
        public void Run()
        {
            while (true)
            {
                try
                {
                    Start();
                    while (true)
                    {
                        RunRound();
                    }
                }
                catch (Exception exception)
                {
                    // First of all memory: for want of it this may have happened, and a line takes some.
                    Stop();
                    _log.Line("failed by " + exception.GetType().FullName + ", all connections closed");
                }

                if (_faults.Add(_clock.NowMs))
                {
                    return;
                }

                if (!_hasTicked)
                {
                    _log.Line("it never ran with these bounds: the defaults of esp32 are used");
                    _settings.Limits = BrokerLimits.ForProfile(Profile.Esp32);
                }
            }
        }

        private void Start()
        {
            BrokerLimits limits = _settings.Limits;
            limits.StoreSalt = new Random().Next();
            SocketBudget.Fit(limits, _sockets, _link.Sockets, _log);
            _network = new PollNetwork(IPAddress.Any, _settings.Port, SocketBudget.HandlesMax(limits), _clock);
            _broker = new Broker(limits, _clock, _network, null, null, null, _heap, Storage(limits));
            StoreLines.Mounted(_broker, _log);
            _mountRetry.Note(_broker.StoreState == StoreState.Failed, _clock.NowMs);
            _log.Line("listening on port " + _settings.Port + ", up to " + limits.ConnectionsMax + " clients, heap free "
                + _heap.HeapFreeBytes);
            _nextLineMs = _clock.NowMs + StateLineMs;
        }

        // Opened once: a folder that is listed again takes memory that does not come back.
        private DeviceStorage Storage(BrokerLimits limits)
        {
            if (limits.Mode != StoreMode.Memory && _storage == null)
            {
                _storage = new DeviceStorage(StoreFolder, limits.StoreBytesMax, FlashBlocks);
            }

            return _storage;
        }

        private void Stop()
        {
            if (_network != null)
            {
                _network.Dispose();
            }

            _network = null;
            _broker = null;
            _heap.Compact();
        }

        private void RunRound()
        {
            _broker.Tick(_link.PollMs < WaitMsMax ? _link.PollMs : WaitMsMax);
            _hasTicked = true;
            long nowMs = _clock.NowMs;
            if (nowMs >= _nextPollMs)
            {
                _nextPollMs = nowMs + _link.PollMs;
                if (_link.Poll(nowMs))
                {
                    _network.Relisten();
                }
            }

            if (_mountRetry.IsDue(nowMs))
            {
                _log.Line("all connections are closed, to try the flash again");
                Stop();
                Start();
            }

            if (nowMs >= _nextLineMs)
            {
                _nextLineMs = nowMs + StateLineMs;
                WriteStateLine();
            }
        }

        private void WriteStateLine()
        {
            Counters counters = _broker.Counters;
            _log.Line("clients " + _broker.ConnectedCount + ", sessions " + _broker.SessionCount + ", heap free "
                + _heap.HeapFreeBytes + ", flash used " + _broker.StoreBytes + ", messages in " + counters.PublishReceived
                + " out " + counters.PublishSent);
        }
    }
}
