namespace EdgeBroker.DesktopProgram.Page
{
    /// <summary>A line of the log of decisions.</summary>
    /// <param name="Number">Counts up from 1.</param>
    /// <param name="TimeS">When, in seconds since the start.</param>
    /// <param name="Level"><c>error</c>, <c>warning</c> or <c>info</c>.</param>
    /// <param name="Text">What happened.</param>
    internal sealed record LogEntry(long Number, double TimeS, string Level, string Text);
}
