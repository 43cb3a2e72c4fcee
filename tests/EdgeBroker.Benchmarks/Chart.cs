using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace EdgeBroker.Benchmarks;

/// <summary>A chart of what messages cost: a row for each scenario, a dot for each broker, on a scale of powers of ten.</summary>
internal sealed class Chart
{
    private const int Width = 860;
    private const int Left = 250;
    private const int Right = 30;
    private const int Top = 64;
    private const int RowHeight = 28;
    private const double Least = 0.01;
    private const double Decades = 4;

    private static readonly string[] s_colors = ["#0b6e4f", "#c2410c", "#6d28d9", "#475569"];

    private readonly List<(string Scenario, double?[] Values)> _rows = [];
    private string[] _names = [];

    /// <summary>Adds a row.</summary>
    /// <param name="scenario">What was measured.</param>
    /// <param name="names">Of the brokers, the same in each row.</param>
    /// <param name="values">CPU-seconds per million deliveries, or null.</param>
    public void Add(string scenario, IEnumerable<string> names, IEnumerable<double?> values)
    {
        _names = names.ToArray();
        _rows.Add((scenario, values.ToArray()));
    }

    /// <summary>The chart as SVG.</summary>
    public string ToSvg()
    {
        int bottom = Top + (_rows.Count * RowHeight);
        StringBuilder svg = new();
        Line(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{bottom + 34}\" font-family=\"sans-serif\" font-size=\"13\">");
        Line(svg, "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
        Line(svg, "<text x=\"12\" y=\"24\" font-size=\"15\" fill=\"#111827\">CPU seconds of the broker per million deliveries (less is better)</text>");
        for (int i = 0; i < _names.Length; i++)
        {
            Line(svg, $"<circle cx=\"{Left + (i * 130)}\" cy=\"44\" r=\"6\" fill=\"{s_colors[i]}\"/>");
            Line(svg, $"<text x=\"{Left + (i * 130) + 12}\" y=\"49\" fill=\"#111827\">{_names[i]}</text>");
        }

        for (double value = Least; value <= Least * Math.Pow(10, Decades) * 1.01; value *= 10)
        {
            Line(svg, $"<line x1=\"{X(value)}\" y1=\"{Top}\" x2=\"{X(value)}\" y2=\"{bottom}\" stroke=\"#d1d5db\"/>");
            string label = value.ToString("0.##", CultureInfo.InvariantCulture);
            Line(svg, $"<text x=\"{X(value)}\" y=\"{bottom + 18}\" text-anchor=\"middle\" fill=\"#6b7280\">{label}</text>");
        }

        for (int row = 0; row < _rows.Count; row++)
        {
            AddRow(svg, Top + (row * RowHeight) + (RowHeight / 2), _rows[row].Scenario, _rows[row].Values);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void AddRow(StringBuilder svg, int y, string scenario, double?[] values)
    {
        Line(svg, $"<text x=\"{Left - 14}\" y=\"{y + 4}\" text-anchor=\"end\" fill=\"#111827\">{scenario}</text>");
        double[] known = values.OfType<double>().ToArray();
        if (known.Length > 1)
        {
            Line(svg, $"<line x1=\"{X(known.Min())}\" y1=\"{y}\" x2=\"{X(known.Max())}\" y2=\"{y}\" stroke=\"#9ca3af\" stroke-width=\"2\"/>");
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value)
            {
                Line(svg, $"<circle cx=\"{X(value)}\" cy=\"{y}\" r=\"6\" fill=\"{s_colors[i]}\"/>");
            }
        }
    }

    private static string X(double value)
    {
        double part = Math.Clamp(Math.Log10(value / Least) / Decades, 0, 1);
        return (Left + (part * (Width - Left - Right))).ToString("0.#", CultureInfo.InvariantCulture);
    }

    private static void Line(StringBuilder svg, string line) => svg.Append(line).Append('\n');
}
