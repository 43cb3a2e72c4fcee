using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.DesktopProgram.Simulate.Checks;
using EdgeBroker.DesktopProgram.Simulate.Keeping;
using EdgeBroker.DesktopProgram.Simulate.Scenarios;
using EdgeBroker.Protocol;

namespace EdgeBroker.DesktopProgram.Simulate.Devices
{
    /// <summary>All simulated devices.</summary>
    internal sealed class Population
    {
        private const int CrowdSize = 30;
        private const int CrowdMs = 45_000;

        private readonly Radio _radio;
        private readonly Ledger _ledger;
        private readonly Random _random;
        private readonly List<Device> _devices = [];
        private readonly List<Device> _crowd = [];
        private readonly Dictionary<string, string> _kinds = new(StringComparer.Ordinal);
        private readonly Dictionary<string, List<string>> _groups = new(StringComparer.Ordinal);
        private long _crowdGoesMs = long.MaxValue;
        private int _crowdCount;

        /// <summary>Makes the devices of a scenario, all off.</summary>
        internal Population(Scenario scenario, Radio radio, Ledger ledger, int seed, long nowMs)
        {
            _radio = radio;
            _ledger = ledger;
            _random = new Random(seed);
            List<DevicePlan> plans = DevicePlan.Of(scenario);
            foreach (DevicePlan plan in plans)
            {
                if (!_groups.TryGetValue(plan.Group.Name, out List<string>? names))
                {
                    names = [];
                    _groups.Add(plan.Group.Name, names);
                }

                names.Add(plan.Name);
            }

            foreach (DevicePlan plan in plans)
            {
                _devices.Add(Make(plan, nowMs));
            }
        }

        /// <summary>How many devices there are, without a crowd.</summary>
        internal int Count => _devices.Count;

        /// <summary>Whether a crowd is there.</summary>
        internal bool HasCrowd => _crowd.Count > 0;

        /// <summary>When the next of them has its turn, in milliseconds.</summary>
        internal long DueMs { get; private set; }

        /// <summary>What kind of device a Client is; empty if it is not one of these.</summary>
        /// <param name="quotedName">Its name in quotes, as it is shown.</param>
        internal string KindOf(string quotedName)
        {
            return _kinds.GetValueOrDefault(quotedName, "");
        }

        /// <summary>Gives every device its turn.</summary>
        /// <returns>Whether any of them did something.</returns>
        internal bool Act(long nowMs)
        {
            bool any = false;
            DueMs = _crowdGoesMs;
            if (nowMs >= _crowdGoesMs)
            {
                any = true;
                EndCrowd();
            }

            foreach (Device device in _devices)
            {
                any |= device.Act(nowMs);
                DueMs = long.Min(DueMs, device.DueMs);
            }

            foreach (Device device in _crowd)
            {
                any |= device.Act(nowMs);
                DueMs = long.Min(DueMs, device.DueMs);
            }

            _radio.Sweep();
            return any;
        }

        /// <summary>A crowd comes, and goes again.</summary>
        internal void BeginCrowd(long nowMs)
        {
            EndCrowd();
            DeviceGroup group = new()
            {
                Name = "crowd",
                Kind = DeviceKind.AlwaysOn,
                Publish = [new PublishPlan { Topic = "crowd/{name}", Qos = 1, EveryS = 5 }],
            };
            for (int i = 0; i < CrowdSize; i++)
            {
                _crowdCount++;
                _crowd.Add(Make(new DevicePlan($"crowd-{_crowdCount}", i % 2 == 0 ? ProtocolLevel.V5 : ProtocolLevel.V311, group), nowMs));
            }

            _crowdGoesMs = nowMs + CrowdMs;
        }

        /// <summary>The crowd goes.</summary>
        internal void EndCrowd()
        {
            foreach (Device device in _crowd)
            {
                device.Disconnect();
                _kinds.Remove("'" + device.Plan.Name + "'");
            }

            _crowd.Clear();
            _crowdGoesMs = long.MaxValue;
        }

        /// <summary>A subscriber that is connected stops to read.</summary>
        /// <returns>Which, or null if there is none.</returns>
        internal Device? Stall()
        {
            Device[] subscribers = [.. _devices.Where(device => device.IsConnected && device.IsSubscriber)];
            if (subscribers.Length == 0)
            {
                return null;
            }

            Device chosen = subscribers[_random.Next(subscribers.Length)];
            chosen.IsStalled = true;
            return chosen;
        }

        /// <summary>No more new messages and no more bad days: everybody comes and takes what is owed.</summary>
        internal void Settle()
        {
            EndCrowd();
            foreach (Device device in _devices)
            {
                device.Settle();
            }
        }

        /// <summary>Saves what the devices know, a crowd apart.</summary>
        internal IEnumerable<DeviceMemory> Save()
        {
            return _devices.Select(device => device.Save());
        }

        /// <summary>Goes on with what was saved of a device.</summary>
        /// <returns>Whether there is such a device.</returns>
        internal bool Load(DeviceMemory memory)
        {
            Device? device = _devices.Find(device => device.Plan.Name == memory.Name);
            device?.Load(memory);
            return device != null;
        }

        private Device Make(DevicePlan plan, long nowMs)
        {
            _kinds["'" + plan.Name + "'"] = plan.KindText;
            return new Device(plan, _radio, _ledger, new Random(_random.Next()), TopicOf, nowMs);
        }

        // {GROUP} is any device of the group.
        private string TopicOf(string topic)
        {
            int start = topic.IndexOf('{', StringComparison.Ordinal);
            int end = topic.IndexOf('}', StringComparison.Ordinal);
            if (start < 0 || end < start || !_groups.TryGetValue(topic[(start + 1)..end], out List<string>? names))
            {
                return topic;
            }

            return topic[..start] + names[_random.Next(names.Count)] + topic[(end + 1)..];
        }
    }
}
