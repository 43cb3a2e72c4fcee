using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace EdgeBroker.Conformance.Tests.Traceability;

/// <summary>Writes src/CONFORMANCE.md.</summary>
public static class ConformanceReport
{
    /// <summary>The report, with line feeds.</summary>
    public static string Write(IReadOnlyList<Statement> version311, IReadOnlyList<Statement> version5, Coverage coverage)
    {
        StringBuilder text = new();
        text.Append("# Conformance\n\n");
        text.Append("Which normative statement is fulfilled where, and which test proves it. The rules are in this project's words.\n");
        text.Append("This file is written from the marks in the sources; tests/EdgeBroker.Conformance.Tests/README.md says how.\n\n");
        text.Append("| version | statements | bind this broker | fulfilled and proved | open | do not apply |\n");
        text.Append("|---|---|---|---|---|---|\n");
        AppendSummary(text, "3.1.1", version311, coverage);
        AppendSummary(text, "5.0", version5, coverage);
        AppendTable(text, "MQTT 3.1.1", version311, coverage);
        AppendTable(text, "MQTT 5.0", version5, coverage);
        return text.ToString();
    }

    private static void AppendSummary(StringBuilder text, string version, IReadOnlyList<Statement> statements, Coverage coverage)
    {
        int binding = statements.Count(statement => statement.Binds);
        int done = statements.Count(statement => statement.Binds && coverage.IsDone(statement.Id));
        text.Append($"| {version} | {statements.Count} | {binding} | {done} | {binding - done} | {statements.Count - binding} |\n");
    }

    private static void AppendTable(StringBuilder text, string title, IReadOnlyList<Statement> statements, Coverage coverage)
    {
        text.Append($"\n## {title}\n\n| id | rule | where fulfilled | tests |\n|---|---|---|---|\n");
        foreach (Statement statement in statements)
        {
            string sources = Join(coverage.SourcesOf(statement.Id).Select(mark => $"{mark.File["src/".Length..]}: {mark.Member}"));
            string tests = Join(coverage.TestsOf(statement.Id).Select(mark => mark.Member));
            if (sources.Length == 0)
            {
                sources = statement.NotApplicable.Length > 0 ? $"*{statement.NotApplicable}*" : "open";
            }

            if (tests.Length == 0 && (statement.Binds || coverage.SourcesOf(statement.Id).Any()))
            {
                tests = "open";
            }

            text.Append($"| {statement.Id} | {Escape(statement.Rule)} | {Escape(sources)} | {tests} |\n");
        }
    }

    private static string Join(IEnumerable<string> names) => string.Join("<br>", names.Distinct());

    private static string Escape(string text) => text.Replace("|", "\\|", System.StringComparison.Ordinal);
}
