using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EdgeBroker.DeviceProfile.Tests.Libraries;

/// <summary>
/// The class libraries of a device as far as a compiler needs them: declarations without bodies, made of the lists in the
/// folder api. What is compiled against these, and nothing else, uses nothing that a device does not have.
/// </summary>
public sealed class StubLibraries
{
    // Each after those whose types its members name.
    private static readonly string[] s_order =
    [
        "mscorlib", "nanoFramework.System.Collections", "nanoFramework.System.Text", "System.Threading", "nanoFramework.Runtime.Events",
        "nanoFramework.Runtime.Native", "System.IO.Streams", "System.Net", "System.IO.FileSystem", "System.Device.Wifi",
        "nanoFramework.TestFramework",
    ];

    private readonly Dictionary<string, CSharpCompilation> _byName = new(StringComparer.Ordinal);

    private StubLibraries(string folder)
    {
        HashSet<string> known = new(StringComparer.Ordinal);
        foreach (string name in s_order)
        {
            List<string> ids = File.ReadLines(Path.Combine(folder, name + ".txt")).Select(line => line.Trim()).ToList();
            known.UnionWith(ids.Where(id => id.StartsWith("T:", StringComparison.Ordinal)).Select(id => id[2..]));
            string signatures = Path.Combine(folder, "signatures", name + ".cs.txt");
            string own = File.Exists(signatures) ? File.ReadAllText(signatures) : string.Empty;
            _byName.Add(name, Compile(name, new StubWriter(ids, known, own).Write(), own));
        }
    }

    /// <summary>The libraries of the folder api.</summary>
    public static StubLibraries Device { get; } =
        new(Path.Combine(Repository.Root, "tests", "EdgeBroker.DeviceProfile.Tests", "api"));

    /// <summary>The names of all libraries.</summary>
    public static IReadOnlyList<string> Names => s_order;

    /// <summary>A library by the name of its assembly.</summary>
    public CSharpCompilation this[string name] => _byName[name];

    /// <summary>Libraries by the names of their assemblies; names that are not known are left out.</summary>
    public IEnumerable<MetadataReference> Select(IEnumerable<string> names) =>
        names.Where(_byName.ContainsKey).Select(name => (MetadataReference)_byName[name].ToMetadataReference());

    private CSharpCompilation Compile(string name, string generated, string own)
    {
        // As tolerant as can be: the declarations only have to be found, they are never emitted.
        CSharpParseOptions parse = new(LanguageVersion.Latest);
        return CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(generated, parse, "generated"), CSharpSyntaxTree.ParseText(own, parse, "signatures")],
            _byName.Values.Select(library => library.ToMetadataReference()),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
    }
}
