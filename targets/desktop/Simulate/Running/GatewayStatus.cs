using EdgeBroker.DesktopProgram.Simulate.Heap;
using EdgeBroker.Ports;
using EdgeBroker.Simulation;

namespace EdgeBroker.DesktopProgram.Simulate.Running
{
    /// <summary>The heap that the gateway would have left, by the model of the device.</summary>
    internal sealed class GatewayStatus : IStatusSource
    {
        // What else takes most of the heap when it is squeezed.
        private const int SqueezePercent = 80;

        // On a device it is known at any time; here it is counted, so not more often than the broker looks while it is short.
        private const int FreshMs = 1000;

        private readonly VirtualClock _clock;
        private Broker? _broker;
        private long _measuredMs = -FreshMs;
        private long _squeezed;

        /// <summary>Makes it without a broker.</summary>
        internal GatewayStatus(VirtualClock clock)
        {
            _clock = clock;
        }

        /// <summary>What the broker takes, in bytes; as it was measured last.</summary>
        internal long Used { get; private set; }

        /// <summary>The most that it took.</summary>
        internal long UsedMax { get; private set; }

        /// <summary>What there is for the broker, in bytes.</summary>
        internal long Size => DeviceHeap.Size - DeviceHeap.AssemblyTables - _squeezed;

        /// <inheritdoc/>
        public long HeapFreeBytes
        {
            get
            {
                if (_clock.NowMs - _measuredMs >= FreshMs)
                {
                    Measure();
                }

                return long.Max(0, Size - Used);
            }
        }

        /// <summary>Goes on with another broker, or with none.</summary>
        internal void Attach(Broker? broker)
        {
            _broker = broker;
            Measure();
        }

        /// <summary>Measures the broker.</summary>
        internal void Measure()
        {
            _measuredMs = _clock.NowMs;
            Used = _broker == null ? 0 : DeviceHeap.Measure(_broker).Bytes;
            UsedMax = long.Max(UsedMax, Used);
        }

        /// <summary>Something else takes most of the heap that is free, or gives it back.</summary>
        internal void Squeeze(bool isSqueezed)
        {
            _squeezed = 0;
            _squeezed = isSqueezed ? HeapFreeBytes * SqueezePercent / 100 : 0;
        }
    }
}
