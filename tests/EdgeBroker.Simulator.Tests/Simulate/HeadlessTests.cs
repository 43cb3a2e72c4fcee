using System;
using System.Linq;
using EdgeBroker.DesktopProgram;
using EdgeBroker.DesktopProgram.Simulate.Reports;
using EdgeBroker.DesktopProgram.Simulate.Running;
using EdgeBroker.DesktopProgram.Simulate.Scenarios;
using EdgeBroker.Limits;
using EdgeBroker.Simulation;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Simulator.Tests.Simulate
{
    /// <summary>Whole simulations by seed. To see one that failed: the program with the same scenario and seed, headless.</summary>
    [TestClass]
    public class HeadlessTests
    {
        private const long TenMinutesMs = 600_000;

        [TestMethod]
        [DataRow("home", 1, StoreMode.Safe)]
        [DataRow("rough", 2, StoreMode.Safe)]
        [DataRow("rough", 3, StoreMode.Safe)]
        [DataRow("rough", 4, StoreMode.Memory)]
        [DataRow("rough", 6, StoreMode.Relaxed)]
        [DataRow("factory", 5, StoreMode.Memory)]
        public void EveryPromiseIsKept(string scenario, int seed, int mode)
        {
            Report report = Run(ScenarioReader.Read(scenario), seed, TenMinutesMs, mode);
            Assert.IsTrue(report.Kept, string.Join(Environment.NewLine, report.Failures));
            Assert.IsGreaterThan(100, report.Acknowledged);
            Assert.IsGreaterThan(100, report.Delivered);
            Assert.AreEqual(scenario == "rough" ? 2 : 0, report.Cuts);
            Assert.IsLessThan(report.HeapBytes, report.HeapBytesMax);
            Assert.AreEqual(mode != StoreMode.Memory, report.FlashErases > 0);
            Assert.AreEqual(mode == StoreMode.Memory && report.Cuts > 0, report.Forgotten > 0);
            Assert.AreEqual(mode == StoreMode.Safe ? 0 : mode == StoreMode.Memory ? -1 : 10, report.LossWindowSeconds);
        }

        [TestMethod]
        public void CutsFallBetweenTurnsAndInWrites()
        {
            Scenario scenario = ScenarioReader.Read("rough") with
            {
                Faults = [new FaultPlan { Fault = "cut-power", AtS = 20, EveryS = 30, ForS = 12 }],
            };
            Report report = Run(scenario, 1, TenMinutesMs, StoreMode.Safe);
            Assert.IsTrue(report.Kept, string.Join(Environment.NewLine, report.Failures));
            Assert.AreEqual(20, report.Cuts);
            Assert.IsGreaterThan(3, report.CutsInWrites);
            Assert.IsLessThan(17, report.CutsInWrites);
        }

        [TestMethod]
        public void AQuietHouseIsNotRefusedForWhatTheBrokerKeepsInCase()
        {
            Report report = Run(ScenarioReader.Read("home"), 3, 3_600_000);
            Assert.IsTrue(report.Kept, string.Join(Environment.NewLine, report.Failures));
            Assert.IsLessThan(300, report.RequestsRefused);
        }

        [TestMethod]
        public void TheSameSeedGivesTheSameReport()
        {
            Scenario scenario = ScenarioReader.Read("rough");
            string first = ReportWriter.Json(Run(scenario, 7, TenMinutesMs));
            Assert.AreEqual(first, ReportWriter.Json(Run(scenario, 7, TenMinutesMs)));
            Assert.AreNotEqual(first, ReportWriter.Json(Run(scenario, 8, TenMinutesMs)));
        }

        [TestMethod]
        [DataRow("cut-power")]
        [DataRow("drop-wifi")]
        [DataRow("stall-subscriber")]
        [DataRow("crowd")]
        [DataRow("squeeze-heap")]
        [DataRow("fill-flash")]
        [DataRow("fail-flash")]
        [DataRow("clock-jump")]
        public void EachFaultIsSurvived(string fault)
        {
            Scenario scenario = ScenarioReader.Read("home") with
            {
                Faults = [new FaultPlan { Fault = fault, AtS = 30, EveryS = 60, ForS = 20 }],
            };
            Report report = Run(scenario, 9, 300_000);
            Assert.IsTrue(report.Kept, string.Join(Environment.NewLine, report.Failures));
            Assert.AreEqual(5, report.Faults[fault]);
            Assert.AreEqual(5, report.Faults.Values.Sum());
            Assert.AreEqual(0, report.Owed);
        }

        [TestMethod]
        public void ABrokerThatForgetsIsFoundOut()
        {
            // The same gateway, which this time has promised to keep everything.
            Scenario scenario = ScenarioReader.Read("rough");
            Report report = Run(scenario, 3, TenMinutesMs, StoreMode.Safe, false);
            Assert.IsFalse(report.Kept);
            Assert.IsGreaterThan(0, report.OtherBroken);
            Assert.IsGreaterThan(0, report.Lost);
            Assert.AreEqual(0, report.Forgotten);
            StringAssert.Contains(report.Failures[0], "Session Present 0");
        }

        private static Report Run(Scenario scenario, int seed, long milliseconds, int mode = StoreMode.Safe, bool hasStorage = true)
        {
            BrokerLimits limits = BrokerLimits.ForProfile(Profile.Esp32);
            limits.Mode = mode;
            VirtualClock clock = new();
            Log log = new(_ => { }, LogLevel.Error, new VirtualTime(clock));
            GatewayPlan plan = new() { Limits = limits, Profile = "esp32", HasStorage = hasStorage };
            using World world = new(scenario, plan, seed, clock, null, log);
            HeadlessRun run = new(world);
            run.Run(milliseconds, _ => { });
            return Report.Of(world, run.Peaks, "esp32");
        }
    }
}
