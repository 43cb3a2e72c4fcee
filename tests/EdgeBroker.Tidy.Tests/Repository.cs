using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace EdgeBroker.Tidy.Tests;

/// <summary>Finds the files that belong to the running test.</summary>
public static class Repository
{
    private static readonly string[] s_skippedFolders =
        ["bin", "obj", ".git", ".vs", "TestResults", "node_modules", "BenchmarkDotNet.Artifacts"];

    private static readonly string[] s_textExtensions =
    [
        ".cs", ".csproj", ".nfproj", ".projitems", ".props", ".targets", ".config",
        ".md", ".json", ".sh", ".yml", ".html", ".js", ".css", ".tsv", ".txt",
    ];

    /// <summary>The folder of EdgeBroker.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>All C# sources.</summary>
    public static IReadOnlyList<SourceFile> Sources { get; } = TextFiles()
        .Where(path => path.EndsWith(".cs", StringComparison.Ordinal)).Select(Read).ToList();

    /// <summary>The paths of all files that people write, relative to the root and with forward slashes.</summary>
    public static IEnumerable<string> TextFiles() => Walk(new DirectoryInfo(Root))
        .Select(file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'))
        .OrderBy(path => path, StringComparer.Ordinal);

    /// <summary>The text of a file.</summary>
    public static string TextOf(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>
    /// The namespace of a folder: the root namespace of the nearest project above, if it has any, and the folders below it.
    /// </summary>
    public static string NamespaceOf(string path)
    {
        List<string> below = [];
        for (string? folder = Path.GetDirectoryName(path); !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            string? project = Directory.EnumerateFiles(Path.Combine(Root, folder))
                .Where(IsProject).Order(StringComparer.Ordinal).FirstOrDefault();
            if (project != null)
            {
                below.Insert(0, RootNamespaceOf(project));
                break;
            }

            below.Insert(0, Path.GetFileName(folder));
        }

        return string.Join('.', below.Where(part => part.Length > 0));
    }

    private static SourceFile Read(string path) => new(path, TextOf(path));

    private static bool IsProject(string file) => Path.GetExtension(file) is ".csproj" or ".nfproj";

    private static string RootNamespaceOf(string project)
    {
        const string Start = "<RootNamespace>";
        string text = File.ReadAllText(project);
        int start = text.IndexOf(Start, StringComparison.Ordinal);
        return start < 0
            ? Path.GetFileNameWithoutExtension(project)
            : text[(start + Start.Length)..text.IndexOf("</RootNamespace>", StringComparison.Ordinal)];
    }

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder)
    {
        foreach (FileInfo file in folder.EnumerateFiles().Where(file => s_textExtensions.Contains(file.Extension)))
        {
            yield return file;
        }

        foreach (DirectoryInfo below in folder.EnumerateDirectories().Where(below => !s_skippedFolders.Contains(below.Name)))
        {
            foreach (FileInfo file in Walk(below))
            {
                yield return file;
            }
        }
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EdgeBroker.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("EdgeBroker.sln is in no folder above the test's.");
    }
}
