using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace EdgeBroker.DeviceProfile.Tests.Projects;

/// <summary>
/// The file lists of unit tests that are compiled for a device as well. The desktop's test projects take all files of their
/// folders; a device needs lists, and several of them, for an assembly holds only so much. They follow from where a file is, so
/// they are written by this class rather than by hand.
/// </summary>
public static class TestLists
{
    private const string ProtocolTests = "EdgeBroker.Protocol.Tests";
    private const string StoreTests = "EdgeBroker.Store.Tests";

    // What all tests of the codec use.
    private static readonly string[] s_protocolCommon = ["DecodedPacket", "Hex", "PacketText", "Reencoder", "Vectors"];

    // A journal for each operation that power can be cut at, and for each bit: too much for an interpreter.
    private static readonly string[] s_storeDesktopOnly = ["DamageTests", "JournalModel", "JournalTests"];

    /// <summary>The test projects that are compiled for a device.</summary>
    public static IReadOnlyList<string> Projects { get; } = [ProtocolTests, StoreTests, "EdgeBroker.Tests", "EdgeBroker.Esp32.Tests"];

    /// <summary>What the lists of a test project should hold: the text by the full path of the list.</summary>
    public static Dictionary<string, string> Expected(string root, string project)
    {
        string folder = Path.Combine(root, "tests", project);
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Where(file => file.Split('/')[0] is not ("bin" or "obj"))
            .Where(file => project != StoreTests || !s_storeDesktopOnly.Contains(Path.GetFileNameWithoutExtension(file)))
            .GroupBy(file => PartOf(project, file))
            .ToDictionary(
                part => Path.Combine(folder, project + (part.Key.Length == 0 ? string.Empty : "." + part.Key) + ".projitems"),
                part => Text(part.Order(StringComparer.Ordinal)));
    }

    // The part of a file: its folder, or none for what all parts use.
    private static string PartOf(string project, string file)
    {
        string[] steps = file.Split('/');
        if (steps.Length > 1 || project != ProtocolTests)
        {
            return steps.Length > 1 ? steps[0] : string.Empty;
        }

        string name = Path.GetFileNameWithoutExtension(file);
        return s_protocolCommon.Contains(name) ? string.Empty
            : name.StartsWith("Conn", StringComparison.Ordinal) ? "Connect"
            : name.EndsWith("Vectors", StringComparison.Ordinal) ? "Packets"
            : "Fields";
    }

    private static string Text(IEnumerable<string> files)
    {
        StringBuilder text = new("<Project>\n  <!-- Tests that are compiled for the device as well. -->\n  <ItemGroup>\n");
        foreach (string file in files)
        {
            text.Append($"    <Compile Include=\"$(MSBuildThisFileDirectory){file.Replace('/', '\\')}\" />\n");
        }

        return text.Append("  </ItemGroup>\n</Project>\n").ToString();
    }
}
