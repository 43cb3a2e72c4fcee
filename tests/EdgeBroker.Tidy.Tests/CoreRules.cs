using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EdgeBroker.Tidy.Tests;

/// <summary>What keeps the core the same in every world it runs in, and its path of a message free of allocation.</summary>
public static class CoreRules
{
    /// <summary>What a line, or the one above it, says where an allocation on the path of a message is meant.</summary>
    public const string AllocationMark = "// allocates: ";

    private static readonly string[] s_coreFolders =
        ["src/EdgeBroker/", "src/EdgeBroker.Foundation/", "src/EdgeBroker.Protocol/", "src/EdgeBroker.Store/"];

    /// <summary>The beginnings of the paths of sources that every message goes through.</summary>
    private static readonly string[] s_hotPaths = ["src/EdgeBroker/Delivery/", "src/EdgeBroker.Foundation/Delivery/"];

    private static readonly Dictionary<string, string> s_outside = new(StringComparer.Ordinal)
    {
        ["Socket"] = "INetwork",
        ["DateTime"] = "IClock",
        ["DateTimeOffset"] = "IClock",
        ["Stopwatch"] = "IClock",
        ["Timer"] = "IClock and the tick",
        ["Thread"] = "the tick",
        ["Random"] = "a generator of your own with a seed by constructor",
    };

    /// <summary>Whether a source belongs to the core.</summary>
    public static bool IsCore(string path) => s_coreFolders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal));

    /// <summary>Whether every message goes through a source.</summary>
    public static bool IsHot(string path) => s_hotPaths.Any(start => path.StartsWith(start, StringComparison.Ordinal));

    /// <summary>Finds what reaches past the ports.</summary>
    public static IEnumerable<Finding> CheckCore(SourceFile source) =>
        source.Root.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => s_outside.ContainsKey(name.Identifier.Text) && IsType(name))
            .Select(name => source.At(name, $"{name.Identifier.Text} in the core: use {s_outside[name.Identifier.Text]}."));

    /// <summary>Finds what allocates, or may, outside constructors.</summary>
    public static IEnumerable<Finding> CheckHot(SourceFile source)
    {
        foreach (SyntaxNode node in source.Root.DescendantNodes().Where(node => !IsMarked(source, node)))
        {
            switch (node)
            {
                case CommonForEachStatementSyntax:
                    yield return source.At(node, "foreach on the path of a message: use an index.");
                    break;
                case InterpolatedStringExpressionSyntax:
                    yield return source.At(node, "a string built on the path of a message: use bytes.");
                    break;
                case BinaryExpressionSyntax binary when IsConcatenation(binary):
                    yield return source.At(node, "a string built on the path of a message: use bytes.");
                    break;
                case BaseObjectCreationExpressionSyntax or ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax
                    when IsAllocation(node):
                    yield return source.At(
                        node, $"new on the path of a message: allocate in the constructor, or say why with {AllocationMark}reason.");
                    break;
                default:
                    break;
            }
        }
    }

    private static bool IsConcatenation(BinaryExpressionSyntax binary) =>
        binary.IsKind(SyntaxKind.AddExpression) && (IsText(binary.Left) || IsText(binary.Right));

    private static bool IsText(ExpressionSyntax side) => side.IsKind(SyntaxKind.StringLiteralExpression)
        || side is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "ToString" } };

    // Constructors and initializers run once; what is thrown ends the tick anyway.
    private static bool IsAllocation(SyntaxNode node) =>
        node.Parent is not (ThrowStatementSyntax or ThrowExpressionSyntax)
        && node.Ancestors().First(above => above is MemberDeclarationSyntax) is not (ConstructorDeclarationSyntax or FieldDeclarationSyntax)
        && !node.Ancestors().Any(above => above is EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax });

    private static bool IsMarked(SourceFile source, SyntaxNode node)
    {
        int line = source.LineOf(node.SpanStart);
        return HasMark(source, line) || HasMark(source, line - 1);
    }

    private static bool HasMark(SourceFile source, int line)
    {
        if (line < 1)
        {
            return false;
        }

        string text = source.Root.SyntaxTree.GetText().Lines[line - 1].ToString();
        int mark = text.IndexOf(AllocationMark, StringComparison.Ordinal);
        return mark >= 0 && text.Length > mark + AllocationMark.Length;
    }

    // A member called Socket or Thread is something else; a type stands in front of a dot, or where types stand.
    private static bool IsType(IdentifierNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == name
            || access.Expression.ToString().StartsWith("System", StringComparison.Ordinal),
        QualifiedNameSyntax qualified => qualified.Right == name,
        NameColonSyntax or NameEqualsSyntax or AssignmentExpressionSyntax => false,
        ArgumentSyntax or BinaryExpressionSyntax or ReturnStatementSyntax => false,
        _ => true,
    };
}
