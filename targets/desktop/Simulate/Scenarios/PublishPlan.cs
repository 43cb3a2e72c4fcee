namespace EdgeBroker.DesktopProgram.Simulate.Scenarios
{
    /// <summary>What a device publishes again and again.</summary>
    internal sealed record PublishPlan
    {
        /// <summary>
        /// The Topic Name. {name} stands for the device's name, {NAME} of a group for that of any device of the group.
        /// </summary>
        public required string Topic { get; init; }

        /// <summary>The QoS: 0 to 2.</summary>
        public int Qos { get; set; }

        /// <summary>Seconds from one to the next: 0.01 or more.</summary>
        public double EveryS { get; set; } = 10;

        /// <summary>How many at once.</summary>
        public int Burst { get; set; } = 1;

        /// <summary>The size of the Payload in bytes.</summary>
        public int Bytes { get; set; } = 32;

        /// <summary>Whether the broker is to retain it.</summary>
        public bool Retain { get; set; }
    }
}
