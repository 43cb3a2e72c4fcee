using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EdgeBroker.DeviceProfile.Tests.Libraries;

/// <summary>The class libraries of the desktop, by documentation id.</summary>
public static class DesktopLibraries
{
    private static readonly CSharpCompilation s_compilation =
        CSharpCompilation.Create("Desktop", references: DeviceCompilation.Framework);

    /// <summary>A type, or null.</summary>
    /// <param name="id">As "T:System.String".</param>
    public static INamedTypeSymbol? Find(string id) =>
        DocumentationCommentId.GetSymbolsForDeclarationId(id, s_compilation).OfType<INamedTypeSymbol>()
            .FirstOrDefault(type => type.DeclaredAccessibility == Accessibility.Public);
}
