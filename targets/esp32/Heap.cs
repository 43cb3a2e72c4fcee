using EdgeBroker.Ports;
using nanoFramework.Runtime.Native;

namespace EdgeBroker.Esp32
{
    /// <summary>The managed heap of the device.</summary>
    internal sealed class Heap : IStatusSource
    {
        // With less, objects are moved together, which takes longer: an allocation may find no hole that is large enough, and for the
        // frame of a call the runtime does not look further.
        private const int TightBytes = 12288;

        /// <inheritdoc/>
        /// <remarks>Collects garbage, which stops everything for some milliseconds: not to be asked more than now and then.</remarks>
        public long HeapFreeBytes
        {
            get
            {
                long free = GC.Run(false);
                return free < TightBytes ? GC.Run(true) : free;
            }
        }

        /// <summary>Collects garbage and moves what is left together, so that a large object finds room.</summary>
        public void Compact()
        {
            GC.Run(true);
        }
    }
}
