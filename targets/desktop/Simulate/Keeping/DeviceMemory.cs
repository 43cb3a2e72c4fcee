using System.Collections.Generic;

namespace EdgeBroker.DesktopProgram.Simulate.Keeping
{
    /// <summary>What a device knows of its Session, and the ledger of it.</summary>
    internal sealed record DeviceMemory
    {
        /// <summary>Its name.</summary>
        public required string Name { get; init; }

        /// <summary>Whether its Session is at the broker; null = it does not know.</summary>
        public required bool? IsThere { get; init; }

        /// <summary>Since when, in milliseconds.</summary>
        public required long SinceMs { get; init; }

        /// <summary>Whether the broker keeps it while the device is away.</summary>
        public required bool IsKept { get; init; }

        /// <summary>Whether it had a Network Connection.</summary>
        public required bool WasOpen { get; init; }

        /// <summary>Whether it was connected.</summary>
        public required bool WasConnected { get; init; }

        /// <summary>The last Packet Identifier it used.</summary>
        public required int LastIdentifier { get; init; }

        /// <summary>What it published and is not complete, in order.</summary>
        public required IReadOnlyList<PendingMemory> Pending { get; init; }

        /// <summary>Packet Identifiers of QoS 2 that it got and that are not released.</summary>
        public required IReadOnlyList<int> Inbound { get; init; }

        /// <summary>What the ledger knows of it.</summary>
        public required ClientMemory Ledger { get; init; }
    }
}
