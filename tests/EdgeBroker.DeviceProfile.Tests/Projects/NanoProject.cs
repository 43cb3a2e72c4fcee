using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;

namespace EdgeBroker.DeviceProfile.Tests.Projects;

/// <summary>A project for nanoFramework's tools: an .nfproj and the packages.config beside it.</summary>
public sealed class NanoProject
{
    private static readonly XNamespace s_msbuild = "http://schemas.microsoft.com/developer/msbuild/2003";

    private readonly XElement _root;

    private NanoProject(string path)
    {
        Path = path;
        _root = XDocument.Load(path).Root!;
        string packages = System.IO.Path.Combine(Folder, "packages.config");
        Packages = !File.Exists(packages)
            ? []
            : XDocument.Load(packages).Descendants("package")
                .Select(package => new NanoPackage(package.Attribute("id")!.Value, package.Attribute("version")!.Value))
                .ToList();
        PackageFrameworks = !File.Exists(packages)
            ? []
            : XDocument.Load(packages).Descendants("package").Select(package => package.Attribute("targetFramework")?.Value ?? string.Empty)
                .Distinct().ToList();
    }

    /// <summary>All device projects of the repository.</summary>
    public static IReadOnlyList<NanoProject> All { get; } = Find(Repository.Root);

    /// <summary>The full path of the .nfproj.</summary>
    public string Path { get; }

    /// <summary>The full path of its folder.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>The file's name without its extension.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The packages of packages.config.</summary>
    public IReadOnlyList<NanoPackage> Packages { get; }

    /// <summary>What its packages are for.</summary>
    public IReadOnlyList<string> PackageFrameworks { get; }

    /// <summary>The assembly's name.</summary>
    public string AssemblyName => Property("AssemblyName");

    /// <summary>Whether it is a project of unit tests.</summary>
    public bool IsTest => Property("IsTestProject") == "true";

    /// <summary>The class libraries it refers to: the assembly's name and where it is looked for.</summary>
    public IEnumerable<(string Name, string HintPath)> References => Items("Reference")
        .Select(item => (item.Attribute("Include")!.Value, item.Element(s_msbuild + "HintPath")?.Value ?? string.Empty));

    /// <summary>The full paths of the projects it refers to.</summary>
    public IEnumerable<string> ProjectReferences => Items("ProjectReference").Select(item => Resolve(item.Attribute("Include")!.Value));

    /// <summary>The imports, as they are written.</summary>
    public IEnumerable<(string Project, string Condition)> Imports => _root.Elements(s_msbuild + "Import")
        .Select(import => (import.Attribute("Project")!.Value, import.Attribute("Condition")?.Value ?? string.Empty));

    /// <summary>The full paths of the file lists it imports.</summary>
    public IEnumerable<string> FileLists => Imports
        .Where(import => import.Project.EndsWith(".projitems", StringComparison.Ordinal)).Select(import => Resolve(import.Project));

    /// <summary>The full paths of all sources: those of the file lists, its own, and that of nf.props.</summary>
    public IReadOnlyList<string> Sources => FileLists.SelectMany(list => DeviceProject.Read(list).Files)
        .Concat(Items("Compile").Select(item => Resolve(item.Attribute("Include")!.Value)))
        .Append(System.IO.Path.Combine(Repository.RootOf(Folder), "src", "DeviceAssemblyInfo.cs"))
        .ToList();

    /// <summary>Reads a project.</summary>
    public static NanoProject Read(string path) => new(path);

    /// <summary>The value of a property as it is written, or empty.</summary>
    public string Property(string name) => _root.Descendants(s_msbuild + name).FirstOrDefault()?.Value ?? string.Empty;

    private IEnumerable<XElement> Items(string kind) => _root.Elements(s_msbuild + "ItemGroup").Elements(s_msbuild + kind);

    private string Resolve(string path) =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(Folder, path.Replace('\\', System.IO.Path.DirectorySeparatorChar)));

    private static List<NanoProject> Find(string root) =>
        new[] { "src", "targets", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(System.IO.Path.Combine(root, folder), "*.nfproj", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .Select(Read)
            .ToList();
}
