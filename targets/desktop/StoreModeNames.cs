using EdgeBroker.Limits;

namespace EdgeBroker.DesktopProgram
{
    /// <summary>Modes by the names that the setting has.</summary>
    internal static class StoreModeNames
    {
        /// <summary>The name of a <see cref="StoreMode"/>.</summary>
        internal static string Of(int mode)
        {
            return mode switch
            {
                StoreMode.Memory => "memory",
                StoreMode.Safe => "safe",
                _ => "relaxed",
            };
        }
    }
}
