using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EdgeBroker.DeviceProfile.Tests;

/// <summary>The rules of <see cref="LanguageRules"/> for statements and declarations.</summary>
public sealed class DeclarationRules
{
    // What the metadata processor can number in one type, of each kind.
    private const int MethodsMax = 255;

    private readonly SemanticModel _model;
    private readonly Action<SyntaxNode, string> _report;

    /// <summary>Prepares the check of one file.</summary>
    public DeclarationRules(SemanticModel model, Action<SyntaxNode, string> report)
    {
        _model = model;
        _report = report;
    }

    /// <summary>Checks one node, not those below it.</summary>
    public void Check(SyntaxNode node)
    {
        CheckStatement(node);
        CheckModifiers(node);
        CheckMembers(node);
        if (node is CatchFilterClauseSyntax filter)
        {
            CheckFilter(filter);
        }

        if (node is BaseTypeDeclarationSyntax type)
        {
            CheckMethodCount(type);
        }

        if (node is ClassDeclarationSyntax tests)
        {
            TestClassRule.Check(tests, _report);
        }
    }

    private void CheckStatement(SyntaxNode node)
    {
        string? message = node.Kind() switch
        {
            SyntaxKind.YieldReturnStatement or SyntaxKind.YieldBreakStatement =>
                "yield does not compile for a device: write the loop where it is needed, with an index.",
            SyntaxKind.AwaitExpression => "await does not compile for a device: keep the state in fields and go on in the next tick.",
            SyntaxKind.QueryExpression => "LINQ does not exist on a device: write the loop.",
            SyntaxKind.StackAllocArrayCreationExpression or SyntaxKind.ImplicitStackAllocArrayCreationExpression =>
                "stackalloc crashes a device: take a byte[] in the constructor.",
            SyntaxKind.FixedStatement => "fixed does not run on a device: use byte[] buffer, int offset, int count.",
            SyntaxKind.UnsafeStatement => "unsafe does not run on a device: use byte[] buffer, int offset, int count.",
            SyntaxKind.CheckedExpression or SyntaxKind.CheckedStatement => "checked never throws on a device: compare before computing.",
            SyntaxKind.AnonymousObjectCreationExpression => "an anonymous type does not compile for a device: declare a class.",
            SyntaxKind.RecordDeclaration => "a record does not compile for a device: declare a class with fields.",
            SyntaxKind.DestructorDeclaration => "a finalizer runs late or never on a device: close explicitly.",
            SyntaxKind.WithExpression => "with needs a record, which does not compile for a device: copy the fields.",
            SyntaxKind.IdentifierName when IsDynamic((IdentifierNameSyntax)node) =>
                "dynamic does not compile for a device: use object and a cast.",
            _ => null,
        };
        if (message != null)
        {
            _report(node, message);
        }

        if (node is TypeParameterListSyntax)
        {
            _report(node, "your own generic types and methods compile and then crash a device: write the type out, or use object.");
        }
    }

    private bool IsDynamic(IdentifierNameSyntax name) =>
        name.Identifier.Text == "dynamic" && _model.GetTypeInfo(name).Type is IDynamicTypeSymbol;

    private void CheckModifiers(SyntaxNode node)
    {
        SyntaxTokenList modifiers = node switch
        {
            MemberDeclarationSyntax member => member.Modifiers,
            LocalFunctionStatementSyntax function => function.Modifiers,
            AnonymousFunctionExpressionSyntax function => function.Modifiers,
            _ => default,
        };
        foreach (SyntaxToken modifier in modifiers)
        {
            string? message = modifier.Kind() switch
            {
                SyntaxKind.AsyncKeyword => "async does not compile for a device: keep the state in fields and go on in the next tick.",
                SyntaxKind.UnsafeKeyword => "unsafe does not run on a device: use byte[] buffer, int offset, int count.",
                SyntaxKind.VolatileKeyword => "volatile does not compile for a device: use lock or Interlocked.",
                SyntaxKind.FixedKeyword => "a fixed buffer does not run on a device: use a byte[].",
                SyntaxKind.RefKeyword when node is StructDeclarationSyntax => "a ref struct does not run on a device: use a class.",
                _ => null,
            };
            if (message != null)
            {
                _report(node, message);
            }
        }
    }

    private void CheckMembers(SyntaxNode node)
    {
        if (node is MemberDeclarationSyntax { Parent: InterfaceDeclarationSyntax } member && HasBody(member))
        {
            _report(member, "a default interface method crashes a device: use a base class, or a static method that takes the interface.");
        }

        if (node is AttributeSyntax attribute
            && _model.GetTypeInfo(attribute).Type?.Name is "StructLayoutAttribute" or "FieldOffsetAttribute"
            && node.ToString().Contains("Explicit", StringComparison.Ordinal))
        {
            _report(node, "explicit layout does not compile for a device: shift the bytes, or use BitConverter.");
        }
    }

    private static bool HasBody(MemberDeclarationSyntax member) => member switch
    {
        BaseMethodDeclarationSyntax method => method.Body != null || method.ExpressionBody != null,
        PropertyDeclarationSyntax { ExpressionBody: not null } => true,
        IndexerDeclarationSyntax { ExpressionBody: not null } => true,
        BasePropertyDeclarationSyntax property => property.AccessorList != null
            && property.AccessorList.Accessors.Any(accessor => accessor.Body != null || accessor.ExpressionBody != null),
        _ => false,
    };

    private void CheckFilter(CatchFilterClauseSyntax filter)
    {
        ISymbol? caught = filter.Parent is CatchClauseSyntax { Declaration: { } declaration }
            ? _model.GetDeclaredSymbol(declaration)
            : null;
        if (filter.DescendantNodes().Any(node => MayThrow(node, caught)))
        {
            _report(filter, "an exception in a filter hangs a device: compare locals and what the caught exception says, "
                + "or catch and throw again.");
        }
    }

    private bool MayThrow(SyntaxNode node, ISymbol? caught) => node switch
    {
        InvocationExpressionSyntax or ElementAccessExpressionSyntax or BaseObjectCreationExpressionSyntax
            or ArrayCreationExpressionSyntax or ThrowExpressionSyntax or CastExpressionSyntax => true,

        // Of what may be null.
        MemberAccessExpressionSyntax access => _model.GetSymbolInfo(access.Expression).Symbol is { } of
            && of is not (INamespaceOrTypeSymbol or IParameterSymbol { IsThis: true })
            && _model.GetTypeInfo(access.Expression).Type is { IsReferenceType: true }
            && !SymbolEqualityComparer.Default.Equals(of, caught),

        // A property of ours is code of ours.
        SimpleNameSyntax name => _model.GetSymbolInfo(name).Symbol is IPropertySymbol { DeclaringSyntaxReferences.Length: > 0 },
        _ => node.IsKind(SyntaxKind.DivideExpression) || node.IsKind(SyntaxKind.ModuloExpression),
    };

    private void CheckMethodCount(BaseTypeDeclarationSyntax node)
    {
        // A partial type is reported once, at its first part.
        if (_model.GetDeclaredSymbol(node) is not INamedTypeSymbol type
            || type.DeclaringSyntaxReferences[0].Span != node.Span || type.DeclaringSyntaxReferences[0].SyntaxTree != node.SyntaxTree)
        {
            return;
        }

        IMethodSymbol[] methods = type.GetMembers().OfType<IMethodSymbol>().ToArray();
        int statics = methods.Count(method => method.IsStatic);
        int virtuals = methods.Count(method => !method.IsStatic && (method.IsVirtual || method.IsAbstract || method.IsOverride));
        int instances = methods.Length - statics - virtuals;
        if (statics > MethodsMax || virtuals > MethodsMax || instances > MethodsMax)
        {
            _report(node, $"{type.Name} has {virtuals} virtual, {instances} instance and {statics} static methods; "
                + $"a device takes {MethodsMax} of each: split the type.");
        }
    }
}
