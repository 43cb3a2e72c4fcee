using System;
using System.Linq;
using Mono.Cecil;

namespace EdgeBroker.DeviceProfile.Tests;

/// <summary>Documentation ids of what emitted code refers to.</summary>
public static class IlDocumentationId
{
    /// <summary>The id of a type, method or field.</summary>
    public static string Of(MemberReference member) => member switch
    {
        TypeReference type => "T:" + NameOf(type),
        MethodReference method => "M:" + NameOf(method.DeclaringType) + "." + OfMethod(method),
        FieldReference field => "F:" + NameOf(field.DeclaringType) + "." + field.Name,
        _ => throw new ArgumentException("Code refers to types, methods and fields only.", nameof(member)),
    };

    /// <summary>A type as it appears in an id.</summary>
    public static string NameOf(TypeReference type) => type switch
    {
        ByReferenceType byReference => NameOf(byReference.ElementType) + "@",
        ArrayType { Rank: 1 } array => NameOf(array.ElementType) + "[]",
        ArrayType array => NameOf(array.ElementType) + "[" + string.Join(",", Enumerable.Repeat("0:", array.Rank)) + "]",
        PointerType pointer => NameOf(pointer.ElementType) + "*",
        RequiredModifierType modified => NameOf(modified.ElementType),
        OptionalModifierType modified => NameOf(modified.ElementType),
        GenericParameter parameter => (parameter.Type == GenericParameterType.Method ? "``" : "`") + parameter.Position,
        GenericInstanceType generic => generic.ElementType.FullName.Split('`')[0].Replace('/', '.')
            + "{" + string.Join(",", generic.GenericArguments.Select(NameOf)) + "}",
        _ => type.FullName.Replace('/', '.'),
    };

    private static string OfMethod(MethodReference method)
    {
        string name = method.Name.Replace('.', '#');
        string parameters = method.HasParameters
            ? "(" + string.Join(",", method.Parameters.Select(parameter => NameOf(parameter.ParameterType))) + ")"
            : string.Empty;
        string result = method.Name is "op_Implicit" or "op_Explicit" ? "~" + NameOf(method.ReturnType) : string.Empty;
        return name + parameters + result;
    }
}
