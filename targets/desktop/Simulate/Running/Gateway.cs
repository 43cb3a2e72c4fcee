using System;
using EdgeBroker.Desktop;
using EdgeBroker.DesktopProgram.Page;
using EdgeBroker.Limits;
using EdgeBroker.Simulation;

namespace EdgeBroker.DesktopProgram.Simulate.Running
{
    /// <summary>
    /// The gateway: the broker with its network, clock, heap and flash. The power comes and goes; what the flash holds and the
    /// totals stay. On the thread of the simulation.
    /// </summary>
    internal sealed class Gateway : IDisposable
    {
        // One to answer a Client for which there is no room, the others for connections that are on their way out.
        private const int SpareHandles = 4;

        private readonly GatewayPlan _plan;
        private readonly VirtualClock _clock;
        private readonly VirtualNetwork _devices;
        private readonly Pacing? _pacing;
        private readonly Log _log;
        private readonly EventLog _events;
        private readonly ClientBook _book;
        private DesktopNetwork? _real;
        private GatewayNetwork? _network;
        private GatewayClock? _gatewayClock;
        private int? _port;
        private bool _isWifiDown;
        private bool _wasShort;

        /// <summary>Makes a gateway without power.</summary>
        /// <param name="plan">What it is made of.</param>
        /// <param name="clock">Virtual time.</param>
        /// <param name="devices">Where simulated devices are.</param>
        /// <param name="pacing">Real time, or null.</param>
        /// <param name="flash">Its flash.</param>
        /// <param name="log">Takes what happens.</param>
        /// <param name="kindOf">What kind of device a Client is, by its name.</param>
        internal Gateway(
            GatewayPlan plan, VirtualClock clock, VirtualNetwork devices, Pacing? pacing, GatewayFlash flash, Log log,
            Func<string, string> kindOf)
        {
            _plan = plan;
            _clock = clock;
            _devices = devices;
            _pacing = pacing;
            _log = log;
            _port = plan.Port;
            Flash = flash;
            flash.PowerLost = Forget;
            Heap = new GatewayStatus(clock);
            _book = new ClientBook(clock, AddressOf);
            _events = new EventLog(log, clock, AddressOf);
            Monitor = new BrokerMonitor(plan.Limits, plan.Profile, _book, kindOf);
        }

        /// <summary>The broker, or null without power.</summary>
        internal Broker? Broker { get; private set; }

        /// <summary>Whether it has power.</summary>
        internal bool IsPowered => Broker != null;

        /// <summary>How often the power was cut.</summary>
        internal int CutCount { get; private set; }

        /// <summary>How often of these in the middle of a write to the flash.</summary>
        internal int TornCount { get; private set; }

        /// <summary>Reads what a screen or page shows.</summary>
        internal BrokerMonitor Monitor { get; }

        /// <summary>What is known of Clients.</summary>
        internal ClientBook Book => _book;

        /// <summary>Its heap.</summary>
        internal GatewayStatus Heap { get; }

        /// <summary>Its flash.</summary>
        internal GatewayFlash Flash { get; }

        /// <summary>Its bounds.</summary>
        internal BrokerLimits Limits => _plan.Limits;

        /// <summary>What there was when the power came last, in words.</summary>
        internal string Restored { get; private set; } = "";

        /// <summary>Where real Clients connect; empty if they can't.</summary>
        internal string Listening { get; private set; } = "";

        /// <summary>The virtual time until the broker wants its next turn, in milliseconds.</summary>
        internal int WaitMs => _network?.LastTimeoutMs ?? int.MaxValue;

        /// <summary>Whether the Wi-Fi is gone for real Clients.</summary>
        internal bool IsWifiDown
        {
            get => _isWifiDown;
            set
            {
                _isWifiDown = value;
                if (_network != null)
                {
                    _network.IsDown = value;
                }
            }
        }

        /// <summary>The power comes: it starts on what is left.</summary>
        /// <exception cref="StartException">The port can't be used.</exception>
        internal void PowerOn()
        {
            if (_port is { } port)
            {
                _real = Listen(port);
                _port = _real.LocalEndpoint.Port;
                Listening = _real.LocalEndpoint.ToString();
            }

            Flash.SetPower(true);
            _gatewayClock = new GatewayClock(_clock);
            _network = new GatewayNetwork(Limits.ConnectionsMax + SpareHandles, _devices, _real, _pacing, Flash) { IsDown = IsWifiDown };
            PoweredObserver observers = new(Flash, new ObserverList([_events, .. Monitor.Observers]));
            Broker = new Broker(Limits, _gatewayClock, _network, observers, null, null, Heap, _plan.HasStorage ? Flash : null);
            Heap.Attach(Broker);
            _events.Attach(Broker);
            Monitor.Attach(Broker, "");
            Restored = Broker.Mounted is { } found
                ? $"{found.SessionCount} Sessions, {found.MessageCount} queued and {found.RetainedCount} retained messages "
                    + "were on the flash"
                    + (found.LostCount > 0 ? $", {found.LostCount} Sessions are lost by damage" : "")
                : "in mode memory the broker begins with nothing";
        }

        /// <summary>The power goes, in the middle of whatever it was doing.</summary>
        internal void CutPower()
        {
            if (Broker == null)
            {
                return;
            }

            if (Flash.IsPowered)
            {
                Forget();
            }
            else
            {
                TornCount++;
            }

            CutCount++;
            _network!.CloseAll();
            _real?.Dispose();
            Flash.SetPower(false);
            _real = null;
            _network = null;
            Broker = null;
        }

        /// <summary>One turn of the broker.</summary>
        /// <param name="waitMsMax">The longest virtual time to wait, in milliseconds.</param>
        /// <returns>Whether it did anything, or wants another turn at once.</returns>
        internal bool Tick(int waitMsMax)
        {
            if (Broker == null)
            {
                if (_pacing != null)
                {
                    _pacing.Sleep(_pacing.RealWaitMs(waitMsMax));
                    _pacing.CatchUp();
                }

                return false;
            }

            int waiting = _devices.BacklogCount;
            int count = Broker.Tick(waitMsMax);
            _events.WriteRepeats();
            return _devices.BacklogCount < waiting || count > 0 || _network!.LastTimeoutMs == 0;
        }

        /// <summary>Ends a wait for real Clients. From any thread, while the gateway is not being powered on or off.</summary>
        internal void Wake()
        {
            _real?.Wake();
            _pacing?.Wake();
        }

        /// <summary>Lets the gateway stand still for a while.</summary>
        internal void JumpClock(long milliseconds)
        {
            _gatewayClock?.Jump(milliseconds);
        }

        /// <summary>Measures the heap.</summary>
        internal void MeasureHeap()
        {
            Heap.Measure();
            bool isShort = Heap.Used > Heap.Size;
            if (isShort && !_wasShort)
            {
                _log.Write(LogLevel.Error, "a device would be out of heap now: the broker takes more than there is");
            }

            _wasShort = isShort;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _real?.Dispose();
        }

        // What is not on the flash is gone: say what there was.
        private static string Lost(Broker broker)
        {
            return $"there were {broker.ConnectedCount} Clients, {broker.SessionCount} Sessions, "
                + $"{broker.QueuedCount} queued and {broker.RetainedCount} retained messages";
        }

        // What the broker does from here on, in the turn in which the power goes, is not done by a device.
        private void Forget()
        {
            if (Broker != null)
            {
                string where = Flash.IsPowered ? "" : " in the middle of a write to the flash";
                _log.Write(LogLevel.Warning, $"the power is cut{where}: {Lost(Broker)}");
            }

            Heap.Attach(null);
            Monitor.Attach(null, "the power was cut");
            _events.Attach(null);
        }

        private string AddressOf(int handle)
        {
            return _network?.RemoteEndpoint(handle) ?? "";
        }

        private DesktopNetwork Listen(int port)
        {
            try
            {
                return DesktopNetwork.Listen("127.0.0.1", port, Limits.ConnectionsMax + SpareHandles);
            }
            catch (ListenException exception)
            {
                throw new StartException(exception.Message);
            }
        }
    }
}
