using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EdgeBroker.Tidy.Tests;

/// <summary>A C# source, parsed.</summary>
public sealed class SourceFile
{
    /// <summary>Parses a text.</summary>
    /// <param name="path">Relative to the repository, with forward slashes.</param>
    /// <param name="text">The text.</param>
    public SourceFile(string path, string text)
    {
        Path = path;
        Text = text;
        Root = CSharpSyntaxTree.ParseText(text, path: path).GetRoot();
    }

    /// <summary>Relative to the repository, with forward slashes.</summary>
    public string Path { get; }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>What the text means.</summary>
    public SyntaxNode Root { get; }

    /// <summary>The line of a place in the text, from 1.</summary>
    public int LineOf(int position) => Root.SyntaxTree.GetText().Lines.GetLineFromPosition(position).LineNumber + 1;

    /// <summary>A finding at a node.</summary>
    public Finding At(SyntaxNode node, string message) => new(Path, LineOf(node.SpanStart), message);
}
