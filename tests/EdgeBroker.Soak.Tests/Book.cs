using System;
using System.Collections.Generic;
using EdgeBroker.Simulation.Clients;

namespace EdgeBroker.Soak.Tests
{
    /// <summary>
    /// The truth, from what Clients sent and got; it never looks into the broker. It knows who is owed which message. The first thing
    /// that is wrong is kept.
    /// </summary>
    internal sealed class Book
    {
        /// <summary>The topic of the Shared Subscription.</summary>
        internal const string Shared = "s";

        // What a PUBLISH takes besides its payload, at the most.
        private const int Overhead = 40;

        private readonly List<Message> _messages = [];
        private readonly HashSet<Identity> _subscribed = [];
        private int _now = 1;

        /// <summary>What went wrong first, or null.</summary>
        internal string? Failure { get; private set; }

        /// <summary>How many messages were published.</summary>
        internal int Count => _messages.Count;

        /// <summary>How many of them at QoS 1 and 2 were acknowledged.</summary>
        internal int AcceptedCount { get; private set; }

        /// <summary>How many were refused with a code.</summary>
        internal int RefusedCount { get; private set; }

        /// <summary>How often one of them came.</summary>
        internal long ReceivedCount { get; private set; }

        /// <summary>A message is about to be published.</summary>
        internal Message Publish(string topic, int qos, bool retain, int size)
        {
            Message message = new()
            {
                Number = _messages.Count, Topic = topic, QoS = qos, Retain = retain, Size = size, SentAt = _now++,
            };
            _messages.Add(message);
            return message;
        }

        /// <summary>A Client was told that it is subscribed.</summary>
        internal void Subscribed(Identity identity, string filter, int qos)
        {
            int since = identity.Subscriptions.TryGetValue(filter, out var before) ? before.Since : _now++;
            identity.Subscriptions[filter] = (qos, since);
            _subscribed.Add(identity);
        }

        /// <summary>A message was acknowledged: whoever has been subscribed since before it was sent is owed it.</summary>
        internal void Accepted(Message message)
        {
            if (message.IsAccepted)
            {
                return;
            }

            message.IsAccepted = true;
            AcceptedCount++;
            _subscribed.RemoveWhere(identity => identity.Subscriptions.Count == 0);
            foreach (Identity identity in _subscribed)
            {
                if (IsOwed(identity, message) && !identity.Received.Contains(message.Number))
                {
                    identity.Owed.Add(message.Number);
                }
            }
        }

        /// <summary>A message was refused.</summary>
        internal void Refused(Identity publisher, Message message)
        {
            message.IsRefused = true;
            RefusedCount++;
            if (!message.WasSentAgain && message.Copies > 0)
            {
                Fail(publisher, $"message {message.Number} was delivered and refused");
            }
        }

        /// <summary>A Client got a message, and not as a copy by the rules of QoS 2.</summary>
        internal void Received(Identity identity, ReceivedPacket packet)
        {
            ReceivedCount++;
            if (packet.Payload.Length == 0 || packet.Topic == "junk" || packet.Topic.StartsWith("$SYS", StringComparison.Ordinal))
            {
                return;
            }

            Message? message = Find(packet);
            if (message == null || packet.Topic != message.Topic)
            {
                Fail(identity, "got what was never published: " + packet.Text);
                return;
            }

            int number = message.Number;
            message.Copies++;
            if (message.IsRefused && !message.WasSentAgain)
            {
                Fail(identity, $"got message {number}, which was refused");
            }

            identity.Owed.Remove(number);
            if (packet.Retain)
            {
                // From the table of retained messages: as often as it is asked for.
                return;
            }

            if (packet.QoS > message.QoS)
            {
                Fail(identity, $"got message {number} at QoS {packet.QoS}");
            }

            // By its own subscription and by the one that is shared it comes twice.
            identity.Received.Add(number);
            if (packet.QoS == 2 && !identity.ReceivedOnce.Add(number) && message.Topic != Shared)
            {
                Fail(identity, $"got message {number} twice at QoS 2");
            }
        }

        /// <summary>The topic of a message, and whether it was sent again.</summary>
        internal string Describe(int number)
        {
            Message message = _messages[number];
            string again = message.WasSentAgain ? ", sent again" : "";
            return $"message {number} (QoS {message.QoS} to {message.Topic}, {message.Size} bytes{again})";
        }

        /// <summary>Notes what is wrong, if it is the first.</summary>
        internal void Fail(Identity? identity, string what)
        {
            Failure ??= identity == null ? what : $"{identity}: {what}";
        }

        // By its number, and its padding is whole.
        private Message? Find(ReceivedPacket packet)
        {
            int number = 0;
            int at = packet.PayloadOffset;
            while (at < packet.Raw.Length && packet.Raw[at] is >= (byte)'0' and <= (byte)'9' && number < _messages.Count)
            {
                number = (number * 10) + packet.Raw[at++] - '0';
            }

            if (at == packet.PayloadOffset || number >= _messages.Count)
            {
                return null;
            }

            ReadOnlySpan<byte> rest = packet.Raw.AsSpan(at + 1);
            bool isWhole = packet.Raw[at] == '.' && rest.IndexOfAnyExcept((byte)'x') < 0;
            return isWhole && packet.Raw.Length - packet.PayloadOffset == _messages[number].Payload.Length ? _messages[number] : null;
        }

        // Told without the broker's own code.
        private static bool Matches(string filter, string topic)
        {
            return filter == topic
                || filter == "#"
                || (filter.Length == 3 && filter[1] == '/' && filter[2] is '#' or '+' && topic[0] == filter[0] && topic.Length > 1);
        }

        private static bool IsOwed(Identity identity, Message message)
        {
            if (identity.MaximumPacketSize >= 0 && message.Size + Overhead > identity.MaximumPacketSize)
            {
                return false;
            }

            foreach ((string filter, (int qos, int since)) in identity.Subscriptions)
            {
                if (qos > 0 && since < message.SentAt && Matches(filter, message.Topic))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
