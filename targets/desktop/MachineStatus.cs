using System;
using EdgeBroker.Ports;

namespace EdgeBroker.DesktopProgram
{
    /// <summary>The figures of a desktop machine.</summary>
    internal sealed class MachineStatus : IStatusSource
    {
        /// <summary>What the process may still take of the machine's memory, as of the last garbage collection.</summary>
        public long HeapFreeBytes => long.Max(0, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - GC.GetTotalMemory(false));
    }
}
