using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.DeviceProfile.Tests.Libraries;

/// <summary>The libraries that device projects are compiled against have what a device has, and no more.</summary>
[TestClass]
public class StubLibrariesTests
{
    private const string Usings = "using System; using System.Collections; using System.IO; using System.Net; using System.Net.Sockets; "
        + "using System.Text; using System.Threading; ";

    /// <summary>Where the test's figures are printed.</summary>
    public required TestContext TestContext { get; set; }

    [TestMethod]
    [DataRow("string M(string s) { return s.Replace(\"a\", \"b\"); }", "Replace")]
    [DataRow("string M(string[] s) { return string.Join(\",\", s); }", "Join")]
    [DataRow("void M(int[] a) { Array.Resize(ref a, 5); }", "Resize")]
    [DataRow("System.Collections.Generic.List<int> _x;", "Generic")]
    [DataRow("int? _x;", "Nullable")]
    [DataRow("object M() { return (1, 2); }", "ValueTuple")]
    [DataRow("Func<int> _x;", "Func")]
    [DataRow("Span<byte> _x;", "Span")]
    [DataRow("void M(Socket s) { s.Shutdown(SocketShutdown.Both); }", "Shutdown")]
    [DataRow("void M(Socket s) { s.Blocking = false; }", "Blocking")]
    [DataRow("string M() { return Environment.NewLine; }", "NewLine")]
    [DataRow("decimal M(decimal a) { return a; }", "Decimal")]
    [DataRow("void M(FileStream f) { f.Flush(true); }", "Flush")]
    [DataRow("IEnumerable M() { yield return 1; }", "NotSupportedException", true)]
    [DataRow("async void M() { }", "AsyncVoidMethodBuilder")]
    [DataRow("record R(int A);", "IsExternalInit", true)]
    [DataRow("byte M(byte[] a) { return a[^1..][0]; }", "Index")]
    [DataRow("bool M(TimeSpan a) { return a * 2 == a; }", "'*'")]
    [DataRow("volatile int _x;", "IsVolatile")]
    public void WhatADeviceLacksDoesNotCompile(string member, string message, bool isAnyError = false)
    {
        List<Finding> findings = Compile(member, StubLibraries.Names);

        Assert.IsNotEmpty(findings, member);
        Assert.IsTrue(isAnyError || findings.Any(finding => finding.Message.Contains(message, StringComparison.Ordinal)), Text(findings));
    }

    [TestMethod]
    [DataRow("int M(byte[] a) { int sum = 0; foreach (byte b in a) { sum += b; } return sum; }")]
    [DataRow("void M(ArrayList a) { foreach (object o in a) { } }")]
    [DataRow("void M(object o) { lock (o) { } }")]
    [DataRow("string M(string s, int i, char c, object o) { return s + i + c + o; }")]
    [DataRow("string M(string s, int i) { return $\"{s}{i}\"; }")]
    [DataRow(
        "int M(string s) { switch (s) { case \"a\": return 1; case \"b\": return 2; case \"c\": return 3; case \"d\": return 4; "
        + "case \"e\": return 5; case \"f\": return 6; case \"g\": return 7; default: return 0; } }")]
    [DataRow("static readonly byte[] s_x = { 1, 2, 3, 4, 5, 6, 7, 8 };")]
    [DataRow("delegate int D(int a); D M() { return a => a + 1; }")]
    [DataRow("event EventHandler E; void M() { E?.Invoke(this, null); }")]
    [DataRow("void M(FileStream f, byte[] b) { using (f) { f.Read(b, 0, b.Length); f.Close(); } }")]
    [DataRow("void M() { try { throw new IOException(); } catch (SocketException e) when (e.ErrorCode == 1) { } }")]
    [DataRow("bool M(DateTime a, TimeSpan b) { return a + b > DateTime.UtcNow; }")]
    [DataRow("bool M(IPAddress a) { return a == IPAddress.Any && a.Equals((object)a); }")]
    [DataRow("class E : Exception { public override string Message { get { return ToString(); } } }")]
    [DataRow("class A : IDisposable { public void Dispose() { } public override bool Equals(object o) { return o == this; } "
        + "public override int GetHashCode() { return 1; } }")]
    [DataRow("void M() { Thread t = new Thread(Run); t.Start(); Thread.Sleep(Timeout.Infinite); } void Run() { }")]
    [DataRow("byte[] M() { return Encoding.UTF8.GetBytes(\"a\"); }")]
    [DataRow("string M(StringBuilder b) { return b.Append(\"a\").Append(1).ToString(); }")]
    public void WhatADeviceHasCompiles(string member)
    {
        List<Finding> findings = Compile(member, StubLibraries.Names);

        Assert.IsEmpty(findings, Text(findings));
    }

    [TestMethod]
    [DataRow("byte[] M() { return System.Text.Encoding.UTF8.GetBytes(\"a\"); }", "nanoFramework.System.Text")]
    [DataRow("long M() { return System.Environment.TickCount64; }", "nanoFramework.Runtime.Native")]
    [DataRow("System.Net.Sockets.Socket _x;", "System.Net")]
    [DataRow("System.IO.FileStream _x;", "System.IO.FileSystem")]
    public void WhatAProjectDoesNotReferToDoesNotCompile(string member, string library)
    {
        Assert.IsNotEmpty(Check($"class C {{ {member} }}", StubLibraries.Names.Where(name => name != library)));
        Assert.IsEmpty(Check($"class C {{ {member} }}", StubLibraries.Names));
    }

    [TestMethod]
    public void EverySignatureIsListed()
    {
        foreach (string name in StubLibraries.Names)
        {
            CSharpCompilation library = StubLibraries.Device[name];
            SyntaxTree tree = library.SyntaxTrees.Single(tree => tree.FilePath == "signatures");
            SemanticModel model = library.GetSemanticModel(tree);
            IEnumerable<string?> ids = tree.GetRoot().DescendantNodes()
                .Select(node => model.GetDeclaredSymbol(node))
                .Where(symbol => symbol is INamedTypeSymbol or IMethodSymbol { IsImplicitlyDeclared: false } or IPropertySymbol or IFieldSymbol)
                .Select(symbol => symbol!.GetDocumentationCommentId());
            foreach (string? id in ids)
            {
                Assert.IsTrue(ApiList.Device.Contains(id!), $"api/signatures/{name}.cs.txt declares {id}, which {name}.txt does not list.");
            }
        }
    }

    [TestMethod]
    public void MostOfTheListsIsDeclared()
    {
        StringBuilder table = new();
        foreach (string name in StubLibraries.Names)
        {
            CSharpCompilation library = StubLibraries.Device[name];
            List<string> ids = File.ReadLines(Path.Combine(Repository.Root, "tests", "EdgeBroker.DeviceProfile.Tests", "api", name + ".txt"))
                .Where(id => id.Length > 2 && id[1] == ':').ToList();
            int declared = ids.Count(id => DocumentationCommentId.GetFirstSymbolForDeclarationId(id, library) != null);
            table.AppendLine($"{name,-36}{declared,6} of {ids.Count,6}");
            Assert.IsTrue(name != "mscorlib" || declared > ids.Count * 8 / 10, $"{declared} of {ids.Count} members of {name} are declared.");
        }

        TestContext.WriteLine(table.ToString());
    }

    private static List<Finding> Compile(string member, IEnumerable<string> libraries) => Check($"{Usings} class C {{ {member} }}", libraries);

    private static List<Finding> Check(string source, IEnumerable<string> libraries)
    {
        CSharpCompilation compilation =
            NanoCompilation.Compile("Snippet", [("Snippet.cs", source)], StubLibraries.Device.Select(libraries));
        return NanoCompilation.Errors(compilation).ToList();
    }

    private static string Text(IEnumerable<Finding> findings) => string.Join(Environment.NewLine, findings);
}
