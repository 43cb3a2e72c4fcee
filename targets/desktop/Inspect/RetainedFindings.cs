namespace EdgeBroker.DesktopProgram.Inspect
{
    /// <summary>A retained message in a store.</summary>
    /// <param name="Topic">Its Topic Name, quoted.</param>
    /// <param name="QoS">Its QoS.</param>
    /// <param name="PayloadBytes">The bytes of its payload.</param>
    internal sealed record RetainedFindings(string Topic, int QoS, int PayloadBytes);
}
