using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace EdgeBroker.Benchmarks;

/// <summary>Prints what was measured: median, least and most of each figure, and how the first broker compares to the second.</summary>
internal static class Report
{
    private static bool s_hasHead;

    /// <summary>Prints the figures of one scenario, as lines of a table.</summary>
    public static void Print(string scenario, List<Competitor> competitors)
    {
        if (!s_hasHead)
        {
            Console.WriteLine("| scenario | figure | " + string.Join(" | ", competitors.Select(one => one.Name + " (least-most)")) + " | ratio |");
            Console.WriteLine("|---|---|" + string.Concat(competitors.Select(_ => "---|")) + "---|");
            s_hasHead = true;
        }

        List<List<IReadOnlyList<Figure>>> all = competitors.ConvertAll(competitor => competitor.TakeRuns());
        for (int figure = 0; figure < all[0][0].Count; figure++)
        {
            List<double[]> values = all.ConvertAll(runs => runs.Select(run => run[figure].Value).Order().ToArray());
            string cells = string.Join(" | ", values.Select(Cell));
            string ratio = values.Count > 1 ? Number(Median(values[0]) / Median(values[1])) : "-";
            Console.WriteLine($"| {scenario} | {all[0][0][figure].Name} | {cells} | {ratio} |");
        }
    }

    private static string Cell(double[] sorted) => $"{Number(Median(sorted))} ({Number(sorted[0])}-{Number(sorted[^1])})";

    private static double Median(double[] sorted) => (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;

    private static string Number(double value) => value.ToString(Math.Abs(value) < 10 ? "F2" : Math.Abs(value) < 1000 ? "F1" : "F0", CultureInfo.InvariantCulture);
}
