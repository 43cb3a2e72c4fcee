using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Limits;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
using EdgeBroker.Simulation.Flash;
using EdgeBroker.Store;

namespace EdgeBroker.PowerLoss.Tests
{
    /// <summary>
    /// A broker that starts on damaged flash, with all that the Clients of a world remember: it serves them, invents nothing, and has
    /// either what was acknowledged, or says that it has lost something, or has only the state of an earlier moment, as after a torn
    /// write: then nothing newer than what is missing is there.
    /// </summary>
    internal sealed class Aftermath
    {
        private const int ProbeNumber = 1000000;

        private readonly World _world;
        private readonly BrokerBench _bench;
        private readonly Dictionary<Peer, Wire> _wires = [];
        private readonly HashSet<Peer> _present = [];
        private readonly HashSet<(Peer Peer, Message Message)> _received = [];
        private readonly HashSet<(Peer Peer, string Topic)> _probed = [];
        private readonly List<(Peer Peer, Message Message)> _again = [];
        private string? _failure;

        // The newest thing of which the broker has shown that it knows, in the order of the ledger.
        private long _newest;

        /// <summary>Makes it.</summary>
        /// <param name="world">What the Clients remember.</param>
        /// <param name="flash">What is left.</param>
        /// <param name="isReported">Whether a mount that the power ended has found that something is lost.</param>
        internal Aftermath(World world, FlashDevice flash, bool isReported = false)
        {
            IsReported = isReported;
            _world = world;
            _bench = new BrokerBench(Profile.Esp32, 24) { Flash = flash };
            world.Settings.Apply(_bench.Limits);
        }

        /// <summary>Whether the broker said that something is lost.</summary>
        internal bool IsReported { get; private set; }

        /// <summary>Whether anything was lost.</summary>
        internal bool IsLost { get; private set; }

        /// <summary>Starts the broker, if the power lets it.</summary>
        internal void Mount() => _ = _bench.Broker;

        /// <summary>Starts the broker, and lets all Clients come back.</summary>
        /// <returns>What is wrong, or null.</returns>
        internal string? Run()
        {
            Persistence.MountReport report = _bench.Broker.Mounted;
            IsReported |= report.Result != MountResult.Ok || report.LostCount > 0 || report.IsSharedLost;
            foreach (Peer peer in _world.Peers)
            {
                Wire wire = new(_bench.Network, peer.Level);
                _wires.Add(peer, wire);
                wire.Connect(new ConnectOptions
                {
                    ClientIdentifier = Bytes.OfText("c" + peer.Index),
                    CleanStart = false,
                    SessionExpiryIntervalS = 100000,
                    ReceiveMaximum = 100,
                });
            }

            Settle();
            Wire probe = new(_bench.Network, ProtocolLevel.V5);
            probe.Connect(new ConnectOptions { ClientIdentifier = Bytes.OfText("probe"), CleanStart = true });
            int identifier = 0;
            foreach (string topic in Topics.Names.Append(Topics.Retained + "probe"))
            {
                Message message = new() { Number = ProbeNumber, Topic = topic, QoS = 1 };
                probe.Publish(message, false, ++identifier);
            }

            Settle();
            foreach (Peer peer in _world.Peers.Where(peer => peer.HasSession))
            {
                Check(peer);
            }

            if (_present.Count == 0 && !IsReported)
            {
                Fail("everything is gone, and nothing was said");
            }

            return _failure;
        }

        private void Fail(string what) => _failure ??= what;

        private void Settle()
        {
            int quiet = 0;
            for (int round = 0; quiet < 3; round++)
            {
                if (round == 20000)
                {
                    Fail("the broker does not come to rest");
                    return;
                }

                bool busy = _bench.Broker.Tick(int.MaxValue) > 0 || _bench.Network.LastTimeoutMs == 0;
                foreach ((Peer peer, Wire wire) in _wires)
                {
                    busy |= wire.Pump();
                    for (ReceivedPacket? packet = wire.Take(); packet != null; packet = wire.Take())
                    {
                        Handle(peer, wire, packet);
                    }
                }

                quiet = busy ? 0 : quiet + 1;
            }
        }

        private void Handle(Peer peer, Wire wire, ReceivedPacket packet)
        {
            switch (packet.Type)
            {
                case PacketType.Connack when packet.ReasonCode != 0:
                    Fail($"{peer} is not served: {packet.Text}");
                    break;
                case PacketType.Connack when packet.SessionPresent:
                    _present.Add(peer);
                    Saw(peer.SessionSince);
                    break;
                case PacketType.Publish:
                    Handle(peer, packet);
                    if (packet.QoS > 0)
                    {
                        wire.Ack(packet.QoS == 1 ? PacketType.Puback : PacketType.Pubrec, packet.PacketIdentifier);
                    }

                    break;
                case PacketType.Pubrel:
                    wire.Ack(PacketType.Pubcomp, packet.PacketIdentifier);
                    break;
                case PacketType.Connack:
                    break;
                default:
                    Fail($"{peer} gets {packet.Text}");
                    break;
            }
        }

        private void Handle(Peer peer, ReceivedPacket packet)
        {
            if (packet.Payload == ProbeNumber.ToString())
            {
                _probed.Add((peer, packet.Topic));
                return;
            }

            Message? message = _world.Ledger.Find(packet.Raw, packet.PayloadOffset);
            if (message == null || message.Topic != packet.Topic || message.QoS < packet.QoS)
            {
                Fail($"{peer} gets what was never published: {packet.Text}");
                return;
            }

            Saw(message.SentAt);
            _received.Add((peer, message));
            if (packet.QoS == 2 && message.DoneAt[peer.Index] > 0 && !(packet.Duplicate && peer.IsReceiving(packet.PacketIdentifier)))
            {
                _again.Add((peer, message));
            }
        }

        private void Saw(long moment)
        {
            _newest = Math.Max(_newest, moment);
        }

        // What is missing, or there again, and since when it must not be.
        private void Check(Peer peer)
        {
            if (!_present.Contains(peer))
            {
                Missing($"{peer} has lost its Session", peer.SessionSince, IsReported);
                return;
            }

            foreach (Subscription subscription in peer.Subscriptions.Where(one => one.State == Subscription.Yes))
            {
                string? topic = Topics.Names.FirstOrDefault(topic => Topics.Matches(subscription.Filter, topic));
                if (topic != null && !Topics.IsShared(subscription.Filter) && !_probed.Contains((peer, topic)))
                {
                    Missing($"{peer} has Session Present and no subscription to {subscription.Filter}", subscription.Since, false);
                }
            }

            foreach (Message message in _world.Ledger.Messages.Where(message => message.IsAccepted))
            {
                if (message.OwedEpoch[peer.Index] == peer.Epoch
                    && message.Received[peer.Index] == 0
                    && !_received.Contains((peer, message)))
                {
                    Missing($"{peer} has Session Present and misses message {message.Number}", message.AcceptedAt, false);
                }
            }

            foreach ((Peer _, Message message) in _again.Where(one => one.Peer == peer))
            {
                Missing($"{peer} gets message {message.Number} again at QoS 2", message.DoneAt[peer.Index], false);
            }
        }

        private void Missing(string what, long since, bool isReported)
        {
            IsLost = true;
            if (!isReported && _newest > since)
            {
                Fail(what);
            }
        }
    }
}
