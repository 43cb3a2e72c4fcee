namespace EdgeBroker.DesktopProgram
{
    /// <summary>A setting as the file of settings has it.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Value">Its value as text, as <c>--set</c> would have it.</param>
    /// <param name="Line">The line it stands in, from 1.</param>
    internal sealed record ConfigSetting(string Name, string Value, int Line);
}
