using System;
using System.Collections.Generic;
using System.IO;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Interop.Tests
{
    /// <summary>
    /// Finds clients of others on this machine. A test whose client is not there is inconclusive and says what to install,
    /// unless EDGEBROKER_REQUIRE_CLIENTS is 1: then it fails.
    /// </summary>
    internal static class ClientPrograms
    {
        private const string NodePath = "NODE_PATH";

        /// <summary>Starts one of mosquitto's clients, its output unbuffered so that it can be waited for.</summary>
        internal static RunningProgram StartMosquitto(string name, params string[] arguments)
        {
            foreach (string program in new[] { "stdbuf", name })
            {
                if (OnPath(program).Count == 0)
                {
                    Missing($"{program} (mosquitto's clients and coreutils)");
                }
            }

            return RunningProgram.Start("stdbuf", ["-oL", name, .. arguments]);
        }

        /// <summary>Starts the script for Eclipse Paho with a Python that has it.</summary>
        internal static RunningProgram StartPaho(params string[] arguments)
        {
            foreach (string python in OnPath("python3"))
            {
                using RunningProgram probe = RunningProgram.Start(python, ["-c", "import paho.mqtt.client"]);
                if (probe.WaitForExit() == 0)
                {
                    return RunningProgram.Start(python, [Script("paho_client.py"), .. arguments]);
                }
            }

            Missing("Eclipse Paho for Python (python3-paho-mqtt)");
            throw new InvalidOperationException();
        }

        /// <summary>
        /// Starts the script for MQTT.js, which is looked for in the folder named by EDGEBROKER_MQTTJS (where npm installed it)
        /// or where node looks by itself.
        /// </summary>
        internal static RunningProgram StartMqttJs(params string[] arguments)
        {
            string folder = Environment.GetEnvironmentVariable("EDGEBROKER_MQTTJS") is { Length: > 0 } given
                ? Path.Combine(given, "node_modules")
                : Environment.GetEnvironmentVariable(NodePath) ?? "";
            foreach (string node in OnPath("node"))
            {
                using RunningProgram probe = RunningProgram.Start(node, ["-e", "require('mqtt')"], NodePath, folder);
                if (probe.WaitForExit() == 0)
                {
                    return RunningProgram.Start(node, [Script("mqttjs_client.js"), .. arguments], NodePath, folder);
                }
            }

            Missing("MQTT.js (npm install mqtt, in the folder named by EDGEBROKER_MQTTJS)");
            throw new InvalidOperationException();
        }

        private static string Script(string name)
        {
            return Path.Combine(AppContext.BaseDirectory, "clients", name);
        }

        private static List<string> OnPath(string name)
        {
            List<string> found = [];
            foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            {
                string path = Path.Combine(folder, name);
                if (File.Exists(path))
                {
                    found.Add(path);
                }
            }

            return found;
        }

        private static void Missing(string what)
        {
            if (Environment.GetEnvironmentVariable("EDGEBROKER_REQUIRE_CLIENTS") == "1")
            {
                Assert.Fail(what + " is not installed, and EDGEBROKER_REQUIRE_CLIENTS asks for it");
            }

            Assert.Inconclusive(what + " is not installed");
        }
    }
}
