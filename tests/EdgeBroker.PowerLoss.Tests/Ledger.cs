using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Protocol;

namespace EdgeBroker.PowerLoss.Tests
{
    /// <summary>
    /// The truth, from what peers sent and got; it never looks into the broker. It knows who is owed which message, and finds
    /// what is lost, doubled or out of order. The first failure is kept.
    /// </summary>
    internal sealed class Ledger
    {
        private readonly World _world;
        private readonly List<Message> _messages = [];
        private readonly Dictionary<(int Peer, int Publisher, string Topic, int QoS, int Received), int> _last = [];
        private long _now = 1;

        internal Ledger(World world)
        {
            _world = world;
        }

        /// <summary>What went wrong first, or null.</summary>
        internal string? Failure { get; private set; }

        /// <summary>All messages so far.</summary>
        internal IReadOnlyList<Message> Messages => _messages;

        /// <summary>The next moment in the order of the ledger.</summary>
        internal long Next() => _now++;

        /// <summary>A peer is about to publish a message.</summary>
        internal Message Publish(int publisher, string topic, int qos, bool retain, int padding)
        {
            Message message = new()
            {
                Number = _messages.Count,
                Publisher = publisher,
                Topic = topic,
                QoS = qos,
                Retain = retain,
                Padding = padding,
                SentAt = Next(),
                SentMs = _world.NowMs,
                TouchedMs = _world.NowMs,
                Received = new int[World.PeersMax],
                DoneAt = new long[World.PeersMax],
                OwedEpoch = new int[World.PeersMax],
            };
            _messages.Add(message);
            NoteMembers(message, false);
            return message;
        }

        /// <summary>A message is sent, or acknowledged: notes who it may have been given to by a Shared Subscription.</summary>
        internal void NoteMembers(Message message, bool isAcknowledged)
        {
            if (message.Topic != Topics.Shared)
            {
                return;
            }

            message.Members ??= [];
            foreach (Peer peer in _world.Peers)
            {
                if (peer.ForgotStep == _world.Step || peer.MayHaveOldSession)
                {
                    // The broker may see the end of its Session behind the message.
                    message.Members.Add(new Member(peer, 0, false, false));
                }

                foreach (Subscription subscription in peer.Subscriptions)
                {
                    if (Topics.IsShared(subscription.Filter) && subscription.State != Subscription.No)
                    {
                        bool isSure = isAcknowledged && subscription.Since != 0 && subscription.Since <= message.SentAt;
                        message.Members.Add(new Member(peer, peer.Epoch, peer.IsDurable, isSure));
                    }
                }
            }
        }

        /// <summary>The broker acknowledged a message: who has been subscribed since before it was sent is owed it.</summary>
        internal void Accepted(Message message)
        {
            message.AcceptedAt = message.IsAccepted ? message.AcceptedAt : Next();
            message.IsAccepted = true;
            message.TouchedMs = _world.NowMs;
            NoteMembers(message, true);
            if (message.Padding < 0)
            {
                // Its copies can't be told from others that remove something.
                return;
            }

            foreach (Peer peer in _world.Peers)
            {
                foreach (Subscription subscription in peer.Subscriptions)
                {
                    if (Topics.IsShared(subscription.Filter)
                        || subscription.Since == 0
                        || subscription.Since > message.SentAt
                        || !Topics.Matches(subscription.Filter, message.Topic))
                    {
                        continue;
                    }

                    if (peer.GrantedQoS(subscription.Filter) > 0)
                    {
                        message.OwedEpoch[peer.Index] = peer.Epoch;
                    }
                }
            }
        }

        /// <summary>A peer got a message, and not as a copy by the rules of QoS 2.</summary>
        internal void Received(Peer peer, Message message, int qos, bool retain)
        {
            message.TouchedMs = _world.NowMs;
            if (retain && message.Topic.StartsWith(Topics.Retained, System.StringComparison.Ordinal))
            {
                // From the table of retained messages: neither counted nor in order.
                return;
            }

            if (qos > message.QoS)
            {
                Fail(peer, message, "came at QoS " + qos);
            }

            bool isShared = message.Topic == Topics.Shared;
            message.Copies++;
            int count = ++message.Received[peer.Index];
            if (qos == 2 && (isShared ? message.Received.Sum() : count) > 1 && !message.IsForgiven)
            {
                Fail(peer, message, "came twice at QoS 2");
            }

            if (count == 1 && !isShared)
            {
                CheckOrder(peer, message, qos);
            }
        }

        /// <summary>A peer's Session has ended, or may have: it is owed nothing of before.</summary>
        internal void NewEpoch(Peer peer)
        {
            foreach (Message message in _messages)
            {
                message.Received[peer.Index] = 0;
            }

            foreach (var key in _last.Keys.Where(key => key.Peer == peer.Index).ToList())
            {
                _last.Remove(key);
            }
        }

        /// <summary>What happens to the messages of the last milliseconds, or to all, is open.</summary>
        internal void Forgive(long sinceMs)
        {
            foreach (Message message in _messages)
            {
                message.IsForgiven |= message.TouchedMs >= sinceMs;
            }
        }

        /// <summary>The message of a payload.</summary>
        /// <returns>The message, or null: none was published like that.</returns>
        internal Message? Find(byte[] raw, int offset)
        {
            int number = 0;
            int at = offset;
            while (at < raw.Length && raw[at] >= '0' && raw[at] <= '9' && number < 1000000)
            {
                number = (number * 10) + raw[at++] - '0';
            }

            if (at == offset || number >= _messages.Count || raw.Length - at != _messages[number].Padding)
            {
                return null;
            }

            while (at < raw.Length && raw[at] == '.')
            {
                at++;
            }

            return at == raw.Length ? _messages[number] : null;
        }

        /// <summary>Checks at the end, when everything has come to rest.</summary>
        internal void CheckEnd()
        {
            int[] missing = new int[World.PeersMax + 1];
            foreach (Message message in _messages.Where(message => !message.IsForgiven))
            {
                if (message.ExpiryS > 0 && _world.NowMs - message.SentMs > message.ExpiryS * 1000)
                {
                    // Whoever does not have it by now need not get it any more.
                    continue;
                }

                if (message.Retain && message.Padding >= 0 && IsAloneOnTopic(message)
                    && System.Array.Find(_world.Peers, peer => peer.MissesRetained(message)) is { } owed)
                {
                    Fail(owed, message, "was retained, and owed for a new subscription, and did not come");
                }

                if (message.IsRefused && !message.WasSentAgain && message.Copies > 0)
                {
                    Fail(null, message, "was refused and delivered");
                }

                if (message.Members != null && message.Copies == 0 && IsSharedOwed(message) && ++missing[World.PeersMax] > _world.DropCount)
                {
                    Fail(null, message, "of the group was acknowledged and lost");
                }

                foreach (Peer peer in _world.Peers)
                {
                    if (message.OwedEpoch[peer.Index] == peer.Epoch
                        && message.Received[peer.Index] == 0
                        && ++missing[peer.Index] > (peer.Level == ProtocolLevel.V5 ? peer.ReportedDrops : _world.DropCount))
                    {
                        Fail(peer, message, "was acknowledged and lost");
                    }
                }
            }
        }

        /// <summary>Notes a failure, if it is the first.</summary>
        internal void Fail(Peer? peer, Message? message, string what)
        {
            string about = message == null
                ? ""
                : $"message {message.Number} (QoS {message.QoS}, topic {message.Topic}, from {message.Publisher}) ";
            Failure ??= (peer == null ? "" : $"{peer}: ") + about + what;
            _world.Trace($"FAILED {(peer == null ? "" : $"{peer}: ")}{about}{what}");
        }

        // Of several, an older one may be there again after a cut.
        private bool IsAloneOnTopic(Message message)
        {
            return !_messages.Exists(other => other != message && other.Topic == message.Topic);
        }

        // Given to somebody whose Session is not durable it can be lost with the power. At QoS 1 it moves on while anybody is subscribed; at
        // QoS 2 it is lost with the one that was chosen, whoever that was.
        private bool IsSharedOwed(Message message)
        {
            return message.IsAccepted
                && _world.Peers.All(peer => peer.WasAlwaysDurable)
                && message.Members!.Exists(member => member.IsSure && member.IsThere)
                && (message.Members.TrueForAll(member => member.IsThere)
                    || (message.QoS == 1
                        && message.Members.Exists(member => member.IsSure && member.IsThere && member.Peer.HasBeenOwed(message))));
        }

        private void CheckOrder(Peer peer, Message message, int qos)
        {
            var key = (peer.Index, message.Publisher, message.Topic, message.QoS, qos);

            // What is sent again comes behind what was sent later the first time, to whom the first copy did not go, or where it was dropped,
            // or refused, if that was not seen. Wills are of one connection each, and connections have no order among them.
            bool isFirst = !message.WasSentAgain
                || (peer.HasBeenOwed(message) && !_world.Settings.MayDrop && !message.MayHaveBeenRefused);
            if (message.IsForgiven || !isFirst || message.Topic == Topics.Will)
            {
                return;
            }

            if (_last.TryGetValue(key, out int last) && message.Number < last)
            {
                Fail(peer, message, "came after message " + last);
            }

            _last[key] = message.Number;
        }
    }
}
