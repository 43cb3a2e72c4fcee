using System.Collections.Generic;

namespace EdgeBroker.DesktopProgram.Inspect
{
    /// <summary>What a store holds of one Session.</summary>
    internal sealed class SessionFindings
    {
        /// <summary>Its number, which owns its items.</summary>
        internal required int Number { get; init; }

        /// <summary>The Client Identifier, quoted; null if it is not there.</summary>
        internal string? Client { get; set; }

        /// <summary>Whether something of it is missing, so that a broker drops it.</summary>
        internal bool IsLost { get; set; }

        /// <summary>Whether its Client speaks MQTT 5.0.</summary>
        internal bool IsV5 { get; set; }

        /// <summary>The Session Expiry Interval in seconds.</summary>
        internal long ExpiryS { get; set; }

        /// <summary>Since when the Client is away, in the store's seconds; null if it was connected at the last commit.</summary>
        internal int? AwaySince { get; set; }

        /// <summary>Its Topic Filters, quoted, with QoS.</summary>
        internal List<(string Filter, int QoS)> Subscriptions { get; } = [];

        /// <summary>Messages that wait for the Client, those that it has not acknowledged included.</summary>
        internal int QueuedCount { get; set; }

        /// <summary>The bytes of their records; what several Sessions share is counted for each.</summary>
        internal long QueuedBytes { get; set; }

        /// <summary>QoS 2 messages, in both directions, that are received and not released or completed.</summary>
        internal int HalfDoneCount { get; set; }

        /// <summary>Messages that were dropped since the Client was told.</summary>
        internal long DroppedCount { get; set; }

        /// <summary>Whether it has a Will Message.</summary>
        internal bool HasWill { get; set; }
    }
}
