using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Conformance.Tests.Traceability;

/// <summary>Every statement that binds the broker is fulfilled in a place that says so, and proved by a test that says so.</summary>
[TestClass]
[DoNotParallelize]
public class TraceabilityTests
{
    private const string PendingFile = "tests/EdgeBroker.Conformance.Tests/pending.txt";
    private const string ReportFile = "src/CONFORMANCE.md";

    private static readonly bool s_isUpdate = Environment.GetEnvironmentVariable("EDGEBROKER_UPDATE") == "1";
    private static readonly Coverage s_coverage = new(Statement.All, MarkScanner.ScanRepository());

    [TestMethod]
    public void StatementsAreWhole()
    {
        Assert.HasCount(141, Statement.OfVersion311);
        Assert.HasCount(251, Statement.OfVersion5);
        Assert.AreEqual(Statement.All.Count, Statement.All.Select(statement => statement.Id).Distinct().Count());
        foreach (Statement statement in Statement.All)
        {
            Assert.IsTrue(statement.Role is "Server" or "Client" or "Both", statement.Id);
            Assert.IsGreaterThan(0, statement.Rule.Length, statement.Id);
            Assert.IsTrue(statement.Role != "Client" || statement.NotApplicable.Length > 0, statement.Id);
        }
    }

    [TestMethod]
    public void EveryStatementIsFulfilledAndProvedOrPending()
    {
        List<string> lines = File.ReadAllLines(Repository.PathOf(PendingFile)).ToList();
        if (s_isUpdate)
        {
            SortedDictionary<string, string> open = s_coverage.FindOpen();
            lines = lines.Where(line => !IsId(line) || open.ContainsKey(line)).ToList();
            File.WriteAllText(Repository.PathOf(PendingFile), string.Concat(lines.Select(line => line + "\n")));
        }

        string[] problems = s_coverage.CompareWithPending(lines.Where(IsId).ToArray()).ToArray();

        Assert.IsEmpty(problems, Environment.NewLine + string.Join(Environment.NewLine, problems));
    }

    [TestMethod]
    public void WhatDoesNotApplyIsNotFulfilled()
    {
        string[] problems = s_coverage.FindContradictions().ToArray();

        Assert.IsEmpty(problems, string.Join(Environment.NewLine, problems));
    }

    [TestMethod]
    public void TheReportIsUpToDate()
    {
        string report = ConformanceReport.Write(Statement.OfVersion311, Statement.OfVersion5, s_coverage);
        string path = Repository.PathOf(ReportFile);
        if (s_isUpdate)
        {
            File.WriteAllText(path, report);
        }

        string written = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : string.Empty;

        Assert.IsTrue(
            written == report,
            $"{ReportFile} is not what the marks say: run this test with EDGEBROKER_UPDATE=1 and commit the file.");
    }

    private static bool IsId(string line) => line.Length > 0 && line[0] != '#';
}
