using System;
using System.Globalization;
using EdgeBroker.DesktopProgram.Simulate.Keeping;
using EdgeBroker.DesktopProgram.Simulate.Reports;
using EdgeBroker.DesktopProgram.Simulate.Running;
using EdgeBroker.DesktopProgram.Simulate.Scenarios;
using EdgeBroker.DesktopProgram.Simulate.Screen;
using EdgeBroker.Limits;
using EdgeBroker.Simulation;

namespace EdgeBroker.DesktopProgram.Simulate
{
    /// <summary><c>edgebroker simulate</c>: a gateway on the desk, with devices around it.</summary>
    internal static class SimulateCommand
    {
        private const int SensorsMax = 500;
        private const double SpeedMax = 1000;
        private const string HeadlessFor = "10m";

        /// <summary>Runs a simulation.</summary>
        /// <returns>An <see cref="ExitCode"/>.</returns>
        /// <exception cref="UsageException">The options make no sense.</exception>
        /// <exception cref="StartException">The machine does not allow it.</exception>
        internal static int Run(SimulateOptions options)
        {
            BrokerLimits limits = LimitsLoader.LoadForDevice(options.ProfileName, options.Settings, options.Mode);
            Scenario scenario = ScenarioReader.Read(options.Scenario);
            if (options.Sensors is { } sensors)
            {
                scenario = sensors is >= 1 and <= SensorsMax
                    ? scenario.WithSensors(sensors)
                    : throw new UsageException($"--sensors {sensors}: from 1 to {SensorsMax}");
            }

            if (options.Speed is not (> 0 and <= SpeedMax))
            {
                throw new UsageException($"--speed {options.Speed}: above 0, up to {SpeedMax}");
            }

            using FlashFolder? folder = options.DataFolder == null ? null : FlashFolder.Open(options.DataFolder);
            GatewayPlan plan = new()
            {
                Limits = limits,
                Profile = options.ProfileName,
                Folder = folder,
                Port = options.Headless ? null : options.Port,
            };
            int seed = options.Seed ?? Random.Shared.Next(1, 1_000_000);
            return options.Headless ? RunHeadless(options, scenario, plan, seed) : LiveRun.Run(options, scenario, plan, seed);
        }

        private static int RunHeadless(SimulateOptions options, Scenario scenario, GatewayPlan plan, int seed)
        {
            long milliseconds = Duration.Parse(options.For ?? HeadlessFor);
            Console.Out.WriteLine(
                $"scenario {scenario.Name}, profile {plan.Profile}, mode {StoreModeNames.Of(plan.Limits.Mode)}, seed {seed}, "
                + $"{Duration.Text(milliseconds)} of virtual time");
            if (plan.Folder != null)
            {
                Console.Out.WriteLine(plan.DescribeFlash());
            }

            VirtualClock clock = plan.MakeClock();
            Log log = new(Console.Error.WriteLine, options.LogLevel, new VirtualTime(clock));
            using World world = new(scenario, plan, seed, clock, null, log);
            HeadlessRun run = new(world);
            ProgressScreen.Show(progress => run.Run(milliseconds, progress));
            return Finish(options, Report.Of(world, run.Peaks, plan.Profile));
        }

        /// <summary>Writes the report, and says what it came to.</summary>
        /// <returns>An <see cref="ExitCode"/>.</returns>
        internal static int Finish(SimulateOptions options, Report report)
        {
            if (options.Report != null)
            {
                ReportWriter.Write(options.Report, report);
                Console.Out.WriteLine($"report in {options.Report}.json and {options.Report}.md");
            }

            foreach (string failure in report.Failures)
            {
                Console.Out.WriteLine("broken: " + failure);
            }

            Console.Out.WriteLine(ReportWriter.Summary(report));
            if (!report.Kept)
            {
                Console.Out.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"to see it again: the same command with --seed {report.Seed}"));
            }

            return report.Kept ? ExitCode.Success : ExitCode.Broken;
        }
    }
}
