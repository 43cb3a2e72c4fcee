using System;
using System.Collections.Generic;
using EdgeBroker.DesktopProgram.Simulate.Scenarios;
using EdgeBroker.Protocol;

namespace EdgeBroker.DesktopProgram.Simulate.Devices
{
    /// <summary>One device of a scenario, with its name and version.</summary>
    /// <param name="Name">Its name, which is its Client Identifier.</param>
    /// <param name="Level">Its protocol level.</param>
    /// <param name="Group">How it behaves.</param>
    internal sealed record DevicePlan(string Name, int Level, DeviceGroup Group)
    {
        /// <summary>All devices of a scenario.</summary>
        internal static List<DevicePlan> Of(Scenario scenario)
        {
            List<DevicePlan> plans = [];
            foreach (DeviceGroup group in scenario.Devices)
            {
                for (int number = 1; number <= group.Count; number++)
                {
                    string name = group.Count == 1 ? group.Name : $"{group.Name}-{number}";
                    bool isV5 = group.Protocol == "5.0" || (group.Protocol == "mixed" && plans.Count % 2 == 0);
                    plans.Add(new DevicePlan(name, isV5 ? ProtocolLevel.V5 : ProtocolLevel.V311, group));
                }
            }

            return plans;
        }

        /// <summary>Its kind in words.</summary>
        internal string KindText => Group.Kind switch
        {
            DeviceKind.AlwaysOn => "always on",
            DeviceKind.Sleeping => "sleeping",
            DeviceKind.Chatty => "chatty",
            DeviceKind.FlakyWifi => "flaky Wi-Fi",
            _ => "slow reader",
        };

        /// <summary>A topic or filter of the scenario with the device's name put in.</summary>
        internal string WithName(string text)
        {
            return text.Replace("{name}", Name, StringComparison.Ordinal);
        }
    }
}
