namespace EdgeBroker.DesktopProgram.Simulate.Checks
{
    /// <summary>A subscription that was granted.</summary>
    /// <param name="Filter">Its Topic Filter.</param>
    /// <param name="QoS">The QoS granted.</param>
    /// <param name="Since">Since when, in the order of all that happens.</param>
    /// <param name="AtMs">The same in milliseconds.</param>
    internal sealed record LedgerSubscription(byte[] Filter, int QoS, long Since, long AtMs);
}
