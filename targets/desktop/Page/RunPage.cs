using System;
using System.Collections.Generic;
using EdgeBroker.Desktop;
using EdgeBroker.Limits;
using EdgeBroker.Ports;

namespace EdgeBroker.DesktopProgram.Page
{
    /// <summary>
    /// The page of a broker that serves for real: it only shows. The broker's thread calls <see cref="Update"/> after each tick;
    /// while no page is open that costs a point of the charts a second.
    /// </summary>
    internal sealed class RunPage : IDisposable
    {
        /// <summary>How long a tick may wait while a page is open, in milliseconds.</summary>
        internal const int WaitMs = 250;

        private const int SampleMs = 1000;

        private readonly IClock _clock;
        private readonly PageFeed _feed = new(TimeProvider.System);
        private readonly ClientBook _book;
        private readonly BrokerMonitor _monitor;
        private readonly PageServer _server;
        private readonly string _listening;
        private readonly long _startMs;
        private long _sampleDueMs;
        private long _stateDueMs;

        /// <summary>Starts to serve the page.</summary>
        internal RunPage(int port, BrokerLimits limits, string profile, IClock clock, DesktopNetwork network, Log log)
        {
            _clock = clock;
            _book = new ClientBook(clock, network.RemoteEndpoint);
            _monitor = new BrokerMonitor(limits, profile, _book, _ => "");
            _listening = network.LocalEndpoint.ToString();
            _startMs = clock.NowMs;
            _feed.Opened = network.Wake;
            log.Listener = (level, text) => _feed.Log((clock.NowMs - _startMs) / 1000.0, level, text);
            _server = PageServer.Start(port, _feed, null);
        }

        /// <summary>Hear the broker's events.</summary>
        internal IReadOnlyList<IObserver> Observers => _monitor.Observers;

        /// <summary>Where the page is.</summary>
        internal string Address => _server.Address;

        /// <summary>Whether somebody looks at it.</summary>
        internal bool IsOpen => _feed.IsOpen;

        /// <summary>Says which broker to show.</summary>
        internal void Attach(Broker broker)
        {
            _monitor.Attach(broker, "");
        }

        /// <summary>Shows how things are, as often as it is worth it.</summary>
        internal void Update()
        {
            long nowMs = _clock.NowMs;
            double timeS = (nowMs - _startMs) / 1000.0;
            if (nowMs >= _sampleDueMs)
            {
                _sampleDueMs = nowMs + SampleMs;
                _feed.Add(_monitor.MakeSample(timeS, GC.GetTotalMemory(false), null));
            }

            if (nowMs >= _stateDueMs && _feed.IsOpen)
            {
                _stateDueMs = nowMs + WaitMs;
                double available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
                _feed.Show(_monitor.MakeState("run", _listening, timeS, nowMs, new Meter(GC.GetTotalMemory(false), available)));
            }
        }

        /// <summary>Stops to serve the page.</summary>
        public void Dispose()
        {
            _server.Dispose();
        }
    }
}
