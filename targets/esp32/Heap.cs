using EdgeBroker.Ports;
using nanoFramework.Runtime.Native;

namespace EdgeBroker.Esp32
{
    /// <summary>The managed heap of the device.</summary>
    internal sealed class Heap : IStatusSource
    {
        /// <inheritdoc/>
        /// <remarks>Collects garbage, which stops everything for some milliseconds: not to be asked more than now and then.</remarks>
        public long HeapFreeBytes
        {
            get { return GC.Run(false); }
        }

        /// <summary>Collects garbage and moves what is left together, so that a large object finds room.</summary>
        public void Compact()
        {
            GC.Run(true);
        }
    }
}
