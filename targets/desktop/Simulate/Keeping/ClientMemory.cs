using System.Collections.Generic;

namespace EdgeBroker.DesktopProgram.Simulate.Keeping
{
    /// <summary>What the ledger knows of a Client.</summary>
    internal sealed record ClientMemory
    {
        /// <summary>Its subscriptions.</summary>
        public required IReadOnlyList<SubscriptionMemory> Subscriptions { get; init; }

        /// <summary>Messages it is owed, and when they were acknowledged, in milliseconds.</summary>
        public required IReadOnlyDictionary<long, long> Owed { get; init; }

        /// <summary>Those of them that a power cut may have taken.</summary>
        public required IReadOnlyList<long> AtRisk { get; init; }

        /// <summary>Messages it got lately, and when, in milliseconds.</summary>
        public required IReadOnlyDictionary<long, long> Seen { get; init; }

        /// <summary>The last message it got of each topic.</summary>
        public required IReadOnlyList<LastMemory> Last { get; init; }

        /// <summary>When it sent a SUBSCRIBE last, in the order of all that happens.</summary>
        public required long SubscribeOrder { get; init; }
    }
}
