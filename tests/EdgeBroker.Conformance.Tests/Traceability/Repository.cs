using System;
using System.IO;

namespace EdgeBroker.Conformance.Tests.Traceability;

/// <summary>Finds the files that belong to the running test.</summary>
public static class Repository
{
    /// <summary>The folder of EdgeBroker.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The full path of a file given relative to the repository, with forward slashes.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EdgeBroker.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("EdgeBroker.sln is in no folder above the test's.");
    }
}
