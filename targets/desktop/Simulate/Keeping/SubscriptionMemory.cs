namespace EdgeBroker.DesktopProgram.Simulate.Keeping
{
    /// <summary>A subscription that was granted.</summary>
    /// <param name="Filter">Its Topic Filter.</param>
    /// <param name="Qos">The QoS granted.</param>
    /// <param name="Since">Since when, in the order of all that happens.</param>
    /// <param name="AtMs">The same in milliseconds.</param>
    internal sealed record SubscriptionMemory(string Filter, int Qos, long Since, long AtMs);
}
