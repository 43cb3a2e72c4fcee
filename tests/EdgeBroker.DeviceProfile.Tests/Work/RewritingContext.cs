using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Mono.Cecil;

namespace EdgeBroker.DeviceProfile.Tests.Work;

/// <summary>
/// A second copy of this test assembly and of the device assemblies, in which the core, the protocol and the store are rewritten.
/// They are compiled for release, whatever the tests are. The ports are not rewritten: they are others on a device.
/// </summary>
public class RewritingContext : AssemblyLoadContext
{
    private static readonly string[] s_rewritten =
        ["EdgeBroker.Core", "EdgeBroker.Foundation", "EdgeBroker.Protocol", "EdgeBroker.Store"];

    private readonly Dictionary<string, MemoryStream> _images = new(StringComparer.Ordinal);

    /// <summary>Compiles and rewrites.</summary>
    /// <param name="name">A name for it.</param>
    /// <param name="rewrite">Rewrites an assembly.</param>
    public RewritingContext(string name, Action<ModuleDefinition> rewrite)
        : base(name, isCollectible: false)
    {
        foreach (DeviceCompilation compilation in DeviceCompilation.All)
        {
            using ModuleDefinition module = EmittedAssembly.Emit(compilation.ForDesktop, OptimizationLevel.Release)
                ?? throw new InvalidOperationException($"{compilation.Name} does not compile.");
            if (s_rewritten.Contains(compilation.Name))
            {
                rewrite(module);
            }

            // The tests refer to the built assemblies, which have a version.
            module.Assembly.Name.Version = GetType().Assembly.GetName().Version;
            _images.Add(module.Assembly.Name.Name, Instrumenter.Write(module));
        }
    }

    /// <summary>Calls a static method of the copy of a type.</summary>
    /// <param name="type">The type, of this assembly.</param>
    /// <param name="method">The method's name.</param>
    /// <param name="arguments">Its arguments: of types that both copies share.</param>
    public object? Call(Type type, string method, params object[] arguments)
    {
        Assembly copy = LoadFromAssemblyPath(type.Assembly.Location);
        return copy.GetType(type.FullName!, throwOnError: true)!.GetMethod(method)!.Invoke(null, arguments);
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == GetType().Assembly.GetName().Name)
        {
            return LoadFromAssemblyPath(GetType().Assembly.Location);
        }

        // Asked for once per version that somebody refers to, but there is only one.
        return Assemblies.FirstOrDefault(loaded => loaded.GetName().Name == assemblyName.Name)
            ?? (_images.TryGetValue(assemblyName.Name!, out MemoryStream? image) ? LoadFromStream(image) : null);
    }
}
