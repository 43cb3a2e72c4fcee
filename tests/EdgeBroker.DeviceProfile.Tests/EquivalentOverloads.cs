using System;
using System.Collections.Generic;

namespace EdgeBroker.DeviceProfile.Tests;

/// <summary>
/// What the desktop's compiler binds to because the desktop has more overloads or helpers, and what the device's compiler makes
/// of the same source.
/// </summary>
public static class EquivalentOverloads
{
    // Same source, other overload.
    private static readonly Dictionary<string, string> s_overloads = new(StringComparer.Ordinal)
    {
        ["M:System.String.Format(System.String,System.Object)"] = "M:System.String.Format(System.String,System.Object[])",
        ["M:System.String.Format(System.String,System.Object,System.Object)"] = "M:System.String.Format(System.String,System.Object[])",
        ["M:System.String.Format(System.String,System.Object,System.Object,System.Object)"] =
            "M:System.String.Format(System.String,System.Object[])",
        ["M:System.String.Split(System.Char,System.StringSplitOptions)"] = "M:System.String.Split(System.Char[])",
        ["M:System.String.Trim(System.Char)"] = "M:System.String.Trim(System.Char[])",
        ["M:System.String.TrimStart(System.Char)"] = "M:System.String.TrimStart(System.Char[])",
        ["M:System.String.TrimEnd(System.Char)"] = "M:System.String.TrimEnd(System.Char[])",
    };

    // Written by the compiler itself: it takes the second where the first does not exist.
    private static readonly Dictionary<string, string> s_helpers = new(StringComparer.Ordinal)
    {
        ["M:System.Threading.Monitor.Enter(System.Object,System.Boolean@)"] = "M:System.Threading.Monitor.Enter(System.Object)",
        ["M:System.Runtime.CompilerServices.SwitchExpressionException.#ctor"] = "M:System.InvalidOperationException.#ctor",
        ["M:System.Runtime.CompilerServices.SwitchExpressionException.#ctor(System.Object)"] = "M:System.InvalidOperationException.#ctor",
        ["M:System.String.op_Implicit(System.String)~System.ReadOnlySpan{System.Char}"] =
            "M:System.String.Concat(System.String,System.String)",
    };

    // How the desktop's compiler joins an interpolated string; the device's calls string.Format.
    private const string InterpolationHandler = "M:System.Runtime.CompilerServices.DefaultInterpolatedStringHandler.";

    // How the desktop's compiler adds to a field-like event; the device's synchronizes the accessor.
    private const string EventHelper = "M:System.Threading.Interlocked.CompareExchange(``0@,``0,``0)";

    /// <summary>Whether the same source compiles on a device to another overload.</summary>
    public static bool IsListed(ApiList api, string id)
    {
        if (s_overloads.TryGetValue(id, out string? other))
        {
            return api.Contains(other);
        }

        // value.Equals(sameType) becomes Object.Equals(Object).
        return id.Contains(".Equals(", StringComparison.Ordinal) && id.IndexOf(',', StringComparison.Ordinal) < 0
            && api.Contains("M:System.Object.Equals(System.Object)");
    }

    /// <summary>Whether what the desktop's compiler wrote by itself is something else on a device, which the device has.</summary>
    public static bool IsListedForCompiler(ApiList api, string id)
    {
        if (s_helpers.TryGetValue(id, out string? other))
        {
            return api.Contains(other);
        }

        if (id.StartsWith(InterpolationHandler, StringComparison.Ordinal))
        {
            return api.Contains("M:System.String.Format(System.String,System.Object[])");
        }

        if (id == EventHelper)
        {
            return true;
        }

        // Concatenation with a char goes by spans on a desktop, by strings on a device.
        bool isSpanConcat = id.StartsWith("M:System.String.Concat(System.ReadOnlySpan{", StringComparison.Ordinal);
        return isSpanConcat ? api.Contains("M:System.String.Concat(System.String,System.String)") : IsListed(api, id);
    }
}
