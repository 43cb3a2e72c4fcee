using System;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;

namespace EdgeBroker.DeviceProfile.Tests.Work;

/// <summary>What is counted is what runs: one more instruction in a loop is one more for each time round.</summary>
[TestClass]
public class InstrumenterTests
{
    [TestMethod]
    [DataRow("s += i;", 11)]
    [DataRow("s += i + 1;", 13)]
    [DataRow("s = Add(s, i);", 15)]
    [DataRow("try { s += i; } finally { s++; }", 18)]
    public void InstructionsAreCounted(string statement, int each)
    {
        string source = "public static class C { public static int M(int n) { int s = 0; for (int i = 0; i < n; i++) { " + statement
            + " } return s; } static int Add(int a, int b) { return a + b; } }";
        using ModuleDefinition module = EmittedAssembly.Emit(DeviceCompilation.OfSnippet(source).ForDesktop, OptimizationLevel.Release)!;
        new Instrumenter().Rewrite(module);
        AssemblyLoadContext context = new(statement, isCollectible: true);
        MethodInfo method = context.LoadFromStream(Instrumenter.Write(module)).GetType("C")!.GetMethod("M")!;
        long few = Count(method, 100);
        Assert.AreEqual(100L * each, Count(method, 200) - few);
        context.Unload();
    }

    private static long Count(MethodInfo method, int times)
    {
        method.Invoke(null, [times]);
        long count = WorkCounter.Counts.Sum();
        Array.Clear(WorkCounter.Counts);
        return count;
    }
}
