namespace EdgeBroker.DesktopProgram.Page
{
    /// <summary>What came of a fault that the page asked for.</summary>
    /// <param name="Text">In words.</param>
    internal sealed record FaultAnswer(string Text);
}
