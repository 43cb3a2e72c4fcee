using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.DeviceProfile.Tests.Projects;

/// <summary>The device projects agree with their file lists, the desktop's projects, the packages and the solution.</summary>
[TestClass]
public class NanoProjectTests
{
    /// <summary>The device projects, one test each.</summary>
    public static IEnumerable<object[]> Projects =>
        NanoProject.All.Select(project => new object[] { Repository.Relative(project.Path) });

    // Those of the tests are checked by TestLists, except for what they import.
    private static IEnumerable<string> FileLists => ListsBelow("src").Concat(ListsBelow("targets"));

    private static IEnumerable<string> ListsBelow(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.projitems", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal);

    [TestMethod]
    public void ProjectsAreFound()
    {
        string[] names = NanoProject.All.Select(project => project.Name).ToArray();

        CollectionAssert.IsSubsetOf(
            new[] { "EdgeBroker", "EdgeBroker.Esp32", "EdgeBroker.Platform", "EdgeBroker.Protocol", "EdgeBroker.Simulation" }, names);
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void ProjectAgreesWithTheRest(string path) =>
        AssertNone(NanoProjectRules.Check(NanoProject.Read(Path.Combine(Repository.Root, path)), Repository.Root));

    [TestMethod]
    public void EveryFileListIsOfADeviceProject() => AssertNone(
        NanoProjectRules.CheckLists(FileLists.Concat(ListsBelow("tests")), NanoProject.All));

    [TestMethod]
    public void FileListsAreComplete() => AssertNone(FileLists.SelectMany(list => DeviceProject.Read(list).CompareFileList()));

    [TestMethod]
    public void IdsAreNotGivenTwice() =>
        Assert.AreEqual(NanoProject.All.Count, NanoProject.All.Select(project => project.Property("ProjectGuid").ToUpperInvariant()).Distinct().Count());

    [TestMethod]
    public void DeviceProjectsGetNothingOfTheDesktop()
    {
        // Imported late by Microsoft.Common.targets, and the device's compiler would then warn of nulls and stop.
        string text = File.ReadAllText(Path.Combine(Repository.Root, "src", "Common.props"));

        StringAssert.Contains(text, "<PropertyGroup Condition=\"'$(MSBuildProjectExtension)' != '.nfproj'\">");
    }

    [TestMethod]
    public void DeviceProjectsAreOptimizedInAllConfigurations()
    {
        // Their sizes are measured so. Set by the project system's first props, which is imported before nf.props.
        XDocument props = XDocument.Load(Path.Combine(Repository.Root, "nf.props"));

        Assert.AreEqual("true", props.Descendants("Optimize").Single().Value);
        Assert.AreEqual("'$(MSBuildProjectExtension)' == '.nfproj'", props.Descendants("Optimize").Single().Parent!.Attribute("Condition")!.Value);
    }

    [TestMethod]
    public void DeviceAssembliesHaveTheDesktopsVersion()
    {
        string version = Regex.Match(File.ReadAllText(Path.Combine(Repository.Root, "src", "Common.props")), "<Version>(.*)</Version>").Groups[1].Value;
        string source = File.ReadAllText(Path.Combine(Repository.Root, "src", "DeviceAssemblyInfo.cs"));

        StringAssert.Contains(source, $"AssemblyVersion(\"{version}.0\")");
    }

    private static void AssertNone(IEnumerable<Finding> findings)
    {
        string text = string.Join(Environment.NewLine, findings);
        Assert.AreEqual(string.Empty, text, Environment.NewLine + text);
    }
}
