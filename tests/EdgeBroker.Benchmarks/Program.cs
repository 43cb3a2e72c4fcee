using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace EdgeBroker.Benchmarks;

/// <summary>Measures EdgeBroker and mosquitto in turn on the same cores, and prints both and their ratio.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args is ["wear"])
        {
            WearTable.Print();
            return 0;
        }

        Options? options = Options.Parse(args);
        if (options == null)
        {
            Console.Error.WriteLine(Options.Usage);
            return 2;
        }

        List<Scenario> scenarios = (options.IsSafe ? StoreScenarios(options.Scale) : Scenarios(options.Scale))
            .Where(scenario => options.Only.Length == 0 || options.Only.Any(word => scenario.Name.Contains(word, StringComparison.Ordinal)))
            .ToList();
        List<Competitor> competitors = [];
        if (options.Broker.Length > 0)
        {
            competitors.Add(new Competitor(() => BrokerProcess.StartEdgeBroker(options.Broker, options.BrokerCore, "memory")));
        }

        if (options.IsSafe)
        {
            competitors.Insert(0, new Competitor(() => BrokerProcess.StartEdgeBroker(options.Broker, options.BrokerCore, "safe")));
        }
        else if (options.Mosquitto.Length > 0)
        {
            competitors.Add(new Competitor(() => BrokerProcess.StartMosquitto(options.Mosquitto, options.BrokerCore)));
        }

        PinSelf(options.ClientCore);
        try
        {
            foreach (Scenario scenario in scenarios)
            {
                Measure(scenario, competitors, options.Rounds);
            }

            return 0;
        }
        catch (Exception failure) when (failure is LoadException or IOException or System.ComponentModel.Win32Exception)
        {
            Console.Error.WriteLine(failure.Message);
            return 1;
        }
        finally
        {
            competitors.ForEach(competitor => competitor.Stop());
        }
    }

    private static IEnumerable<Scenario> Scenarios(double scale)
    {
        double seconds = 3 * scale;
        yield return new ThroughputScenario("1→1 QoS 0", 0, 64, 1, 1, false, 1000, seconds);
        yield return new ThroughputScenario("1→1 QoS 1", 1, 64, 1, 1, false, 500, seconds);
        yield return new ThroughputScenario("1→1 QoS 2", 2, 64, 1, 1, false, 500, seconds);
        yield return new ThroughputScenario("1→1 QoS 0, window 10", 0, 64, 1, 1, false, 10, seconds);
        yield return new ThroughputScenario("1→1 QoS 1, window 10", 1, 64, 1, 1, false, 10, seconds);
        yield return new ThroughputScenario("10→1 QoS 0", 0, 64, 10, 1, false, 200, seconds);
        yield return new ThroughputScenario("1→100 QoS 0", 0, 64, 1, 100, false, 200, seconds);
        yield return new ThroughputScenario("10→10 QoS 1 256 B", 1, 256, 10, 10, true, 100, seconds);
        yield return new PacedScenario("1,000/s QoS 0", 1000, Math.Max((int)(10 * scale), 2));
        yield return new IdleScenario("idle 1,000", 1000);
        yield return new IdleScenario("idle 5,000", 5000);
    }

    private static IEnumerable<Scenario> StoreScenarios(double scale)
    {
        double seconds = 3 * scale;
        yield return new ThroughputScenario("QoS 1, online", 1, 64, 1, 1, false, 500, seconds) { IsDurable = true };
        yield return new ThroughputScenario("QoS 2, online", 2, 64, 1, 1, false, 500, seconds) { IsDurable = true };
        yield return new ThroughputScenario("QoS 1, offline", 1, 64, 1, 0, false, 500, seconds) { IsDurable = true };
        yield return new ThroughputScenario("QoS 2, offline", 2, 64, 1, 0, false, 500, seconds) { IsDurable = true };
        yield return new ThroughputScenario("QoS 1, offline, window 10", 1, 64, 1, 0, false, 10, seconds) { IsDurable = true };
    }

    // Broker by broker in each round, so that what else the machine does falls on both alike.
    private static void Measure(Scenario scenario, List<Competitor> competitors, int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            foreach (Competitor competitor in competitors)
            {
                competitor.Run(scenario);
            }
        }

        Report.Print(scenario.Name, competitors);
    }

    private static void PinSelf(int core)
    {
        if (core >= 0)
        {
            using Process self = Process.GetCurrentProcess();
            if (OperatingSystem.IsLinux())
            {
                self.ProcessorAffinity = (IntPtr)(1L << core);
            }
        }
    }
}
