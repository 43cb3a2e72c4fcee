using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeBroker.DesktopProgram.Simulate.Scenarios
{
    /// <summary>A population of devices around a gateway, and what happens to it.</summary>
    internal sealed record Scenario
    {
        /// <summary>Its name.</summary>
        public required string Name { get; init; }

        /// <summary>What it is about, in a sentence.</summary>
        public string About { get; set; } = "";

        /// <summary>The devices.</summary>
        public required IReadOnlyList<DeviceGroup> Devices { get; init; }

        /// <summary>The faults.</summary>
        public IReadOnlyList<FaultPlan> Faults { get; set; } = [];

        /// <summary>The same with another number of devices, each group as much larger or smaller as the others.</summary>
        /// <param name="count">The number of devices; groups of a fixed number come on top.</param>
        internal Scenario WithSensors(int count)
        {
            int before = Devices.Where(group => !group.Fixed).Sum(group => group.Count);
            int seen = 0;
            int given = 0;
            List<DeviceGroup> groups = [];
            foreach (DeviceGroup group in Devices)
            {
                if (group.Fixed)
                {
                    groups.Add(group);
                    continue;
                }

                // Cut a line into pieces of whole length: no rounding is lost.
                seen += group.Count;
                int end = (int)Math.Round((double)seen * count / before, MidpointRounding.AwayFromZero);
                groups.Add(group with { Count = end - given });
                given = end;
            }

            return this with { Devices = groups };
        }
    }
}
