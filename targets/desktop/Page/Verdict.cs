namespace EdgeBroker.DesktopProgram.Page
{
    /// <summary>What the checkers of the simulator have found so far.</summary>
    internal sealed record Verdict
    {
        /// <summary>Messages of QoS 1 and 2 that the broker acknowledged to simulated Clients.</summary>
        public required long Acknowledged { get; init; }

        /// <summary>Times that one of QoS 1 or 2 reached a simulated subscriber.</summary>
        public required long Delivered { get; init; }

        /// <summary>Acknowledged messages that are still owed to a subscriber, which may be asleep.</summary>
        public required long Owed { get; init; }

        /// <summary>Acknowledged messages that are lost: a broken promise.</summary>
        public required long Lost { get; init; }

        /// <summary>Messages that came twice at QoS 2: a broken promise.</summary>
        public required long Duplicated { get; init; }

        /// <summary>Other promises that were broken: order, Session Present, stale retained messages, malformed packets.</summary>
        public required long Other { get; init; }

        /// <summary>Acknowledged messages that the broker dropped and reported.</summary>
        public required long Dropped { get; init; }

        /// <summary>Acknowledged messages that went with the power, as the mode permits.</summary>
        public required long Forgotten { get; init; }

        /// <summary>What the mode permits to lose, in a sentence; empty if nothing.</summary>
        public required string Permits { get; init; }

        /// <summary>Power cuts.</summary>
        public required int Cuts { get; init; }

        /// <summary>How many of these fell in the middle of a write to the flash.</summary>
        public required int CutsInWrites { get; init; }

        /// <summary>The first broken promise in words, or null.</summary>
        public required string? Failure { get; init; }
    }
}
