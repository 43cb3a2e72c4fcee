using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using EdgeBroker.DesktopProgram.Simulate.Keeping;

namespace EdgeBroker.DesktopProgram.Simulate.Checks
{
    /// <summary>What the ledger knows of one Client's Session.</summary>
    internal sealed class LedgerClient
    {
        private const int SeenMax = 20_000;

        // How far back messages are remembered from one run to the next, to know them if they come twice.
        private const int SeenKept = 1000;

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

        /// <summary>Saves what goes on in the next run.</summary>
        internal ClientMemory Save()
        {
            long oldest = Seen.Count == 0 ? 0 : Seen.Keys.Max() - SeenKept;
            return new ClientMemory
            {
                Subscriptions = [.. Subscriptions.Select(one =>
                    new SubscriptionMemory(one.Key, one.Value.QoS, one.Value.Since, one.Value.AtMs))],
                Owed = new Dictionary<long, long>(Owed),
                AtRisk = [.. AtRisk],
                Seen = Seen.Where(seen => seen.Key >= oldest).ToDictionary(),
                Last = [.. Last.Select(one => new LastMemory(one.Key.Topic, one.Key.QoS, one.Value))],
                SubscribeOrder = SubscribeOrder,
            };
        }

        /// <summary>Goes on with what was saved.</summary>
        internal void Load(ClientMemory memory)
        {
            foreach (SubscriptionMemory one in memory.Subscriptions)
            {
                Subscriptions[one.Filter] = new LedgerSubscription(Encoding.UTF8.GetBytes(one.Filter), one.Qos, one.Since, one.AtMs);
            }

            foreach (LastMemory one in memory.Last)
            {
                Last[(one.Topic, one.Qos)] = one.Number;
            }

            memory.Owed.ToList().ForEach(owed => Owed[owed.Key] = owed.Value);
            memory.Seen.ToList().ForEach(seen => Seen[seen.Key] = seen.Value);
            AtRisk.UnionWith(memory.AtRisk);
            SubscribeOrder = memory.SubscribeOrder;
        }
    }
}
