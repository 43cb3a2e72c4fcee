using System;
using System.IO;
using System.Linq;
using EdgeBroker.DesktopProgram;
using EdgeBroker.DesktopProgram.Simulate.Devices;
using EdgeBroker.DesktopProgram.Simulate.Faults;
using EdgeBroker.DesktopProgram.Simulate.Scenarios;
using EdgeBroker.Protocol;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Simulator.Tests.Simulate
{
    /// <summary>Scenario files: what is in the program, and what is wrong in those of others.</summary>
    [TestClass]
    public class ScenarioTests
    {
        [TestMethod]
        public void ThreeAreShipped()
        {
            CollectionAssert.AreEqual(new[] { "factory", "home", "rough" }, ScenarioReader.Shipped.ToArray());
            foreach (string name in ScenarioReader.Shipped)
            {
                Scenario scenario = ScenarioReader.Read(name);
                Assert.AreEqual(name, scenario.Name);
                Assert.IsGreaterThan(0, scenario.About.Length);
            }
        }

        [TestMethod]
        public void TheExampleIsOne()
        {
            string text = File.ReadAllText(Path.Combine(Root.Path, "targets", "desktop", "Simulate", "README.md"));
            int start = text.IndexOf("```json", StringComparison.Ordinal) + 7;
            Scenario scenario = ScenarioReader.Parse("README.md", text[start..text.IndexOf("```", start, StringComparison.Ordinal)]);
            Assert.AreEqual(9, scenario.Devices.Sum(group => group.Count));
            foreach (Fault fault in FaultBook.All)
            {
                StringAssert.Contains(text, $"| `{fault.Name}` | {fault.Key} | {fault.Help} |");
            }
        }

        [TestMethod]
        public void WhatIsLeftOutHasItsDefault()
        {
            Scenario scenario = ScenarioReader.Parse(
                "file", """{ "name": "n", "devices": [{ "name": "a", "kind": "alwaysOn", "publish": [{ "topic": "t" }] }] }""");
            DeviceGroup group = scenario.Devices.Single();
            Assert.AreEqual(1, group.Count);
            Assert.AreEqual("mixed", group.Protocol);
            Assert.AreEqual(30, group.KeepAliveS);
            Assert.AreEqual(10, group.Publish.Single().EveryS);
            Assert.AreEqual(1, group.Publish.Single().Burst);
        }

        [TestMethod]
        [DataRow("{", "file line 1")]
        [DataRow("""{ "name": "n" }""", "devices")]
        [DataRow("""{ "name": "n", "devices": [] }""", "1 to 1000 devices")]
        [DataRow("""{ "name": "n", "devices": [{ "name": "a", "kind": "lazy" }] }""", "devices[0].kind")]
        [DataRow("""{ "name": "n", "devices": [{ "name": "a", "kind": "alwaysOn", "contu": 2 }] }""", "contu")]
        [DataRow("""{ "name": "n", "devices": [{ "name": "a b", "kind": "alwaysOn" }] }""", "letters")]
        [DataRow("""{ "name": "n", "devices": [{ "name": "a", "kind": "alwaysOn", "protocol": "4" }] }""", "3.1.1, 5.0 or mixed")]
        [DataRow("""{ "name": "n", "devices": [{ "name": "a", "kind": "alwaysOn", "publish": [{ "topic": "t", "qos": 3 }] }] }""", "qos")]
        [DataRow("""{ "name": "n", "devices": [{ "name": "a", "kind": "alwaysOn", "subscribe": [{ "filter": "#/b" }] }] }""", "Filter")]
        [DataRow("""{ "name": "n", "devices": [{ "name": "a", "kind": "alwaysOn" }], "faults": [{ "fault": "flood" }] }""", "cut-power")]
        [DataRow("""{ "name": "n", "devices": [{ "name": "a", "kind": "alwaysOn" }, { "name": "a", "kind": "chatty" }] }""", "same name")]
        public void AMistakeIsTold(string text, string told)
        {
            UsageException exception = Assert.ThrowsExactly<UsageException>(() => ScenarioReader.Parse("file", text));
            StringAssert.StartsWith(exception.Message, "file");
            StringAssert.Contains(exception.Message, told);
        }

        [TestMethod]
        [DataRow(12, new[] { 6, 2, 1, 2, 1, 1 })]
        [DataRow(24, new[] { 12, 4, 2, 4, 2, 1 })]
        [DataRow(1, new[] { 1, 0, 0, 0, 0, 1 })]
        [DataRow(13, new[] { 7, 2, 1, 2, 1, 1 })]
        public void SensorsAreSharedOutAmongTheGroups(int sensors, int[] counts)
        {
            Scenario scenario = ScenarioReader.Read("home").WithSensors(sensors);
            CollectionAssert.AreEqual(counts, scenario.Devices.Select(group => group.Count).ToArray());
        }

        [TestMethod]
        public void DevicesHaveNamesAndMixedVersions()
        {
            DevicePlan[] plans = [.. DevicePlan.Of(ScenarioReader.Read("home"))];
            Assert.HasCount(13, plans);
            Assert.AreEqual("climate-1", plans[0].Name);
            Assert.AreEqual("center", plans[^1].Name);
            Assert.IsTrue(plans.Any(plan => plan.Level == ProtocolLevel.V311));
            Assert.IsTrue(plans.Any(plan => plan.Level == ProtocolLevel.V5));
            Assert.AreEqual("home/climate-1/set", plans[0].WithName(plans[0].Group.Subscribe[0].Filter));
        }
    }
}
