using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Conformance.Tests.Traceability;

/// <summary>The comparison of statements and marks finds what it should, and nothing else.</summary>
[TestClass]
public class CoverageTests
{
    private const string Source = "src/A.cs";

    private static readonly Statement s_server = new("MQTT-1.0.0-1", "Server", "1", "a | b", string.Empty);
    private static readonly Statement s_client = new("MQTT-1.0.0-2", "Client", "1", "c", "Binds the Client");
    private static readonly Statement s_other = new("MQTT5-1.0.0-1", "Both", "1", "d", "No listener");

    [TestMethod]
    [DataRow("", "MQTT-1.0.0-1 is fulfilled nowhere")]
    [DataRow("tests/B.cs MQTT-1.0.0-1", "MQTT-1.0.0-1 is fulfilled nowhere")]
    [DataRow("src/A.cs MQTT-1.0.0-1", "MQTT-1.0.0-1 is proved by no test: it is marked in src/A.cs, M")]
    [DataRow("src/A.cs MQTT-1.0.0-1,tests/B.cs MQTT-1.0.0-1", "")]
    [DataRow("src/A.cs MQTT-1.0.0-1,tests/B.cs MQTT-1.0.0-1,src/A.cs MQTT-1.0.0-2", "MQTT-1.0.0-2 is proved by no test")]
    [DataRow("src/A.cs MQTT-1.0.0-1,tests/B.cs MQTT-1.0.0-1,src/A.cs MQTT-9.0.0-1", "MQTT-9.0.0-1 is no statement's id")]
    [DataRow("src/A.cs MQTT-1.0.0-1,tests/B.cs MQTT-1.0.0-1,tests/B.cs MQTT5-1.0.0-2", "MQTT5-1.0.0-2 is no statement's id: see tests/B.cs, M")]
    public void OpenStatementsAreFound(string marks, string message)
    {
        string[] open = CoverageOf(marks).FindOpen().Values.ToArray();

        Assert.HasCount(message.Length == 0 ? 0 : 1, open);
        Assert.IsTrue(open.All(text => text.StartsWith(message, System.StringComparison.Ordinal)), string.Join(", ", open));
    }

    [TestMethod]
    public void PendingStatementsMayBeOpen() => Assert.IsEmpty(CoverageOf(string.Empty).CompareWithPending([s_server.Id]));

    [TestMethod]
    [DataRow("MQTT-1.0.0-1")]
    [DataRow("MQTT-1.0.0-2")]
    [DataRow("MQTT5-1.0.0-1")]
    [DataRow("MQTT-9.0.0-1")]
    public void PendingCanOnlyShrink(string pending)
    {
        string[] problems = CoverageOf("src/A.cs MQTT-1.0.0-1,tests/B.cs MQTT-1.0.0-1").CompareWithPending([pending]).ToArray();

        Assert.HasCount(1, problems);
        Assert.AreEqual(pending + " is not open any more: take it off pending.txt.", problems[0]);
    }

    [TestMethod]
    [DataRow("src/A.cs MQTT5-1.0.0-1", 1)]
    [DataRow("tests/B.cs MQTT5-1.0.0-1", 0)]
    [DataRow("src/A.cs MQTT-1.0.0-2", 0)]
    public void ContradictionsAreFound(string marks, int expected) => Assert.HasCount(expected, CoverageOf(marks).FindContradictions());

    [TestMethod]
    [DataRow("/// <summary>[MQTT-1.0.0-1]</summary>\nclass C { }", "C")]
    [DataRow("class C { /// <summary>[MQTT-1.0.0-1]</summary>\nvoid M() { } }", "C.M")]
    [DataRow("class C { void M() // [MQTT-1.0.0-1]\n{ } void N() { } }", "C.M")]
    [DataRow("class C { void M()\n{ int a; // why [MQTT-1.0.0-1], again [MQTT-1.0.0-1]\n } }", "C.M")]
    [DataRow("class C { class D { int P { get; /* [MQTT-1.0.0-1] */ } } }", "C.D.P")]
    [DataRow("class C { [DataRow(\"MQTT-1.0.0-1\")] void M() { } }", "C.M")]
    [DataRow("class C { const string F = \"MQTT-1.0.0-1 10 00\"; }", "C.F")]
    [DataRow("class C { C() { } // [MQTT-1.0.0-1]\n }", "C.constructor")]
    [DataRow("enum C { A, /* [MQTT-1.0.0-1] */ B }", "C")]
    public void MarksKnowTheirMember(string text, string member)
    {
        List<Mark> marks = MarkScanner.Scan(Source, text).ToList();

        Assert.HasCount(1, marks);
        Assert.AreEqual(new Mark("MQTT-1.0.0-1", Source, member), marks[0]);
    }

    [TestMethod]
    public void OtherTextIsNoMark() =>
        Assert.IsEmpty(MarkScanner.Scan(Source, "// MQTT-x, MQTT 3.1.1, XMQTT-1.0.0-1, MQTT-1.0-1, MQTT6-1.0.0-1\nclass C { }"));

    [TestMethod]
    public void TheReportSaysWhereAndWhy()
    {
        Coverage coverage = CoverageOf("src/A.cs MQTT-1.0.0-1,tests/B.cs MQTT-1.0.0-1");

        string report = ConformanceReport.Write([s_server, s_client], [s_other], coverage);

        StringAssert.Contains(report, "| 3.1.1 | 2 | 1 | 1 | 0 | 1 |\n");
        StringAssert.Contains(report, "| 5.0 | 1 | 0 | 0 | 0 | 1 |\n");
        StringAssert.Contains(report, "| MQTT-1.0.0-1 | a \\| b | A.cs: M | M |\n");
        StringAssert.Contains(report, "| MQTT-1.0.0-2 | c | *Binds the Client* |  |\n");
        StringAssert.Contains(report, "| MQTT5-1.0.0-1 | d | *No listener* |  |\n");
    }

    private static Coverage CoverageOf(string marks) => new(
        [s_server, s_client, s_other],
        marks.Split(',', System.StringSplitOptions.RemoveEmptyEntries)
            .Select(mark => new Mark(mark.Split(' ')[1], mark.Split(' ')[0], "M"))
            .ToList());
}
