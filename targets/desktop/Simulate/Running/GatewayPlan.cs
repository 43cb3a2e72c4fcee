using EdgeBroker.Limits;

namespace EdgeBroker.DesktopProgram.Simulate.Running
{
    /// <summary>What a gateway is made of.</summary>
    internal sealed record GatewayPlan
    {
        /// <summary>The bounds.</summary>
        public required BrokerLimits Limits { get; init; }

        /// <summary>The name of the profile they come from.</summary>
        public required string Profile { get; init; }

        /// <summary>
        /// Whether the broker gets the flash. Without it, it forgets everything in a power cut, whatever the mode promises.
        /// </summary>
        public bool HasStorage { get; init; } = true;

        /// <summary>The port for real Clients on 127.0.0.1, 0 = a free one; null = none are served.</summary>
        public int? Port { get; init; }
    }
}
