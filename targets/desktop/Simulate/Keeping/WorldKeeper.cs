using System.Collections.Generic;
using System.Linq;
using EdgeBroker.DesktopProgram.Simulate.Checks;
using EdgeBroker.DesktopProgram.Simulate.Devices;
using EdgeBroker.Simulation;

namespace EdgeBroker.DesktopProgram.Simulate.Keeping
{
    /// <summary>
    /// Keeps what devices and checkers know in a folder, so that promises hold from one run to the next. It is kept before the
    /// broker has its turn: whatever the broker got or acknowledged, who sent it knows of it.
    /// </summary>
    internal sealed class WorldKeeper
    {
        private readonly FlashFolder _folder;
        private readonly Ledger _ledger;
        private readonly Population _population;
        private readonly VirtualClock _clock;
        private readonly List<DeviceMemory> _absent = [];

        /// <summary>Makes it, and gives back what was kept.</summary>
        internal WorldKeeper(FlashFolder folder, Ledger ledger, Population population, VirtualClock clock)
        {
            _folder = folder;
            _ledger = ledger;
            _population = population;
            _clock = clock;
            if (folder.Memory is not { } memory)
            {
                return;
            }

            _ledger.Load(memory);
            foreach (DeviceMemory device in memory.Devices)
            {
                if (!population.Load(device))
                {
                    // It may come back in another run. What becomes of its Session until then is not watched.
                    _absent.Add(device with { IsThere = null, WasOpen = false });
                }
            }

            _ledger.PowerCut(clock.NowMs, memory.LossWindowMs);
        }

        /// <summary>Keeps how it is now.</summary>
        /// <exception cref="StartException">It can't be written.</exception>
        internal void Keep()
        {
            _folder.Keep(_ledger.Save(_clock.NowMs, [.. _population.Save(), .. _absent]));
        }
    }
}
