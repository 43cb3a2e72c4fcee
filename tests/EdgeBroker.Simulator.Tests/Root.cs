using System;
using System.IO;

namespace EdgeBroker.Simulator.Tests
{
    /// <summary>The folder of the repository.</summary>
    internal static class Root
    {
        /// <summary>Its path.</summary>
        internal static string Path { get; } = Find();

        private static string Find()
        {
            for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
            {
                if (File.Exists(System.IO.Path.Combine(folder.FullName, "EdgeBroker.sln")))
                {
                    return folder.FullName;
                }
            }

            throw new InvalidOperationException("the tests run outside of the repository");
        }
    }
}
