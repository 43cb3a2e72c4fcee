using System.Collections.Generic;

namespace EdgeBroker.DesktopProgram.Page
{
    /// <summary>What the page gets each time it asks.</summary>
    /// <param name="Program">Another number each time the program starts: all that was seen before is of another one.</param>
    /// <param name="State">How things are.</param>
    /// <param name="Samples">Points of the charts that the page does not have yet.</param>
    /// <param name="Log">Lines of the log that the page does not have yet.</param>
    internal sealed record PageAnswer(
        string Program, PageState State, IReadOnlyList<Sample> Samples, IReadOnlyList<LogEntry> Log);
}
