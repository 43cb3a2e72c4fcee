using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using EdgeBroker.Limits;
using EdgeBroker.Persistence;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
using EdgeBroker.Simulation.Flash;

namespace EdgeBroker.PowerLoss.Tests
{
    /// <summary>
    /// A broker on simulated flash, its peers, and the power, which goes where it is told to. Everything follows from the
    /// scenario, the seed and the cuts.
    /// </summary>
    internal sealed partial class World
    {
        /// <summary>Peers, the one that probes included.</summary>
        internal const int PeersMax = 8;

        private const int RoundsMax = 20000;
        private const int RestartsMax = 40;
        private static readonly Dictionary<int, FlashDevice> s_formatted = [];

        private readonly BrokerBench _bench = new(Profile.Esp32, 24);
        private readonly List<Wire> _closed = [];
        private readonly FaultPlan _faults;
        private readonly Action<string>? _trace;
        private int _restarts;
        private long _dropsBefore;
        private long _traffic;

        internal World(Settings settings, int seed, ICutSource cuts, Action<string>? trace)
        {
            Settings = settings;
            Prng = new Prng(seed);
            _trace = trace;
            Ledger = new Ledger(this);
            Retained = new RetainedBook(this);
            settings.Apply(_bench.Limits);
            _bench.Flash = new FlashDevice(settings.Blocks, seed, settings.IsCold ? null : _bench.Clock);
            if (!settings.IsCold)
            {
                _bench.Flash.CopyFrom(Formatted(settings.Blocks));
                _bench.Flash.Reseed(seed + 1);
            }

            _faults = new FaultPlan(_bench.Flash, cuts, settings.WriteFailRate);
            Peers = settings.Levels.Select((level, index) => new Peer(this, index, level, settings.ExpiriesS[index])).ToArray();
            Boot();
        }

        internal Settings Settings { get; }

        internal Prng Prng { get; }

        internal Ledger Ledger { get; }

        internal RetainedBook Retained { get; }

        internal Peer[] Peers { get; }

        internal VirtualNetwork Network => _bench.Network;

        internal FlashDevice Flash => _bench.Flash;

        internal Broker Broker => _bench.Broker;

        internal long NowMs => _bench.Clock.NowMs;

        /// <summary>How often the power went.</summary>
        internal int CutCount { get; private set; }

        /// <summary>The same by <see cref="CutKind"/>.</summary>
        internal int[] CutCounts { get; } = new int[(int)CutKind.Sick + 1];

        /// <summary>How often the power went while the broker read back what there is.</summary>
        internal int MountCutCount { get; private set; }

        /// <summary>What mounting took, in operations on the flash, at the most.</summary>
        internal long MountOperationsMax { get; private set; }

        /// <summary>Operations on the flash from the first time the power came back until everybody was back and the broker at rest.</summary>
        internal long RecoveryOperations { get; private set; }

        /// <summary>Goes up each time the broker has come to rest.</summary>
        internal int Step { get; private set; } = 1;

        /// <summary>Messages that the broker said were dropped, where it may: 3.1.1 Clients are not told, nor is a group.</summary>
        internal long DropCount => Settings.MayDrop ? _dropsBefore + Broker.Counters.Drops[DropReason.QueueFull] : 0;

        /// <summary>The last probe, or null.</summary>
        internal Probe? Probe { get; set; }

        /// <summary>Whether the storage has failed since the power came last.</summary>
        internal bool HasFailed => _faults.HasFailed;

        /// <summary>When the broker was at rest with storage that worked last, in the clock's milliseconds.</summary>
        internal long GoodMs { get; private set; }

        /// <summary>When the storage counted as failed last, in the clock's milliseconds; -1 if it never did.</summary>
        internal long FailedMs { get; private set; } = -1;

        /// <summary>Packets may have to wait, and be refused with their streams: what is sent is not surely handled.</summary>
        internal bool MayWait => HasFailed || Settings.MayRefuse;

        /// <summary>Whether anybody wants to know what happens.</summary>
        internal bool IsTraced => _trace != null;

        /// <summary>Says what happens, if anybody wants to know.</summary>
        internal void Trace([InterpolatedStringHandlerArgument("")] TraceText text)
        {
            if (IsTraced)
            {
                _trace!($"{NowMs} op{Flash.OperationCount - _faults.Start} {text.Take()}");
            }
        }

        /// <summary>A part of a scenario: the broker comes to rest after it.</summary>
        internal void Do(Action<Peer[]> action)
        {
            if (Ledger.Failure == null)
            {
                _faults.NextPart();
                action(Peers);
                Settle();
            }
        }

        /// <summary>Lets time pass, as the broker would see it.</summary>
        internal void Advance(long milliseconds)
        {
            Settle();
            while (milliseconds > 0 && Ledger.Failure == null)
            {
                long step = Math.Clamp(Network.LastTimeoutMs, 1, milliseconds);
                _bench.Clock.Advance(step);
                milliseconds -= step;
                Settle();
            }
        }

        /// <summary>The power goes and comes back between two operations.</summary>
        internal void CutNow()
        {
            Restart();
        }

        /// <summary>No operation on the flash fails from here on.</summary>
        internal void StopFaults() => _faults.Stop();

        /// <summary>A stream was closed by this side or by the cut.</summary>
        internal void Closed(Wire wire) => _closed.Add(wire);

        /// <summary>The broker refused something.</summary>
        internal void Refused(Peer peer, ReceivedPacket packet)
        {
            if (!MayWait && Broker.StoreState == StoreState.Good)
            {
                Ledger.Fail(peer, null, "was refused: " + packet.Text);
            }

            if (packet.Type == PacketType.Connack)
            {
                peer.Drop(true);
            }
        }

        /// <summary>Whether a message belongs to a probe, which then has it.</summary>
        internal bool IsProbe(Peer peer, Message message, ReceivedPacket packet)
        {
            return Probe != null && Probe.Take(peer, message, packet);
        }

        /// <summary>No more cuts: everybody comes back and gets what is owed, and everything is checked.</summary>
        internal void Finish()
        {
            _faults.LastPart();
            Advance(Settings.RestMs);
            int quiet = 0;
            for (int i = 0; i < 150 && Ledger.Failure == null && !(quiet >= 3 && IsDone()); i++)
            {
                long before = _traffic;
                foreach (Peer peer in Peers)
                {
                    peer.Reads = true;
                    peer.AutoAck = true;
                    peer.Acknowledge(int.MaxValue);
                    if (!peer.IsOpen)
                    {
                        peer.Connect();
                    }
                }

                Advance(i < 3 ? 400 : 4000);

                // Each part of a queue may wait for a commit, and that for the flash's life.
                quiet = i > 3 && before == _traffic && Broker.StoreState == StoreState.Good ? quiet + 1 : 0;
                if (i == 5)
                {
                    // The storage has recovered.
                    _faults.Stop();
                }
            }

            foreach (Peer peer in Peers.Where(peer => !peer.IsConnected || peer.PendingCount > 0))
            {
                Ledger.Fail(peer, null, peer.IsConnected ? "is never answered" : "is not connected at the end");
            }

            if (Ledger.Failure == null)
            {
                Ledger.CheckEnd();
            }

            if (Ledger.Failure == null)
            {
                new Probe(this).Run();
            }
        }

        /// <summary>Lets time pass until nothing more comes to anybody.</summary>
        internal void Rest()
        {
            long before = -1;
            for (int i = 0; i < 20 && before != _traffic && Ledger.Failure == null; i++)
            {
                before = _traffic;
                Advance(11000);
            }
        }

        /// <summary>Runs the broker until nothing more happens without time passing; after a cut, with what is left.</summary>
        internal void Settle()
        {
            int quiet = 0;
            for (int round = 0; quiet < 2 && Ledger.Failure == null; round++)
            {
                if (round == RoundsMax)
                {
                    Ledger.Fail(null, null, "the broker does not come to rest");
                }

                bool busy = Network.BacklogCount > 0 && Network.OpenCount < Network.HandlesMax;
                busy |= Broker.Tick(int.MaxValue) > 0 || Network.LastTimeoutMs == 0;
                if (!Flash.IsPowered)
                {
                    // What was handed to the network in this tick has not left.
                    Restart();
                    return;
                }

                FailedMs = Broker.StoreState == StoreState.Failed ? NowMs : FailedMs;
                foreach (Peer peer in Peers)
                {
                    if (peer.Pump())
                    {
                        _traffic++;
                        busy = true;
                    }
                }

                if (Probe != null && Probe.Pump())
                {
                    _traffic++;
                    busy = true;
                }

                quiet = busy ? 0 : quiet + 1;
            }

            Step++;
            _closed.RemoveAll(wire => wire.Forget());
            _faults.Heal(NowMs);
            if (_faults.MustCut)
            {
                Restart();
                return;
            }

            if (Broker.StoreState == StoreState.Failed)
            {
                Array.ForEach(Peers, peer => peer.StorageFailed());
            }

            if (Broker.StoreState == StoreState.Good)
            {
                GoodMs = NowMs;
                Retained.Settled();
                foreach (Peer peer in Peers)
                {
                    peer.Settled();
                }
            }
        }

        private static FlashDevice Formatted(int blocks)
        {
            if (!s_formatted.TryGetValue(blocks, out FlashDevice? device))
            {
                device = new FlashDevice(blocks, 1, null);
                BrokerBench bench = new() { Flash = device };
                bench.Limits.StoreBytesMax = 65536;
                bench.Broker.Tick(0);
                s_formatted.Add(blocks, device);
            }

            return device;
        }

        private bool IsDone()
        {
            return Array.TrueForAll(Peers, peer => peer.IsConnected && peer.PendingCount == 0);
        }
    }
}
