using System;
using System.Globalization;
using System.Linq;
using EdgeBroker.DeviceProfile.Tests.Faults;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Soak.Tests
{
    /// <summary>
    /// Thousands of Clients against the bounds of a device, decent ones and all kinds that do harm, on a machine that fails in all ways:
    /// no exception, no leak, no acknowledged message lost unreported, everybody told why, and everybody served again. To see a failure
    /// again, set EDGEBROKER_SOAK to what is in quotes behind SOAK and run <see cref="Replays"/>, with EDGEBROKER_SOAK_TRACE for what a
    /// Client (c12) or all (*) do. For a long run, set EDGEBROKER_SOAK_HOURS to virtual hours per seed, and EDGEBROKER_SOAK_SEEDS to the
    /// first and last seed (1-100): it goes on after a failure.
    /// </summary>
    [TestClass]
    public class SoakTests
    {
        private const int Clients = 3000;

        private static readonly string[] s_rewritten = ["EdgeBroker.Core", "EdgeBroker.Foundation", "EdgeBroker.Store"];

        public TestContext? TestContext { get; set; }

        [TestMethod]
        [DataRow(1, 1200)]
        [DataRow(5, 1200)]
        [DataRow(6, 1200)]
        [DataRow(13, 1200)]
        [DataRow(18, 1200)]
        [DataRow(22, 1200)]
        public void EverybodyIsToldAndServedAgainAndNothingIsLostOrLeftOver(int seed, int seconds)
        {
            string? failure = Run(seed, Clients, seconds);
            Assert.IsNull(failure, failure);
        }

        [TestMethod]
        public void LongRunOnDemand()
        {
            string? hours = Environment.GetEnvironmentVariable("EDGEBROKER_SOAK_HOURS");
            if (hours == null)
            {
                return;
            }

            int[] seeds = Numbers(Environment.GetEnvironmentVariable("EDGEBROKER_SOAK_SEEDS") ?? "1-10", '-');
            int seconds = (int)(double.Parse(hours, CultureInfo.InvariantCulture) * 3600);
            int failed = 0;
            for (int seed = seeds[0]; seed <= seeds[1]; seed++)
            {
                string? failure = Run(seed, Clients, seconds);
                TestContext!.WriteLine($"seed {seed}: {failure ?? "good"}");
                failed += failure == null ? 0 : 1;
            }

            Assert.AreEqual(0, failed);
        }

        [TestMethod]
        public void Replays()
        {
            string? line = Environment.GetEnvironmentVariable("EDGEBROKER_SOAK");
            if (line != null)
            {
                int[] numbers = Numbers(line, ' ');
                string? failure = Run(numbers[0], numbers[1], numbers[2]);
                Assert.IsNull(failure, failure);
            }
        }

        private static string? Run(int seed, int clients, int seconds)
        {
            using RewrittenCopy copy = new(module =>
            {
                if (s_rewritten.Contains(module.Assembly.Name.Name))
                {
                    FaultInjector.Rewrite(module);
                }
            });
            return copy.Run(typeof(SoakRun), nameof(SoakRun.Check), seed, clients, seconds)?.Message;
        }

        private static int[] Numbers(string text, char separator)
        {
            return text.Split(separator).Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        }
    }
}
