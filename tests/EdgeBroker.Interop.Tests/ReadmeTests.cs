using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using EdgeBroker.Limits;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Interop.Tests
{
    /// <summary>
    /// What README.md shows is what the code has. With EDGEBROKER_UPDATE=1 the parts that are made from the code are written
    /// anew instead.
    /// </summary>
    [TestClass]
    public class ReadmeTests
    {
        private const int WaitMsMax = 60_000;

        [TestMethod]
        public void SettingsAreThoseOfTheTable()
        {
            StringBuilder table = new("| setting | range | esp32 | esp32-psram | desktop | meaning |\n|---|---|---|---|---|---|\n");
            for (int index = 0; index < LimitTable.Count; index++)
            {
                table.Append($"| {LimitTable.Name(index)} | {LimitTable.Range(index)} ");
                for (int profile = 0; profile < Profile.Count; profile++)
                {
                    table.Append($"| {LimitTable.Default(index, profile)} ");
                }

                table.Append($"| {LimitTable.Meaning(index)} |\n");
            }

            AssertPart("settings", table.ToString());
        }

        [TestMethod]
        public void ExampleIsTheOneThatIsTested()
        {
            string example = File.ReadAllText(Path.Combine(Root(), "tests", "EdgeBroker.Interop.Tests", "EmbeddedBroker.cs"));
            AssertPart("example", "```csharp\n" + example + "```\n");
        }

        [TestMethod]
        [DataRow("dotnet run --project targets/desktop", false)]
        [DataRow("dotnet test EdgeBroker.sln", true)]
        public void CommandsAreThere(string command, bool inContinuousIntegration)
        {
            Assert.IsTrue(Readme().Contains("\n" + command + "\n", StringComparison.Ordinal), command);
            if (inContinuousIntegration)
            {
                string script = File.ReadAllText(Path.Combine(Root(), ".ci", "run"));
                Assert.IsTrue(script.Contains("\n" + command + "\n", StringComparison.Ordinal), command);
            }
        }

        [TestMethod]
        public void ExampleServesAndStops()
        {
            int port = FreePort();
            using CancellationTokenSource stop = new();
            Exception? failure = null;
            Thread thread = new(() =>
            {
                try
                {
                    EmbeddedBroker.Run("127.0.0.1", port, stop.Token);
                }
                catch (Exception exception)
                {
                    failure = exception;
                }
            });
            thread.Start();
            try
            {
                using TcpClient client = ConnectTo(port, thread);
                client.ReceiveTimeout = WaitMsMax;
                client.GetStream().Write([0x10, 0x0D, 0x00, 0x04, 0x4D, 0x51, 0x54, 0x54, 0x04, 0x02, 0x00, 0x3C, 0x00, 0x01, 0x61]);
                byte[] connack = new byte[4];
                client.GetStream().ReadExactly(connack);
                Assert.AreEqual("20020000", Convert.ToHexString(connack));
            }
            finally
            {
                stop.Cancel();
            }

            Assert.IsTrue(thread.Join(WaitMsMax));
            Assert.IsNull(failure);
        }

        // The thread may not listen yet; it does soon, or it has ended.
        private static TcpClient ConnectTo(int port, Thread thread)
        {
            while (true)
            {
                TcpClient client = new();
                try
                {
                    client.Connect(IPAddress.Loopback, port);
                    return client;
                }
                catch (SocketException)
                {
                    client.Dispose();
                    Assert.IsFalse(thread.Join(1), "the example ended");
                }
            }
        }

        private static int FreePort()
        {
            using TcpListener listener = new(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        private static void AssertPart(string name, string expected)
        {
            string readme = Readme();
            string begin = $"<!-- {name}: made from the code -->\n";
            string end = $"<!-- end of {name} -->\n";
            int from = readme.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
            int to = readme.IndexOf(end, StringComparison.Ordinal);
            Assert.IsTrue(from >= begin.Length && to >= from, $"README.md has no part {name}");
            if (Environment.GetEnvironmentVariable("EDGEBROKER_UPDATE") == "1")
            {
                File.WriteAllText(Path.Combine(Root(), "README.md"), readme[..from] + expected + readme[to..]);
                return;
            }

            Assert.AreEqual(expected, readme[from..to], $"{name} in README.md is stale: run the tests with EDGEBROKER_UPDATE=1");
        }

        private static string Readme()
        {
            return File.ReadAllText(Path.Combine(Root(), "README.md")).ReplaceLineEndings("\n");
        }

        private static string Root()
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (folder != null && !File.Exists(Path.Combine(folder.FullName, "EdgeBroker.sln")))
            {
                folder = folder.Parent;
            }

            Assert.IsNotNull(folder, "the tests run outside of the repository");
            return folder.FullName;
        }
    }
}
