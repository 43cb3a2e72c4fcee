using System;
using System.Globalization;
using Spectre.Console;

namespace EdgeBroker.DesktopProgram.Simulate.Screen
{
    /// <summary>Shows how far a long run is: a bar in a terminal, else a line now and then.</summary>
    internal static class ProgressScreen
    {
        private const double Step = 0.1;

        /// <summary>Runs something that tells how far it is.</summary>
        internal static void Show(Action<Action<double>> run)
        {
            if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
            {
                double next = Step;
                run(part =>
                {
                    while (part >= next)
                    {
                        Console.Out.WriteLine(next.ToString("P0", CultureInfo.InvariantCulture));
                        next = part >= 1 ? double.MaxValue : next + Step;
                    }
                });
                return;
            }

            AnsiConsole.Progress()
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .Start(context =>
                {
                    ProgressTask task = context.AddTask("simulating", maxValue: 1);
                    run(part => task.Value = part);
                });
        }
    }
}
