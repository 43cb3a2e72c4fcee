namespace EdgeBroker.DesktopProgram.Simulate.Keeping
{
    /// <summary>A message that a device published and that is not complete.</summary>
    internal sealed record PendingMemory
    {
        /// <summary>Its number.</summary>
        public required long Number { get; init; }

        /// <summary>Its Topic Name.</summary>
        public required string Topic { get; init; }

        /// <summary>Its QoS.</summary>
        public required int Qos { get; init; }

        /// <summary>Whether it is to be retained.</summary>
        public required bool Retain { get; init; }

        /// <summary>When it was sent first, in the order of all that happens.</summary>
        public required long Order { get; init; }

        /// <summary>Its Packet Identifier.</summary>
        public required int Identifier { get; init; }

        /// <summary>Whether PUBREL was sent.</summary>
        public required bool IsReleased { get; init; }

        /// <summary>Whether it was acknowledged.</summary>
        public required bool IsAccepted { get; init; }

        /// <summary>Whether it was sent again.</summary>
        public required bool WasSentAgain { get; init; }

        /// <summary>Its Payload.</summary>
        public required byte[] Payload { get; init; }
    }
}
