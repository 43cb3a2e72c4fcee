using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Persistence;

namespace EdgeBroker.PowerLoss.Tests
{
    /// <summary>What may be retained on each topic after a cut: each has one publisher, so what it sent is in order.</summary>
    internal sealed class RetainedBook
    {
        private readonly World _world;
        private readonly Dictionary<string, List<Entry>> _topics = [];

        internal RetainedBook(World world)
        {
            _world = world;
        }

        /// <summary>Whether anything was retained.</summary>
        internal bool IsUsed => _topics.Count > 0;

        /// <summary>A value, or none, is sent.</summary>
        internal void Sent(Message message)
        {
            if (!_topics.TryGetValue(message.Topic, out List<Entry>? entries))
            {
                entries = [new Entry { IsBase = true, AcceptedMs = 0 }];
                _topics.Add(message.Topic, entries);
            }

            int before = entries.FindLastIndex(entry => entry.Message == message);
            List<Entry> behind = before < 0 || message.QoS < 2 ? [] : entries.GetRange(before + 1, entries.Count - before - 1);

            // Sent again, at QoS 2 it may have been taken before, and what was sent behind it is the newest then.
            entries.Add(new Entry { Message = message, IsUncertain = message.QoS == 2 && message.WasSentAgain });
            entries.AddRange(behind.Select(entry => new Entry { Message = entry.Message, IsUncertain = true }));
        }

        /// <summary>A value was acknowledged; at QoS 0 the broker has handled it.</summary>
        internal void Accepted(Message message)
        {
            // When storage that has failed works again, the value is stored as one at QoS 0 is.
            message.IsUnpromised = _world.FailedMs >= message.SentMs;
            foreach (Entry entry in _topics[message.Topic].Where(entry => entry.Message == message && entry.AcceptedMs < 0
                && !entry.IsUncertain))
            {
                entry.AcceptedMs = _world.NowMs;
            }
        }

        /// <summary>A publisher was cut off: what it sent at QoS 0 may be lost with the stream.</summary>
        internal void Dropped(int publisher)
        {
            foreach (Entry entry in _topics.Values.SelectMany(entries => entries))
            {
                entry.IsUncertain |= entry.AcceptedMs < 0 && entry.Message!.Publisher == publisher;
            }
        }

        /// <summary>
        /// The broker has come to rest: what was sent at QoS 0 is handled, unless it waits behind something, or the stream was closed
        /// and its Client has not seen that.
        /// </summary>
        internal void Settled()
        {
            foreach (Entry entry in _topics.Values.SelectMany(entries => entries))
            {
                if (entry.IsUnpromised && entry.AcceptedMs <= _world.FailedMs)
                {
                    entry.AcceptedMs = _world.NowMs;
                }

                if (entry.AcceptedMs < 0 && entry.Message!.QoS == 0 && !entry.IsUncertain
                    && _world.Peers[entry.Message.Publisher] is { PendingCount: 0, Reads: true })
                {
                    entry.AcceptedMs = _world.NowMs;
                }
            }
        }

        /// <summary>The power has gone: from here on what is retained is one of those that are allowed.</summary>
        internal void Cut(long windowMs, bool isRelaxed)
        {
            // The time that storage fails does not count.
            long nowMs = _world.Broker.StoreState == StoreState.Good ? _world.NowMs : _world.GoodMs;
            foreach (List<Entry> entries in _topics.Values)
            {
                int oldest = 0;
                for (int i = 0; i < entries.Count; i++)
                {
                    if (IsDurable(entries, i, nowMs, windowMs, isRelaxed))
                    {
                        oldest = i;
                    }
                }

                entries.RemoveRange(0, oldest);
                entries.ForEach(entry => entry.IsBase = true);
            }
        }

        /// <summary>Checks what a Client that subscribes was given, after a cut: that is what is retained from here on.</summary>
        internal void Check(Dictionary<string, Message> found)
        {
            foreach ((string topic, List<Entry> entries) in _topics)
            {
                Message? message = found.GetValueOrDefault(topic);
                Message? value = message;
                Entry? entry = entries.LastOrDefault(entry => entry.Value == value);
                if (entry == null)
                {
                    string allowed = string.Join(", ", entries.Select(entry => entry.Value?.Number.ToString() ?? "none"));
                    _world.Ledger.Fail(null, message, $"is retained on {topic} (none if not named), but allowed: {allowed}");
                    return;
                }

                entries.Clear();
                entries.Add(new Entry { Message = value, AcceptedMs = 0, IsBase = true });
            }
        }

        // Whether the state after an entry, or a newer one, is on the flash for certain.
        private bool IsDurable(List<Entry> entries, int index, long nowMs, long windowMs, bool isRelaxed)
        {
            Entry entry = entries[index];
            if (entry.IsBase || entry.AcceptedMs < 0)
            {
                return false;
            }

            if (entry.IsUnpromised && entry.AcceptedMs <= _world.FailedMs)
            {
                return false;
            }

            if (nowMs - entry.AcceptedMs > windowMs)
            {
                return !IsBestEffort(entries, index);
            }

            // It is there, or gone, for good before the acknowledgement.
            bool changes = true;
            for (int i = index - 1; i >= 0; i--)
            {
                changes &= entries[i].Value == null != (entry.Value == null);
                if (entries[i].AcceptedMs >= 0 && !entries[i].IsBase)
                {
                    break;
                }
            }

            return changes && entry.Message!.QoS > 0 && !entry.IsUnpromised && !isRelaxed;
        }

        // At QoS 0 nothing is promised: the first value of a topic is stored when a full store has room again. One that takes the place of
        // another that is stored has it.
        private bool IsBestEffort(List<Entry> entries, int index)
        {
            Message message = entries[index].Message!;
            if (!_world.Settings.MayRefuse || (message.QoS > 0 && !entries[index].IsUnpromised) || message.Padding < 0)
            {
                return false;
            }

            int i = index - 1;
            while (i >= 0 && entries[i].Value != null && (entries[i].Message!.QoS == 0 || entries[i].AcceptedMs < 0 || entries[i].IsUnpromised))
            {
                i--;
            }

            return i >= 0 && entries[i].Value == null;
        }

        private sealed class Entry
        {
            /// <summary>What was sent; null for what was there at first: nothing.</summary>
            internal Message? Message;

            /// <summary>When it was acknowledged; -1 if it was not.</summary>
            internal long AcceptedMs = -1;

            /// <summary>It is what may have been there after the last cut.</summary>
            internal bool IsBase;

            /// <summary>It may never have arrived.</summary>
            internal bool IsUncertain;

            internal bool IsUnpromised => Message is { IsUnpromised: true };

            /// <summary>What is retained then, or null.</summary>
            internal Message? Value => Message == null || Message.Padding < 0 ? null : Message;
        }
    }
}
