using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mono.Cecil;

namespace EdgeBroker.DeviceProfile.Tests;

/// <summary>All rules together: whether sources stay within what a device compiles and runs.</summary>
public static class Guard
{
    /// <summary>Checks an assembly.</summary>
    public static IReadOnlyList<Finding> Check(DeviceCompilation compilation)
    {
        List<Finding> findings = [];
        LanguageRules.Check(compilation, findings);
        ApiChecker api = ApiChecker.Check(compilation, ApiList.Device, findings);
        AddErrors(compilation.ForDevice, findings);
        using ModuleDefinition? module = EmittedAssembly.Emit(compilation.ForDesktop, OptimizationLevel.Release);
        if (module != null)
        {
            EmittedChecker.Check(compilation, module, ApiList.Device, api.Seen, findings);
        }
        else
        {
            AddErrors(compilation.ForDesktop, findings);
        }

        return findings.Distinct().OrderBy(finding => finding.File).ThenBy(finding => finding.Line).ToList();
    }

    private static void AddErrors(CSharpCompilation compilation, List<Finding> findings)
    {
        foreach (Diagnostic diagnostic in compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
        {
            // Inside #if the name may be one that only a device knows; the device's own compiler judges it.
            if (diagnostic.Location.IsInSource && !DeviceCompilation.IsConditional(diagnostic.Location))
            {
                FileLinePositionSpan place = diagnostic.Location.GetLineSpan();
                findings.Add(new Finding(
                    place.Path, place.StartLinePosition.Line + 1, "does not compile as C# 9: " + diagnostic.GetMessage(null)));
            }
        }
    }
}
