using System.Text;

namespace EdgeBroker.PowerLoss.Tests
{
    /// <summary>As many cuts as are asked for, over all scenarios and seed after seed.</summary>
    internal static class LongRun
    {
        /// <summary>Runs.</summary>
        /// <param name="cutsMax">How many cuts.</param>
        /// <param name="seed">The first seed.</param>
        /// <param name="failure">The line that replays the first failure, or null.</param>
        /// <returns>What was run, in a few lines.</returns>
        internal static string Go(int cutsMax, int seed, out string? failure)
        {
            StringBuilder report = new();
            int cuts = 0;
            failure = null;

            // What does not depend on the seed, once; then worlds.
            foreach (Scenario scenario in Scripts.All)
            {
                Runner linear = new(cutsMax - cuts);
                failure ??= linear.RunLinear(scenario, seed, Runner.Kinds);
                cuts += linear.CutCount;
                Runner exhaustive = new(System.Math.Min(cutsMax - cuts, cutsMax / 50));
                failure ??= exhaustive.RunExhaustive(scenario, seed, Runner.Kinds, 12);
                cuts += exhaustive.CutCount;
                report.AppendLine($"{scenario.Name}: {linear.CutCount} linear, {exhaustive.CutCount} pairs");
            }

            int[] byWorld = new int[RandomWorlds.All.Length];
            for (int i = seed; cuts < cutsMax && failure == null; i++)
            {
                for (int world = 0; world < byWorld.Length && failure == null; world++)
                {
                    Scenario scenario = RandomWorlds.All[world];
                    Runner runner = new(cutsMax - cuts);
                    failure = scenario.Name.EndsWith("long", System.StringComparison.Ordinal)
                        ? runner.Run(scenario, i, "r100000,25", out _)
                        : runner.RunLinear(scenario, i, Runner.Kinds);
                    cuts += runner.CutCount;
                    byWorld[world] += runner.CutCount;
                }
            }

            for (int world = 0; world < byWorld.Length; world++)
            {
                report.AppendLine($"{RandomWorlds.All[world].Name}: {byWorld[world]}");
            }

            report.AppendLine($"{cuts} cuts");
            return report.ToString();
        }
    }
}
