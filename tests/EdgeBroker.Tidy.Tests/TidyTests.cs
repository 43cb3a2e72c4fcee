using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tidy.Tests;

/// <summary>The style of the repository.</summary>
[TestClass]
public class TidyTests
{
    private static IEnumerable<SourceFile> Shipped => Repository.Sources.Where(source =>
        source.Path.StartsWith("src/", StringComparison.Ordinal) || source.Path.StartsWith("targets/", StringComparison.Ordinal));

    [TestMethod]
    public void SourcesAreFound()
    {
        Assert.IsTrue(Repository.Sources.Any(source => source.Path == "src/EdgeBroker.Foundation/Ports/IClock.cs"));
        Assert.IsTrue(Repository.Sources.Any(source => source.Path == "tests/EdgeBroker.Tidy.Tests/TidyTests.cs"));
        Assert.Contains("nf.props", Repository.TextFiles());
    }

    [TestMethod]
    public void FilesLinesAndFunctionsAreShort() => AssertNone(Shipped.SelectMany(SizeRules.Check));

    [TestMethod]
    public void TypesAreWhereTheirNamesSay() =>
        AssertNone(Shipped.SelectMany(source => NameRules.Check(source, Repository.NamespaceOf(source.Path))));

    [TestMethod]
    public void NothingIsLeftForLater() => AssertNone(Repository.Sources.SelectMany(TextRules.CheckComments));

    [TestMethod]
    public void NoFileNamesAPathOfOneMachine() =>
        AssertNone(Repository.TextFiles().SelectMany(path => TextRules.CheckPaths(path, Repository.TextOf(path))));

    [TestMethod]
    public void TestsDoNotDependOnTime() =>
        AssertNone(Repository.Sources.Where(source => TimeRules.Covers(source.Path)).SelectMany(TimeRules.Check));

    [TestMethod]
    public void TheCoreKnowsItsPortsOnly() =>
        AssertNone(Repository.Sources.Where(source => CoreRules.IsCore(source.Path)).SelectMany(CoreRules.CheckCore));

    [TestMethod]
    public void ThePathOfAMessageDoesNotAllocate() =>
        AssertNone(Repository.Sources.Where(source => CoreRules.IsHot(source.Path)).SelectMany(CoreRules.CheckHot));

    private static void AssertNone(IEnumerable<Finding> findings)
    {
        string text = string.Join(Environment.NewLine, findings);
        Assert.AreEqual(string.Empty, text, Environment.NewLine + text);
    }
}
