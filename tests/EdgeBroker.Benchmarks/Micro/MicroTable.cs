using System.Globalization;
using System.IO;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace EdgeBroker.Benchmarks.Micro;

/// <summary>Runs the micro-benchmarks by BenchmarkDotNet, in this process, and writes their table.</summary>
internal static class MicroTable
{
    /// <summary>Runs all and writes a line for each.</summary>
    public static void Write(Report report)
    {
        string folder = Directory.CreateTempSubdirectory("edgebroker-bench").FullName;
        Job job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(12).WithIterationCount(10)
            .WithIterationTime(TimeInterval.FromMilliseconds(100));
        ManualConfig config = ManualConfig.CreateEmpty().AddJob(job).AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance).AddLogger(NullLogger.Instance).WithArtifactsPath(folder);
        report.WriteLine();
        report.WriteLine("## Parts");
        report.WriteLine();
        report.WriteLine("Micro-benchmarks by BenchmarkDotNet, in nanoseconds; the journal on files of the temporary folder.");
        report.WriteLine();
        report.WriteLine("| operation | subscriptions | median ns | standard deviation ns | bytes allocated |");
        report.WriteLine("|---|---:|---:|---:|---:|");
        Write(report, BenchmarkRunner.Run<PacketBenchmarks>(config));
        Write(report, BenchmarkRunner.Run<TopicBenchmarks>(config));
        Write(report, BenchmarkRunner.Run<JournalBenchmarks>(config));
        Directory.Delete(folder, true);
    }

    private static void Write(Report report, Summary summary)
    {
        foreach (BenchmarkReport one in summary.Reports)
        {
            object? subscriptions = one.BenchmarkCase.Parameters[nameof(TopicBenchmarks.Subscriptions)];
            string median = Number(one.ResultStatistics?.Median);
            string deviation = Number(one.ResultStatistics?.StandardDeviation);
            string name = one.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\'');
            long? allocated = one.GcStats.GetBytesAllocatedPerOperation(one.BenchmarkCase);
            report.WriteLine($"| {name} | {subscriptions ?? "-"} | {median} | {deviation} | {allocated} |");
        }
    }

    private static string Number(double? value) =>
        value?.ToString(value < 100 ? "0.0" : "#,##0", CultureInfo.InvariantCulture) ?? "failed";
}
