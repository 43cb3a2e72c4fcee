using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace EdgeBroker.Benchmarks;

/// <summary>Writes RESULTS.md and its chart, and says on what kind of machine it was measured.</summary>
internal static class ReportFiles
{
    /// <summary>What stands above the tables: date, machine, versions, and how much else ran.</summary>
    public static void WriteHead(Report report, Options options)
    {
        string date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        report.WriteLine("# Results of the last run");
        report.WriteLine();
        report.WriteLine("<!-- Written by the benchmarks; see README.md. -->");
        report.WriteLine($"- {date}, {Machine()}, {options.Rounds} rounds in turn, brokers on one core and clients on another.");
        report.WriteLine($"- {string.Join("; ", Versions(options))}.");
        report.WriteLine($"- Processes that wanted to run when it began (load average of a minute): {File.ReadAllText("/proc/loadavg").Split(' ')[0]}.");
        report.WriteLine("- **Median** (least - most). No message was lost, doubled or out of order where nothing says \"failed\".");
        report.WriteLine();
        report.WriteLine("![CPU seconds per million deliveries](results.svg)");
    }

    /// <summary>Writes both files.</summary>
    public static void Write(Report report)
    {
        string folder = Options.FindUp("tests/EdgeBroker.Benchmarks");
        File.WriteAllText(Path.Combine(folder, "RESULTS.md"), report.Text);
        File.WriteAllText(Path.Combine(folder, "results.svg"), report.Chart.ToSvg());
    }

    private static string Machine()
    {
        bool isVirtual = File.ReadAllText("/proc/cpuinfo").Contains("hypervisor", StringComparison.Ordinal);
        string kind = $"{Environment.ProcessorCount} {(isVirtual ? "vCPU" : "cores")}, {RuntimeInformation.ProcessArchitecture}";
        string system = $"Linux {Environment.OSVersion.Version.ToString(2)}, {RuntimeInformation.FrameworkDescription}";
        return $"{kind}{(isVirtual ? " virtual machine" : string.Empty)}, {system}";
    }

    private static string[] Versions(Options options)
    {
        string[] versions = ["EdgeBroker in mode memory where nothing else is said"];
        if (options.Mosquitto.Length > 0)
        {
            versions = [.. versions, Output(options.Mosquitto, "-h").Replace("version ", string.Empty, StringComparison.Ordinal)];
        }

        if (options.Aedes.Length > 0)
        {
            using JsonDocument package = JsonDocument.Parse(File.ReadAllText(Path.Combine(options.Aedes, "node_modules/aedes/package.json")));
            versions = [.. versions, $"aedes {package.RootElement.GetProperty("version").GetString()} on Node.js {Output("node", "--version")}"];
        }

        return SystemCallCounter.IsAvailable() ? versions : [.. versions, "no strace that may look into processes, so no system calls"];
    }

    private static string Output(string program, string argument)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, argument) { RedirectStandardOutput = true })!;
            return process.StandardOutput.ReadToEnd().Split('\n').First().Trim();
        }
        catch (Win32Exception)
        {
            return $"{program} is not installed";
        }
    }
}
