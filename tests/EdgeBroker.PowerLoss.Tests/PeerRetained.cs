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

        // Those that came for its last SUBSCRIBE.
        private readonly HashSet<Message> _retained = [];

        // The same, for all that subscribed again without having been unsubscribed.
        private readonly HashSet<Message> _everRetained = [];

        // When SUBACK came last: what was published later comes by itself.
        private long _retainedAt;

        /// <summary>Whether it was owed a retained message when it subscribed, and has not got it.</summary>
        internal bool MissesRetained(Message message)
        {
            long owedAt = _subscriptions[AllRetained].OwedAt;
            return owedAt > 0
                && message.IsAccepted
                && message.AcceptedAt < owedAt
                && !_everRetained.Contains(message)
                && message.Received[Index] == 0;
        }

        // What was retained comes once for a SUBSCRIBE. In mode relaxed it may be forgotten that it has come.
        private void CheckRetained(Message message, ReceivedPacket packet)
        {
            _everRetained.Add(message);
            if (packet.Retain && message.Topic.StartsWith(Topics.Retained, StringComparison.Ordinal)
                && (!_retained.Add(message) || (message.SentAt > _retainedAt && message.Received[Index] > 0))
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
            }
        }

        // The stream has ended: the broker may have had a SUBSCRIBE that is not answered, and what came before was for another one.
        private void MayBeOwedRetained()
        {
            if (_requests.Any(request => request.Kind == 1 && request.Subscription.Filter == AllRetained))
            {
                _retained.Clear();
            }
        }
    }
}
