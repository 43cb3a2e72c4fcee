using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EdgeBroker.DeviceProfile.Tests;

/// <summary>The rules of <see cref="LanguageRules"/> for text: what becomes other text on a device than on a desktop.</summary>
public sealed class TextRules
{
    private const string Cut = "a device cuts a string at U+0000: use a byte array.";

    private readonly SemanticModel _model;
    private readonly Action<SyntaxNode, string> _report;

    /// <summary>Prepares the check of one file.</summary>
    public TextRules(SemanticModel model, Action<SyntaxNode, string> report)
    {
        _model = model;
        _report = report;
    }

    /// <summary>Checks one node, not those below it.</summary>
    public void Check(SyntaxNode node)
    {
        if (IsEnumText(node))
        {
            _report(node, "an enum's text is its number on a device: write a switch, or use the number.");
        }

        bool isCut = node switch
        {
            LiteralExpressionSyntax { Token.Value: string text } => HasNul(text),
            LiteralExpressionSyntax { Token.Value: '\0' } literal => GoesIntoText(literal),
            InterpolatedStringTextSyntax text => HasNul(text.TextToken.ValueText),
            _ => false,
        };
        if (isCut)
        {
            _report(node, Cut);
        }
    }

    private bool IsEnumText(SyntaxNode node) => node switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.Text: "ToString" } access => IsEnum(access.Expression),
        ExpressionSyntax { Parent: InterpolationSyntax } value => IsEnum(value),
        ExpressionSyntax value => _model.GetTypeInfo(value).ConvertedType?.SpecialType == SpecialType.System_Object
            && IsEnum(value) && GoesIntoText(value),
        _ => false,
    };

    private bool IsEnum(ExpressionSyntax value) => _model.GetTypeInfo(value).Type is { TypeKind: TypeKind.Enum };

    private bool GoesIntoText(ExpressionSyntax value) => value.Parent switch
    {
        ArgumentSyntax { Parent.Parent: ExpressionSyntax call } => IsText(_model.GetSymbolInfo(call).Symbol?.ContainingType),
        InterpolationSyntax => true,
        BinaryExpressionSyntax sum => sum.IsKind(SyntaxKind.AddExpression) && IsText(_model.GetTypeInfo(sum).Type),
        AssignmentExpressionSyntax sum => sum.IsKind(SyntaxKind.AddAssignmentExpression) && IsText(_model.GetTypeInfo(sum).Type),
        _ => false,
    };

    private static bool IsText(ITypeSymbol? type) => type is { SpecialType: SpecialType.System_String } or { Name: "StringBuilder" };

    private static bool HasNul(string text) => text.Contains('\0', StringComparison.Ordinal);
}
