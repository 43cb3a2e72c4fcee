namespace EdgeBroker.DesktopProgram.Simulate.Scenarios
{
    /// <summary>What a device subscribes to.</summary>
    internal sealed record SubscribePlan
    {
        /// <summary>The Topic Filter; {name} stands for the device's name.</summary>
        public required string Filter { get; init; }

        /// <summary>The QoS: 0 to 2.</summary>
        public int Qos { get; set; }
    }
}
