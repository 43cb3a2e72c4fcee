using System;
using System.IO;
using EdgeBroker.DesktopProgram;
using EdgeBroker.DesktopProgram.Simulate.Keeping;
using EdgeBroker.DesktopProgram.Simulate.Reports;
using EdgeBroker.DesktopProgram.Simulate.Running;
using EdgeBroker.DesktopProgram.Simulate.Scenarios;
using EdgeBroker.Limits;
using EdgeBroker.Simulation;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Simulator.Tests.Simulate
{
    /// <summary>A gateway that is kept between runs: its flash, and what its devices know.</summary>
    [TestClass]
    public sealed class FlashFolderTests : IDisposable
    {
        private const long FiveMinutesMs = 300_000;

        private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("edgebroker-flash-");

        private string Folder => Path.Combine(_parent.FullName, "gateway");

        public void Dispose()
        {
            _parent.Delete(true);
        }

        [TestMethod]
        public void AnotherRunGoesOnWhereThisOneEnded()
        {
            double erases = 0;
            for (int seed = 1; seed <= 3; seed++)
            {
                Report report = RunToTheEnd(seed);
                Assert.IsTrue(report.Kept, string.Join(Environment.NewLine, report.Failures));
                Assert.AreEqual(0, report.Owed);
                Assert.IsGreaterThan(erases, report.FlashErases);
                erases = report.FlashErases;
            }

            using FlashFolder folder = FlashFolder.Open(Folder);
            Assert.IsGreaterThan(3 * FiveMinutesMs, folder.Memory!.TimeMs);
        }

        [TestMethod]
        [DataRow("rough", 11)]
        [DataRow("rough", 12)]
        [DataRow("home", 13)]
        public void WhereverItIsLeftNothingIsLost(string scenario, int seed)
        {
            for (int i = 0; i < 10; i++)
            {
                // Without an end: as it is when the program is killed between two rounds.
                StopAfter(scenario, seed + (100 * i), 20_000 + (7919 * i));
            }

            Report report = RunToTheEnd(seed);
            Assert.IsTrue(report.Kept, string.Join(Environment.NewLine, report.Failures));
            Assert.AreEqual(0, report.Owed);
        }

        [TestMethod]
        public void AFlashOfBeforeIsFoundOut()
        {
            RunToTheEnd(1);
            File.Copy(Path.Combine(Folder, "flash"), Path.Combine(_parent.FullName, "old"));
            StopAfter("rough", 2, FiveMinutesMs);
            File.Copy(Path.Combine(_parent.FullName, "old"), Path.Combine(Folder, "flash"), true);
            Assert.IsFalse(RunToTheEnd(3).Kept);
        }

        [TestMethod]
        public void OneProgramAtATimeHasIt()
        {
            using FlashFolder folder = FlashFolder.Open(Folder);
            StartException exception = Assert.ThrowsExactly<StartException>(() => FlashFolder.Open(Folder));
            Assert.AreEqual(
                $"--data: {Folder} is in use by process {Environment.ProcessId}: stop that one, or use another folder", exception.Message);
        }

        [TestMethod]
        [DataRow("letter.txt", "holds other files, as letter.txt")]
        [DataRow("tail-07", "holds the store of edgebroker run")]
        [DataRow("flash", "is no simulated flash")]
        public void AnotherFolderIsRefusedAndLeftAlone(string name, string told)
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(Path.Combine(Folder, name), "something else");
            StartException exception = Assert.ThrowsExactly<StartException>(() => FlashFolder.Open(Folder));
            StringAssert.Contains(exception.Message, told);
            Assert.AreEqual("something else", File.ReadAllText(Path.Combine(Folder, name)));
        }

        [TestMethod]
        [DataRow("flash", 100_000)]
        [DataRow("devices.json", 100)]
        [DataRow("devices.json", -1)]
        public void HalfAGatewayIsRefused(string name, int size)
        {
            StopAfter("home", 1, 20_000);
            string path = Path.Combine(Folder, name);
            if (size < 0)
            {
                File.Delete(path);
            }
            else
            {
                using FileStream file = File.OpenWrite(path);
                file.SetLength(size);
            }

            StartException exception = Assert.ThrowsExactly<StartException>(() => FlashFolder.Open(Folder));
            StringAssert.Contains(exception.Message, name);
        }

        private Report RunToTheEnd(int seed)
        {
            using FlashFolder folder = FlashFolder.Open(Folder);
            using World world = MakeWorld("rough", seed, folder);
            HeadlessRun run = new(world);
            run.Run(FiveMinutesMs, _ => { });
            return Report.Of(world, run.Peaks, "esp32");
        }

        private void StopAfter(string scenario, int seed, long milliseconds)
        {
            using FlashFolder folder = FlashFolder.Open(Folder);
            using World world = MakeWorld(scenario, seed, folder);
            new HeadlessRun(world).RunFor(milliseconds, _ => { });
        }

        private static World MakeWorld(string scenario, int seed, FlashFolder folder)
        {
            GatewayPlan plan = new() { Limits = BrokerLimits.ForProfile(Profile.Esp32), Profile = "esp32", Folder = folder };
            VirtualClock clock = plan.MakeClock();
            Log log = new(_ => { }, LogLevel.Error, new VirtualTime(clock));
            return new World(ScenarioReader.Read(scenario), plan, seed, clock, null, log);
        }
    }
}
