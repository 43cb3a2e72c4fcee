using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EdgeBroker.DeviceProfile.Tests.Libraries;

/// <summary>
/// Writes the declarations of one class library as C#. Each type and member is one that the list names; what a name alone does
/// not say (what it returns, whether it is static) is taken from the desktop's type of the same name.
/// </summary>
public sealed class StubWriter
{
    private readonly HashSet<string> _ids;
    private readonly HashSet<string> _known;
    private readonly HashSet<string> _ownTypes;
    private readonly MemberWriter _members;
    private readonly StringBuilder _text = new();

    /// <summary>Prepares to write.</summary>
    /// <param name="ids">The documentation ids of the library.</param>
    /// <param name="known">The names of all types of this library and those before it.</param>
    /// <param name="signatures">Declarations that are written already: these types are left out.</param>
    public StubWriter(IEnumerable<string> ids, HashSet<string> known, string signatures)
    {
        _ids = ids.ToHashSet(StringComparer.Ordinal);
        _known = known;
        _ownTypes = DeclaredTypes(signatures);
        _members = new MemberWriter(_ids, known);
    }

    /// <summary>All declarations.</summary>
    public string Write()
    {
        foreach (INamedTypeSymbol type in TypesOfDesktop().Where(type => type.ContainingType == null))
        {
            _text.AppendLine($"namespace {type.ContainingNamespace.ToDisplayString()} {{");
            WriteType(type);
            _text.AppendLine("}");
        }

        return _text.ToString();
    }

    private IEnumerable<INamedTypeSymbol> TypesOfDesktop() =>
        _ids.Where(id => id.StartsWith("T:", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(DesktopLibraries.Find)
            .OfType<INamedTypeSymbol>()
            .Where(type => !type.IsGenericType && !_ownTypes.Contains(NameOf(type)));

    private void WriteType(INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Delegate)
        {
            _text.AppendLine(_members.Delegate(type));
            return;
        }

        string kind = type.TypeKind switch
        {
            TypeKind.Struct => "partial struct",
            TypeKind.Interface => "partial interface",
            TypeKind.Enum => "enum",
            _ => (type.IsStatic ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : string.Empty) + "partial class",
        };
        string bases = string.Join(", ", Bases(type));
        WriteAttributeUsage(type);
        _text.AppendLine($"public {kind} {type.Name}{(bases.Length == 0 ? string.Empty : " : " + bases)} {{");
        if (type.TypeKind == TypeKind.Enum)
        {
            foreach (IFieldSymbol field in type.GetMembers().OfType<IFieldSymbol>().Where(_members.IsListed))
            {
                _text.AppendLine($"{field.Name} = {field.ConstantValue},");
            }
        }
        else
        {
            WriteMembers(type);
        }

        _text.AppendLine("}");
    }

    // A compiler judges by it where an attribute may stand, and how often.
    private void WriteAttributeUsage(INamedTypeSymbol type)
    {
        AttributeData? usage = type.GetAttributes().FirstOrDefault(data => data.AttributeClass?.Name == nameof(AttributeUsageAttribute));
        if (usage != null)
        {
            bool isMultiple = usage.NamedArguments.Any(argument => argument is { Key: "AllowMultiple", Value.Value: true });
            _text.AppendLine(
                $"[global::System.AttributeUsage((global::System.AttributeTargets){usage.ConstructorArguments[0].Value}"
                + $"{(isMultiple ? ", AllowMultiple = true" : string.Empty)})]");
        }
    }

    private void WriteMembers(INamedTypeSymbol type)
    {
        foreach (ISymbol member in Members(type))
        {
            string? text = member is INamedTypeSymbol ? null : _members.Write(member, type);
            if (text != null)
            {
                _text.AppendLine(text);
            }
        }

        foreach (INamedTypeSymbol nested in type.GetTypeMembers().Where(nested => _members.IsListed(nested)))
        {
            WriteType(nested);
        }
    }

    // A device may have on the type itself what the desktop has on a base of it that a device lacks.
    private IEnumerable<ISymbol> Members(INamedTypeSymbol type)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (INamedTypeSymbol? current = type; current != null; current = current.BaseType)
        {
            foreach (ISymbol member in current.GetMembers())
            {
                string? id = MemberWriter.IdOn(member, type);
                if (id != null && _members.IsListedId(id, member) && seen.Add(id)
                    && (SymbolEqualityComparer.Default.Equals(current, type) || member is not IMethodSymbol { MethodKind: MethodKind.Constructor }))
                {
                    yield return member;
                }
            }
        }
    }

    private IEnumerable<string> Bases(INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Enum)
        {
            yield return type.EnumUnderlyingType!.ToDisplayString();
            yield break;
        }

        INamedTypeSymbol? current = type.TypeKind == TypeKind.Class ? type.BaseType : null;
        while (current != null && !_known.Contains(NameOf(current)))
        {
            current = current.BaseType;
        }

        if (current != null && current.SpecialType != SpecialType.System_Object)
        {
            yield return MemberWriter.TypeText(current);
        }

        foreach (INamedTypeSymbol inherited in type.AllInterfaces)
        {
            if (!inherited.IsGenericType && _known.Contains(NameOf(inherited)))
            {
                yield return MemberWriter.TypeText(inherited);
            }
        }
    }

    private static string NameOf(INamedTypeSymbol type) => type.GetDocumentationCommentId()![2..];

    private static HashSet<string> DeclaredTypes(string signatures)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (BaseTypeDeclarationSyntax type in CSharpSyntaxTree.ParseText(signatures).GetRoot().DescendantNodes()
            .OfType<BaseTypeDeclarationSyntax>())
        {
            IEnumerable<string> outer = type.Ancestors().Reverse().Select(node => node switch
            {
                BaseNamespaceDeclarationSyntax space => space.Name.ToString() + ".",
                BaseTypeDeclarationSyntax containing => containing.Identifier.Text + ".",
                _ => string.Empty,
            });
            names.Add(string.Concat(outer) + type.Identifier.Text);
        }

        return names;
    }
}
