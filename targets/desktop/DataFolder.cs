using System;
using System.IO;
using EdgeBroker.Desktop;
using EdgeBroker.Limits;

namespace EdgeBroker.DesktopProgram
{
    /// <summary>The folder given by <c>--data</c>.</summary>
    internal static class DataFolder
    {
        /// <summary>Opens the folder for the store.</summary>
        /// <returns>The storage, or null if nothing is to be kept.</returns>
        /// <exception cref="StartException">It can't be used.</exception>
        internal static FileStorage? Open(string? path, int mode)
        {
            if (path == null || mode == StoreMode.Memory)
            {
                return null;
            }

            try
            {
                return FileStorage.Open(path);
            }
            catch (StorageException exception)
            {
                throw new StartException("--data: " + exception.Message);
            }
        }

        /// <summary>The bytes that the files in a folder take, and those that its disk has free; many if nobody can tell.</summary>
        internal static long RoomIn(string path)
        {
            try
            {
                long bytes = new DriveInfo(Path.GetFullPath(path)).AvailableFreeSpace;
                foreach (FileInfo file in new DirectoryInfo(path).EnumerateFiles())
                {
                    bytes += file.Length;
                }

                return bytes;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
            {
                return long.MaxValue;
            }
        }

        /// <summary>What is kept where, in one line.</summary>
        internal static string Describe(string? path, int mode)
        {
            if (mode != StoreMode.Memory)
            {
                return $"mode {StoreModeNames.Of(mode)}: what has to survive a restart is kept in {path}";
            }

            return "mode memory: nothing survives a restart" + (path == null ? "" : $", and {path} is not used");
        }
    }
}
