using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.DeviceProfile.Tests.Projects;

/// <summary>The comparison finds what it should: a copy of a real project, with one thing changed at a time.</summary>
[TestClass]
public class NanoProjectRulesTests
{
    private const string Project = "EdgeBroker.Platform.nfproj";

    [TestMethod]
    public void CopyAsItIsPasses() => Assert.AreEqual(string.Empty, Check("", "", ""));

    [TestMethod]
    [DataRow(Project, "System.Net.1.11.60\\lib", "System.Net.1.11.59\\lib", "in no package of packages.config")]
    [DataRow(Project, "System.Net.1.11.60\\lib", "System.Net.1.11.59\\lib", "refers to nothing in it")]
    [DataRow(Project, "<AssemblyName>EdgeBroker.Platform", "<AssemblyName>EdgeBroker.Other", "both must have the same name")]
    [DataRow(Project, "<Import Project=\"EdgeBroker.Platform.projitems\" Label=\"Shared\" />", "", "don't both import")]
    [DataRow(Project, "<ProjectReference Include=\"..\\EdgeBroker\\EdgeBroker.nfproj\" />", "", "both must refer to the same")]
    [DataRow(Project, " Condition=\"Exists('$(NanoFrameworkProjectSystemPath)NFProjectSystem.props')\"", "", "without the condition")]
    [DataRow(Project, "$(NanoFrameworkProjectSystemPath)NFProjectSystem.CSharp.targets\" ", "Other.targets\" ", "does not import NFProjectSystem.CSharp")]
    [DataRow(Project, "<Import Project=\"..\\..\\nf.props\" />", "", "does not import nf.props after")]
    [DataRow(Project, "<ProjectTypeGuids>{11A8DD76", "<ProjectTypeGuids>{11A8DD77", "is not of the type")]
    [DataRow(Project, "</ProjectGuid>", "0</ProjectGuid>", "is not in EdgeBroker.sln with its own id")]
    [DataRow(Project, "<None Include=\"packages.config\" />", "<Compile Include=\"Missing.cs\" />", "Missing.cs, which does not exist")]
    [DataRow(Project, "<None Include=\"packages.config\" />", "<Compile Include=\"DeviceClock.cs\" />", "DeviceClock.cs twice")]
    [DataRow(Project, "<TargetFrameworkVersion>", "<IsTestProject>true</IsTestProject><TargetFrameworkVersion>", "has to be called NFUnitTest")]
    [DataRow("packages.config", "System.Net\" version=\"1.11.60\"", "System.Net\" version=\"1.11.61\"", "where nf.props says nanoFramework.System.Net.1.11.60")]
    [DataRow("packages.config", "id=\"nanoFramework.System.Text\"", "id=\"nanoFramework.Other\"", "nothing of it")]
    [DataRow("packages.config", "id=\"nanoFramework.System.Text\"", "id=\"nanoFramework.Other\"", "does not have nanoFramework.System.Text")]
    [DataRow("EdgeBroker.Platform.projitems", "DeviceClock.cs", "Missing.cs", "Missing.cs, which does not exist")]
    [DataRow("../../nf.props", "Version=\"1.11.60\"", "Version=\"1.11.61\"", "where nf.props says nanoFramework.System.Net.1.11.61")]
    [DataRow("../../EdgeBroker.sln", "EdgeBroker.Platform.nfproj", "Other.nfproj", "is not in EdgeBroker.sln")]
    [DataRow("../../EdgeBroker.sln", "{11A8DD76", "{11A8DD77", "but not as {11A8DD76")]
    [DataRow("../../EdgeBroker.sln", "Release|Any CPU.Build.0", "Other.0", "but is not built as Release")]
    [DataRow("../../EdgeBroker.sln", "Debug|Any CPU.Build.0", "Other.0", "but is not built as Debug")]
    [DataRow(Project, "<TargetFrameworkVersion>v1.0", "<TargetFrameworkVersion>v2.0", "is not for v1.0")]
    [DataRow("packages.config", "netnano1.0", "netnano2.0", "is not for v1.0")]
    [DataRow(Project, "<OutputType>Library", "<OutputType>Exe", "all else a Library")]
    public void WhatDisagreesIsFound(string file, string old, string changed, string message) =>
        StringAssert.Contains(Check(file, old, changed), message);

    [TestMethod]
    public void ListWithoutAProjectIsFound()
    {
        string list = Path.Combine(Repository.Root, "src", "EdgeBroker.Other", "EdgeBroker.Other.projitems");

        Finding[] findings = NanoProjectRules.CheckLists([list], NanoProject.All).ToArray();

        Assert.HasCount(1, findings);
        StringAssert.Contains(findings[0].ToString(), "src/EdgeBroker.Other/EdgeBroker.Other.projitems: is imported by no .nfproj");
    }

    private static string Check(string file, string old, string changed)
    {
        string root = Directory.CreateTempSubdirectory("nanoproject").FullName;
        try
        {
            string folder = Path.Combine(root, "src", "EdgeBroker.Platform");
            Copy(root, "");
            Copy(root, "src");
            Copy(root, "src/EdgeBroker.Platform");
            Copy(root, "src/EdgeBroker");
            if (file.Length > 0)
            {
                string path = Path.Combine(folder, file);
                string text = File.ReadAllText(path);
                Assert.Contains(old, text, $"{file} has changed: adapt this test.");
                File.WriteAllText(path, text.Replace(old, changed, StringComparison.Ordinal));
            }

            IEnumerable<Finding> findings = NanoProjectRules.Check(NanoProject.Read(Path.Combine(folder, Project)), root);
            return string.Join(Environment.NewLine, findings);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static void Copy(string root, string folder)
    {
        Directory.CreateDirectory(Path.Combine(root, folder));
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder)))
        {
            File.Copy(file, Path.Combine(root, folder, Path.GetFileName(file)));
        }
    }
}
