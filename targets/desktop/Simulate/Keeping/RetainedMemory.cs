namespace EdgeBroker.DesktopProgram.Simulate.Keeping
{
    /// <summary>The retained message of a topic that was acknowledged last.</summary>
    /// <param name="Topic">The topic.</param>
    /// <param name="Number">The message's number.</param>
    /// <param name="Order">When, in the order of all that happens.</param>
    /// <param name="AtMs">The same in milliseconds.</param>
    internal sealed record RetainedMemory(string Topic, long Number, long Order, long AtMs);
}
