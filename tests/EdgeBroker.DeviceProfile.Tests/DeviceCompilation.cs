using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace EdgeBroker.DeviceProfile.Tests;

/// <summary>
/// The sources of one device project, compiled against the desktop's class libraries as a device's compiler would take them:
/// C# 9, with the device's symbol. Lines that only a desktop compiles (#if !NANOFRAMEWORK_1_0) are not judged.
/// </summary>
public sealed class DeviceCompilation
{
    private const string DeviceSymbol = "NANOFRAMEWORK_1_0";

    /// <summary>The class libraries of the desktop.</summary>
    public static IReadOnlyList<MetadataReference> Framework { get; } = FindFramework();

    private readonly HashSet<string> _own;

    /// <summary>Compiles sources; nothing is written anywhere.</summary>
    /// <param name="name">The assembly's name.</param>
    /// <param name="sources">Path and text of each.</param>
    /// <param name="references">The device assemblies it uses.</param>
    public DeviceCompilation(string name, IEnumerable<(string Path, string Text)> sources, IReadOnlyList<DeviceCompilation> references)
    {
        Name = name;
        List<(string Path, string Text)> all = sources.ToList();
        ForDevice = Compile(all, [DeviceSymbol], references.Select(reference => reference.ForDevice));
        ForDesktop = Compile(all, [], references.Select(reference => reference.ForDesktop));
        _own = new HashSet<string>(references.Select(reference => reference.Name), StringComparer.Ordinal) { name };
        foreach (DeviceCompilation reference in references)
        {
            _own.UnionWith(reference._own);
        }
    }

    /// <summary>Takes sources that are compiled already, against what a device has.</summary>
    /// <param name="name">The project's name.</param>
    /// <param name="compilation">The sources.</param>
    /// <param name="own">The names of the assemblies that are the solution's own.</param>
    public DeviceCompilation(string name, CSharpCompilation compilation, IEnumerable<string> own)
    {
        Name = name;
        ForDevice = compilation;
        ForDesktop = compilation;
        _own = own.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The assembly's name.</summary>
    public string Name { get; }

    /// <summary>What a device compiles; syntax and meaning are read from it.</summary>
    public CSharpCompilation ForDevice { get; }

    /// <summary>What a desktop compiles; this one can be emitted, whatever a device alone has.</summary>
    public CSharpCompilation ForDesktop { get; }

    /// <summary>All device projects of the repository, compiled.</summary>
    public static IReadOnlyList<DeviceCompilation> All { get; } = CompileAll();

    /// <summary>Whether a type or member is declared in the solution's device assemblies.</summary>
    public bool IsOwn(ISymbol symbol) => symbol.ContainingAssembly is { } assembly && _own.Contains(assembly.Name);

    /// <summary>One file, as a test of a rule gives it.</summary>
    public static DeviceCompilation OfSnippet(string text) => new("Snippet", [("Snippet.cs", text)], []);

    /// <summary>Whether a line is one that only the desktop compiles.</summary>
    public bool IsDesktopOnly(string path, int line)
    {
        SyntaxTree? tree = ForDevice.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == path);
        return tree != null && tree.GetRoot().DescendantTrivia(descendIntoTrivia: true)
            .Where(trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia))
            .Select(trivia => trivia.GetLocation().GetLineSpan())
            .Any(span => line - 1 >= span.StartLinePosition.Line && line - 1 <= span.EndLinePosition.Line);
    }

    /// <summary>Whether a place is between #if and #endif, where a name may be one that only a device knows.</summary>
    public static bool IsConditional(Location location)
    {
        int depth = 0;
        foreach (SyntaxTrivia trivia in location.SourceTree!.GetRoot().DescendantTrivia(descendIntoTrivia: false))
        {
            if (trivia.SpanStart > location.SourceSpan.Start)
            {
                break;
            }

            depth += trivia.IsKind(SyntaxKind.IfDirectiveTrivia) ? 1 : trivia.IsKind(SyntaxKind.EndIfDirectiveTrivia) ? -1 : 0;
        }

        return depth > 0;
    }

    private CSharpCompilation Compile(
        List<(string Path, string Text)> sources, string[] symbols, IEnumerable<CSharpCompilation> references)
    {
        CSharpParseOptions parse = new(LanguageVersion.CSharp9, DocumentationMode.Parse, SourceCodeKind.Regular, symbols);
        CSharpCompilationOptions options = new(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, deterministic: true);
        return CSharpCompilation.Create(
            Name,
            sources.Select(source => CSharpSyntaxTree.ParseText(
                SourceText.From(source.Text, System.Text.Encoding.UTF8), parse, source.Path)),
            Framework.Concat(references.Select(reference => (MetadataReference)reference.ToMetadataReference())),
            options);
    }

    private static List<DeviceCompilation> CompileAll()
    {
        Dictionary<string, DeviceCompilation> done = new(StringComparer.Ordinal);
        List<DeviceCompilation> all = [];
        foreach (DeviceProject project in DeviceProject.All)
        {
            List<DeviceCompilation> references = [];
            CollectReferences(project, done, references);
            DeviceCompilation compilation = new(
                project.AssemblyName,
                project.Files.Where(File.Exists).Select(file => (Repository.Relative(file), File.ReadAllText(file))),
                references);
            done.Add(project.Name, compilation);
            all.Add(compilation);
        }

        return all;
    }

    private static void CollectReferences(DeviceProject project, Dictionary<string, DeviceCompilation> done, List<DeviceCompilation> found)
    {
        foreach (string name in project.References)
        {
            if (done.TryGetValue(name, out DeviceCompilation? reference) && !found.Contains(reference))
            {
                found.Add(reference);
                CollectReferences(DeviceProject.All.First(other => other.Name == name), done, found);
            }
        }
    }

    private static List<MetadataReference> FindFramework()
    {
        string folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return trusted.Split(Path.PathSeparator)
            .Where(file => Path.GetDirectoryName(file) == folder)
            .Select(file => (MetadataReference)MetadataReference.CreateFromFile(file))
            .ToList();
    }
}
