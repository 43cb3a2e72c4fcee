namespace EdgeBroker.DesktopProgram.Page
{
    /// <summary>A fault that the page has a button for.</summary>
    /// <param name="Name">Its name in scenarios and requests.</param>
    /// <param name="Label">What the button says.</param>
    /// <param name="Help">What it does, in a sentence.</param>
    /// <param name="Key">Its key in the terminal.</param>
    /// <param name="Active">Whether it is at work now.</param>
    internal sealed record FaultRow(string Name, string Label, string Help, string Key, bool Active);
}
