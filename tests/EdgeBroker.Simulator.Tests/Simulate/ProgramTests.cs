using System;
using System.IO;
using System.Text.Json;
using EdgeBroker.Interop.Tests;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Simulator.Tests.Simulate
{
    /// <summary><c>edgebroker simulate</c> as its users get it: a process of its own.</summary>
    [TestClass]
    public class ProgramTests
    {
        [TestMethod]
        public void HeadlessEndsWithAReport()
        {
            string folder = Directory.CreateTempSubdirectory("report").FullName;
            try
            {
                string name = Path.Combine(folder, "run");
                using RunningProgram program = BrokerProgram.Start(
                    "simulate", "--headless", "--for", "2m", "--seed", "5", "--sensors", "6", "--report", name);
                Assert.AreEqual(0, program.WaitForExit(), program.Output + program.Error);
                program.WaitForOutput("every promise was kept: ");
                using JsonDocument report = JsonDocument.Parse(File.ReadAllText(name + ".json"));
                Assert.AreEqual(7, report.RootElement.GetProperty("sensors").GetInt32());
                Assert.AreEqual(5, report.RootElement.GetProperty("seed").GetInt32());
                Assert.IsGreaterThan(0, report.RootElement.GetProperty("acknowledged").GetInt64());
                foreach (string key in new[] { "lost", "duplicated", "dropped", "cuts" })
                {
                    Assert.AreEqual(0, report.RootElement.GetProperty(key).GetInt64(), key);
                }

                StringAssert.StartsWith(File.ReadAllText(name + ".md"), "# home, ");
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }

        [TestMethod]
        [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
        public void LiveServesRealClientsAndEndsInOrder()
        {
            using RunningProgram program = BrokerProgram.Start(
                "simulate", "--port", "0", "--page", "off", "--seed", "5", "--log-level", "info");
            string line = program.WaitForOutput("listening on 127.0.0.1:");
            program.WaitForError("connected from the simulation");
            using System.Net.Sockets.TcpClient client = new("127.0.0.1", BrokerProgram.PortOf(line));
            client.GetStream().Write([0x10, 0x0D, 0x00, 0x04, 0x4D, 0x51, 0x54, 0x54, 0x04, 0x02, 0x00, 0x3C, 0x00, 0x01, 0x61]);
            byte[] connack = new byte[4];
            client.GetStream().ReadExactly(connack);
            Assert.AreEqual("20020000", Convert.ToHexString(connack));
            program.Terminate();
            Assert.AreEqual(0, program.WaitForExit(), program.Output + program.Error);
            program.WaitForOutput("every promise was kept: ");
        }

        [TestMethod]
        [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
        public void WhatItAcknowledgedSurvivesAKillOfTheProgram()
        {
            const int Messages = 50;
            string folder = Directory.CreateTempSubdirectory("gateway").FullName;
            try
            {
                for (int kill = 0; kill < 3; kill++)
                {
                    using RunningProgram program = StartKept(folder, out int port);
                    using (WireClient display = new(port, "display", isDurable: true, isV5: false))
                    {
                        Assert.AreEqual(kill > 0, display.IsSessionPresent);
                        if (kill == 0)
                        {
                            display.Subscribe("alarms", 1);
                        }

                        display.Disconnect();
                    }

                    using WireClient sensor = new(port, "sensor", isDurable: false, isV5: true);
                    for (int i = 0; i < Messages; i++)
                    {
                        Assert.AreEqual(0, sensor.Publish("alarms", $"{(kill * Messages) + i}", 1));
                    }

                    program.Crash();
                    program.WaitForExit();
                    using RunningProgram check = BrokerProgram.Start("store", "check", folder);
                    Assert.AreEqual(0, check.WaitForExit(), check.Output + check.Error);
                    StringAssert.StartsWith(check.WaitForOutput("whole: "), "whole: ");
                }

                using RunningProgram again = StartKept(folder, out int last);
                using WireClient back = new(last, "display", isDurable: true, isV5: false);
                Assert.IsTrue(back.IsSessionPresent);
                for (int i = 0; i < 3 * Messages; i++)
                {
                    Assert.AreEqual($"alarms {i}", back.ReceiveMessage());
                }

                using RunningProgram second = BrokerProgram.Start("simulate", "--port", "0", "--page", "off", "--data", folder);
                Assert.AreEqual(1, second.WaitForExit());
                StringAssert.StartsWith(second.Error, $"edgebroker: --data: {folder} is in use by process ");
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }

        [TestMethod]
        [DataRow("--scenario house: no such file, and not one of factory, home, rough", "--scenario", "house")]
        [DataRow("--for 10: write a time as", "--headless", "--for", "10")]
        [DataRow("--sensors 0: from 1 to", "--sensors", "0")]
        [DataRow("--speed 0: above 0", "--speed", "0")]
        [DataRow("--page on: a port, or off", "--page", "on")]
        [DataRow("--page 65536: a port is from", "--page", "65536")]
        public void NonsenseIsOneLine(string told, params string[] arguments)
        {
            using RunningProgram program = BrokerProgram.Start(["simulate", .. arguments]);
            Assert.AreEqual(2, program.WaitForExit());
            StringAssert.StartsWith(program.Error, "edgebroker: " + told);
            Assert.AreEqual("", program.Output);
        }

        // One device besides: what real Clients need is room.
        private static RunningProgram StartKept(string folder, out int port)
        {
            RunningProgram program = BrokerProgram.Start(
                "simulate", "--port", "0", "--page", "off", "--seed", "5", "--sensors", "1", "--data", folder);
            port = BrokerProgram.PortOf(program.WaitForOutput("listening on 127.0.0.1:"));
            return program;
        }
    }
}
