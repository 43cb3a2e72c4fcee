using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EdgeBroker.DeviceProfile.Tests;

/// <summary>
/// Finds what C# allows but a device's tools refuse, or what compiles and then behaves otherwise on a device.
/// Types and values are judged here; statements and declarations in <see cref="DeclarationRules"/>, text in <see cref="TextRules"/>.
/// </summary>
public sealed class LanguageRules : CSharpSyntaxWalker
{
    private readonly SemanticModel _model;
    private readonly DeclarationRules _declarations;
    private readonly TextRules _texts;
    private readonly StaticInitializerRule _statics;
    private readonly List<Finding> _findings;

    private LanguageRules(SemanticModel model, DeviceCompilation compilation, List<Finding> findings)
    {
        _model = model;
        _findings = findings;
        _declarations = new DeclarationRules(model, Report);
        _texts = new TextRules(model, Report);
        _statics = new StaticInitializerRule(model, compilation, Report);
    }

    /// <summary>Checks all sources of an assembly.</summary>
    public static void Check(DeviceCompilation compilation, List<Finding> findings)
    {
        foreach (SyntaxTree tree in compilation.ForDevice.SyntaxTrees)
        {
            new LanguageRules(compilation.ForDevice.GetSemanticModel(tree), compilation, findings).Visit(tree.GetRoot());
        }
    }

    /// <inheritdoc/>
    public override void Visit(SyntaxNode? node)
    {
        if (node != null)
        {
            _declarations.Check(node);
            _statics.Check(node);
            CheckType(node);
            _texts.Check(node);
        }

        base.Visit(node);
    }

    private void CheckType(SyntaxNode node)
    {
        switch (node)
        {
            case NullableTypeSyntax:
                Report(node, "a nullable value type does not compile for a device: use a value of its own that means none, such as -1.");
                return;
            case TupleTypeSyntax or TupleExpressionSyntax:
                Report(node, "a tuple does not compile for a device: use out parameters or fields.");
                return;
            case ArrayTypeSyntax array when array.RankSpecifiers.Any(rank => rank.Rank > 1):
                Report(node, "a multi-dimensional array crashes a device: use one array and compute the index, or an array of arrays.");
                return;
            case PointerTypeSyntax or FunctionPointerTypeSyntax:
                Report(node, "a pointer does not run on a device: use byte[] buffer, int offset, int count.");
                return;
            case GenericNameSyntax generic:
                Report(node, Generic(generic, _model.GetSymbolInfo(generic).Symbol));
                return;
            case ExpressionSyntax expression:
                CheckInferred(expression);
                return;
            default:
                return;
        }
    }

    // A generic type or method that is not spelt as one: var, inference, ?. on values.
    private void CheckInferred(ExpressionSyntax expression)
    {
        ISymbol? symbol = expression is SimpleNameSyntax ? _model.GetSymbolInfo(expression).Symbol : null;
        if (Misleading.Of(symbol) is { } message)
        {
            Report(expression, message);
        }

        if (symbol is IMethodSymbol { IsGenericMethod: true } or INamedTypeSymbol { IsGenericType: true })
        {
            bool isNullable = symbol is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };
            Report(expression, isNullable
                ? "a nullable value type does not compile for a device: use a value of its own that means none, such as -1."
                : Generic(expression, symbol));
        }
        else if (expression is ConditionalAccessExpressionSyntax
            && _model.GetTypeInfo(expression).Type?.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            Report(expression, "?. on a value makes a nullable value type, which does not compile for a device: test for null first.");
        }
    }

    private static string Generic(SyntaxNode node, ISymbol? symbol)
    {
        string name = symbol?.ToDisplayString() ?? node.ToString();
        string? id = symbol?.OriginalDefinition.GetDocumentationCommentId();
        if (id != null && (id.StartsWith("T:System.Action`", StringComparison.Ordinal)
            || id.StartsWith("T:System.Func`", StringComparison.Ordinal)
            || id.StartsWith("T:System.EventHandler`", StringComparison.Ordinal)))
        {
            return $"{name} crashes a device: declare a delegate of your own.";
        }

        bool isFrameworks = id != null && id[2..].StartsWith("System.", StringComparison.Ordinal);
        string hint = isFrameworks ? Hints.For(id!) : "write the type out, or use object";
        return $"{name} is generic, which a device can't run: {hint}.";
    }

    private void Report(SyntaxNode node, string message)
    {
        FileLinePositionSpan place = node.GetLocation().GetLineSpan();
        Finding finding = new(place.Path, place.StartLinePosition.Line + 1, message);
        if (!_findings.Contains(finding))
        {
            _findings.Add(finding);
        }
    }
}
