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
