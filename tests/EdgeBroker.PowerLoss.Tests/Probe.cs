using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation.Clients;

namespace EdgeBroker.PowerLoss.Tests
{
    /// <summary>
    /// At the end a message to each topic shows which subscriptions there are, with which QoS, Subscription Identifiers and
    /// Retain As Published.
    /// </summary>
    internal sealed class Probe
    {
        private readonly World _world;
        private readonly Dictionary<(Peer Peer, Message Message), ReceivedPacket> _found = [];
        private readonly List<Message> _messages = [];
        private Wire? _wire;

        internal Probe(World world)
        {
            _world = world;
        }

        /// <summary>Publishes, and checks who gets what.</summary>
        internal void Run()
        {
            _world.Probe = this;
            _world.StopFaults();
            _wire = new Wire(_world.Network, ProtocolLevel.V5);
            _wire.Connect(new ConnectOptions { ClientIdentifier = Bytes.OfText("probe"), CleanStart = true });
            int identifier = 1;
            foreach (string topic in Topics.Names.Append(Topics.Will).Append(Topics.Retained + "probe"))
            {
                Message message = _world.Ledger.Publish(World.PeersMax - 1, topic, 2, topic != Topics.Shared, 1);
                _messages.Add(message);
                _wire.Publish(message, false, identifier++);
            }

            _world.Rest();
            foreach (Message message in _messages)
            {
                if (message.Topic == Topics.Shared)
                {
                    CheckShared(message);
                    continue;
                }

                foreach (Peer peer in _world.Peers)
                {
                    Check(peer, message);
                }
            }
        }

        /// <summary>The power has gone: it is not done, and done again.</summary>
        internal void Cut()
        {
            _wire = null;
        }

        /// <summary>Takes what has arrived.</summary>
        internal bool Pump()
        {
            bool any = _wire != null && _wire.Pump();
            for (ReceivedPacket? packet = _wire?.Take(); packet != null; packet = _wire!.Take())
            {
                if (packet.Type == PacketType.Pubrec)
                {
                    _wire!.Ack(PacketType.Pubrel, packet.PacketIdentifier);
                }
            }

            return any;
        }

        /// <summary>Takes a message, if it belongs to the probe.</summary>
        internal bool Take(Peer peer, Message message, ReceivedPacket packet)
        {
            if (!_messages.Contains(message))
            {
                return false;
            }

            if (!_found.TryAdd((peer, message), packet) && _wire != null)
            {
                _world.Ledger.Fail(peer, message, "of the probe came twice");
            }

            return true;
        }

        private void CheckShared(Message message)
        {
            bool must = _world.Peers.Any(peer => Matching(peer, message).Any(subscription => subscription.State == Subscription.Yes));
            bool may = _world.Peers.Any(peer => Matching(peer, message).Any(subscription => subscription.State != Subscription.No));
            int count = _found.Keys.Count(key => key.Message == message);
            if (_wire != null && (count > 1 || (count == 1 && !may) || (count == 0 && must)))
            {
                _world.Ledger.Fail(null, message, $"of the probe came {count} times");
            }
        }

        private void Check(Peer peer, Message message)
        {
            if (_wire == null)
            {
                return;
            }

            List<Subscription> may = Matching(peer, message).Where(subscription => subscription.State != Subscription.No).ToList();
            List<Subscription> must = may.Where(subscription => subscription.State == Subscription.Yes).ToList();
            if (!_found.TryGetValue((peer, message), out ReceivedPacket? packet))
            {
                if (must.Count > 0)
                {
                    _world.Ledger.Fail(peer, message, "of the probe did not come for " + must[0].Filter);
                }

                return;
            }

            if (may.Count == 0)
            {
                _world.Ledger.Fail(peer, message, "of the probe came without a subscription");
                return;
            }

            int most = may.Max(subscription => peer.GrantedQoS(subscription.Filter));
            int least = must.Count == 0 ? 0 : must.Max(subscription => peer.GrantedQoS(subscription.Filter));
            int[] identifiers = packet.Properties.Split(' ')
                .Where(property => property.StartsWith("sub=", StringComparison.Ordinal))
                .Select(property => int.Parse(property.AsSpan(4)))
                .ToArray();
            bool allKnown = identifiers.All(identifier => may.Exists(subscription => subscription.Identifiers.Contains(identifier)));
            bool allThere = must.All(subscription => subscription.Identifiers.Contains(0)
                || subscription.Identifiers.Any(identifier => identifiers.Contains(identifier)));
            bool retainIsRight = packet.Retain
                ? may.Exists(subscription => subscription.MayRetain)
                : must.All(subscription => subscription.MayNotRetain);
            if (packet.QoS > most || packet.QoS < least || !allKnown || !allThere || !retainIsRight)
            {
                _world.Ledger.Fail(peer, message, $"of the probe came as {packet.Text} for {string.Join(" ", may.Select(s => s.Filter))}");
            }
        }

        private static IEnumerable<Subscription> Matching(Peer peer, Message message)
        {
            return peer.Subscriptions.Where(subscription => Topics.Matches(subscription.Filter, message.Topic));
        }
    }
}
