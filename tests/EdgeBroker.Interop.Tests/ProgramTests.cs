using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using EdgeBroker.Limits;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Interop.Tests
{
    /// <summary>The command line: what is printed, and how the program ends.</summary>
    [TestClass]
    public class ProgramTests
    {
        [TestMethod]
        [DataRow("run")]
        [DataRow("--log-level=info")]
        public void RunSaysWhatItKeepsAndWhereItListens(string first)
        {
            using RunningProgram broker = BrokerProgram.Start(first, "--port", "0");
            string line = broker.WaitForOutput("listening on ");
            Assert.IsTrue(line.StartsWith("listening on 127.0.0.1:", StringComparison.Ordinal), line);
            broker.WaitForOutput("mode memory: nothing survives a restart");
            using TcpClient client = new();
            client.Connect(IPAddress.Loopback, BrokerProgram.PortOf(line));
        }

        [TestMethod]
        [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
        public void TerminateEndsInOrder()
        {
            using RunningProgram broker = BrokerProgram.StartServing(out _);
            broker.Terminate();
            Assert.AreEqual(0, broker.WaitForExit());
            broker.WaitForError(" info stopped");
        }

        [TestMethod]
        public void PortInUseIsOneLine()
        {
            using TcpListener other = new(IPAddress.Loopback, 0);
            other.Start();
            string port = ((IPEndPoint)other.LocalEndpoint).Port.ToString();
            using RunningProgram broker = BrokerProgram.Start("run", "--port", port);
            AssertRefused(broker, 1, $"edgebroker: port {port} on 127.0.0.1 is in use");
        }

        [TestMethod]
        [DataRow(2, "--set: wait-s: there is no such setting; did you mean wait-ms?", "--set", "wait-s=5")]
        [DataRow(2, "--set: abcdefghijk: there is no such setting; edgebroker limits lists them", "--set", "abcdefghijk=5")]
        [DataRow(2, "--set: receive-max: '0' is not 1 to 65535 count", "--set", "receive-max=0")]
        [DataRow(2, "--set receive-max: write it as NAME=VALUE", "--set", "receive-max")]
        [DataRow(2, "--set =5: write it as NAME=VALUE", "--set", "=5")]
        [DataRow(2, "sessions-max is 5 and must be at least 10000 (connections-max): raise", "--set", "sessions-max=5")]
        [DataRow(2, "mode safe and mode relaxed need a folder", "--set", "mode=safe")]
        [DataRow(2, "port 65536 does not exist", "--port", "65536")]
        [DataRow(2, "Cannot parse argument 'x' for option '--port'", "--port", "x")]
        [DataRow(2, "Argument 'loud' not recognized", "--log-level", "loud")]
        [DataRow(2, "Argument 'flash' not recognized", "--mode", "flash")]
        [DataRow(2, "mode safe and mode relaxed need a folder", "--mode", "relaxed")]
        [DataRow(2, "Argument 'esp8266' not recognized", "--profile", "esp8266")]
        [DataRow(2, "Unrecognized command or argument 'start'", "start", "--port=0")]
        [DataRow(1, "'nowhere' is not an IP address", "--bind", "nowhere")]
        [DataRow(1, "no.such.file.json can't be read", "--config", "no.such.file.json")]
        public void WhatCannotBeIsRefusedInOneLine(int exitCode, string message, string option, string value)
        {
            using RunningProgram broker = BrokerProgram.Start(option, value);
            AssertRefused(broker, exitCode, "edgebroker: " + message);
        }

        [TestMethod]
        public void FileOfSettingsIsUsedAndTheCommandLineGoesBeforeIt()
        {
            string path = Path.GetTempFileName();
            try
            {
                File.WriteAllText(path, "{ \"connections-max\": 50, \"sessions-max\": 60, \"retain-available\": false }");
                using (RunningProgram refused = BrokerProgram.Start("--port", "0", "--config", path, "--set", "connections-max=61"))
                {
                    AssertRefused(refused, 2, "sessions-max is 60 and must be at least 61 (connections-max)");
                }

                using RunningProgram broker = BrokerProgram.StartServing(out _, "--config", path, "--set", "connections-max=60");
            }
            finally
            {
                File.Delete(path);
            }
        }

        [TestMethod]
        public void WrongFileOfSettingsNamesTheLine()
        {
            string path = Path.GetTempFileName();
            try
            {
                File.WriteAllText(path, "{\n  \"wait-ms\": 500,\n  \"hold-ms\": 10001\n}\n");
                using RunningProgram broker = BrokerProgram.Start("--port", "0", "--config", path);
                AssertRefused(broker, 2, path + " line 3: hold-ms: '10001' is not 0 to 10000 ms");
            }
            finally
            {
                File.Delete(path);
            }
        }

        [TestMethod]
        public void LimitsPrintsEverySetting()
        {
            using RunningProgram program = BrokerProgram.Start("limits");
            Assert.AreEqual(0, program.WaitForExit());
            string[] lines = program.Output.Split('\n');
            Assert.AreEqual(LimitTable.Count + 1, lines.Length);
            for (int index = 0; index < LimitTable.Count; index++)
            {
                string line = lines[index + 1];
                Assert.IsTrue(line.StartsWith(LimitTable.Name(index) + " ", StringComparison.Ordinal), line);
                Assert.IsTrue(line.Contains(LimitTable.Range(index), StringComparison.Ordinal), line);
                Assert.IsTrue(line.EndsWith(LimitTable.Meaning(index), StringComparison.Ordinal), line);
            }
        }

        [TestMethod]
        public void LimitsPrintsJson()
        {
            using RunningProgram program = BrokerProgram.Start("limits", "--json");
            Assert.AreEqual(0, program.WaitForExit());
            using JsonDocument document = JsonDocument.Parse(program.Output);
            for (int index = 0; index < LimitTable.Count; index++)
            {
                JsonElement setting = document.RootElement.GetProperty(LimitTable.Name(index));
                for (int profile = 0; profile < Profile.Count; profile++)
                {
                    string value = setting.GetProperty(Profile.Name(profile)).ToString();
                    Assert.IsTrue(string.Equals(LimitTable.Default(index, profile), value, StringComparison.OrdinalIgnoreCase), value);
                }
            }

            JsonElement keepAlive = document.RootElement.GetProperty("server-keep-alive-s");
            Assert.AreEqual("s", keepAlive.GetProperty("unit").GetString());
            Assert.AreEqual(0, keepAlive.GetProperty("min").GetInt32());
            Assert.AreEqual(65535, keepAlive.GetProperty("max").GetInt32());
            Assert.AreEqual("[\"safe\",\"relaxed\",\"memory\"]", Compact(document.RootElement.GetProperty("mode").GetProperty("values")));
            Assert.AreEqual("[false,true]", Compact(document.RootElement.GetProperty("retain-available").GetProperty("values")));
        }

        [TestMethod]
        public void LimitsOfOneProfileShowsNoOther()
        {
            using RunningProgram program = BrokerProgram.Start("limits", "--profile", "esp32-psram");
            Assert.AreEqual(0, program.WaitForExit());
            string head = program.Output.Split('\n')[0];
            Assert.IsTrue(head.Contains("esp32-psram") && !head.Contains("desktop"), head);
        }

        private static string Compact(JsonElement element)
        {
            return JsonSerializer.Serialize(element);
        }

        private static void AssertRefused(RunningProgram program, int exitCode, string message)
        {
            Assert.AreEqual(exitCode, program.WaitForExit(), program.Error);
            Assert.IsTrue(program.Error.Contains(message, StringComparison.Ordinal), program.Error);
            Assert.AreEqual("", program.Output, "nothing was started");
        }
    }
}
