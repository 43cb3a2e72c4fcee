using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EdgeBroker.Tidy.Tests;

/// <summary>What no file may say: notes to finish later, and paths of the machine it was written on.</summary>
public static partial class TextRules
{
    /// <summary>Checks the comments of a source.</summary>
    public static IEnumerable<Finding> CheckComments(SourceFile source) =>
        source.Root.DescendantTrivia(descendIntoTrivia: false).Where(IsComment)
            .SelectMany(comment => NoteLater().Matches(comment.ToFullString())
                .Select(match => new Finding(
                    source.Path,
                    source.LineOf(comment.FullSpan.Start + match.Index),
                    $"{match.Value}: do it, or open an issue; what is on main is finished.")));

    /// <summary>Checks any text for machine paths.</summary>
    public static IEnumerable<Finding> CheckPaths(string path, string text) =>
        MachinePath().Matches(text).Select(match => new Finding(
            path,
            LinesBefore(text, match.Index) + 1,
            $"{match.Value} exists on one machine only: use a path relative to the repository, or Directory.CreateTempSubdirectory."));

    private static int LinesBefore(string text, int end) => text.Take(end).Count(character => character == '\n');

    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia
        or SyntaxKind.MultiLineCommentTrivia or SyntaxKind.SingleLineDocumentationCommentTrivia
        or SyntaxKind.MultiLineDocumentationCommentTrivia;

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex NoteLater();

    [GeneratedRegex(@"(?<![\w.~>)}])/(work|root|home|tmp|Users)/[\w.]+")]
    private static partial Regex MachinePath();
}
