using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EdgeBroker.Conformance.Tests.Traceability;

/// <summary>Finds statements' ids in sources and tests.</summary>
public static partial class MarkScanner
{
    // This machinery speaks about marks without meaning them.
    private const string OwnFolder = "tests/EdgeBroker.Conformance.Tests/Traceability/";

    /// <summary>All marks of src and tests.</summary>
    public static IReadOnlyList<Mark> ScanRepository() => new[] { "src", "tests" }
        .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
        .Where(file => !file.StartsWith(OwnFolder, StringComparison.Ordinal) && !file.Split('/').Any(part => part is "bin" or "obj"))
        .Order(StringComparer.Ordinal)
        .SelectMany(file => Scan(file, File.ReadAllText(Repository.PathOf(file))))
        .ToList();

    /// <summary>The marks of one file.</summary>
    public static IEnumerable<Mark> Scan(string file, string text)
    {
        MatchCollection matches = Id().Matches(text);
        if (matches.Count == 0)
        {
            return [];
        }

        SyntaxNode root = CSharpSyntaxTree.ParseText(text).GetRoot();
        return matches.Select(match => new Mark(match.Value, file, MemberAt(root, match.Index))).Distinct().ToList();
    }

    private static string MemberAt(SyntaxNode root, int position)
    {
        SyntaxToken token = root.FindToken(position);
        List<string> names = [];
        foreach (SyntaxNode node in token.Parent?.AncestorsAndSelf() ?? [])
        {
            string? name = NameOf(node);
            if (name != null)
            {
                names.Insert(0, name);
            }
        }

        return names.Count == 0 ? "file" : string.Join('.', names);
    }

    private static string? NameOf(SyntaxNode node) => node switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        DelegateDeclarationSyntax type => type.Identifier.Text,
        MethodDeclarationSyntax method => method.Identifier.Text,
        ConstructorDeclarationSyntax => "constructor",
        PropertyDeclarationSyntax property => property.Identifier.Text,
        EnumMemberDeclarationSyntax member => member.Identifier.Text,
        BaseFieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.Text,
        _ => null,
    };

    [GeneratedRegex(@"\bMQTT5?-[0-9]+\.[0-9]+\.[0-9]+-[0-9]+\b")]
    private static partial Regex Id();
}
