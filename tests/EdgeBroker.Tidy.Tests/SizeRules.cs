using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace EdgeBroker.Tidy.Tests;

/// <summary>How long files, lines and functions may be. What a reader holds in mind is short.</summary>
public static class SizeRules
{
    /// <summary>Lines of a file, at most.</summary>
    public const int FileLinesMax = 400;

    /// <summary>Characters of a line, at most.</summary>
    public const int LineCharactersMax = 140;

    /// <summary>Lines of a function, at most.</summary>
    public const int FunctionLinesMax = 60;

    /// <summary>Checks a source.</summary>
    public static IEnumerable<Finding> Check(SourceFile source)
    {
        SourceText text = source.Root.SyntaxTree.GetText();
        int lines = text.Lines.Count - (text.Lines[^1].Span.IsEmpty ? 1 : 0);
        if (lines > FileLinesMax)
        {
            yield return new Finding(
                source.Path, 0, $"{lines} lines, of {FileLinesMax}: move a part with a name of its own to a type of its own.");
        }

        foreach (TextLine line in text.Lines.Where(line => line.Span.Length > LineCharactersMax))
        {
            yield return new Finding(
                source.Path, line.LineNumber + 1, $"{line.Span.Length} characters, of {LineCharactersMax}: break the line.");
        }

        foreach (SyntaxNode node in source.Root.DescendantNodes().Where(IsFunction))
        {
            int length = source.LineOf(node.Span.End) - source.LineOf(node.SpanStart) + 1;
            if (length > FunctionLinesMax)
            {
                yield return source.At(node, $"a function of {length} lines, of {FunctionLinesMax}: give a part of it a name.");
            }
        }
    }

    private static bool IsFunction(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
            or AnonymousFunctionExpressionSyntax;
}
