using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;

namespace EdgeBroker.DeviceProfile.Tests;

/// <summary>The device folders stay within what a device compiles, holds and runs.</summary>
[TestClass]
public class DeviceSubsetTests
{
    /// <summary>Where the test's figures are printed.</summary>
    public required TestContext TestContext { get; set; }

    /// <summary>The names of the device projects, one test each.</summary>
    public static IEnumerable<object[]> Projects => DeviceProject.All.Select(project => new object[] { project.Name });

    [TestMethod]
    public void DeviceProjectsAreFound()
    {
        string[] names = DeviceProject.All.Select(project => project.Name).ToArray();

        CollectionAssert.IsSubsetOf(
            new[] { "EdgeBroker", "EdgeBroker.Foundation", "EdgeBroker.Platform", "EdgeBroker.Protocol", "EdgeBroker.Simulation" }, names);
        Assert.IsGreaterThan(2000, ApiList.Device.Count);
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void SourcesStayInTheSubset(string name)
    {
        string assembly = DeviceProject.All.Single(project => project.Name == name).AssemblyName;

        AssertNone(Guard.Check(DeviceCompilation.All.Single(compilation => compilation.Name == assembly)));
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void FileListsAreComplete(string name)
    {
        AssertNone(DeviceProject.All.Single(project => project.Name == name).CompareFileList());
    }

    [TestMethod]
    public void AssembliesFitTheMetadataProcessor()
    {
        StringBuilder table = new();
        table.AppendLine($"{"assembly",-24}{"IL",9}{"of",9}{"margin",9}{"strings",9}{"of",9}{"margin",9}");
        List<AssemblySize> sizes = DeviceCompilation.All.Select(Measure).ToList();
        foreach (AssemblySize size in sizes)
        {
            table.AppendLine(
                $"{size.Name,-24}{size.CodeBytes,9}{AssemblySize.CodeBytesMax,9}{AssemblySize.CodeBytesMax - size.CodeBytes,9}"
                + $"{size.StringBytes,9}{AssemblySize.StringBytesMax,9}{AssemblySize.StringBytesMax - size.StringBytes,9}");
        }

        TestContext.WriteLine(table.ToString());
        Console.WriteLine(table.ToString());
        Assert.AreEqual(string.Empty, string.Join(Environment.NewLine, sizes.Select(size => size.Problem).OfType<string>()));
    }

    private static AssemblySize Measure(DeviceCompilation compilation)
    {
        using ModuleDefinition? released = EmittedAssembly.Emit(compilation.ForDesktop, OptimizationLevel.Release);
        Assert.IsNotNull(released, $"{compilation.Name} does not compile.");
        return AssemblySize.Of(compilation.Name, released);
    }

    private static void AssertNone(IEnumerable<Finding> findings)
    {
        string text = string.Join(Environment.NewLine, findings);
        Assert.AreEqual(string.Empty, text, Environment.NewLine + text);
    }
}
