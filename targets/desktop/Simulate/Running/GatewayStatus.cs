using EdgeBroker.DesktopProgram.Simulate.Heap;
using EdgeBroker.Ports;

namespace EdgeBroker.DesktopProgram.Simulate.Running
{
    /// <summary>The heap that the gateway would have left, by the model of the device.</summary>
    internal sealed class GatewayStatus : IStatusSource
    {
        // What else takes most of the heap when it is squeezed.
        private const int SqueezePercent = 80;

        private long _squeezed;

        /// <summary>What the broker takes, in bytes; as it was measured last.</summary>
        internal long Used { get; private set; }

        /// <summary>The most that it took.</summary>
        internal long UsedMax { get; private set; }

        /// <summary>What there is for the broker, in bytes.</summary>
        internal long Size => DeviceHeap.Size - DeviceHeap.AssemblyTables - _squeezed;

        /// <inheritdoc/>
        public long HeapFreeBytes => long.Max(0, Size - Used);

        /// <summary>Measures a broker.</summary>
        internal void Measure(Broker? broker)
        {
            Used = broker == null ? 0 : DeviceHeap.Measure(broker).Bytes;
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
