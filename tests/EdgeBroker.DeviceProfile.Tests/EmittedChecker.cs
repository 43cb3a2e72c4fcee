using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeBroker.DeviceProfile.Tests;

/// <summary>
/// Finds members that no source names but the compiler calls: for foreach, using, lock, string concatenation, interpolation,
/// array initializers, switch on string, operators, delegates and so on.
/// </summary>
public static class EmittedChecker
{
    /// <summary>Checks the code of an assembly.</summary>
    /// <param name="compilation">Where the code came from.</param>
    /// <param name="module">The code, with symbols.</param>
    /// <param name="api">What a device has.</param>
    /// <param name="seen">The ids that the sources name; judged already.</param>
    /// <param name="findings">Where findings go.</param>
    public static void Check(
        DeviceCompilation compilation, ModuleDefinition module, ApiList api, HashSet<string> seen, List<Finding> findings)
    {
        foreach (TypeDefinition type in module.GetTypes().Where(type => !IsCompilersOwn(type)))
        {
            foreach (MethodDefinition method in type.Methods.Where(method => method.HasBody))
            {
                CheckBody(compilation, method, api, seen, findings);
            }
        }
    }

    private static void CheckBody(
        DeviceCompilation compilation, MethodDefinition method, ApiList api, HashSet<string> seen, List<Finding> findings)
    {
        string file = compilation.Name;
        int line = 0;
        foreach (Instruction instruction in method.Body.Instructions)
        {
            SequencePoint? point = method.DebugInformation.GetSequencePoint(instruction);
            if (point is { IsHidden: false })
            {
                file = point.Document.Url;
                line = point.StartLine;
            }

            if (instruction.Operand is not MemberReference member || IsJudged(compilation, member, api, seen)
                || compilation.IsDesktopOnly(file, line))
            {
                continue;
            }

            string id = IlDocumentationId.Of(member);
            Finding finding = new(file, line, $"the compiler uses {id[2..]} here, which does not exist on a device: {Hints.For(id)}.");
            if (!findings.Contains(finding))
            {
                findings.Add(finding);
            }
        }
    }

    private static bool IsJudged(DeviceCompilation compilation, MemberReference member, ApiList api, HashSet<string> seen)
    {
        TypeReference? type = member as TypeReference ?? member.DeclaringType;
        if (type == null || type.IsArray || type is GenericParameter || member is IMemberDefinition)
        {
            return true;
        }

        // Spans that the source names are LanguageRules' business; what is left is the compiler's way to concatenate a char.
        if (type is GenericInstanceType generic && generic.ElementType.FullName == "System.ReadOnlySpan`1")
        {
            return true;
        }

        string id = IlDocumentationId.Of(member);
        if (api.Contains(id) || seen.Contains(id) || EquivalentOverloads.IsListedForCompiler(api, id))
        {
            return true;
        }

        INamedTypeSymbol? symbol = compilation.ForDesktop.GetTypeByMetadataName(type.GetElementType().FullName.Replace('/', '+'));
        if (symbol == null)
        {
            return true;
        }

        return compilation.IsOwn(symbol) || (member is not TypeReference && IsInherited(symbol, id, type, api));
    }

    private static bool IsInherited(INamedTypeSymbol symbol, string id, TypeReference type, ApiList api)
    {
        string suffix = id[(2 + IlDocumentationId.NameOf(type).Length)..];
        for (INamedTypeSymbol? current = symbol; current != null; current = current.BaseType)
        {
            if (api.Contains(id[..2] + current.GetDocumentationCommentId()![2..] + suffix))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsCompilersOwn(TypeDefinition type) =>
        type.FullName.StartsWith("<PrivateImplementationDetails>", StringComparison.Ordinal) || type.Name == "<Module>"
        || type.Namespace is "Microsoft.CodeAnalysis" or "System.Runtime.CompilerServices";
}
