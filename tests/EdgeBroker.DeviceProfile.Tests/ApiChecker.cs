using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EdgeBroker.DeviceProfile.Tests;

/// <summary>
/// Finds types and members, named in the sources, that a device does not have. Generic ones are left to
/// <see cref="LanguageRules"/>.
/// </summary>
public sealed class ApiChecker
{
    private readonly DeviceCompilation _compilation;
    private readonly ApiList _api;
    private readonly List<Finding> _findings = [];

    private ApiChecker(DeviceCompilation compilation, ApiList api)
    {
        _compilation = compilation;
        _api = api;
    }

    /// <summary>The documentation ids that were looked at, so that the emitted code need not be judged for them again.</summary>
    public HashSet<string> Seen { get; } = new(StringComparer.Ordinal);

    /// <summary>Checks all sources of an assembly.</summary>
    public static ApiChecker Check(DeviceCompilation compilation, ApiList api, List<Finding> findings)
    {
        ApiChecker checker = new(compilation, api);
        foreach (SyntaxTree tree in compilation.ForDevice.SyntaxTrees)
        {
            SemanticModel model = compilation.ForDevice.GetSemanticModel(tree);
            foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
            {
                checker.CheckNode(node, model);
            }
        }

        findings.AddRange(checker._findings);
        return checker;
    }

    /// <summary>Whether a device has this, on the type that declares it or on one of the types it inherits from.</summary>
    /// <param name="api">What a device has.</param>
    /// <param name="symbol">The type or member, as the desktop declares it.</param>
    /// <param name="receiver">The type it is used on, or null.</param>
    public static bool IsListed(ApiList api, ISymbol symbol, ITypeSymbol? receiver)
    {
        string? id = symbol.OriginalDefinition.GetDocumentationCommentId();
        if (id == null || api.Contains(id) || symbol.ContainingType == null || symbol is ITypeSymbol)
        {
            return id == null || api.Contains(id);
        }

        string declaring = symbol.ContainingType.OriginalDefinition.GetDocumentationCommentId()![2..];
        string member = id[(2 + declaring.Length)..];
        return EquivalentOverloads.IsListed(api, id)
            || Bases(symbol.ContainingType).Concat(receiver == null ? [] : Bases(receiver))
                .Select(type => id[..2] + type.GetDocumentationCommentId()?[2..] + member)
                .Any(api.Contains);
    }

    private static IEnumerable<ITypeSymbol> Bases(ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current != null; current = current.BaseType)
        {
            yield return current.OriginalDefinition;
        }

        // A class of a device may implement an interface explicitly, so what an interface has says nothing about a class.
        foreach (INamedTypeSymbol inherited in type.TypeKind == TypeKind.Interface ? type.AllInterfaces : [])
        {
            yield return inherited.OriginalDefinition;
        }
    }

    private void CheckNode(SyntaxNode node, SemanticModel model)
    {
        if (node is not (SimpleNameSyntax or PredefinedTypeSyntax or BaseObjectCreationExpressionSyntax or ElementAccessExpressionSyntax
            or ConstructorInitializerSyntax or AttributeSyntax))
        {
            return;
        }

        ISymbol? symbol = model.GetSymbolInfo(node).Symbol;
        if (symbol is IMethodSymbol { ReducedFrom: { } extension })
        {
            symbol = extension;
        }

        if (symbol == null)
        {
            return;
        }

        if (symbol is IArrayTypeSymbol array)
        {
            symbol = array.ElementType;
        }

        if (symbol is not (IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol or INamedTypeSymbol)
            || symbol.ContainingAssembly == null || _compilation.IsOwn(symbol) || IsGeneric(symbol))
        {
            return;
        }

        Judge(node, symbol, Receiver(node, model));
    }

    private void Judge(SyntaxNode node, ISymbol symbol, ITypeSymbol? receiver)
    {
        bool listed = IsListed(_api, symbol, receiver);
        Remember(symbol, receiver, listed);
        if (listed)
        {
            return;
        }

        // Where the type itself is missing, one message about the type is enough.
        if (symbol is not ITypeSymbol && symbol.ContainingType != null && !IsListed(_api, symbol.ContainingType, null))
        {
            symbol = symbol.ContainingType;
        }

        string id = symbol.OriginalDefinition.GetDocumentationCommentId()!;
        FileLinePositionSpan place = node.GetLocation().GetLineSpan();
        Finding finding = new(
            place.Path,
            place.StartLinePosition.Line + 1,
            $"{symbol.ToDisplayString()} does not exist on a device: {Hints.For(id)}.");
        if (!_findings.Contains(finding))
        {
            _findings.Add(finding);
        }
    }

    private void Remember(ISymbol symbol, ITypeSymbol? receiver, bool listed)
    {
        Seen.Add(symbol.OriginalDefinition.GetDocumentationCommentId()!);
        if (symbol is IPropertySymbol property)
        {
            // The emitted code names the accessors; one that is missing while the property is there is still found.
            foreach (IMethodSymbol? accessor in new[] { property.GetMethod, property.SetMethod })
            {
                if (accessor != null && (!listed || IsListed(_api, accessor, receiver)))
                {
                    Seen.Add(accessor.OriginalDefinition.GetDocumentationCommentId()!);
                }
            }
        }
    }

    private static bool IsGeneric(ISymbol symbol) =>
        symbol is IMethodSymbol { IsGenericMethod: true }
        || symbol is INamedTypeSymbol { IsGenericType: true }
        || symbol.ContainingType is { IsGenericType: true };

    private static ITypeSymbol? Receiver(SyntaxNode node, SemanticModel model) => node switch
    {
        ElementAccessExpressionSyntax access => model.GetTypeInfo(access.Expression).Type,
        _ when node.Parent is MemberAccessExpressionSyntax access && access.Name == node => model.GetTypeInfo(access.Expression).Type,
        _ when node.Parent is MemberBindingExpressionSyntax =>
            model.GetTypeInfo(node.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()!.Expression).Type,
        SimpleNameSyntax => node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type ? model.GetDeclaredSymbol(type) : null,
        _ => null,
    };
}
