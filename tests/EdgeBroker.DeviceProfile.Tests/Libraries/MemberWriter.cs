using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EdgeBroker.DeviceProfile.Tests.Libraries;

/// <summary>Writes members of the desktop's types as C# declarations, if a device has them.</summary>
public sealed class MemberWriter
{
    private static readonly Dictionary<string, string> s_operators = new(StringComparer.Ordinal)
    {
        ["op_Addition"] = "+", ["op_Subtraction"] = "-", ["op_Multiply"] = "*", ["op_Division"] = "/", ["op_Equality"] = "==",
        ["op_Inequality"] = "!=", ["op_LessThan"] = "<", ["op_GreaterThan"] = ">", ["op_LessThanOrEqual"] = "<=",
        ["op_GreaterThanOrEqual"] = ">=", ["op_UnaryNegation"] = "-", ["op_UnaryPlus"] = "+",
    };

    private readonly HashSet<string> _ids;
    private readonly HashSet<string> _known;

    /// <summary>Prepares to write.</summary>
    /// <param name="ids">The members of the library.</param>
    /// <param name="known">The names of the types that declarations can use.</param>
    public MemberWriter(HashSet<string> ids, HashSet<string> known)
    {
        _ids = ids;
        _known = known;
    }

    /// <summary>A member's documentation id, as if the type itself declared it.</summary>
    public static string? IdOn(ISymbol member, INamedTypeSymbol type)
    {
        string? id = member.GetDocumentationCommentId();
        string? declaring = member.ContainingType?.GetDocumentationCommentId();
        return id == null || declaring == null ? null : id[..2] + type.GetDocumentationCommentId()![2..] + id[declaring.Length..];
    }

    /// <summary>A type as C# writes it.</summary>
    public static string TypeText(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>Whether a device has this member or type.</summary>
    public bool IsListed(ISymbol symbol) => _ids.Contains(symbol.GetDocumentationCommentId()!);

    /// <summary>Whether a device has the member of this id, and the types to declare it with.</summary>
    public bool IsListedId(string id, ISymbol member) => _ids.Contains(id) && member switch
    {
        IMethodSymbol method => !method.IsGenericMethod && IsKnown(method.ReturnType) && method.Parameters.All(p => IsKnown(p.Type)),
        IPropertySymbol property => IsKnown(property.Type) && property.Parameters.All(p => IsKnown(p.Type)),
        IFieldSymbol field => IsKnown(field.Type),
        IEventSymbol happening => IsKnown(happening.Type),
        _ => false,
    };

    /// <summary>A delegate type.</summary>
    public string Delegate(INamedTypeSymbol type)
    {
        IMethodSymbol invoke = type.DelegateInvokeMethod!;
        return $"public delegate {TypeText(invoke.ReturnType)} {type.Name}({Parameters(invoke.Parameters)});";
    }

    /// <summary>A member, or null where it is declared with another.</summary>
    public string? Write(ISymbol member, INamedTypeSymbol type) => member switch
    {
        IMethodSymbol method => Method(method, type),
        IPropertySymbol property => Property(property, type),
        IFieldSymbol field => Field(field),
        IEventSymbol happening => $"{Modifiers(happening, type)}event {TypeText(happening.Type)} {happening.Name};",
        _ => null,
    };

    private string? Method(IMethodSymbol method, INamedTypeSymbol type)
    {
        string parameters = Parameters(method.Parameters);
        string body = type.TypeKind == TypeKind.Interface || method.IsAbstract ? ";" : " => throw null;";
        switch (method.MethodKind)
        {
            case MethodKind.Constructor:
                return $"{Access(method)} {type.Name}({parameters}){body}";
            case MethodKind.UserDefinedOperator when s_operators.TryGetValue(method.Name, out string? sign):
                return $"public static {TypeText(method.ReturnType)} operator {sign}({parameters}){body}";
            case MethodKind.Conversion:
                string kind = method.Name == "op_Implicit" ? "implicit" : "explicit";
                return $"public static {kind} operator {TypeText(method.ReturnType)}({parameters}){body}";
            case MethodKind.Ordinary:
                return $"{Modifiers(method, type)}{TypeText(method.ReturnType)} {method.Name}({parameters}){body}";
            default:
                return null;
        }
    }

    private string Property(IPropertySymbol property, INamedTypeSymbol type)
    {
        bool hasBody = type.TypeKind != TypeKind.Interface && !property.IsAbstract;
        string name = property.IsIndexer ? $"this[{Parameters(property.Parameters)}]" : property.Name;
        return $"{Modifiers(property, type)}{TypeText(property.Type)} {name} {{ "
            + Accessor("get", property.GetMethod, type, hasBody) + Accessor("set", property.SetMethod, type, hasBody) + "}";
    }

    private string Accessor(string word, IMethodSymbol? accessor, INamedTypeSymbol type, bool hasBody)
    {
        string? id = accessor == null ? null : IdOn(accessor, type);
        return id == null || !_ids.Contains(id) ? string.Empty : word + (hasBody ? " => throw null; " : "; ");
    }

    private static string Field(IFieldSymbol field) => field.IsConst
        ? $"{Access(field)} const {TypeText(field.Type)} {field.Name} = {Constant(field.Type, field.ConstantValue)};"
        : $"{Access(field)} {(field.IsStatic ? "static " : string.Empty)}{(field.IsReadOnly ? "readonly " : string.Empty)}"
            + $"{TypeText(field.Type)} {field.Name};";

    private string Modifiers(ISymbol member, INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Interface)
        {
            return string.Empty;
        }

        string kind = member.IsStatic ? "static "
            : member.IsAbstract ? "abstract "
            : member.IsOverride ? (type.TypeKind == TypeKind.Class && OverridesNothing(member) ? "virtual " : "override ")
            : member.IsVirtual ? "virtual "
            : string.Empty;
        return Access(member) + " " + kind;
    }

    private bool OverridesNothing(ISymbol member)
    {
        for (ISymbol? current = Overridden(member); current != null; current = Overridden(current))
        {
            if (_known.Contains(current.ContainingType.GetDocumentationCommentId()![2..]))
            {
                return false;
            }
        }

        return true;
    }

    private static ISymbol? Overridden(ISymbol member) => member switch
    {
        IMethodSymbol method => method.OverriddenMethod,
        IPropertySymbol property => property.OverriddenProperty,
        _ => null,
    };

    private static string Access(ISymbol member) =>
        member.DeclaredAccessibility is Accessibility.Protected or Accessibility.ProtectedOrInternal ? "protected" : "public";

    private bool IsKnown(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.Rank == 1 && IsKnown(array.ElementType),
        INamedTypeSymbol { IsGenericType: false } named => _known.Contains(named.GetDocumentationCommentId()![2..]),
        _ => false,
    };

    private static string Parameters(IEnumerable<IParameterSymbol> parameters) => string.Join(", ", parameters.Select(Parameter));

    private static string Parameter(IParameterSymbol parameter)
    {
        string kind = parameter.RefKind switch
        {
            RefKind.Ref => "ref ",
            RefKind.Out => "out ",
            RefKind.In => "in ",
            _ => parameter.IsParams ? "params " : string.Empty,
        };
        string value = parameter.HasExplicitDefaultValue
            ? " = " + Constant(parameter.Type, parameter.ExplicitDefaultValue)
            : string.Empty;
        return $"{kind}{TypeText(parameter.Type)} @{parameter.Name}{value}";
    }

    private static string Constant(ITypeSymbol type, object? value) => value switch
    {
        null => "default",
        string text => SymbolDisplay.FormatLiteral(text, quote: true),
        char c => SymbolDisplay.FormatLiteral(c, quote: true),
        bool flag => flag ? "true" : "false",
        double.PositiveInfinity or float.PositiveInfinity => "1.0f / 0.0f",
        double.NegativeInfinity or float.NegativeInfinity => "-1.0f / 0.0f",
        double.NaN or float.NaN => "0.0f / 0.0f",
        _ => $"unchecked(({TypeText(type)})({Convert.ToString(value, CultureInfo.InvariantCulture)}))",
    };
}
