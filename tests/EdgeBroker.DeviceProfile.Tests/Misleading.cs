using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace EdgeBroker.DeviceProfile.Tests;

/// <summary>Members that a device has, but that don't say or do there what they do on a desktop.</summary>
public static class Misleading
{
    private const string Clock = "jumps when a device learns the time: take it from IClock.";
    private const string Flush = "makes nothing durable on a device: close the file.";

    private static readonly Dictionary<string, string> s_members = new(StringComparer.Ordinal)
    {
        ["System.DateTime.Now"] = Clock,
        ["System.DateTime.Today"] = Clock,
        ["System.DateTime.UtcNow"] = Clock,
        ["System.Diagnostics.Debug.Assert"] = "does nothing useful on a device: return a status.",
        ["System.IO.FileStream.Flush"] = Flush,
        ["System.IO.Stream.Flush"] = Flush,
        ["System.Net.Sockets.Socket.Connected"] = "is false for each accepted socket of a device: receive, and see.",
        ["System.Net.Sockets.SocketException.ErrorCode"] = "may be that of an earlier error on a device: go by what was called.",
    };

    /// <summary>What is wrong with a member, or null.</summary>
    public static string? Of(ISymbol? symbol)
    {
        string name = symbol?.ContainingType == null ? string.Empty : symbol.ContainingType.ToDisplayString() + "." + symbol.Name;
        return s_members.TryGetValue(name, out string? what) ? $"{name} {what}" : null;
    }
}
