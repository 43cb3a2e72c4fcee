using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeBroker.DeviceProfile.Tests.Projects;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace EdgeBroker.DeviceProfile.Tests.Libraries;

/// <summary>
/// A device project compiled as nanoFramework's tools would: its own sources, C# 9, and of libraries and other projects exactly
/// what it refers to.
/// </summary>
public sealed class NanoCompilation
{
    private static readonly Dictionary<string, NanoCompilation> s_done = new(StringComparer.Ordinal);

    private NanoCompilation(NanoProject project)
    {
        Project = project;
        List<MetadataReference> references = StubLibraries.Device.Select(project.References.Select(reference => reference.Name)).ToList();
        references.AddRange(project.ProjectReferences.Select(path => (MetadataReference)Of(path).Compilation.ToMetadataReference()));
        Compilation = Compile(
            project.AssemblyName, project.Sources.Select(path => (Repository.Relative(path), File.ReadAllText(path))), references);
    }

    /// <summary>The project.</summary>
    public NanoProject Project { get; }

    /// <summary>What the compiler makes of it.</summary>
    public CSharpCompilation Compilation { get; }

    /// <summary>Compiles a project, once.</summary>
    /// <param name="path">The full path of the .nfproj.</param>
    public static NanoCompilation Of(string path)
    {
        lock (s_done)
        {
            if (!s_done.TryGetValue(path, out NanoCompilation? compilation))
            {
                compilation = new NanoCompilation(NanoProject.Read(path));
                s_done.Add(path, compilation);
            }

            return compilation;
        }
    }

    /// <summary>Compiles sources against what a device has.</summary>
    /// <param name="name">The assembly's name.</param>
    /// <param name="sources">Path and text of each.</param>
    /// <param name="references">All it refers to, the libraries included.</param>
    public static CSharpCompilation Compile(
        string name, IEnumerable<(string Path, string Text)> sources, IEnumerable<MetadataReference> references)
    {
        CSharpParseOptions parse = new(
            LanguageVersion.CSharp9, DocumentationMode.Parse, SourceCodeKind.Regular, ["NANOFRAMEWORK_1_0", "TRACE"]);
        return CSharpCompilation.Create(
            name,
            sources.Select(source => CSharpSyntaxTree.ParseText(
                SourceText.From(source.Text, System.Text.Encoding.UTF8), parse, source.Path)),
            references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, deterministic: true));
    }

    /// <summary>What does not compile.</summary>
    public static IEnumerable<Finding> Errors(CSharpCompilation compilation)
    {
        // Some of what a device lacks is missed only when code is written.
        EmitResult result = compilation.Emit(Stream.Null);
        foreach (Diagnostic diagnostic in result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
        {
            FileLinePositionSpan place = diagnostic.Location.GetLineSpan();
            yield return new Finding(
                diagnostic.Location.IsInSource ? place.Path : compilation.AssemblyName!,
                diagnostic.Location.IsInSource ? place.StartLinePosition.Line + 1 : 0,
                "does not compile against what a device has, and what its project refers to: " + diagnostic.GetMessage(null)
                    + " (If a device has it, its signature is missing in api/signatures.)");
        }
    }
}
