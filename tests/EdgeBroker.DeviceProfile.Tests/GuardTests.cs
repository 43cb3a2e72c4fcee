using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;

namespace EdgeBroker.DeviceProfile.Tests;

/// <summary>The guard finds what it should, and nothing else. Each row: a member of a class, and part of the message.</summary>
[TestClass]
public class GuardTests
{
    [TestMethod]
    [DataRow("void M<T>(T x) { }", "your own generic types and methods")]
    [DataRow("class Own<T> { }", "your own generic types and methods")]
    [DataRow("System.Collections.Generic.List<int> _x;", "use an array, or ArrayList")]
    [DataRow("void M(object o) { var x = new System.Collections.Generic.Dictionary<string, int>(); }", "Hashtable")]
    [DataRow("System.Action<int> _x;", "declare a delegate of your own")]
    [DataRow("System.Func<int> _x;", "declare a delegate of your own")]
    [DataRow("delegate T Own<T>(T x);", "your own generic types and methods")]
    [DataRow("interface IOwn<T> { }", "your own generic types and methods")]
    [DataRow("struct Own<T> { }", "your own generic types and methods")]
    [DataRow("void M() { T Own<T>(T x) { return x; } Own(1); }", "your own generic types and methods")]
    [DataRow("event System.EventHandler<System.EventArgs> E;", "declare a delegate of your own")]
    [DataRow("object M(int[] a) { return from x in a select x; }", "LINQ does not exist")]
    [DataRow("object M(P p) { return p with { }; } record P;", "with needs a record")]
    [DataRow("void M(int[] a) { System.Array.Resize(ref a, 5); }", "take the largest size in the constructor")]
    [DataRow("int[,] _x;", "compute the index")]
    [DataRow("object M() { return new int[2, 3]; }", "compute the index")]
    [DataRow("interface I { void A() { } }", "default interface method")]
    [DataRow("interface I { int A => 1; }", "default interface method")]
    [DataRow("void M() { System.Span<byte> x = stackalloc byte[4]; }", "stackalloc")]
    [DataRow("unsafe void M(byte* p) { }", "unsafe does not run")]
    [DataRow("unsafe void M(byte* p) { }", "a pointer does not run")]
    [DataRow("void M(byte[] b) { unsafe { fixed (byte* p = b) { } } }", "fixed does not run")]
    [DataRow("unsafe struct S { public fixed byte A[4]; }", "a fixed buffer")]
    [DataRow("unsafe delegate*<int, void> _x;", "a pointer does not run")]
    [DataRow("int M(int a) { return checked(a + 1); }", "checked never throws")]
    [DataRow("int M(int a) { checked { return a + 1; } }", "checked never throws")]
    [DataRow("string _x = \"a\\0b\";", "cuts a string at U+0000")]
    [DataRow("string M(string s) { return $\"{s}\\0\"; }", "cuts a string at U+0000")]
    [DataRow("string M(string s) { return s + '\\0'; }", "cuts a string at U+0000")]
    [DataRow("string M(string s) { s += '\\0'; return s; }", "cuts a string at U+0000")]
    [DataRow("string M(string s) { return $\"{s}{'\\0'}\"; }", "cuts a string at U+0000")]
    [DataRow("string M() { return new string('\\0', 3); }", "cuts a string at U+0000")]
    [DataRow("void M(System.Text.StringBuilder b) { b.Append('\\0'); }", "cuts a string at U+0000")]
    [DataRow("System.Collections.IEnumerable M() { yield return 1; }", "yield does not compile")]
    [DataRow("async void M() { await System.Threading.Tasks.Task.Delay(1); }", "async does not compile")]
    [DataRow("async void M() { await System.Threading.Tasks.Task.Delay(1); }", "await does not compile")]
    [DataRow("(int, int) _x;", "a tuple does not compile")]
    [DataRow("object M() { return (1, 2); }", "a tuple does not compile")]
    [DataRow("record R(int A);", "a record does not compile")]
    [DataRow("int? _x;", "a nullable value type does not compile")]
    [DataRow("object M(string s) { return s?.Length; }", "?. on a value")]
    [DataRow("volatile int _x;", "volatile does not compile")]
    [DataRow("dynamic _x;", "dynamic does not compile")]
    [DataRow("object M() { return new { A = 1 }; }", "an anonymous type does not compile")]
    [DataRow(
        "[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit)] struct S { }",
        "explicit layout")]
    [DataRow("void M() { try { } catch (System.Exception e) when (e.Message.Length / 2 > 1) { } }", "an exception in a filter")]
    [DataRow("void M() { try { } catch (System.Exception) when (Own()) { } } bool Own() { return true; }", "an exception in a filter")]
    [DataRow("void M(string s) { try { } catch (System.Exception) when (s.Length > 1) { } }", "an exception in a filter")]
    [DataRow("void M() { try { } catch (System.Exception e) when (e.InnerException.Message == null) { } }", "an exception in a filter")]
    [DataRow("void M() { try { } catch (System.Exception) when (P) { } } bool P { get { throw null; } }", "an exception in a filter")]
    [DataRow("class D { ~D() { } }", "a finalizer runs late")]
    [DataRow("ref struct S { }", "a ref struct")]
    public void LanguageIsJudged(string member, string message) => AssertFinds(member, message);

    [TestMethod]
    [DataRow("enum E { A } string M(E e) { return e.ToString(); }")]
    [DataRow("enum E { A } string M(E e) { return \"x\" + e; }")]
    [DataRow("enum E { A } string M(E e) { return $\"{e}\"; }")]
    [DataRow("enum E { A } string M(E e) { return string.Format(\"{0}\", e); }")]
    [DataRow("enum E { A } string M(E e) { return string.Concat(e, \"x\"); }")]
    [DataRow("enum E { A } string M(string s, E e) { s += e; return s; }")]
    [DataRow("enum E { A } void M(System.Text.StringBuilder b, E e) { b.Append(e); }")]
    public void EnumTextIsJudged(string member) => AssertFinds(member, "an enum's text is its number");

    [TestMethod]
    [DataRow("static int s_x = Other.Value; class Other { public static int Value = 1; }", "reads C.Other.Value")]
    [DataRow("static int s_x = Other.Value; class Other { public static int Value => 1; }", "reads C.Other.Value")]
    [DataRow("static int s_x = F(); static int F() { return 1; }", "what it throws is lost")]
    [DataRow("static C s_x = new C(); public C() { }", "what it throws is lost")]
    [DataRow("static int s_x; static C() { s_x = Other.Value; } class Other { public static int Value = 1; }", "reads C.Other.Value")]
    [DataRow("static int s_x; static C() { s_x = int.Parse(\"1\"); }", "what it throws is lost")]
    [DataRow("static byte[] s_a = new byte[1]; static byte s_x = s_a[0];", "what it throws is lost")]
    [DataRow("static object P { get; } = new C();", "what it throws is lost")]
    public void StaticInitializersAreJudged(string member, string message) => AssertFinds(member, message);

    [TestMethod]
    [DataRow("string M(string s) { return s.Replace(\"a\", \"b\"); }", "StringBuilder")]
    [DataRow("string M(string[] s) { return string.Join(\",\", s); }", "use a StringBuilder")]
    [DataRow("bool M(char c) { return char.IsDigit(c); }", "compare with the characters' codes")]
    [DataRow("void M(byte[] a) { System.Buffer.BlockCopy(a, 0, a, 1, 1); }", "use Array.Copy")]
    [DataRow("int M(byte[] a) { return System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(a); }", "use BitConverter")]
    [DataRow("void M(int[] a) { System.Array.Sort((System.Array)a); }", "write the loop")]
    [DataRow("void M(int[] a) { System.Array.Reverse((System.Array)a); }", "write the loop")]
    [DataRow("void M() { throw new System.OverflowException(); }", "compare before computing")]
    [DataRow("void M() { try { } catch (System.DivideByZeroException) { } }", "test the divisor first")]
    [DataRow("void M(object o) { System.Threading.Monitor.Wait(o); }", "use an AutoResetEvent")]
    [DataRow("void M(object o) { System.Threading.Monitor.Pulse(o); }", "use an AutoResetEvent")]
    [DataRow("void M(System.Net.Sockets.TcpListener l) { l.Start(); }", "use a Socket")]
    [DataRow("void M() { System.Net.Sockets.Socket.Select(null, null, null, 1); }", "Socket.Poll(0, mode)")]
    [DataRow("int M(ref int a) { return System.Threading.Interlocked.Add(ref a, 2); }", "Interlocked.Increment")]
    [DataRow("void M(System.Net.Sockets.Socket s) { s.Blocking = false; }", "Socket.Poll(0, mode)")]
    [DataRow("void M(System.Net.Sockets.Socket s) { s.Shutdown(System.Net.Sockets.SocketShutdown.Both); }", "use Socket.Close")]
    [DataRow("void M(System.Net.Sockets.Socket s) { s.Dispose(); }", "use Socket.Close")]
    [DataRow("bool M(System.DateTimeOffset a) { return true; }", "System.DateTimeOffset does not exist")]
    [DataRow("decimal _x;", "use long in the smallest unit")]
    [DataRow("void M(string s) { foreach (System.Text.Rune r in s.EnumerateRunes()) { } }", "does not exist on a device")]
    public void ApiIsJudged(string member, string message) => AssertFinds(member, message);

    [TestMethod]
    [DataRow("long M() { return System.DateTime.UtcNow.Ticks; }", "take it from IClock")]
    [DataRow("void M() { System.Diagnostics.Debug.Assert(true); }", "return a status")]
    [DataRow("void M(System.IO.FileStream f) { f.Flush(); }", "close the file")]
    [DataRow("bool M(System.Net.Sockets.Socket s) { return s.Connected; }", "receive, and see")]
    [DataRow("int M(System.Net.Sockets.SocketException e) { return e.ErrorCode; }", "go by what was called")]
    public void WhatMisleadsIsJudged(string member, string message) => AssertFinds(member, message);

    // None of these names what is missing: only the emitted code does.
    [TestMethod]
    [DataRow("bool M(System.TimeSpan a, System.TimeSpan b) { return -a == b * 2; }", "System.TimeSpan.op_Multiply")]
    [DataRow("byte M(byte[] a) { return a[^1..][0]; }", "System.Range")]
    public void WhatTheCompilerUsesIsJudged(string member, string message) => AssertFinds(member, message);

    [TestMethod]
    [DataRow("int M(byte[] a) { int sum = 0; foreach (byte b in a) { sum += b; } return sum; }")]
    [DataRow("void M(System.Collections.ArrayList a) { foreach (object o in a) { } }")]
    [DataRow("void M(object o) { lock (o) { } }")]
    [DataRow("string M(string s, int i, char c) { return s + i + c; }")]
    [DataRow("string M(string s, char c) { return s + c; }")]
    [DataRow("string M(string s, int i) { return $\"{s}{i}\"; }")]
    [DataRow("string M(string s) { return string.Format(\"{0}\", s); }")]
    [DataRow(
        "int M(string s) { switch (s) { case \"a\": return 1; case \"b\": return 2; case \"c\": return 3; case \"d\": return 4; "
        + "case \"e\": return 5; case \"f\": return 6; case \"g\": return 7; default: return 0; } }")]
    [DataRow("int M(int a) { return a switch { 1 => 2, _ => 3 }; }")]
    [DataRow("static readonly byte[] s_x = { 1, 2, 3, 4, 5, 6, 7, 8 }; static readonly object s_lock = new object();")]
    [DataRow("static int s_x = Other.Value; class Other { public const int Value = 1; }")]
    [DataRow("delegate int D(int a); D M() { return a => a + 1; }")]
    [DataRow("event System.EventHandler E; void M() { E?.Invoke(this, null); }")]
    [DataRow("void M(System.IO.FileStream f, byte[] b) { using (f) { f.Read(b, 0, b.Length); f.Close(); } }")]
    [DataRow("int[][] _x = new int[3][]; void M(ref int a, out int b, in int c) { b = c; System.Array.Copy(_x, _x, 1); }")]
    [DataRow("void M(int i) { try { } catch (System.Exception e) when (e.Message == null && i == 1) { } }")]
    [DataRow("bool M(char c, byte[] b) { return c == '\\0' || b[0] == '\\0'; }")]
    [DataRow("class P { public int A { get; init; } } object M() { return new P { A = 1 }; }")]
    [DataRow("void M(System.Threading.Thread t) { t.Start(); System.Threading.Thread.Sleep(1); }")]
    [DataRow("bool M(object o) { return o is string { Length: > 3 } s && s.Equals(\"abcd\"); }")]
    [DataRow("string M(System.Text.StringBuilder b) { return b.Append(\"a\").ToString(); }")]
    public void WhatADeviceHasPasses(string member)
    {
        IReadOnlyList<Finding> findings = Check(member);

        Assert.IsEmpty(findings, Text(findings));
    }

    [TestMethod]
    public void FindingsSayWhere()
    {
        IReadOnlyList<Finding> findings = Guard.Check(DeviceCompilation.OfSnippet("class C\n{\n    int? _x;\n}\n"));

        Assert.HasCount(1, findings);
        StringAssert.StartsWith(findings[0].ToString(), "Snippet.cs:3: a nullable value type");
    }

    [TestMethod]
    public void EmittedFindingsSayWhere()
    {
        const string Source = "class C\n{\n    object M(System.TimeSpan a)\n    {\n        return a * 2;\n    }\n}\n";
        IReadOnlyList<Finding> findings = Guard.Check(DeviceCompilation.OfSnippet(Source));

        Assert.HasCount(1, findings, Text(findings));
        StringAssert.StartsWith(findings[0].ToString(), "Snippet.cs:5: the compiler uses System.TimeSpan.op_Multiply");
    }

    [TestMethod]
    public void DesktopOnlyLinesAreNotJudged()
    {
        const string Source = "class C\n{\n#if !NANOFRAMEWORK_1_0\n    int? _x;\n    int M(int[] a) { return a[^1..][0]; }\n#endif\n}\n";

        Assert.IsEmpty(Guard.Check(DeviceCompilation.OfSnippet(Source)));
    }

    [TestMethod]
    public void NewerLanguageIsFound() => AssertFinds("int[] _x = [1];", "does not compile as C# 9");

    [TestMethod]
    [DataRow("int _x;", true)]
    [DataRow("int X { get; set; }", true)]
    [DataRow("public T() { }", true)]
    [DataRow("[TestInitialize] public void Before() { }", true)]
    [DataRow("const int X = 1; static int s_x; static int Y { get { return 1; } } void Help() { }", false)]
    public void StateOfATestClassIsFound(string member, bool isFound)
    {
        IReadOnlyList<Finding> findings = Check($"[TestClass] class T {{ {member} }}");

        Assert.AreEqual(
            isFound, findings.Any(finding => finding.Message.Contains("without an object", StringComparison.Ordinal)), Text(findings));
    }

    [TestMethod]
    [DataRow("static void S{0}() {{ }}", "0 virtual, 1 instance and 256 static")]
    [DataRow("void I{0}() {{ }}", "0 virtual, 257 instance and 0 static")]
    [DataRow("public virtual void V{0}() {{ }}", "256 virtual, 1 instance and 0 static")]
    public void MethodsAreCounted(string method, string message) =>
        AssertFinds(string.Concat(Enumerable.Range(0, 256).Select(index => string.Format(null, method, index))), message);

    [TestMethod]
    [DataRow("static int M{0}(int a) {{ return a * a * a * a; }}", 9000, "bytes of code, of 60000: split the assembly")]
    [DataRow("const int ANameThatIsAsLongAsItCanBeWithoutAReason{0} = 1;", 1500, "bytes of names and text, of 65535: split the assembly")]
    [DataRow("static int M{0}(int a) {{ return a; }}", 9000, null)]
    public void SizeIsJudged(string member, int count, string? problem)
    {
        CSharpCompilation compilation = DeviceCompilation.OfSnippet(
            $"class C {{ {string.Concat(Enumerable.Range(0, count).Select(index => string.Format(null, member, index)))} }}").ForDesktop;
        using ModuleDefinition module = EmittedAssembly.Emit(compilation, OptimizationLevel.Release)!;
        string? found = AssemblySize.Of("Snippet", module).Problem;
        Assert.AreEqual(problem == null, found == null, found);
        StringAssert.Contains(found ?? string.Empty, problem ?? string.Empty);
    }

    private static void AssertFinds(string member, string message)
    {
        IReadOnlyList<Finding> findings = Check(member);

        Assert.IsTrue(findings.Any(finding => finding.Message.Contains(message, StringComparison.Ordinal)), Text(findings));
    }

    private static IReadOnlyList<Finding> Check(string member) => Guard.Check(DeviceCompilation.OfSnippet($"class C {{ {member} }}"));

    private static string Text(IReadOnlyList<Finding> findings) => string.Join(Environment.NewLine, findings);
}
