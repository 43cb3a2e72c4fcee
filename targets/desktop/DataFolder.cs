using System;
using System.IO;

namespace EdgeBroker.DesktopProgram
{
    /// <summary>The folder given by <c>--data</c>.</summary>
    internal static class DataFolder
    {
        /// <summary>Opens the folder for the store.</summary>
        /// <exception cref="StartException">It can't be used, or there is no store to put into it.</exception>
        internal static void Open(string path)
        {
            if (File.Exists(path))
            {
                throw new StartException($"--data {path}: this is a file, and a folder is needed");
            }

            try
            {
                if (Directory.Exists(path))
                {
                    // Permissions say little (mounts, quotas, access lists): only writing tells.
                    string probe = Path.Combine(path, "." + Guid.NewGuid().ToString("N"));
                    File.Create(probe, 1, FileOptions.DeleteOnClose).Dispose();
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new StartException($"--data {path}: the folder can't be written: {exception.Message}");
            }

            // To run without a store would promise what a restart takes away.
            throw new StartException(
                $"--data {path}: this version can't store anything yet; leave --data out to keep everything in memory");
        }
    }
}
