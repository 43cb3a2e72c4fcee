using EdgeBroker.Ports;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
using EdgeBroker.Simulation.Flash;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

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

        /// <summary>Publishes what has to be stored until commits are paced, for the flash's life.</summary>
        /// <returns>How many messages that took.</returns>
        public static int UseUpWear(BrokerBench bench, SimClient publisher, string topic)
        {
            int count = 0;
            while (count < 3000 && bench.Broker.Counters.Refusals[Resource.Wear] == 0)
            {
                count++;
                publisher.Publish(topic, "x", 1);
                bench.Run();
            }

            Assert.IsTrue(count < 3000, "never paced");
            return count;
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
