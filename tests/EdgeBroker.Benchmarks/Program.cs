using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace EdgeBroker.Benchmarks;

/// <summary>Measures EdgeBroker and others in turn on the same cores, and prints all and their ratio.</summary>
internal static class Program
{
    private static long AllCores => (1L << Environment.ProcessorCount) - 1;

    private static int Main(string[] args)
    {
        switch (args)
        {
            case ["wear"]:
                WearTable.Print();
                return 0;
            case ["micro"]:
                Micro.MicroTable.Write(new Report());
                return 0;
            case ["relay", string port]:
                Relay.Run(int.Parse(port, CultureInfo.InvariantCulture));
                return 0;
        }

        Options? options = Options.Parse(args);
        if (options == null)
        {
            Console.Error.WriteLine(Options.Usage);
            return 2;
        }

        Report report = new();
        if (options.WritesReport)
        {
            ReportFiles.WriteHead(report, options);
        }

        PinSelf(options.ClientCore < 0 ? AllCores : 1L << options.ClientCore);
        foreach (Section section in Sections.All(options))
        {
            Measure(section, options, report);
        }

        if (options.WritesReport)
        {
            // The compiler for what is called often needs a core of its own.
            PinSelf(AllCores);
            Micro.MicroTable.Write(report);
            ReportFiles.Write(report);
        }

        return report.HasFailures ? 1 : 0;
    }

    private static void Measure(Section section, Options options, Report report)
    {
        List<Scenario> scenarios = section.Scenarios.Where(scenario => IsWanted(section, scenario, options.Only)).ToList();
        if (scenarios.Count == 0)
        {
            return;
        }

        report.WriteHead(section);
        try
        {
            foreach (Scenario scenario in scenarios)
            {
                Measure(scenario, section.Competitors, options.Rounds);
                report.WriteRows(section, scenario);
            }
        }
        finally
        {
            foreach (Competitor competitor in section.Competitors)
            {
                competitor.Stop();
            }
        }
    }

    // Broker by broker in each round, so that what else the machine does falls on all alike.
    private static void Measure(Scenario scenario, IReadOnlyList<Competitor> competitors, int rounds)
    {
        foreach (Competitor competitor in competitors)
        {
            competitor.Begin();
        }

        for (int round = 0; round < rounds; round++)
        {
            foreach (Competitor competitor in competitors)
            {
                competitor.Run(scenario);
            }
        }
    }

    private static bool IsWanted(Section section, Scenario scenario, string[] only)
    {
        return only.Length == 0 || only.Any(word =>
            section.Title.Contains(word, StringComparison.Ordinal) || scenario.Name.Contains(word, StringComparison.Ordinal));
    }

    private static void PinSelf(long cores)
    {
        using Process self = Process.GetCurrentProcess();
        if (OperatingSystem.IsLinux())
        {
            self.ProcessorAffinity = (IntPtr)cores;
        }
    }
}
