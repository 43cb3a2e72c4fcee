using EdgeBroker.Simulation.Flash;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Simulation.Tests
{
    /// <summary>What power cuts and errors leave: every file as it was or as it was to be, whatever was under way.</summary>
    [TestClass]
    public class FlashPowerTests
    {
        private const int NameCount = 12;
        private const int FileSizeMax = 10000;

        [TestMethod]
        [DataRow(1)]
        [DataRow(2)]
        [DataRow(3)]
        public void ACutAnywhereLeavesBeforeOrAfter(int seed)
        {
            FlashDevice device = NewDevice(64, out LittleFs files);
            FlashExpectation expectation = new FlashExpectation(NameCount);
            FlashCutter cutter = new FlashCutter(device, expectation);
            FlashRandom random = new FlashRandom(seed);
            FlashStep step = new FlashStep();
            for (int i = 0; i < 60; i++)
            {
                step.Draw(random, NameCount, FileSizeMax, expectation, i);
                cutter.CutEverywhere(step);
                Run(step, files, expectation);
            }

            Assert.IsTrue(cutter.CutCount > 1500, cutter.CutCount.ToString());
        }

        // Each cut is followed by the next step on what it left: mistakes may need two.
        [TestMethod]
        [DataRow(1)]
        [DataRow(2)]
        [DataRow(3)]
        [DataRow(4)]
        public void CutsOneAfterTheOtherLeaveBeforeOrAfter(int seed)
        {
            FlashDevice device = NewDevice(64, out LittleFs files);
            FlashExpectation expectation = new FlashExpectation(NameCount);
            FlashRandom random = new FlashRandom(seed);
            FlashStep step = new FlashStep();
            device.Reseed(seed);
            for (int i = 0; i < 2000; i++)
            {
                step.Draw(random, NameCount, FileSizeMax, expectation, i);
                device.Faults.CutAt(device.OperationCount + random.Next(12), (FlashCut)random.Next(3));
                int result = step.Run(files);
                if (result == FlashResult.PowerLost)
                {
                    device.PowerOn();
                    Assert.AreEqual(FlashResult.Ok, files.Mount(), step.Describe());
                    expectation.CheckAllBut(step.Name, files, step.Describe());
                    AcceptWhatIsThere(step, files, expectation);
                }
                else
                {
                    Assert.AreEqual(FlashResult.Ok, result, step.Describe());
                    expectation.Apply(step);
                }
            }

            expectation.Check(files, "end");
            Assert.AreEqual(0, device.OverwriteCount);
        }

        // The directory moves out of the first pair after 512 compactions, and from then on every 513: only steps with more than
        // one erase, and some others, are cut.
        [TestMethod]
        public void ACutWhileMetadataMovesLeavesBeforeOrAfter()
        {
            FlashDevice device = NewDevice(64, out LittleFs files);
            FlashExpectation expectation = new FlashExpectation(NameCount);
            FlashCutter cutter = new FlashCutter(device, expectation);
            FlashStep step = new FlashStep();
            int moves = 0;
            for (int i = 0; i < 9000; i++)
            {
                // Two pairs' worth of small files; the first of them takes nearly all the commits.
                step.Set(FlashStep.Replace, i < NameCount ? i : i % 64 == 0 ? 11 : 1, i < NameCount ? 300 : 420, i);
                int pairs = files.PairCount;
                cutter.Measure(step);
                if (cutter.Erases > 1 || i % 500 == 0)
                {
                    cutter.CutEverywhere(step);
                    moves++;
                }

                Run(step, files, expectation);
                Assert.IsTrue(files.PairCount >= pairs);
            }

            expectation.Check(files, "end");
            Assert.IsTrue(files.PairCount >= 3, files.PairCount.ToString());
            Assert.IsTrue(moves > 20, moves.ToString());
        }

        [TestMethod]
        public void ACutWhilePairsComeAndGoLeavesBeforeOrAfter()
        {
            FlashDevice device = NewDevice(64, out LittleFs files);
            FlashExpectation expectation = new FlashExpectation(40);
            FlashCutter cutter = new FlashCutter(device, expectation);
            FlashStep step = new FlashStep();
            for (int i = 0; i < 40; i++)
            {
                step.Set(FlashStep.Replace, i, 250, i);
                cutter.CutEverywhere(step);
                Run(step, files, expectation);
            }

            Assert.IsTrue(files.PairCount > 3, files.PairCount.ToString());
            for (int i = 0; i < 40; i++)
            {
                step.Set(FlashStep.Delete, (i * 7) % 40, 0, 100 + i);
                cutter.CutEverywhere(step);
                Run(step, files, expectation);
            }

            Assert.AreEqual(1, files.PairCount);
            Assert.AreEqual(0, files.FileCount);
        }

        // The blocks of a file that goes are free when that is durable, not before: on a small device another pair would take them.
        [TestMethod]
        public void ACutWhileAFileGoesAndItsPairSplitsLeavesBeforeOrAfter()
        {
            FlashRandom random = new FlashRandom(5);
            FlashStep step = new FlashStep();
            for (int round = 0; round < 120; round++)
            {
                FlashDevice device = NewDevice(7 + (round % 6), out LittleFs files);
                FlashExpectation expectation = new FlashExpectation(NameCount);
                FlashCutter cutter = new FlashCutter(device, expectation);
                for (int i = 0; i < NameCount; i++)
                {
                    // Some in a block of their own, and more in the directory than half of its block.
                    step.Set(FlashStep.Replace, i, i < 3 ? 600 : 100 + random.Next(150), i);
                    Run(step, files, expectation);
                }

                for (int i = random.Next(14); i > 0; i--)
                {
                    step.Set(FlashStep.Replace, 3 + random.Next(9), random.Next(400), i);
                    Run(step, files, expectation);
                }

                for (int i = 0; i < 3; i++)
                {
                    step.Set(FlashStep.Delete, i, 0, i);
                    cutter.CutEverywhere(step);
                    Run(step, files, expectation);
                }
            }
        }

        [TestMethod]
        [DataRow(1)]
        [DataRow(2)]
        public void AnErrorAnywhereLeavesBeforeOrAfter(int seed)
        {
            FlashDevice device = NewDevice(64, out LittleFs files);
            FlashExpectation expectation = new FlashExpectation(NameCount);
            FlashCutter cutter = new FlashCutter(device, expectation);
            FlashRandom random = new FlashRandom(seed);
            FlashStep step = new FlashStep();
            for (int i = 0; i < 60; i++)
            {
                step.Draw(random, NameCount, FileSizeMax, expectation, i);
                cutter.FailEverywhere(step);
                Run(step, files, expectation);
            }
        }

        [TestMethod]
        public void ErrorsByRateAreSurvived()
        {
            FlashDevice device = NewDevice(64, out LittleFs files);
            FlashExpectation expectation = new FlashExpectation(NameCount);
            FlashRandom random = new FlashRandom(8);
            FlashStep step = new FlashStep();
            int failures = 0;
            for (int i = 0; i < 3000; i++)
            {
                step.Draw(random, NameCount, FileSizeMax, expectation, i);
                device.Faults.WriteFailRate = 2000;
                device.Faults.ReadFailRate = 200;
                int result = step.Run(files);
                device.Faults.Clear();
                expectation.CheckAllBut(step.Name, files, step.Describe());
                if (result == FlashResult.Ok)
                {
                    expectation.Apply(step);
                    Assert.IsTrue(expectation.IsAsExpected(step.Name, files), step.Describe());
                }
                else
                {
                    Assert.AreEqual(FlashResult.Failed, result, step.Describe());
                    AcceptWhatIsThere(step, files, expectation);
                    failures++;
                }
            }

            Assert.IsTrue(failures > 100 && failures < 2000, failures.ToString());
            Assert.AreEqual(0, device.OverwriteCount);
        }

        [TestMethod]
        public void ADeviceThatFailsForGoodCanStillBeRead()
        {
            FlashDevice device = NewDevice(64, out LittleFs files);
            FlashExpectation expectation = new FlashExpectation(NameCount);
            FlashStep step = new FlashStep();
            step.Set(FlashStep.Replace, 3, 5000, 1);
            Run(step, files, expectation);
            step.Set(FlashStep.Replace, 4, 400, 1);
            Run(step, files, expectation);
            device.Faults.FailAt(device.OperationCount, int.MaxValue);

            for (int i = 0; i < 20; i++)
            {
                step.Set(i % 2, 5, i * 100, 2);
                Assert.AreEqual(FlashResult.Failed, step.Run(files));
                expectation.CheckAllBut(5, files, "failing");
            }
        }

        [TestMethod]
        public void NothingIsDurableBeforeClose()
        {
            FlashDevice device = NewDevice(64, out LittleFs files);
            FlashExpectation expectation = new FlashExpectation(NameCount);
            FlashStep step = new FlashStep();
            step.Set(FlashStep.Replace, 2, 3000, 1);
            Run(step, files, expectation);
            byte[] data = new byte[9000];

            Assert.AreEqual(FlashResult.Ok, files.OpenReplace(2));
            Assert.AreEqual(FlashResult.Ok, files.Write(data, 0, data.Length));
            expectation.Check(files, "open");
            device.PowerOff();
            Assert.AreEqual(FlashResult.PowerLost, files.Close());
            device.PowerOn();
            Assert.AreEqual(FlashResult.Ok, files.Mount());
            expectation.Check(files, "replace");

            Assert.AreEqual(FlashResult.Ok, files.OpenAppend(2));
            Assert.AreEqual(FlashResult.Ok, files.Write(data, 0, data.Length));
            Assert.AreEqual(FlashResult.Ok, files.Mount());
            Assert.AreEqual(FlashResult.Refused, files.Close());
            expectation.Check(files, "append");

            Assert.AreEqual(FlashResult.Ok, files.OpenReplace(5));
            Assert.AreEqual(FlashResult.Ok, files.Write(data, 0, 10));
            Assert.AreEqual(FlashResult.Ok, files.Mount());
            Assert.AreEqual(0, files.Size(5), "a new name is there at once");
        }

        private static FlashDevice NewDevice(int blockCount, out LittleFs files)
        {
            FlashDevice device = new FlashDevice(blockCount, 1, null!);
            files = new LittleFs(device);
            Assert.AreEqual(FlashResult.Ok, files.Format());
            return device;
        }

        private static void Run(FlashStep step, LittleFs files, FlashExpectation expectation)
        {
            Assert.AreEqual(FlashResult.Ok, step.Run(files), step.Describe());
            expectation.Apply(step);
        }

        private static void AcceptWhatIsThere(FlashStep step, LittleFs files, FlashExpectation expectation)
        {
            if (expectation.IsAsExpected(step.Name, files))
            {
                return;
            }

            bool isNew = expectation.SizeOf(step.Name) == FlashExpectation.Absent;
            int size = step.Size;
            if (isNew && files.Size(step.Name) == 0)
            {
                step.Set(FlashStep.Replace, step.Name, 0, step.Version);
            }

            expectation.Apply(step);
            Assert.IsTrue(expectation.IsAsExpected(step.Name, files), step.Describe() + " of " + size.ToString());
        }
    }
}
