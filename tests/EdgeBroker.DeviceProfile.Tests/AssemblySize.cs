using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeBroker.DeviceProfile.Tests;

/// <summary>What the metadata processor limits, per assembly.</summary>
/// <param name="Name">The assembly.</param>
/// <param name="CodeBytes">IL, optimized, as nf.props has it in all configurations.</param>
/// <param name="StringBytes">String literals, texts in attributes and the names of types, methods and fields, each once, NUL-terminated UTF-8.</param>
public sealed record AssemblySize(string Name, int CodeBytes, int StringBytes)
{
    /// <summary>The metadata processor takes 65,535; the rest is a reserve for what it adds.</summary>
    public const int CodeBytesMax = 60000;

    /// <summary>What the metadata processor takes.</summary>
    public const int StringBytesMax = 65535;

    /// <summary>What of it a device's tools would not take, if anything.</summary>
    public string? Problem =>
        CodeBytes > CodeBytesMax ? $"{Name} has {CodeBytes} bytes of code, of {CodeBytesMax}: split the assembly."
        : StringBytes > StringBytesMax ? $"{Name} has {StringBytes} bytes of names and text, of {StringBytesMax}: split the assembly."
        : null;

    /// <summary>Measures an assembly.</summary>
    public static AssemblySize Of(string name, ModuleDefinition module) =>
        new(name, EmittedAssembly.CodeSize(module), Strings(module).Sum(text => Encoding.UTF8.GetByteCount(text) + 1));

    private static HashSet<string> Strings(ModuleDefinition module)
    {
        HashSet<string> strings = new(StringComparer.Ordinal) { module.Assembly.Name.Name };
        foreach (TypeDefinition type in module.GetTypes())
        {
            strings.Add(type.Namespace);
            strings.Add(type.Name);
            strings.UnionWith(type.Fields.Select(field => field.Name));
            strings.UnionWith(type.Methods.Select(method => method.Name));
            strings.UnionWith(type.Methods.Append<ICustomAttributeProvider>(type).SelectMany(TextsOfAttributes));
            strings.UnionWith(type.Methods.Where(method => method.HasBody).SelectMany(method => method.Body.Instructions)
                .Where(instruction => instruction.OpCode.Code == Code.Ldstr).Select(instruction => (string)instruction.Operand));
        }

        strings.UnionWith(module.GetMemberReferences().Select(member => member.Name));
        strings.UnionWith(module.GetTypeReferences().Select(type => type.Name));
        return strings;
    }

    // The rows of data of the unit tests.
    private static IEnumerable<string> TextsOfAttributes(ICustomAttributeProvider member) =>
        member.CustomAttributes.SelectMany(attribute => attribute.ConstructorArguments).SelectMany(Texts);

    private static IEnumerable<string> Texts(CustomAttributeArgument argument) => argument.Value switch
    {
        string text => [text],
        CustomAttributeArgument boxed => Texts(boxed),
        CustomAttributeArgument[] values => values.SelectMany(Texts),
        _ => [],
    };
}
