namespace EdgeBroker.DesktopProgram.Simulate.Keeping
{
    /// <summary>The last message that a device got.</summary>
    /// <param name="Topic">Of this topic.</param>
    /// <param name="Qos">With this QoS.</param>
    /// <param name="Number">Its number.</param>
    internal sealed record LastMemory(string Topic, int Qos, long Number);
}
