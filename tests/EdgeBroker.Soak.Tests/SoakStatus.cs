using EdgeBroker.Ports;

namespace EdgeBroker.Soak.Tests
{
    /// <summary>A machine whose free heap is what the weather says.</summary>
    internal sealed class SoakStatus : IStatusSource
    {
        /// <summary>More than anybody needs.</summary>
        internal const int Plenty = 60000;

        /// <inheritdoc/>
        public long HeapFreeBytes { get; set; } = Plenty;
    }
}
