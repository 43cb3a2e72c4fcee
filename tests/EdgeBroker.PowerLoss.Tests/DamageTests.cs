using System;
using System.Collections.Generic;
using EdgeBroker.Simulation.Flash;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.PowerLoss.Tests
{
    /// <summary>
    /// Bits that flip, and files that are gone, too short or zeroed, under a whole broker. To see a failure again, set
    /// EDGEBROKER_DAMAGE to what is in quotes behind DAMAGE and run <see cref="Replays"/>.
    /// </summary>
    [TestClass]
    public class DamageTests
    {
        private const int Drawn = 150;

        public TestContext? TestContext { get; set; }

        [TestMethod]
        [DataRow(1)]
        [DataRow(2)]
        [DataRow(3)]
        public void NothingIsInventedAndLossesAreSaid(int seed)
        {
            World world = Fill(seed);
            Prng prng = new(seed);
            List<Damage> damages = Damage.OfEachFile(Copy(world));
            for (int i = 0; i < Drawn; i++)
            {
                damages.Add(Damage.Draw(Copy(world), prng));
            }

            int reported = 0;
            int lost = 0;
            foreach (Damage damage in damages)
            {
                string? failure = Run(world, damage, out Aftermath aftermath);
                Assert.IsNull(failure, $"DAMAGE \"{seed} {damage}\": {failure}");
                reported += aftermath.IsReported ? 1 : 0;
                lost += aftermath.IsLost ? 1 : 0;
            }

            TestContext?.WriteLine($"{damages.Count} damages: {reported} reported, {lost} with a loss");
            Assert.IsTrue(reported > damages.Count / 10, $"only {reported} were reported");
        }

        [TestMethod]
        [DataRow(1)]
        [DataRow(2)]
        [DataRow(3)]
        public void NothingIsInventedWithACutWhereTheMountWritesWhatIsLost(int seed)
        {
            World world = Fill(seed);
            Prng prng = new(seed);
            List<Damage> damages = Damage.OfEachFile(Copy(world));
            for (int i = 0; i < Drawn / 10; i++)
            {
                damages.Add(Damage.Draw(Copy(world), prng));
            }

            int cuts = 0;
            foreach (Damage damage in damages)
            {
                for (int cut = 0; RunWithCut(world, damage, cut, out string? failure); cut++)
                {
                    Assert.IsNull(failure, $"\"{seed} {damage}\", cut {cut / 3} {(FlashCut)(cut % 3)} of the mount: {failure}");
                    cuts++;
                }
            }

            TestContext?.WriteLine($"{cuts} cuts");
            Assert.IsTrue(cuts > damages.Count, $"only {cuts} cuts");
        }

        [TestMethod]
        public void Replays()
        {
            string? line = Environment.GetEnvironmentVariable("EDGEBROKER_DAMAGE");
            if (line != null)
            {
                string[] parts = line.Split(' ');
                World world = Fill(int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture));
                string? failure = Run(world, Damage.Parse(parts[1..]), out Aftermath _);
                Assert.IsNull(failure, failure);
            }
        }

        private static World Fill(int seed)
        {
            World world = new(Scripts.Ruins(), seed, CutList.Parse(""), null);
            Scripts.Ruin(world);
            Assert.IsNull(world.Ledger.Failure, world.Ledger.Failure);
            return world;
        }

        private static FlashDevice Copy(World world)
        {
            FlashDevice flash = new(world.Settings.Blocks, 1, null);
            flash.CopyFrom(world.Flash);
            return flash;
        }

        private static FlashDevice Spoil(World world, Damage damage)
        {
            FlashDevice flash = Copy(world);
            damage.Do(flash);
            flash.PowerOff();
            flash.PowerOn();
            return flash;
        }

        private static string? Run(World world, Damage damage, out Aftermath aftermath)
        {
            aftermath = new Aftermath(world, Spoil(world, damage));
            return Run(aftermath);
        }

        // Three cuts at each operation of the mount: false if there is none so late.
        private static bool RunWithCut(World world, Damage damage, int cut, out string? failure)
        {
            failure = null;
            FlashDevice flash = Spoil(world, damage);
            flash.Faults.CutAt(flash.OperationCount + (cut / 3), (FlashCut)(cut % 3));
            Aftermath first = new(world, flash);
            first.Mount();
            if (flash.IsPowered)
            {
                return false;
            }

            flash.PowerOn();
            failure = Run(new Aftermath(world, flash, true));
            return true;
        }

        private static string? Run(Aftermath aftermath)
        {
            try
            {
                return aftermath.Run();
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                return exception.ToString();
            }
        }
    }
}
