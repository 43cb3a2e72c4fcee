using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace EdgeBroker.Benchmarks;

/// <summary>The tables as they grow: printed, and kept to be written down.</summary>
internal sealed class Report
{
    private readonly StringBuilder _text = new();

    /// <summary>The tables so far, in Markdown.</summary>
    public string Text => _text.ToString();

    /// <summary>The chart of the section <see cref="Sections.Speed"/>.</summary>
    public Chart Chart { get; } = new();

    /// <summary>Whether a broker did what it must not.</summary>
    public bool HasFailures { get; private set; }

    /// <summary>Writes a line.</summary>
    public void WriteLine(string line = "")
    {
        Console.WriteLine(line);
        _text.Append(line).Append('\n');
    }

    /// <summary>Begins a table.</summary>
    public void WriteHead(Section section)
    {
        string names = string.Join(" | ", section.Competitors.Select(one => one.Name));
        WriteLine();
        WriteLine($"## {section.Title}");
        WriteLine();
        WriteLine(section.Note);
        WriteLine();
        WriteLine($"| scenario | figure | {names} | ratio to {section.Competitors[section.Against].Name} |");
        WriteLine("|---|---|" + string.Concat(section.Competitors.Select(_ => "---:|")) + "---:|");
    }

    /// <summary>Writes the figures of one scenario: the median, the least and the most of each, and the ratio of medians.</summary>
    public void WriteRows(Section section, Scenario scenario)
    {
        string[] names = section.Competitors.SelectMany(one => one.Runs.Take(1)).Take(1).SelectMany(run => run.Select(figure => figure.Name)).ToArray();
        for (int i = 0; i < names.Length; i++)
        {
            double[]?[] values = section.Competitors.Select(one => Sorted(one, i)).ToArray();
            string cells = string.Join(" | ", values.Select(Cell));
            string ratio = values[0] is { } first && values[section.Against] is { } other ? Number(Median(first) / Median(other)) : "-";
            WriteLine($"| {scenario.Name} | {names[i]} | {cells} | {ratio} |");
            if (i == 0 && section.Title == Sections.Speed && scenario is ThroughputScenario)
            {
                Chart.Add(scenario.Name, section.Competitors.Select(one => one.Name), values.Select(value => value == null ? null : (double?)Median(value)));
            }
        }

        foreach (Competitor failed in section.Competitors.Where(one => one.Failure != null))
        {
            HasFailures = true;
            WriteLine($"| {scenario.Name} | **failed** | {failed.Name}: {failed.Failure} |");
        }
    }

    private static double[]? Sorted(Competitor competitor, int figure) =>
        competitor.Failure == null ? [.. competitor.Runs.Select(run => run[figure].Value).Order()] : null;

    private static string Cell(double[]? sorted) =>
        sorted == null ? "failed" : $"**{Number(Median(sorted))}** ({Number(sorted[0])} - {Number(sorted[^1])})";

    private static double Median(double[] sorted) => (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) < 10 ? "0.00" : Math.Abs(value) < 100 ? "0.0" : "#,##0", CultureInfo.InvariantCulture);
}
