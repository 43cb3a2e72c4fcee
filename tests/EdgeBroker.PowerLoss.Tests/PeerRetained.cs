using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Limits;
using EdgeBroker.Simulation.Clients;

namespace EdgeBroker.PowerLoss.Tests
{
    /// <content>What it knows of the retained messages that it is owed.</content>
    internal sealed partial class Peer
    {
        private const string AllRetained = "r/#";

        // How often each came for its last SUBSCRIBE.
        private readonly Dictionary<Message, int> _retained = [];

        // The same, for all that subscribed again without having been unsubscribed.
        private readonly HashSet<Message> _everRetained = [];

        // How often each may.
        private int _retainedMax = 1;

        // When SUBACK came last: what was published later comes by itself.
        private long _retainedAt;

        /// <summary>Whether it was owed a retained message when it subscribed, and has not got it.</summary>
        internal bool MissesRetained(Message message)
        {
            long owedAt = _subscriptions[AllRetained].OwedAt;
            return owedAt > 0
                && message.IsAccepted
                && !message.IsUnpromised
                && message.AcceptedAt < owedAt
                && !_everRetained.Contains(message)
                && message.Received[Index] == 0;
        }

        // What was retained comes once for a SUBSCRIBE. In mode relaxed it may be forgotten that it has come.
        private void CheckRetained(Message message, ReceivedPacket packet)
        {
            _everRetained.Add(message);
            if (!packet.Retain || !message.Topic.StartsWith(Topics.Retained, StringComparison.Ordinal))
            {
                return;
            }

            int count = _retained.GetValueOrDefault(message) + 1;
            _retained[message] = count;
            if ((count > _retainedMax || (message.SentAt > _retainedAt && message.Received[Index] > 0))
                && packet.QoS == 2
                && _world.Settings.Mode == StoreMode.Safe)
            {
                _ledger.Fail(this, message, "came twice at QoS 2, as retained");
            }
        }

        // SUBSCRIBE is sent.
        private void AsksForRetained(Subscription subscription)
        {
            if (subscription.Filter != AllRetained)
            {
                return;
            }

            // It may be sent all that is retained once more, and what the broker sees before the SUBSCRIBE is that already.
            _retainedAt = long.MaxValue;
            _retained.Clear();
            if (subscription.State == Subscription.No)
            {
                _everRetained.Clear();
            }
        }

        // SUBACK has come: behind it comes what its SUBSCRIBE is owed. Each is owed everything [MQTT-3.8.4-3], so what came before was
        // for another one.
        private void IsOwedRetained(Subscription subscription)
        {
            if (subscription.Filter == AllRetained)
            {
                _retained.Clear();
                _retainedMax = 1;
            }
        }

        // The stream has ended: the broker may have had each SUBSCRIBE that is not answered, and have sent what it is owed for it, and
        // for the one before. What was not read of that comes again.
        private void MayBeOwedRetained()
        {
            int count = _requests.Count(request => request.Kind == 1 && request.Subscription.Filter == AllRetained);
            if (count > 0)
            {
                _retained.Clear();
                _retainedMax = count + 1;
            }
        }
    }
}
