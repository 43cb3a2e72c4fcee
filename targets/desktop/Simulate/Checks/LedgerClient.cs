using System;
using System.Collections.Generic;
using System.Linq;

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

        /// <summary>Its subscriptions by filter.</summary>
        internal Dictionary<string, LedgerSubscription> Subscriptions { get; } = new(StringComparer.Ordinal);

        /// <summary>Messages it is owed, and when they were acknowledged, in milliseconds.</summary>
        internal Dictionary<long, long> Owed { get; } = [];

        /// <summary>Those of them that a power cut may have taken, as the mode permits.</summary>
        internal HashSet<long> AtRisk { get; } = [];

        /// <summary>Messages it got at QoS 1 or 2, and when for the first time, in milliseconds.</summary>
        internal Dictionary<long, long> Seen { get; } = [];

        /// <summary>The last message it got of a topic, by QoS.</summary>
        internal Dictionary<(string Topic, int QoS), long> Last { get; } = [];

        /// <summary>When it sent a SUBSCRIBE last, in the order of all that happens.</summary>
        internal long SubscribeOrder { get; set; }

        /// <summary>Begins anew.</summary>
        internal void Clear()
        {
            Subscriptions.Clear();
            Owed.Clear();
            AtRisk.Clear();
            Seen.Clear();
            Last.Clear();
        }

        /// <summary>Remembers a message, and forgets those of long ago.</summary>
        /// <returns>Whether it is new.</returns>
        internal bool See(long number, long nowMs)
        {
            if (Seen.Count >= SeenMax)
            {
                long oldest = number - (SeenMax / 2);
                foreach (long seen in Seen.Keys.Where(seen => seen < oldest).ToList())
                {
                    Seen.Remove(seen);
                }
            }

            return Seen.TryAdd(number, nowMs);
        }
    }
}
