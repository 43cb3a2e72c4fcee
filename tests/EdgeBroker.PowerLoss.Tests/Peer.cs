using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using EdgeBroker.Limits;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation.Clients;

namespace EdgeBroker.PowerLoss.Tests
{
    /// <summary>
    /// A Client that keeps the rules of its side, whatever the power does to the broker, and tells the ledger what it sees.
    /// </summary>
    internal sealed partial class Peer
    {
        private readonly World _world;
        private readonly Ledger _ledger;
        private readonly Dictionary<int, Message?> _inbound = [];
        private readonly Queue<(int Type, int Identifier)> _owed = [];
        private readonly Queue<(int Kind, Subscription Subscription, int Variant, long OwedAt)> _requests = [];
        private readonly List<Pending> _pending = [];
        private readonly Dictionary<string, Subscription> _subscriptions;
        private Wire? _wire;
        private bool _reads = true;
        private int _lastIdentifier;
        private int _lastRequest;

        internal Peer(World world, int index, int level, long expiryS)
        {
            _world = world;
            _ledger = world.Ledger;
            Index = index;
            Level = level;
            ExpiryS = expiryS;
            _subscriptions = Topics.Filters.ToDictionary(filter => filter, filter => new Subscription { Filter = filter });
        }

        /// <summary>Its place in the world.</summary>
        internal int Index { get; }

        /// <summary>The protocol it speaks.</summary>
        internal int Level { get; }

        /// <summary>The expiry it asks for, in seconds; at 3.1.1 only whether there is one counts.</summary>
        internal long ExpiryS { get; set; }

        /// <summary>The number of its Session, counted by what it knows.</summary>
        internal int Epoch { get; private set; } = 1;

        /// <summary>Whether a stream is open, with CONNECT sent.</summary>
        internal bool IsOpen { get; private set; }

        /// <summary>Whether CONNACK came and the end has not.</summary>
        internal bool IsConnected { get; private set; }

        /// <summary>Whether it acknowledges at once.</summary>
        internal bool AutoAck { get; set; } = true;

        /// <summary>Whether it takes what comes: what it has not taken when the power goes, it never gets.</summary>
        internal bool Reads
        {
            get => _reads;
            set
            {
                _reads = value;
                _deafMs = value || _deafMs >= 0 ? _deafMs : _world.NowMs;
            }
        }

        /// <summary>Whether it comes back at once after a cut.</summary>
        internal bool ReturnsAtOnce { get; set; } = true;

        /// <summary>The most messages in flight that it takes.</summary>
        internal int ReceiveMaximum { get; set; } = 8;

        /// <summary>Packet Identifiers it uses: few, as a small device, so that they come again soon.</summary>
        internal int IdentifiersMax { get; set; } = 4;

        /// <summary>Messages it was told that it lost.</summary>
        internal int ReportedDrops { get; private set; }

        /// <summary>What it has published and not completed.</summary>
        internal int PendingCount => _pending.Count;

        /// <summary>What it knows of its subscriptions.</summary>
        internal IEnumerable<Subscription> Subscriptions => _subscriptions.Values;

        /// <summary>Whether it has begun to receive the QoS 2 message with a Packet Identifier, and not completed.</summary>
        internal bool IsReceiving(int packetIdentifier) => _inbound.ContainsKey(packetIdentifier);

        public override string ToString() => "peer " + Index;

        /// <summary>The QoS of its subscription to a filter: always the same, so that replacing does not change it.</summary>
        internal int GrantedQoS(string filter)
        {
            return Topics.IsShared(filter) || filter is Topics.Will or "r/#" ? 2 : 1 + ((Index + filter.Length) % 2);
        }

        /// <summary>Whether it was subscribed for certain since before a message was sent first.</summary>
        internal bool HasBeenOwed(Message message)
        {
            return Subscriptions.Any(subscription => subscription.Since != 0
                && subscription.Since <= message.SentAt
                && Topics.Matches(subscription.Filter, message.Topic));
        }

        /// <summary>Publishes a new message, if it may.</summary>
        /// <param name="topic">Where to.</param>
        /// <param name="qos">How.</param>
        /// <param name="retain">With the RETAIN flag.</param>
        /// <param name="padding">Bytes of padding.</param>
        /// <param name="expiryS">5.0: the Message Expiry Interval in seconds; 0 for none.</param>
        internal void Publish(string topic, int qos, bool retain = false, int padding = 0, int expiryS = 0)
        {
            if (!IsConnected || (qos > 0 && _pending.Count >= IdentifiersMax))
            {
                return;
            }

            Message message = _ledger.Publish(Index, topic, qos, retain, padding);
            message.ExpiryS = Level == ProtocolLevel.V5 ? expiryS : 0;
            int identifier = 0;
            if (qos > 0)
            {
                do
                {
                    _lastIdentifier = (_lastIdentifier % IdentifiersMax) + 1;
                }
                while (_pending.Exists(pending => pending.Identifier == _lastIdentifier));
                identifier = _lastIdentifier;
                _pending.Add(new Pending(identifier, message));
            }

            if (retain)
            {
                _world.Retained.Sent(message);
            }

            _world.Trace($"{this} publishes {message.Number} to {topic} q{qos} i{identifier}{(retain ? " retain" : "")}");
            _wire!.Publish(message, false, identifier);
        }

        /// <summary>Sends SUBSCRIBE; the variant chooses the Subscription Identifier and Retain As Published.</summary>
        internal void Subscribe(string filter, int variant = 0)
        {
            if (!IsConnected)
            {
                return;
            }

            variant = filter == "r/#" ? variant & ~1 : variant;
            Subscription subscription = _subscriptions[filter];
            _requests.Enqueue((1, subscription, variant, subscription.State == Subscription.No ? _ledger.Next() : subscription.OwedAt));
            AsksForRetained(subscription);
            int options = GrantedQoS(filter);
            if (Level == ProtocolLevel.V5)
            {
                options |= (variant & 1) != 0 ? SubscriptionOptions.RetainAsPublished : 0;
            }

            subscription.Add(variant, Level);
            _world.Trace($"{this} subscribes to {filter} variant {variant}");
            _wire!.Subscribe(filter, options, NextRequest(), Level == ProtocolLevel.V5 ? variant : 0);
        }

        /// <summary>Sends UNSUBSCRIBE.</summary>
        internal void Unsubscribe(string filter)
        {
            if (!IsConnected)
            {
                return;
            }

            Subscription subscription = _subscriptions[filter];
            subscription.Since = 0;
            subscription.OwedAt = 0;
            subscription.State = subscription.State == Subscription.No ? Subscription.No : Subscription.Maybe;
            _requests.Enqueue((0, subscription, 0, 0));
            _world.Trace($"{this} unsubscribes from {filter}");
            _wire!.Unsubscribe(filter, NextRequest());
        }

        /// <summary>Sends some of the acknowledgements it owes, in order.</summary>
        internal void Acknowledge(int most)
        {
            while (IsConnected && most-- > 0 && _owed.TryDequeue(out (int Type, int Identifier) owed))
            {
                _world.Trace($"{this} sends {owed.Type} i{owed.Identifier}");
                _wire!.Ack(owed.Type, owed.Identifier);
            }
        }

        /// <summary>Handles all that has come.</summary>
        /// <returns>Whether there was anything.</returns>
        internal bool Pump()
        {
            if (_wire == null || !Reads || !_wire.Pump())
            {
                return false;
            }

            for (ReceivedPacket? packet = _wire.Take(); packet != null && _wire != null; packet = _wire?.Take())
            {
                _world.Trace($"{this} gets {packet.Text} {(packet.Type == PacketType.Publish ? _ledger.Find(packet.Raw, packet.PayloadOffset)?.Number : null)}");
                Handle(packet);
            }

            if (AutoAck)
            {
                Acknowledge(int.MaxValue);
            }

            return true;
        }

        private int NextRequest() => _lastRequest = (_lastRequest % 60000) + 1;

        private void Handle(ReceivedPacket packet)
        {
            switch (packet.Type)
            {
                case PacketType.Connack:
                    HandleConnack(packet);
                    break;
                case PacketType.Publish:
                    HandlePublish(packet);
                    break;
                case PacketType.Puback or PacketType.Pubrec or PacketType.Pubcomp:
                    HandleAcknowledgement(packet);
                    break;
                case PacketType.Pubrel:
                    if (_inbound.Remove(packet.PacketIdentifier, out Message? done) && done != null)
                    {
                        done.DoneAt[Index] = _ledger.Next();
                    }

                    _owed.Enqueue((PacketType.Pubcomp, packet.PacketIdentifier));
                    break;
                case PacketType.Suback or PacketType.Unsuback:
                    HandleRequestDone(packet);
                    break;
                case PacketType.Pingresp or PacketType.Disconnect:
                    break;
                default:
                    if (packet.Text.StartsWith("BAD", System.StringComparison.Ordinal))
                    {
                        _ledger.Fail(this, null, packet.Text);
                    }

                    ClosedByBroker();
                    break;
            }
        }

        private void HandlePublish(ReceivedPacket packet)
        {
            bool isNew = packet.QoS < 2
                || _inbound.TryAdd(packet.PacketIdentifier, _ledger.Find(packet.Raw, packet.PayloadOffset));
            if (packet.QoS > 0)
            {
                _owed.Enqueue((packet.QoS == 1 ? PacketType.Puback : PacketType.Pubrec, packet.PacketIdentifier));
            }

            bool isRemoval = packet.PayloadOffset == packet.Raw.Length
                && packet.Topic.StartsWith(Topics.Retained, System.StringComparison.Ordinal);
            if (!isNew || isRemoval)
            {
                return;
            }

            Message? message = _ledger.Find(packet.Raw, packet.PayloadOffset);
            if (message == null || message.Topic != packet.Topic)
            {
                _ledger.Fail(this, message, "was never published: " + packet.Text);
            }
            else if (!_world.IsProbe(this, message, packet))
            {
                CheckExpiry(message, packet);
                CheckRetained(message, packet);
                _ledger.Received(this, message, packet.QoS, packet.Retain);
            }
        }

        // What is told is at the most what was given, and what is over is not sent at all. Time that no commit has seen is lost with
        // the power, so after a cut it may be more than it was.
        private void CheckExpiry(Message message, ReceivedPacket packet)
        {
            Match told = Regex.Match(packet.Properties, "expiry=([0-9]+)");
            int leftS = told.Success ? int.Parse(told.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
            long sinceMs = System.Math.Max(message.SentMs, _bootMs);
            bool isWrong = Level == ProtocolLevel.V5 && (told.Success != (message.ExpiryS > 0) || leftS > message.ExpiryS);
            bool isOver = message.ExpiryS > 0 && !packet.Duplicate && _world.NowMs - sinceMs > (message.ExpiryS * 1000) + 1000;
            if (isWrong || isOver)
            {
                _ledger.Fail(this, message, $"was to expire after {message.ExpiryS} s and came as {packet.Text} {packet.Properties}");
            }
        }

        private void HandleAcknowledgement(ReceivedPacket packet)
        {
            int index = _pending.FindIndex(pending => pending.Identifier == packet.PacketIdentifier);
            if (index < 0)
            {
                _ledger.Fail(this, null, "got an answer to nothing: " + packet.Text);
                return;
            }

            Pending pending = _pending[index];
            pending.Message.TouchedMs = _world.NowMs;
            bool isRefused = packet.ReasonCode >= ReasonCode.UnspecifiedError && packet.Type != PacketType.Pubcomp;
            if (isRefused)
            {
                pending.Message.IsRefused = !pending.Message.IsAccepted;
            }
            else if (packet.Type != PacketType.Pubcomp && !pending.IsReleased)
            {
                _ledger.Accepted(pending.Message);
                if (pending.Message.Retain)
                {
                    _world.Retained.Accepted(pending.Message);
                }
            }

            if (!isRefused && packet.Type == PacketType.Pubrec)
            {
                pending.IsReleased = true;
                _wire!.Ack(PacketType.Pubrel, packet.PacketIdentifier);
            }
            else
            {
                _pending.RemoveAt(index);
            }
        }

        private void HandleRequestDone(ReceivedPacket packet)
        {
            (int kind, Subscription subscription, int variant, long owedAt) = _requests.Dequeue();
            subscription.TouchedMs = _world.NowMs;
            if (packet.ReasonCode >= ReasonCode.UnspecifiedError)
            {
                _world.Refused(this, packet);
                return;
            }

            if (kind == 1)
            {
                IsOwedRetained(subscription);
            }

            // A request behind it may have changed it again.
            if (_requests.Any(request => request.Subscription == subscription))
            {
                return;
            }

            if (kind == 0)
            {
                subscription.End();
            }
            else
            {
                if (packet.ReasonCode != GrantedQoS(subscription.Filter))
                {
                    _ledger.Fail(this, null, "was granted " + packet.Text);
                }

                subscription.Confirm(variant, Level, subscription.Since == 0 ? _ledger.Next() : subscription.Since);
                subscription.OwedAt = owedAt;
                _retainedAt = subscription.Filter == AllRetained ? _ledger.Next() : _retainedAt;
            }
        }

        private sealed class Pending(int identifier, Message message)
        {
            internal int Identifier { get; } = identifier;

            internal Message Message { get; } = message;

            internal bool IsReleased { get; set; }
        }
    }
}
