using System.Collections.Generic;

namespace EdgeBroker.DesktopProgram.Page
{
    /// <summary>
    /// What the page shows besides its charts and its log. Made on the broker's thread and handed over whole; never changed.
    /// </summary>
    internal sealed record PageState
    {
        /// <summary>The command: <c>run</c> or <c>simulate</c>.</summary>
        public required string Command { get; init; }

        /// <summary>The profile whose limits apply.</summary>
        public required string Profile { get; init; }

        /// <summary>The mode: what an acknowledgement promises.</summary>
        public required string Mode { get; init; }

        /// <summary>Where Clients connect.</summary>
        public required string Listening { get; init; }

        /// <summary>Seconds since the start, in the broker's time.</summary>
        public required double TimeS { get; init; }

        /// <summary>How many seconds of the broker's time pass in one.</summary>
        public required double Speed { get; init; }

        /// <summary>Whether the gateway has power.</summary>
        public required bool Powered { get; init; }

        /// <summary>Clients connected, of connections-max.</summary>
        public required Meter Connections { get; init; }

        /// <summary>Sessions, of sessions-max.</summary>
        public required Meter Sessions { get; init; }

        /// <summary>Bytes of messages kept, of queue-bytes-max.</summary>
        public required Meter Queue { get; init; }

        /// <summary>Heap, of what there is.</summary>
        public required Meter Heap { get; init; }

        /// <summary>Subscriptions, of subscriptions-max.</summary>
        public required Meter Subscriptions { get; init; }

        /// <summary>Retained messages, of retained-max.</summary>
        public required Meter Retained { get; init; }

        /// <summary>The flash, or null if there is none.</summary>
        public FlashFigures? Flash { get; init; }

        /// <summary>Messages dropped since the start, by reason.</summary>
        public required IReadOnlyDictionary<string, long> Drops { get; init; }

        /// <summary>The steps of the overload ladder, by the resource that is short.</summary>
        public required IReadOnlyDictionary<string, int> Short { get; init; }

        /// <summary>Clients and Sessions: the first few hundred.</summary>
        public required IReadOnlyList<ClientRow> Clients { get; init; }

        /// <summary>How many more there are.</summary>
        public required int ClientsLeftOut { get; init; }

        /// <summary>What the checkers found, or null where there are none.</summary>
        public Verdict? Verdict { get; init; }

        /// <summary>The faults that can be asked for; none if the page only shows.</summary>
        public IReadOnlyList<FaultRow> Faults { get; init; } = [];
    }
}
