using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.PowerLoss.Tests
{
    /// <summary>
    /// The power goes anywhere, and what was acknowledged is there. To see a failure again, set EDGEBROKER_REPLAY to what is in
    /// quotes behind REPLAY and run <see cref="Replays"/>; for a long run, set EDGEBROKER_CUTS to a number of
    /// cuts, EDGEBROKER_SEED to the first seed, and EDGEBROKER_ONLY to names of scenarios with commas between them, if not all.
    /// </summary>
    [TestClass]
    public class PowerLossTests
    {
        public static IEnumerable<object[]> Names => Scripts.All.Select(scenario => new object[] { scenario.Name });

        // In that one a recovery is four times as long; a long run does it as well.
        public static IEnumerable<object[]> ShortNames => Names.Where(name => (string)name[0] != "burst");

        public TestContext? TestContext { get; set; }

        [TestMethod]
        [DynamicData(nameof(Names))]
        public void NothingAcknowledgedIsLostWithACutAnywhere(string name)
        {
            Scenario scenario = Scripts.All.Single(scenario => scenario.Name == name);
            int step = scenario.Name is "burst" or "small" ? 7 : 1;
            for (int kind = 0; kind < Runner.Kinds.Length; kind++)
            {
                // Each kind at its own operations, together at all of them; a long run cuts in every way at each.
                string? failure = new Runner().RunLinear(scenario, 1, [Runner.Kinds[kind]], kind % step, step);
                Assert.IsNull(failure, failure);
            }
        }

        [TestMethod]
        [DynamicData(nameof(Names))]
        public void NothingAcknowledgedIsLostWithStorageThatFails(string name)
        {
            Scenario scenario = Scripts.All.Single(scenario => scenario.Name == name);
            int step = scenario.Name is "burst" or "small" ? 9 : 2;
            for (int kind = 0; kind < Runner.Faults.Length; kind++)
            {
                string? failure = new Runner().RunLinear(scenario, 1, [Runner.Faults[kind]], kind % step, step);
                Assert.IsNull(failure, failure);
            }
        }

        [TestMethod]
        [DynamicData(nameof(ShortNames))]
        public void NothingIsLostWithASecondCutInTheRecovery(string name)
        {
            Scenario scenario = Scripts.All.Single(scenario => scenario.Name == name);
            int step = scenario.Name switch { "small" => 81, "drop" => 13, _ => 1 };
            string? failure = new Runner().RunExhaustive(scenario, 1, Runner.Kinds, 0, step / 2, step);
            Assert.IsNull(failure, failure);
        }

        [TestMethod]
        [DataRow(1, 4)]
        public void NothingIsLostInWorldsBySeed(int first, int last)
        {
            for (int seed = first; seed <= last; seed++)
            {
                string? failure = new Runner().RunLinear(RandomWorlds.All[0], seed, Runner.Kinds, seed % 3, 3);
                Assert.IsNull(failure, failure);
            }
        }

        // What long runs have found, and was mended.
        [TestMethod]
        [DataRow("failing-long 73 r100000,25")]
        [DataRow("crowded-world 30071 232t")]
        [DataRow("crowded-world 30088 376b")]
        [DataRow("crowded-world 30089 17b")]
        [DataRow("crowded-world 32022 108b")]
        [DataRow("crowded-world 34037 417b")]
        [DataRow("crowded-world 50033 134d")]
        public void WhatWasFoundOnceStaysMended(string line)
        {
            string? failure = Runner.Replay(line, _ => { });
            Assert.IsNull(failure, failure);
        }

        [TestMethod]
        public void LongRunOnDemand()
        {
            string? wanted = Environment.GetEnvironmentVariable("EDGEBROKER_CUTS");
            if (wanted != null)
            {
                int seed = int.Parse(Environment.GetEnvironmentVariable("EDGEBROKER_SEED") ?? "1", CultureInfo.InvariantCulture);
                string only = Environment.GetEnvironmentVariable("EDGEBROKER_ONLY") ?? "";
                LongRun run = new(int.Parse(wanted, CultureInfo.InvariantCulture), only);
                run.Go(seed);
                TestContext!.WriteLine(run.Report);
                Assert.AreEqual("", string.Join("\n", run.Failures));
            }
        }

        [TestMethod]
        public void Replays()
        {
            string? line = Environment.GetEnvironmentVariable("EDGEBROKER_REPLAY");
            if (line != null)
            {
                string? failure = Runner.Replay(line, text => TestContext!.WriteLine(text));
                Assert.IsNull(failure, failure);
            }
        }
    }
}
