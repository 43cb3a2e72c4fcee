using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EdgeBroker.DeviceProfile.Tests;

/// <summary>
/// nanoFramework's UnitTestLauncher calls the tests of a class through reflection without an object, so there is nothing that a
/// field could be in, and no constructor runs.
/// </summary>
internal static class TestClassRule
{
    /// <summary>Checks one class, if it has tests.</summary>
    public static void Check(ClassDeclarationSyntax type, Action<SyntaxNode, string> report)
    {
        if (!HasAttribute(type, "TestClass"))
        {
            return;
        }

        foreach (MemberDeclarationSyntax member in type.Members.Where(IsOfAnObject))
        {
            report(member, "a device calls a test without an object of its class: make what a test needs in the test.");
        }
    }

    private static bool IsOfAnObject(MemberDeclarationSyntax member) => member switch
    {
        FieldDeclarationSyntax or PropertyDeclarationSyntax or ConstructorDeclarationSyntax =>
            !member.Modifiers.Any(SyntaxKind.StaticKeyword) && !member.Modifiers.Any(SyntaxKind.ConstKeyword),
        MethodDeclarationSyntax => HasAttribute(member, "TestInitialize") || HasAttribute(member, "TestCleanup"),
        _ => false,
    };

    private static bool HasAttribute(MemberDeclarationSyntax member, string name) =>
        member.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() == name);
}
