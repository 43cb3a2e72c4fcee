using System;
using System.IO;

namespace EdgeBroker.DeviceProfile.Tests;

/// <summary>Finds the sources that belong to the running test.</summary>
public static class Repository
{
    /// <summary>The folder of EdgeBroker.sln.</summary>
    public static string Root { get; } = RootOf(AppContext.BaseDirectory);

    /// <summary>A path as it is printed: relative to the repository, with forward slashes.</summary>
    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>The folder of EdgeBroker.sln that is above a folder.</summary>
    public static string RootOf(string path)
    {
        for (DirectoryInfo? folder = new(path); folder != null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EdgeBroker.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"EdgeBroker.sln is in no folder above {path}.");
    }
}
