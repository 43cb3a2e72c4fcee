using System;
using System.Collections.Generic;

namespace EdgeBroker.DesktopProgram.Simulate.Checks
{
    /// <summary>What the ledger knows of one Client's Session.</summary>
    internal sealed class LedgerClient
    {
        private const int SeenMax = 60_000;

        /// <summary>Makes it.</summary>
        internal LedgerClient(string name)
        {
            Name = name;
        }

        /// <summary>Its name.</summary>
        internal string Name { get; }

        /// <summary>Its subscriptions by filter: the QoS granted, and since when, in the order of all that happens.</summary>
        internal Dictionary<string, (byte[] Filter, int QoS, long Since)> Subscriptions { get; } = new(StringComparer.Ordinal);

        /// <summary>Messages it is owed, and when they were acknowledged, in milliseconds.</summary>
        internal Dictionary<long, long> Owed { get; } = [];

        /// <summary>Messages it got at QoS 1 or 2.</summary>
        internal HashSet<long> Seen { get; } = [];

        /// <summary>The last message it got of a topic, by QoS.</summary>
        internal Dictionary<(string Topic, int QoS), long> Last { get; } = [];

        /// <summary>When it sent a SUBSCRIBE last, in the order of all that happens.</summary>
        internal long SubscribeOrder { get; set; }

        /// <summary>Begins anew.</summary>
        internal void Clear()
        {
            Subscriptions.Clear();
            Owed.Clear();
            Seen.Clear();
            Last.Clear();
        }

        /// <summary>Remembers a message, and forgets those of long ago.</summary>
        /// <returns>Whether it is new.</returns>
        internal bool See(long number)
        {
            if (Seen.Count >= SeenMax)
            {
                long oldest = number - (SeenMax / 2);
                Seen.RemoveWhere(seen => seen < oldest);
            }

            return Seen.Add(number);
        }
    }
}
