namespace EdgeBroker.DesktopProgram.Page
{
    /// <summary>How much of something is used.</summary>
    /// <param name="Used">How much.</param>
    /// <param name="Max">Of how much; 0 = no bound.</param>
    internal sealed record Meter(double Used, double Max);
}
