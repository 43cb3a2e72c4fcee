using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;

namespace EdgeBroker.DeviceProfile.Tests;

/// <summary>A folder of src whose file list (.projitems) a device project imports as well.</summary>
/// <param name="Name">The project's name, which is also its folder's.</param>
/// <param name="AssemblyName">The name of what it builds.</param>
/// <param name="Folder">The full path of the folder.</param>
/// <param name="Files">The full paths that the file list names.</param>
/// <param name="References">The names of the projects that it refers to.</param>
public sealed record DeviceProject(
    string Name, string AssemblyName, string Folder, IReadOnlyList<string> Files, IReadOnlyList<string> References)
{
    /// <summary>All device projects, each after those that it refers to.</summary>
    public static IReadOnlyList<DeviceProject> All { get; } = Discover(Path.Combine(Repository.Root, "src"));

    /// <summary>The sources that exist in the folder, listed or not.</summary>
    public IEnumerable<string> FilesInFolder() =>
        Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !IsBuildOutput(Path.GetRelativePath(Folder, file)))
            .OrderBy(file => file, StringComparer.Ordinal);

    /// <summary>Where the file list and the folder disagree, both ways.</summary>
    public IEnumerable<Finding> CompareFileList()
    {
        HashSet<string> listed = new(Files, StringComparer.Ordinal);
        string list = Repository.Relative(Path.Combine(Folder, Name + ".projitems"));
        foreach (string file in FilesInFolder().Where(file => !listed.Contains(file)))
        {
            yield return new Finding(Repository.Relative(file), 0, $"is not in {list}: add it, or a device builds without it.");
        }

        foreach (string file in Files.Where(file => !File.Exists(file)))
        {
            yield return new Finding(list, 0, $"lists {Repository.Relative(file)}, which does not exist: remove it.");
        }

        foreach (string file in Files.GroupBy(file => file).Where(group => group.Count() > 1).Select(group => group.Key))
        {
            yield return new Finding(list, 0, $"lists {Repository.Relative(file)} twice: remove one.");
        }
    }

    /// <summary>Reads one project by its file list.</summary>
    public static DeviceProject Read(string projitems)
    {
        string folder = Path.GetDirectoryName(projitems)!;
        string name = Path.GetFileNameWithoutExtension(projitems);
        List<string> files = XDocument.Load(projitems).Descendants()
            .Where(element => element.Name.LocalName == "Compile")
            .Select(element => element.Attribute("Include")!.Value)
            .Select(include => include.Replace("$(MSBuildThisFileDirectory)", string.Empty, StringComparison.Ordinal))
            .Select(include => Path.GetFullPath(Path.Combine(folder, include.Replace('\\', Path.DirectorySeparatorChar))))
            .ToList();
        string path = Path.Combine(folder, name + ".csproj");
        List<XElement> project = File.Exists(path) ? XDocument.Load(path).Descendants().ToList() : [];
        string assembly = project.Find(element => element.Name.LocalName == "AssemblyName")?.Value ?? name;
        List<string> references = project
            .Where(element => element.Name.LocalName == "ProjectReference")
            .Select(element => element.Attribute("Include")!.Value.Replace('\\', '/'))
            .Select(include => Path.GetFileNameWithoutExtension(include))
            .ToList();
        return new DeviceProject(name, assembly, folder, files, references);
    }

    private static List<DeviceProject> Discover(string src)
    {
        List<DeviceProject> pending = Directory.EnumerateDirectories(src)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.projitems"))
            .OrderBy(file => file, StringComparer.Ordinal)
            .Select(Read)
            .ToList();
        List<DeviceProject> ordered = [];
        while (pending.Count > 0)
        {
            DeviceProject? next = pending.Find(project => !project.References.Any(name => pending.Exists(other => other.Name == name)));
            if (next == null)
            {
                throw new InvalidOperationException("The device projects refer to each other in a circle.");
            }

            pending.Remove(next);
            ordered.Add(next);
        }

        return ordered;
    }

    private static bool IsBuildOutput(string relative)
    {
        string first = relative.Split('/', '\\')[0];
        return first is "bin" or "obj";
    }
}
