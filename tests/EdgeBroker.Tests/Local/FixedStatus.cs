using EdgeBroker.Ports;

namespace EdgeBroker.Tests.Local
{
    /// <summary>A machine with a heap of which 4,711 bytes are free.</summary>
    internal sealed class FixedStatus : IStatusSource
    {
        /// <inheritdoc/>
        public long HeapFreeBytes
        {
            get { return 4711; }
        }
    }
}
