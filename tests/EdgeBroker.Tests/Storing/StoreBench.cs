using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Flash;

namespace EdgeBroker.Tests.Storing
{
    /// <summary>Broker benches with the simulated flash of a device.</summary>
    internal static class StoreBench
    {
        private const int StoreBytes = 131072;

        /// <summary>Makes a bench.</summary>
        public static BrokerBench Make()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.StoreBytesMax = StoreBytes;
            bench.Flash = new FlashDevice(FlashDevice.BlockCountDefault, 1, bench.Clock);
            return bench;
        }

        /// <summary>The commits of the broker of now.</summary>
        public static long Commits(BrokerBench bench)
        {
            return bench.Broker.Context.Store.Journal.CommitCount;
        }

        /// <summary>From now on the flash fails, so that what depends on a commit does not leave.</summary>
        public static void Break(BrokerBench bench)
        {
            bench.Flash.Faults.WriteFailRate = FlashFaults.RateMax;
        }

        /// <summary>The flash works again; what waits for it is tried again soon.</summary>
        public static void Mend(BrokerBench bench)
        {
            bench.Flash.Faults.WriteFailRate = 0;
            bench.Advance(1000);
        }
    }
}
