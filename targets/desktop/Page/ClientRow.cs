namespace EdgeBroker.DesktopProgram.Page
{
    /// <summary>A Client and its Session, as the page shows them.</summary>
    internal sealed record ClientRow
    {
        /// <summary>The Client Identifier, made harmless for display.</summary>
        public required string Name { get; init; }

        /// <summary>What kind of simulated device it is, or where a real Client connects from; may be empty.</summary>
        public required string Kind { get; init; }

        /// <summary>The protocol version.</summary>
        public required string Protocol { get; init; }

        /// <summary><c>connected</c>, <c>no power</c> (it was), <c>away</c> (its Session is kept) or <c>gone</c>.</summary>
        public required string State { get; init; }

        /// <summary>Why it left the last time; empty if it has not.</summary>
        public required string Reason { get; init; }

        /// <summary>How long it has been in its state, in seconds.</summary>
        public required double SinceS { get; init; }

        /// <summary>Whether its Session outlives its Network Connection.</summary>
        public required bool Durable { get; init; }

        /// <summary>Its subscriptions.</summary>
        public required int Subscriptions { get; init; }

        /// <summary>Messages in its queue.</summary>
        public required int Queued { get; init; }

        /// <summary>What they count for, in bytes.</summary>
        public required int QueuedBytes { get; init; }

        /// <summary>Messages sent and not acknowledged.</summary>
        public required int InFlight { get; init; }
    }
}
