using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Flash;
using EdgeBroker.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Storage.Tests
{
    /// <summary>
    /// The journal on simulated flash, where the power goes in programs and erases of blocks: below the operations of the port, so
    /// that what the file system leaves of them counts as well. A seed replays.
    /// </summary>
    [TestClass]
    public class JournalCutTests
    {
        private const int Rounds = 25;
        private const int CommitsMax = 120;

        [TestMethod]
        [DataRow(1, 30)]
        [DataRow(470, 480)]
        public void NothingCommittedIsLost(int first, int last)
        {
            int cuts = 0;
            for (int seed = first; seed <= last; seed++)
            {
                cuts += Run(seed);
            }

            Assert.IsTrue(cuts > (last - first) * Rounds / 2, "the power has hardly ever gone: " + cuts);
        }

        private static int Run(int seed)
        {
            FlashDevice device = new(FlashDevice.BlockCountDefault, seed, null!);
            FlashRandom random = new(seed);
            JournalRun run = new(seed);
            JournalLimits limits = new() { BytesMax = random.Next(2) == 0 ? 40000 : 131072, StageBytesMax = 1000 };
            int cuts = 0;
            for (int round = 0; round < Rounds; round++)
            {
                int bound = random.Next(4) == 0 ? 2000 : 100;
                device.Faults.CutAt(device.OperationCount + random.Next(bound), (FlashCut)random.Next(3));
                string where = $"seed {seed} round {round}";
                FlashStorage storage = new(device);
                int result = run.TryMount(storage, limits);
                if (device.IsPowered)
                {
                    Assert.AreEqual(MountResult.Ok, result, where);
                    Assert.IsNull(run.Check(), where);
                    run.ChangeWhile(() => device.IsPowered, CommitsMax);
                }

                cuts += device.IsPowered ? 0 : 1;
                device.Faults.Clear();
                device.PowerOn();
            }

            Assert.AreEqual(MountResult.Ok, run.TryMount(new FlashStorage(device), limits));
            Assert.IsNull(run.Check(), $"seed {seed} at the end");
            return cuts;
        }
    }
}
