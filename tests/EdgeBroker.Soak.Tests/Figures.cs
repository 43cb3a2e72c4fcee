using System.Reflection;
using EdgeBroker.Simulation;

namespace EdgeBroker.Soak.Tests
{
    /// <summary>
    /// What a broker holds, in its own figures, beside those of one that has just been made: all of it is to be back when nobody is there.
    /// </summary>
    internal sealed class Figures
    {
        private static readonly string[] s_paths =
        [
            "Connections.Count", "Connections.ConnectedCount", "Connections.WaitingCount", "Sessions.Count", "Subscriptions.Count",
            "Subscriptions.SharedCount", "Retained.Count", "Deliveries.Count", "Deliveries.Room", "Messages.Count",
            "Messages.BytesInUse", "Buffers.BytesInUse", "Active.Count", "Store.Deliveries.UnstoredBytes", "Store.Holds.ReadyCount",
            "Store.Commits.FrozenCount", "Store.Journal.ItemCount", "Store.Journal.StagedBytes", "IsEnding", "IsStarved",
        ];

        private readonly Soak _soak;

        internal Figures(Soak soak)
        {
            _soak = soak;
        }

        /// <summary>Compares them, and tells the book what is left.</summary>
        internal void Check()
        {
            BrokerBench fresh = new(Limits.Profile.Esp32, 13) { Status = _soak.Status };
            fresh.Limits.Mode = _soak.Bench.Limits.Mode;
            if (_soak.Bench.Flash != null)
            {
                fresh.Flash = new Simulation.Flash.FlashDevice(Simulation.Flash.FlashDevice.BlockCountDefault, 1, fresh.Clock);
            }

            fresh.Advance(20000);
            foreach (string path in s_paths)
            {
                object? expected = Read(fresh.Broker, path);
                object? left = Read(_soak.Bench.Broker, path);
                if (!Equals(expected, left))
                {
                    _soak.Book.Fail(null, $"{path} is {left}, of a new broker {expected}");
                }
            }

            if (_soak.Bench.Network.OpenCount != 0 || _soak.Bench.Network.BacklogCount != 0)
            {
                _soak.Book.Fail(null, $"{_soak.Bench.Network.OpenCount} connections are left");
            }

            for (int resource = 0; resource < Ports.Resource.Count; resource++)
            {
                int step = StepOf(_soak.Bench.Broker, resource);
                if (step > 0 && resource != Ports.Resource.Wear)
                {
                    _soak.Book.Fail(null, $"resource {resource} is still at step {step}");
                }
            }
        }

        /// <summary>The step of the ladder that a resource is at.</summary>
        internal static int StepOf(Broker broker, int resource)
        {
            object resources = Read(broker, "Resources")!;
            return (int)resources.GetType().GetMethod("Step")!.Invoke(resources, [resource])!;
        }

        // By their names: the broker shows its inside to the tests of its own only.
        internal static object? Read(Broker broker, string path)
        {
            object? value = typeof(Broker).GetProperty("Context", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(broker);
            foreach (string name in path.Split('.'))
            {
                if (value == null)
                {
                    return null;
                }

                const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
                System.Type type = value.GetType();
                value = type.GetField(name, All) is { } field ? field.GetValue(value) : type.GetProperty(name, All)!.GetValue(value);
            }

            return value;
        }
    }
}
