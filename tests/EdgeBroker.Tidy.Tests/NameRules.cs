using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EdgeBroker.Tidy.Tests;

/// <summary>One type per file, found by its name: the file is called as the type, the folder as the namespace.</summary>
public static class NameRules
{
    /// <summary>Checks a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="expected">The namespace of its folder.</param>
    public static IEnumerable<Finding> Check(SourceFile source, string expected)
    {
        List<MemberDeclarationSyntax> types = source.Root
            .DescendantNodes(node => node is not (BaseTypeDeclarationSyntax or DelegateDeclarationSyntax))
            .OfType<MemberDeclarationSyntax>()
            .Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
            .ToList();
        foreach (MemberDeclarationSyntax second in types.Skip(1))
        {
            yield return source.At(second, $"{NameOf(second)} is the second type of its file: move it to {NameOf(second)}.cs.");
        }

        // Type.Part.cs is a part of a partial type.
        string file = Path.GetFileName(source.Path).Split('.')[0];
        if (types.Count > 0 && NameOf(types[0]) != file)
        {
            yield return source.At(types[0], $"{NameOf(types[0])} is not the file's name: call the file {NameOf(types[0])}.cs.");
        }

        foreach (BaseNamespaceDeclarationSyntax declared in source.Root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>())
        {
            if (!declared.Name.ToString().Equals(expected, StringComparison.Ordinal))
            {
                yield return source.At(declared, $"the namespace {declared.Name} is not the folder's: use {expected}.");
            }
        }

        if (types.Count > 0 && types[0].Parent is CompilationUnitSyntax)
        {
            yield return source.At(types[0], $"{NameOf(types[0])} has no namespace: use {expected}.");
        }
    }

    private static string NameOf(SyntaxNode type) =>
        type is DelegateDeclarationSyntax declared ? declared.Identifier.Text : ((BaseTypeDeclarationSyntax)type).Identifier.Text;
}
