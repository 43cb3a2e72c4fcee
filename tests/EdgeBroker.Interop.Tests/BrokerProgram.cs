using System;
using System.Globalization;
using System.IO;

namespace EdgeBroker.Interop.Tests
{
    /// <summary>The program <c>edgebroker</c> as its users get it: a process of its own.</summary>
    internal static class BrokerProgram
    {
        private const string Listening = "listening on ";

        /// <summary>Starts the program with any arguments.</summary>
        internal static RunningProgram Start(params string[] arguments)
        {
            string program = Path.Combine(AppContext.BaseDirectory, "edgebroker.dll");
            return RunningProgram.Start(Environment.ProcessPath is { } host && IsDotnet(host) ? host : "dotnet", [program, .. arguments]);
        }

        /// <summary>Starts a broker on a free port and waits until it serves.</summary>
        /// <param name="port">The port.</param>
        /// <param name="arguments">More arguments.</param>
        internal static RunningProgram StartServing(out int port, params string[] arguments)
        {
            RunningProgram program = Start(["run", "--port", "0", .. arguments]);
            port = PortOf(program.WaitForOutput(Listening));
            return program;
        }

        /// <summary>The port in a line that tells where the broker listens.</summary>
        internal static int PortOf(string line)
        {
            return int.Parse(line[(line.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);
        }

        private static bool IsDotnet(string path)
        {
            return Path.GetFileNameWithoutExtension(path) == "dotnet";
        }
    }
}
