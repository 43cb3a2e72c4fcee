using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeBroker.DeviceProfile.Tests;

/// <summary>Compiles an assembly in memory and reads it back.</summary>
public static class EmittedAssembly
{
    /// <summary>The code with symbols, or null where it does not compile.</summary>
    public static ModuleDefinition? Emit(CSharpCompilation compilation, OptimizationLevel optimization)
    {
        MemoryStream code = new();
        MemoryStream symbols = new();
        CSharpCompilation chosen = compilation.WithOptions(compilation.Options.WithOptimizationLevel(optimization));
        EmitOptions options = new(debugInformationFormat: DebugInformationFormat.PortablePdb);
        EmitResult result = chosen.Emit(code, symbols, options: options);
        if (!result.Success)
        {
            return null;
        }

        code.Position = 0;
        symbols.Position = 0;
        return ModuleDefinition.ReadModule(code, new ReaderParameters
        {
            ReadSymbols = true,
            SymbolStream = symbols,
            SymbolReaderProvider = new PortablePdbReaderProvider(),
        });
    }

    /// <summary>Bytes of code, the sum over all methods.</summary>
    public static int CodeSize(ModuleDefinition module) =>
        module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).Sum(method => method.Body.CodeSize);
}
