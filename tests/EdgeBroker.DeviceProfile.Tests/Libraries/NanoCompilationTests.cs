using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using EdgeBroker.DeviceProfile.Tests.Projects;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;

namespace EdgeBroker.DeviceProfile.Tests.Libraries;

/// <summary>
/// Every device project, the application and the unit tests included, compiles against the libraries of a device alone, and
/// keeps the rules of the language and the limits of the metadata processor.
/// </summary>
[TestClass]
public class NanoCompilationTests
{
    /// <summary>Where the test's figures are printed.</summary>
    public required TestContext TestContext { get; set; }

    /// <summary>The device projects, one test each.</summary>
    public static IEnumerable<object[]> Projects =>
        NanoProject.All.Select(project => new object[] { Repository.Relative(project.Path) });

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void ProjectCompilesForADevice(string path)
    {
        AssertNone(NanoCompilation.Errors(Compilation(path)));
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void ProjectKeepsTheRulesOfTheLanguage(string path)
    {
        CSharpCompilation compilation = Compilation(path);
        List<Finding> findings = [];
        LanguageRules.Check(
            new DeviceCompilation(path, compilation, NanoProject.All.Select(project => project.AssemblyName)), findings);

        AssertNone(findings);
    }

    [TestMethod]
    public void ProjectsFitTheMetadataProcessor()
    {
        StringBuilder table = new();
        table.AppendLine($"{"project",-40}{"IL",9}{"margin",9}{"strings",9}{"margin",9}");
        List<AssemblySize> sizes = NanoProject.All.Select(Measure).ToList();
        foreach (AssemblySize size in sizes)
        {
            table.AppendLine($"{size.Name,-40}{size.CodeBytes,9}{AssemblySize.CodeBytesMax - size.CodeBytes,9}"
                + $"{size.StringBytes,9}{AssemblySize.StringBytesMax - size.StringBytes,9}");
        }

        TestContext.WriteLine(table.ToString());
        Assert.AreEqual(string.Empty, string.Join(Environment.NewLine, sizes.Select(size => size.Problem).OfType<string>()));
    }

    private static CSharpCompilation Compilation(string path) => NanoCompilation.Of(Path.Combine(Repository.Root, path)).Compilation;

    private static AssemblySize Measure(NanoProject project)
    {
        CSharpCompilation compilation = NanoCompilation.Of(project.Path).Compilation;
        using ModuleDefinition? released = EmittedAssembly.Emit(compilation, OptimizationLevel.Release);
        Assert.IsNotNull(released, $"{project.Name} does not compile.");
        return AssemblySize.Of(project.Name, released);
    }

    private static void AssertNone(IEnumerable<Finding> findings)
    {
        string text = string.Join(Environment.NewLine, findings);
        Assert.AreEqual(string.Empty, text, Environment.NewLine + text);
    }
}
