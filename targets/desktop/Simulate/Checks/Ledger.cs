using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using EdgeBroker.DesktopProgram.Simulate.Keeping;
using EdgeBroker.Protocol;

namespace EdgeBroker.DesktopProgram.Simulate.Checks
{
    /// <summary>
    /// The truth of a simulation, from what simulated Clients sent and got. It never looks into the broker, except for the count
    /// of what it says it dropped. It knows who is owed which message, and finds what is lost, doubled, stale or out of order.
    /// </summary>
    internal sealed class Ledger
    {
        private const int FailuresMax = 20;

        private readonly Func<long> _reportedDrops;
        private readonly List<LedgerClient> _clients = [];
        private readonly MessageBook _messages = new();
        private readonly Dictionary<string, (long Number, long Order, long AtMs)> _retained = new(StringComparer.Ordinal);
        private readonly List<string> _failures = [];
        private readonly List<(long AtMs, long WindowMs)> _cuts = [];
        private long _order;
        private long _dropsBefore;

        /// <summary>Makes an empty ledger.</summary>
        /// <param name="reportedDrops">How many messages of QoS 1 and 2 the broker has said it dropped.</param>
        internal Ledger(Func<long> reportedDrops)
        {
            _reportedDrops = reportedDrops;
        }

        /// <summary>The longest time that a power cut may take back a retained value, in milliseconds.</summary>
        internal long RetainedCommitMs { get; init; }

        /// <summary>Messages published at QoS 0, which promise nothing.</summary>
        internal long PublishedAtQoS0 { get; private set; }

        /// <summary>Messages published at QoS 1 and 2.</summary>
        internal long Published { get; private set; }

        /// <summary>Those that the broker acknowledged.</summary>
        internal long AcknowledgedCount { get; private set; }

        /// <summary>Those that it refused.</summary>
        internal long RefusedCount { get; private set; }

        /// <summary>Times that one reached a subscriber for the first time.</summary>
        internal long DeliveredCount { get; private set; }

        /// <summary>Times that one reached a subscriber again, as it may at QoS 1, or after a cut that the mode does not cover.</summary>
        internal long RepeatedCount { get; private set; }

        /// <summary>Acknowledged and lost.</summary>
        internal long LostCount { get; private set; }

        /// <summary>Twice at QoS 2.</summary>
        internal long DuplicatedCount { get; private set; }

        /// <summary>Other broken promises.</summary>
        internal long OtherCount { get; private set; }

        /// <summary>Acknowledged, dropped, and reported.</summary>
        internal long DroppedCount { get; private set; }

        /// <summary>Acknowledged, and gone with the power, as the mode permits.</summary>
        internal long ForgottenCount { get; private set; }

        /// <summary>Acknowledged and not delivered yet.</summary>
        internal long OwedCount => _clients.Sum(client => (long)client.Owed.Count);

        /// <summary>What went wrong, the first few.</summary>
        internal IReadOnlyList<string> Failures => _failures;

        /// <summary>
        /// How long before a power cut something may have been acknowledged that is gone after it, in milliseconds: 0 if the mode
        /// keeps everything, <see cref="long.MaxValue"/> if it keeps nothing.
        /// </summary>
        internal long LossWindowMs { get; init; }

        /// <summary>The same in seconds for those who read it; -1 if the mode keeps nothing.</summary>
        internal double LossWindowS => LossWindowMs == long.MaxValue ? -1 : LossWindowMs / 1000.0;

        /// <summary>Enters a Client.</summary>
        /// <returns>Its number.</returns>
        internal int AddClient(string name)
        {
            _clients.Add(new LedgerClient(name));
            return _clients.Count - 1;
        }

        /// <summary>The power is cut: what the mode may lose by that is at risk from here on.</summary>
        /// <param name="nowMs">The time.</param>
        /// <param name="windowMs">How long before the cut, as in <see cref="LossWindowMs"/>.</param>
        internal void PowerCut(long nowMs, long windowMs)
        {
            _cuts.Add((nowMs, windowMs));
            foreach (LedgerClient client in _clients)
            {
                client.AtRisk.UnionWith(client.Owed.Where(owed => MayForget(owed.Value)).Select(owed => owed.Key));
            }
        }

        /// <summary>Whether a power cut may have taken what was so at a time, in milliseconds, as the mode permits.</summary>
        internal bool MayForget(long atMs)
        {
            return WasCutWithin(0, atMs);
        }

        /// <summary>A Client publishes a new message.</summary>
        internal MessageRecord Publish(int publisher, string topic, int qos, bool retain)
        {
            if (qos > 0)
            {
                Published++;
            }
            else
            {
                PublishedAtQoS0++;
            }

            return _messages.Add(publisher, topic, qos, retain, ++_order);
        }

        /// <summary>The broker acknowledged a message: who has been subscribed since before it was sent is owed it.</summary>
        internal void Accepted(MessageRecord record, long nowMs)
        {
            if (record.IsAccepted)
            {
                return;
            }

            record.IsAccepted = true;
            AcknowledgedCount++;
            if (record.Retain)
            {
                _retained[record.Topic] = (record.Number, ++_order, nowMs);
            }

            foreach (LedgerClient client in _clients)
            {
                if (!client.Seen.ContainsKey(record.Number))
                {
                    Owe(client, record, nowMs);
                }
            }
        }

        /// <summary>The broker refused a message.</summary>
        internal void Refused()
        {
            RefusedCount++;
        }

        /// <summary>A Client sends SUBSCRIBE.</summary>
        internal void Subscribing(int client)
        {
            _clients[client].SubscribeOrder = ++_order;
        }

        /// <summary>A subscription was granted.</summary>
        internal void Subscribed(int client, string filter, int qos, long nowMs)
        {
            Dictionary<string, LedgerSubscription> subscriptions = _clients[client].Subscriptions;
            if (!subscriptions.ContainsKey(filter))
            {
                subscriptions.Add(filter, new LedgerSubscription(Encoding.UTF8.GetBytes(filter), qos, ++_order, nowMs));
            }
        }

        /// <summary>A Client's Session of before is no more: it is owed nothing of before.</summary>
        internal void SessionEnded(int index, SessionLoss loss)
        {
            LedgerClient client = _clients[index];
            switch (loss)
            {
                case SessionLoss.WentWithPower:
                    ForgottenCount += client.Owed.Count;
                    break;
                case SessionLoss.Broken:
                    OtherCount++;
                    Fail($"{client.Name} was told Session Present 0, and its Session should be there");
                    LoseAll(client, [.. client.Owed.Keys]);
                    break;
                case SessionLoss.Announced:
                    LoseAll(client, [.. client.Owed.Keys]);
                    break;
                default:
                    break;
            }

            client.Clear();
        }

        /// <summary>Notes a broken promise that is none of loss, doubling or order.</summary>
        internal void Broken(int client, string what)
        {
            OtherCount++;
            Fail(_clients[client].Name + " " + what);
        }

        /// <summary>The broker wants turn after turn without a wait, and nothing comes of it.</summary>
        internal void NoRest(double timeS)
        {
            OtherCount++;
            Fail(FormattableString.Invariant($"the broker did not come to rest {timeS:F3} s after the start"));
        }

        /// <summary>A Client got a message, and not as a copy by the rules of QoS 2.</summary>
        /// <param name="index">The Client.</param>
        /// <param name="number">The message's number.</param>
        /// <param name="topic">The Topic Name it came with.</param>
        /// <param name="qos">The QoS it came with.</param>
        /// <param name="retain">Whether it is a copy of the retained message.</param>
        /// <param name="nowMs">The time.</param>
        internal void Received(int index, long number, string topic, int qos, bool retain, long nowMs)
        {
            LedgerClient client = _clients[index];
            MessageRecord? record = _messages.Find(number);
            if (record != null && (record.Topic != topic || qos > record.QoS))
            {
                Broken(index, $"got message {number} on {topic} at QoS {qos}, which was published otherwise");
                return;
            }

            if (retain)
            {
                // A copy from the table of retained messages: neither in order nor counted.
                CheckRetained(index, topic, number, record);
                return;
            }

            if (qos == 0)
            {
                return;
            }

            bool isNew = client.See(number, nowMs);
            client.Owed.Remove(number);
            client.AtRisk.Remove(number);
            if (isNew)
            {
                DeliveredCount++;
                if (record is not { QoS: 1, WasSentAgain: true })
                {
                    CheckOrder(client, number, topic, qos);
                }
            }
            else if (qos == 2 && !MayForget(client.Seen[number]))
            {
                DuplicatedCount++;
                Fail($"{client.Name} got message {number} twice at QoS 2");
            }
            else
            {
                RepeatedCount++;
            }
        }

        /// <summary>
        /// A Client has been connected and reading, and nothing has come for long: what it was owed before that will not come.
        /// </summary>
        internal void IsQuiet(int index, long beforeMs)
        {
            LedgerClient client = _clients[index];
            if (client.Owed.Count > 0)
            {
                LoseAll(client, [.. client.Owed.Where(owed => owed.Value < beforeMs).Select(owed => owed.Key).Order()]);
            }
        }

        /// <summary>Saves what goes on in the next run.</summary>
        internal WorldMemory Save(long nowMs, IReadOnlyList<DeviceMemory> devices)
        {
            return new WorldMemory
            {
                TimeMs = nowMs,
                NextNumber = _messages.NextNumber,
                Order = _order,
                DropsLeft = _dropsBefore + _reportedDrops() - DroppedCount,
                LossWindowMs = LossWindowMs,
                Retained = [.. _retained.Select(one => new RetainedMemory(one.Key, one.Value.Number, one.Value.Order, one.Value.AtMs))],
                Devices = devices,
            };
        }

        /// <summary>Goes on with what was saved; the Clients are loaded one by one.</summary>
        internal void Load(WorldMemory memory)
        {
            _messages.NextNumber = memory.NextNumber;
            _order = memory.Order;
            _dropsBefore = memory.DropsLeft;
            foreach (RetainedMemory one in memory.Retained)
            {
                _retained[one.Topic] = (one.Number, one.Order, one.AtMs);
            }
        }

        /// <summary>What is known of a Client.</summary>
        internal LedgerClient ClientOf(int index)
        {
            return _clients[index];
        }

        private void Owe(LedgerClient client, MessageRecord record, long nowMs)
        {
            bool isOwed = false;
            bool isSure = false;
            foreach (LedgerSubscription one in client.Subscriptions.Values)
            {
                if (one.QoS > 0 && one.Since < record.Order
                    && TopicFilter.Matches(one.Filter, 0, one.Filter.Length, record.TopicBytes, 0, record.TopicBytes.Length))
                {
                    isOwed = true;
                    isSure |= !MayForget(one.AtMs);
                }
            }

            if (isOwed)
            {
                client.Owed[record.Number] = nowMs;
            }

            if (isOwed && !isSure)
            {
                client.AtRisk.Add(record.Number);
            }
        }

        private bool WasCutWithin(long leastMs, long atMs)
        {
            return _cuts.Exists(cut =>
                cut.AtMs >= atMs && long.Max(cut.WindowMs, leastMs) is > 0 and long windowMs && cut.AtMs - atMs <= windowMs);
        }

        // Each topic has one publisher, whose messages of one QoS come in the order in which it sent them.
        private void CheckOrder(LedgerClient client, long number, string topic, int qos)
        {
            long last = client.Last.GetValueOrDefault((topic, qos));
            if (number > last)
            {
                client.Last[(topic, qos)] = number;
            }
            else if (_messages.Find(last) is { } before && _messages.Find(number)?.Publisher == before.Publisher
                && before is not { QoS: 1, WasSentAgain: true })
            {
                OtherCount++;
                Fail($"{client.Name} got message {number} after message {last}");
            }
        }

        private void CheckRetained(int index, string topic, long number, MessageRecord? record)
        {
            if (!_retained.TryGetValue(topic, out (long Number, long Order, long AtMs) last)
                || number >= last.Number || last.Order > _clients[index].SubscribeOrder
                || record is null or { QoS: 1, WasSentAgain: true }
                || _messages.Find(last.Number)?.Publisher != record?.Publisher)
            {
                return;
            }

            if (!WasCutWithin(RetainedCommitMs, last.AtMs))
            {
                Broken(index, $"got the retained message {number} of {topic} instead of {last.Number}");
            }
        }

        private void LoseAll(LedgerClient client, IReadOnlyList<long> numbers)
        {
            foreach (long number in numbers)
            {
                client.Owed.Remove(number);
                if (client.AtRisk.Remove(number))
                {
                    ForgottenCount++;
                }
                else if (DroppedCount < _dropsBefore + _reportedDrops())
                {
                    DroppedCount++;
                }
                else
                {
                    LostCount++;
                    Fail($"message {number} was acknowledged and never reached {client.Name}");
                }
            }
        }

        private void Fail(string text)
        {
            if (_failures.Count < FailuresMax)
            {
                _failures.Add(text);
            }
        }
    }
}
