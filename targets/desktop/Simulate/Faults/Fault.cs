namespace EdgeBroker.DesktopProgram.Simulate.Faults
{
    /// <summary>A fault that can be asked for.</summary>
    /// <param name="Kind">Which.</param>
    /// <param name="Name">Its name in scenarios and requests.</param>
    /// <param name="Key">Its key in the terminal.</param>
    /// <param name="Label">What a button says to begin it.</param>
    /// <param name="EndLabel">What a button says to end it; null if it ends by itself.</param>
    /// <param name="Help">What it does, in a sentence.</param>
    internal sealed record Fault(FaultKind Kind, string Name, char Key, string Label, string? EndLabel, string Help);
}
