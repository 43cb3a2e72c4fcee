using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;

namespace EdgeBroker.DeviceProfile.Tests.Projects;

/// <summary>Whether a device project agrees with all that repeats it: file list, desktop project, packages, nf.props, solution.</summary>
public static class NanoProjectRules
{
    /// <summary>The kind of project, as solutions name it.</summary>
    public const string ProjectType = "{11A8DD76-328B-46DF-9F39-F559912D0360}";

    private const string SystemPath = "$(NanoFrameworkProjectSystemPath)";

    // What refers to the first needs the others as well.
    private static readonly Dictionary<string, string[]> s_dependencies = new(StringComparer.Ordinal)
    {
        ["nanoFramework.System.Net"] =
            ["nanoFramework.Runtime.Events", "nanoFramework.System.IO.Streams", "nanoFramework.System.Text", "nanoFramework.System.Threading"],
        ["nanoFramework.System.Device.Wifi"] = ["nanoFramework.System.Net"],
        ["nanoFramework.System.IO.FileSystem"] = ["nanoFramework.System.IO.Streams", "nanoFramework.Runtime.Events"],
        ["nanoFramework.System.IO.Streams"] = ["nanoFramework.System.Text"],
    };

    /// <summary>The versions that nf.props says.</summary>
    public static IReadOnlyList<NanoPackage> Versions(string root) =>
        XDocument.Load(Path.Combine(root, "nf.props")).Descendants("NanoPackage")
            .Select(package => new NanoPackage(package.Attribute("Include")!.Value, package.Attribute("Version")!.Value))
            .ToList();

    /// <summary>Checks a project against everything.</summary>
    public static IEnumerable<Finding> Check(NanoProject project, string root)
    {
        IReadOnlyList<NanoPackage> versions = Versions(root);
        return CheckForm(project, root).Concat(CheckFiles(project)).Concat(CheckDesktopProject(project))
            .Concat(CheckPackages(project, versions)).Concat(CheckReferences(project)).Concat(CheckSolution(project, root))
            .Select(message => new Finding(Path.GetRelativePath(root, project.Path).Replace('\\', '/'), 0, message));
    }

    /// <summary>File lists that no device project imports.</summary>
    public static IEnumerable<Finding> CheckLists(IEnumerable<string> lists, IEnumerable<NanoProject> projects)
    {
        HashSet<string> imported = projects.SelectMany(project => project.FileLists).ToHashSet(StringComparer.Ordinal);
        return lists.Where(list => !imported.Contains(list))
            .Select(list => new Finding(Repository.Relative(list), 0, "is imported by no .nfproj: a device builds without these files. (Tests: import it in one of tests/EdgeBroker.Device.Tests.)"));
    }

    private static IEnumerable<string> CheckForm(NanoProject project, string root)
    {
        string[] expected = ["NFProjectSystem.Default.props", "NFProjectSystem.props", "NFProjectSystem.CSharp.targets"];
        List<string> own = project.Imports.Select(import => import.Project).ToList();
        foreach (string file in expected)
        {
            (string Project, string Condition) import = project.Imports.FirstOrDefault(import => import.Project == SystemPath + file);
            if (import.Project == null)
            {
                yield return $"does not import {file}.";
            }
            else if (!import.Condition.Contains($"Exists('{SystemPath}{file}')", StringComparison.Ordinal))
            {
                yield return $"imports {file} without the condition that it exists, so that the solution fails where it does not.";
            }
        }

        string props = Path.GetRelativePath(project.Folder, Path.Combine(root, "nf.props")).Replace('/', '\\');
        if (!own.Contains(props) || own.IndexOf(props) < own.IndexOf(SystemPath + "NFProjectSystem.props"))
        {
            yield return "does not import nf.props after NFProjectSystem.props, which would set the output folder back.";
        }

        if (!project.Property("ProjectTypeGuids").StartsWith(ProjectType, StringComparison.Ordinal))
        {
            yield return $"is not of the type {ProjectType}, so that Visual Studio does not know it.";
        }

        if (project.Property("TargetFrameworkVersion") != "v1.0" || project.PackageFrameworks.Any(name => name != "netnano1.0"))
        {
            yield return "is not for v1.0 with packages for netnano1.0 alone: they can't be mixed with those of v2.";
        }

        bool isApplication = Path.GetRelativePath(root, project.Path).StartsWith("targets", StringComparison.Ordinal);
        if (project.Property("OutputType") != (isApplication ? "Exe" : "Library"))
        {
            yield return $"builds {project.Property("OutputType")}: what is below targets is an Exe, all else a Library.";
        }

        if (project.IsTest && (project.AssemblyName != "NFUnitTest" || !File.Exists(Path.Combine(project.Folder, "nano.runsettings"))))
        {
            yield return "is a test project, so its assembly has to be called NFUnitTest and a nano.runsettings has to stand beside it.";
        }
    }

    private static IEnumerable<string> CheckFiles(NanoProject project)
    {
        foreach (string file in project.Sources.Where(file => !File.Exists(file)))
        {
            yield return $"names {Path.GetFileName(file)}, which does not exist: remove it.";
        }

        foreach (string file in project.Sources.GroupBy(file => file).Where(group => group.Count() > 1).Select(group => group.Key))
        {
            yield return $"names {Path.GetFileName(file)} twice: remove one.";
        }
    }

    private static IEnumerable<string> CheckDesktopProject(NanoProject project)
    {
        string path = Path.ChangeExtension(project.Path, ".csproj");
        if (!File.Exists(path))
        {
            yield break;
        }

        XDocument desktop = XDocument.Load(path);
        string name = desktop.Descendants("AssemblyName").FirstOrDefault()?.Value ?? project.Name;
        if (name != project.AssemblyName)
        {
            yield return $"builds {project.AssemblyName}, the desktop's project {name}: both must have the same name.";
        }

        string list = project.Name + ".projitems";
        if (!project.Imports.Any(import => import.Project == list)
            || !desktop.Descendants("Import").Any(import => import.Attribute("Project")?.Value == list))
        {
            yield return $"and the desktop's project don't both import {list}.";
        }

        string[] wanted = Names(desktop.Descendants("ProjectReference").Select(item => item.Attribute("Include")!.Value.Replace('\\', '/')));
        string[] actual = Names(project.ProjectReferences);
        if (!wanted.SequenceEqual(actual))
        {
            yield return $"refers to the projects {string.Join(", ", actual)}, the desktop's to {string.Join(", ", wanted)}: "
                + "both must refer to the same.";
        }
    }

    private static string[] Names(IEnumerable<string> paths) =>
        paths.Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal).ToArray();

    private static IEnumerable<string> CheckPackages(NanoProject project, IReadOnlyList<NanoPackage> versions)
    {
        HashSet<string> ids = project.Packages.Select(package => package.Id).ToHashSet(StringComparer.Ordinal);
        foreach (NanoPackage package in project.Packages)
        {
            NanoPackage? known = versions.FirstOrDefault(version => version.Id == package.Id);
            if (known != package)
            {
                yield return $"has {package.FolderName} in packages.config, where nf.props says {known?.FolderName ?? "nothing of it"}.";
            }
        }

        IEnumerable<string> needed = project.ProjectReferences.Where(File.Exists)
            .SelectMany(path => NanoProject.Read(path).Packages.Select(package => package.Id))
            .Concat(ids.SelectMany(id => s_dependencies.GetValueOrDefault(id, [])));
        foreach (string id in needed.Distinct().Where(id => !ids.Contains(id)).Order(StringComparer.Ordinal))
        {
            yield return $"does not have {id} in packages.config, which what it refers to needs.";
        }
    }

    private static IEnumerable<string> CheckReferences(NanoProject project)
    {
        string up = string.Concat(Enumerable.Repeat("..\\", Path.GetRelativePath(Repository.RootOf(project.Folder), project.Folder)
            .Split('/', '\\').Length));
        List<string> unused = project.Packages.Select(package => package.FolderName).ToList();
        foreach ((string name, string hint) in project.References)
        {
            NanoPackage? package = project.Packages.FirstOrDefault(
                package => hint.StartsWith($"{up}packages\\{package.FolderName}\\lib\\{name}.", StringComparison.Ordinal));
            if (package == null)
            {
                yield return $"looks for {name} at '{hint}', which is in no package of packages.config.";
            }
            else
            {
                unused.Remove(package.FolderName);
            }
        }

        foreach (string package in unused)
        {
            yield return $"has {package} in packages.config and refers to nothing in it: add the reference or remove the package.";
        }
    }

    private static IEnumerable<string> CheckSolution(NanoProject project, string root)
    {
        string solution = File.ReadAllText(Path.Combine(root, "EdgeBroker.sln"));
        string path = Path.GetRelativePath(root, project.Path).Replace('/', '\\');
        string id = "{" + project.Property("ProjectGuid").Trim('{', '}').ToUpperInvariant() + "}";
        string line = $"\"{path}\", \"{id}\"";
        int place = solution.IndexOf(line, StringComparison.Ordinal);
        if (place < 0)
        {
            yield return "is not in EdgeBroker.sln with its own id.";
            yield break;
        }

        if (!solution[..place].Split('\n')[^1].StartsWith($"Project(\"{ProjectType}\")", StringComparison.Ordinal))
        {
            yield return $"is in EdgeBroker.sln, but not as {ProjectType}.";
        }

        foreach (string name in new[] { "Debug", "Release" })
        {
            if (!solution.Contains($"{id}.{name}|Any CPU.Build.0 = {name}|Any CPU", StringComparison.Ordinal))
            {
                yield return $"is in EdgeBroker.sln, but is not built as {name}.";
            }
        }
    }
}
