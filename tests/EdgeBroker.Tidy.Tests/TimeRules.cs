using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EdgeBroker.Tidy.Tests;

/// <summary>Tests neither sleep nor read a clock: what depends on time fails on a slow machine only.</summary>
public static class TimeRules
{
    private const string Clock = "use a virtual clock";

    private static readonly Dictionary<string, string> s_members = new(StringComparer.Ordinal)
    {
        ["Thread.Sleep"] = "wait for what is to happen, or advance a virtual clock",
        ["Thread.SpinWait"] = "wait for what is to happen, or advance a virtual clock",
        ["Task.Delay"] = "wait for what is to happen, or advance a virtual clock",
        ["DateTime.Now"] = Clock,
        ["DateTime.UtcNow"] = Clock,
        ["DateTime.Today"] = Clock,
        ["DateTimeOffset.Now"] = Clock,
        ["DateTimeOffset.UtcNow"] = Clock,
        ["Environment.TickCount"] = Clock,
        ["Environment.TickCount64"] = Clock,
    };

    /// <summary>Whether a source is under these rules: benchmarks measure time.</summary>
    public static bool Covers(string path) =>
        path.StartsWith("tests/", StringComparison.Ordinal) && !path.Contains("Benchmark", StringComparison.Ordinal);

    /// <summary>Checks a source.</summary>
    public static IEnumerable<Finding> Check(SourceFile source)
    {
        foreach (SyntaxNode node in source.Root.DescendantNodes())
        {
            if (node is MemberAccessExpressionSyntax access && s_members.TryGetValue(LastTwo(access), out string? instead))
            {
                yield return source.At(node, $"{LastTwo(access)} in a test: {instead}.");
            }
            else if (node is IdentifierNameSyntax { Identifier.Text: "Stopwatch" } name
                && name.Ancestors().All(above => above is not UsingDirectiveSyntax))
            {
                yield return source.At(node, $"Stopwatch in a test: {Clock}, or make it a benchmark.");
            }
        }
    }

    private static string LastTwo(MemberAccessExpressionSyntax access)
    {
        string left = access.Expression is MemberAccessExpressionSyntax inner ? inner.Name.Identifier.Text : access.Expression.ToString();
        return left + "." + access.Name.Identifier.Text;
    }
}
