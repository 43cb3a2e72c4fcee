using System;
using EdgeBroker.Ports;

namespace EdgeBroker.DesktopProgram
{
    /// <summary>The figures of a desktop machine.</summary>
    /// <param name="leastBytes">What there should be free; if there is not, garbage is collected to know.</param>
    internal sealed class MachineStatus(long leastBytes) : IStatusSource
    {
        // A collection takes time, and others ask as well.
        private const int CollectMs = 1000;

        private long _collectedMs = -CollectMs;

        /// <summary>What the process may still take of the machine's memory.</summary>
        public long HeapFreeBytes
        {
            get
            {
                long free = Free;
                if (free > leastBytes * 2 || Environment.TickCount64 - _collectedMs < CollectMs)
                {
                    return free;
                }

                _collectedMs = Environment.TickCount64;
                GC.Collect();
                return Free;
            }
        }

        private static long Free => long.Max(0, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - GC.GetTotalMemory(false));
    }
}
