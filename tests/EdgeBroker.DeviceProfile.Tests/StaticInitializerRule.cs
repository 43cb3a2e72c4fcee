using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EdgeBroker.DeviceProfile.Tests;

/// <summary>
/// All static initializers run while a device boots, in about the order of the types' names, and what one throws is seen by
/// nobody. So they may not read other types' statics nor call anything that can throw.
/// </summary>
public sealed class StaticInitializerRule
{
    private readonly SemanticModel _model;
    private readonly DeviceCompilation _compilation;
    private readonly Action<SyntaxNode, string> _report;

    /// <summary>Prepares the check of one file.</summary>
    public StaticInitializerRule(SemanticModel model, DeviceCompilation compilation, Action<SyntaxNode, string> report)
    {
        _model = model;
        _compilation = compilation;
        _report = report;
    }

    /// <summary>Checks one node, not those below it.</summary>
    public void Check(SyntaxNode node)
    {
        switch (node)
        {
            case FieldDeclarationSyntax field when field.Modifiers.Any(SyntaxKind.StaticKeyword):
                foreach (VariableDeclaratorSyntax variable in field.Declaration.Variables.Where(variable => variable.Initializer != null))
                {
                    CheckCode(variable.Initializer!.Value);
                }

                break;
            case PropertyDeclarationSyntax { Initializer: { } initializer } property when property.Modifiers.Any(SyntaxKind.StaticKeyword):
                CheckCode(initializer.Value);
                break;
            case ConstructorDeclarationSyntax constructor when constructor.Modifiers.Any(SyntaxKind.StaticKeyword):
                CheckCode(constructor);
                break;
            default:
                break;
        }
    }

    private void CheckCode(SyntaxNode code)
    {
        INamedTypeSymbol? owner = _model.GetEnclosingSymbol(code.SpanStart)?.ContainingType;
        foreach (SyntaxNode node in code.DescendantNodesAndSelf())
        {
            ISymbol? symbol = node is SimpleNameSyntax ? _model.GetSymbolInfo(node).Symbol : null;
            if (IsStaticValue(symbol) && !SymbolEqualityComparer.Default.Equals(symbol!.ContainingType, owner))
            {
                _report(node, $"a static initializer reads {symbol.ToDisplayString()}, which may not be set yet when a device boots: "
                    + "use a const, or read it in a constructor.");
            }
            else if (CanThrow(node))
            {
                _report(node, "a static initializer runs while a device boots, and what it throws is lost: "
                    + "only constants and arrays here; build the rest in a constructor.");
            }
        }
    }

    private static bool IsStaticValue(ISymbol? symbol) => symbol switch
    {
        IFieldSymbol field => field.IsStatic && !field.IsConst,
        IPropertySymbol property => property.IsStatic,
        _ => false,
    };

    private bool CanThrow(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax invocation => !invocation.Expression.ToString().Equals("nameof", StringComparison.Ordinal),
        BaseObjectCreationExpressionSyntax creation => !IsHarmless(creation),
        ElementAccessExpressionSyntax or ThrowStatementSyntax or ThrowExpressionSyntax => true,
        CastExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.DivideExpression or (int)SyntaxKind.ModuloExpression } =>
            !_model.GetConstantValue(node).HasValue,
        _ => false,
    };

    // A framework's object without arguments (a lock, an event) is made without running any code of ours.
    private bool IsHarmless(BaseObjectCreationExpressionSyntax creation)
    {
        ITypeSymbol? type = _model.GetTypeInfo(creation).Type;
        return type != null && !_compilation.IsOwn(type) && (creation.ArgumentList == null
            || creation.ArgumentList.Arguments.All(argument => _model.GetConstantValue(argument.Expression).HasValue));
    }
}
