using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tidy.Tests;

/// <summary>The rules find what they should, and nothing else.</summary>
[TestClass]
public class RuleTests
{
    [TestMethod]
    [DataRow(400, 0)]
    [DataRow(401, 1)]
    public void FileLengthIsJudged(int lines, int expected)
    {
        string text = string.Concat(Enumerable.Repeat("//\n", lines));

        AssertFindings(SizeRules.Check(new SourceFile("A.cs", text)), expected, "move a part with a name of its own");
    }

    [TestMethod]
    [DataRow(140, 0)]
    [DataRow(141, 1)]
    public void LineLengthIsJudged(int length, int expected) =>
        AssertFindings(SizeRules.Check(new SourceFile("A.cs", new string('/', length))), expected, "break the line");

    [TestMethod]
    [DataRow("void M() {", "}", 60, 0)]
    [DataRow("void M() {", "}", 61, 1)]
    [DataRow("C() {", "}", 61, 1)]
    [DataRow("int P { get {", "} }", 61, 1)]
    [DataRow("int M() => 1 +", "1;", 61, 1)]
    public void FunctionLengthIsJudged(string start, string end, int lines, int expected)
    {
        string text = "class C {\n/// <summary>Not counted.</summary>\n" + start + new string('\n', lines - 1) + end + "\n}\n";

        AssertFindings(SizeRules.Check(new SourceFile("A.cs", text)), expected, "give a part of it a name");
    }

    [TestMethod]
    [DataRow("namespace N { class A { class Nested { } } }", "")]
    [DataRow("namespace N; enum A { }", "")]
    [DataRow("return 0;", "")]
    [DataRow("namespace N { class A { } class B { } }", "move it to B.cs")]
    [DataRow("namespace N { class A { } delegate void B(); }", "move it to B.cs")]
    [DataRow("namespace N { class B { } }", "call the file B.cs")]
    [DataRow("namespace O { class A { } }", "the namespace O is not the folder's: use N")]
    [DataRow("class A { }", "has no namespace: use N")]
    public void NamesAreJudged(string text, string message) =>
        AssertFindings(NameRules.Check(new SourceFile("src/N/A.cs", text), "N"), message.Length == 0 ? 0 : 1, message);

    [TestMethod]
    [DataRow("src/EdgeBroker.Foundation/Ports/IClock.cs", "EdgeBroker.Ports")]
    [DataRow("src/EdgeBroker/Broker.cs", "EdgeBroker")]
    [DataRow("targets/desktop/Program.cs", "EdgeBroker.DesktopProgram")]
    public void FoldersHaveNamespaces(string path, string expected) => Assert.AreEqual(expected, Repository.NamespaceOf(path));

    [TestMethod]
    [DataRow("// TODO: later\n", 1)]
    [DataRow("/* one\n two FIXME */\n", 1)]
    [DataRow("/// <summary>A HACK.</summary>\nclass C { }\n", 1)]
    [DataRow("class C { string S = \"TODO\"; }\n", 0)]
    [DataRow("// TODOS and hacks\n", 0)]
    public void NotesForLaterAreJudged(string text, int expected) =>
        AssertFindings(TextRules.CheckComments(new SourceFile("A.cs", text)), expected, "open an issue");

    [TestMethod]
    [DataRow("work", 1)]
    [DataRow("root", 1)]
    [DataRow("tmp", 1)]
    [DataRow("home", 1)]
    [DataRow("var", 0)]
    public void MachinePathsAreJudged(string folder, int expected) =>
        AssertFindings(TextRules.CheckPaths("A.md", "see\n\"/" + folder + "/x/y\""), expected, "exists on one machine only");

    [TestMethod]
    public void MachinePathsSayWhere() =>
        Assert.AreEqual(2, TextRules.CheckPaths("A.md", "see\n\"/" + "root/x\"").Single().Line);

    [TestMethod]
    [DataRow("Thread.Sleep(1);", 1)]
    [DataRow("System.Threading.Thread.Sleep(1);", 1)]
    [DataRow("await Task.Delay(1);", 1)]
    [DataRow("var a = DateTime.Now;", 1)]
    [DataRow("var a = System.DateTime.UtcNow.Ticks;", 1)]
    [DataRow("var a = Environment.TickCount64;", 1)]
    [DataRow("var a = Stopwatch.StartNew();", 1)]
    [DataRow("using System.Diagnostics;", 0)]
    [DataRow("clock.Sleep(1); var a = clock.Now;", 0)]
    public void TimeIsJudged(string text, int expected) =>
        AssertFindings(TimeRules.Check(new SourceFile("A.cs", text)), expected, "in a test: ");

    [TestMethod]
    [DataRow("tests/EdgeBroker.Tests/A.cs", true)]
    [DataRow("tests/EdgeBroker.Benchmarks/A.cs", false)]
    [DataRow("src/EdgeBroker.Desktop/A.cs", false)]
    public void BenchmarksMayReadTheClock(string path, bool expected) => Assert.AreEqual(expected, TimeRules.Covers(path));

    [TestMethod]
    [DataRow("Socket _a;", "use INetwork")]
    [DataRow("void M() { var a = System.DateTime.UtcNow; }", "use IClock")]
    [DataRow("void M() { var a = new Random(); }", "use a generator of your own")]
    [DataRow("void M() { Thread.Sleep(1); }", "use the tick")]
    [DataRow("void M(System.Threading.Thread a) { }", "use the tick")]
    [DataRow("int M(Own a) { return a.Socket; }", "")]
    public void TheCoreIsJudged(string member, string message) =>
        AssertFindings(CoreRules.CheckCore(Member(member)), message.Length == 0 ? 0 : 1, message);

    [TestMethod]
    [DataRow("void M(int[] a) { foreach (int b in a) { } }", "use an index")]
    [DataRow("string M(int a) { return \"a\" + a; }", "use bytes")]
    [DataRow("string M(int a) { return $\"{a}\"; }", "use bytes")]
    [DataRow("object M() { return new C(); }", "allocate in the constructor")]
    [DataRow("object M() { return new byte[1]; }", "allocate in the constructor")]
    [DataRow("C M() { return new(); }", "allocate in the constructor")]
    [DataRow("object M()\n{\n// allocates: \nreturn new C(); }", "allocate in the constructor")]
    [DataRow("object P => new C();", "allocate in the constructor")]
    [DataRow("object _a = new C(); C() { _a = new byte[1]; }", "")]
    [DataRow("object M()\n{\n// allocates: once per Session\nreturn new C(); }", "")]
    [DataRow("object M()\n{\nreturn new C(); // allocates: once per Session\n}", "")]
    [DataRow("void M() { throw new C(); }", "")]
    [DataRow("int M(int a) { return a + 1; }", "")]
    public void ThePathOfAMessageIsJudged(string member, string message) =>
        AssertFindings(CoreRules.CheckHot(Member(member)), message.Length == 0 ? 0 : 1, message);

    private static SourceFile Member(string member) => new("A.cs", $"class C {{ {member} }}");

    private static void AssertFindings(IEnumerable<Finding> findings, int expected, string message)
    {
        Finding[] found = findings.ToArray();
        Assert.HasCount(expected, found, string.Join(Environment.NewLine, found.Select(finding => finding.ToString())));
        Assert.IsTrue(found.All(finding => finding.Message.Contains(message, StringComparison.Ordinal)), message);
    }
}
