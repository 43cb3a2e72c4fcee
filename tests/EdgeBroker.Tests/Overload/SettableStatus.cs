using EdgeBroker.Ports;

namespace EdgeBroker.Tests.Overload
{
    /// <summary>A machine whose free heap is what the test says.</summary>
    internal sealed class SettableStatus : IStatusSource
    {
        /// <summary>The free heap in bytes.</summary>
        public long Free;

        /// <inheritdoc/>
        public long HeapFreeBytes
        {
            get { return Free; }
        }
    }
}
