using System;
using System.Collections.Generic;
using System.IO;

namespace EdgeBroker.DeviceProfile.Tests;

/// <summary>What a device's class libraries offer, as documentation ids.</summary>
public sealed class ApiList
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <summary>The lists of the folder api.</summary>
    public static ApiList Device { get; } = ReadFolder(Path.Combine(Repository.Root, "tests", "EdgeBroker.DeviceProfile.Tests", "api"));

    /// <summary>How many members are listed.</summary>
    public int Count => _ids.Count;

    /// <summary>Whether a device has this member or type.</summary>
    public bool Contains(string id) => _ids.Contains(id);

    private static ApiList ReadFolder(string folder)
    {
        ApiList list = new();
        foreach (string file in Directory.EnumerateFiles(folder, "*.txt"))
        {
            foreach (string line in File.ReadLines(file))
            {
                if (line.Length > 2 && line[1] == ':')
                {
                    list._ids.Add(line.Trim());
                }
            }
        }

        return list;
    }
}
