using System;
using System.Collections.Generic;
using EdgeBroker.Limits;
using EdgeBroker.Persistence;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation.Clients;

namespace EdgeBroker.PowerLoss.Tests
{
    /// <content>How the power goes and comes back.</content>
    internal sealed partial class World
    {
        private void Restart()
        {
            _restarts++;
            Trace($"CUT");
            Count();

            // What could not be stored is tried again after a while; storage that fails is tried for 5 s before it is given up.
            bool mayWait = MayWait;
            int patienceMs = HasFailed ? 7000 : mayWait ? 3000 : 1;
            long badMs = Broker.StoreState == StoreState.Good ? 0 : NowMs - GoodMs;
            long windowMs = Settings.Mode == StoreMode.Relaxed ? _bench.Limits.CommitIntervalMs + badMs + (HasFailed ? 10000 : 1) : 0;
            foreach (Peer peer in Peers)
            {
                peer.Cut(windowMs);
            }

            Retained.Cut(Settings.RetainedCommitMs + patienceMs + windowMs, windowMs > 0);
            if (windowMs > 0)
            {
                Ledger.Forgive(NowMs - windowMs);
            }

            Probe?.Cut();
            _dropsBefore = DropCount;
            _bench.CutPower();
            _closed.RemoveAll(wire => wire.Forget());
            Boot();
            Array.ForEach(Peers, peer => peer.Booted(Settings.WillBootGraceS, mayWait));
            if (Retained.IsUsed)
            {
                CheckRetained();
            }

            Array.ForEach(Peers, peer => peer.Return());
            Settle();
            RecoveryOperations = RecoveryOperations == 0 ? Flash.OperationCount - _faults.Start : RecoveryOperations;
            _restarts--;
        }

        private void Count()
        {
            CutCount++;
            if (_faults.Kind is { } kind)
            {
                CutCounts[(int)kind]++;
            }
        }

        // Until a mount is not cut itself.
        private void Boot()
        {
            for (int i = 0; i < 1000; i++)
            {
                // A restart in a restart, and so on, has to come to an end.
                _faults.Arm(_restarts < RestartsMax);
                _ = _bench.Broker;
                if (Broker.StoreState == StoreState.Failed)
                {
                    _faults.LastPart();
                }

                if (Flash.IsPowered && _faults.MustCut)
                {
                    Flash.PowerOff();
                }

                if (Flash.IsPowered)
                {
                    MountOperationsMax = Math.Max(MountOperationsMax, Flash.OperationCount - _faults.Start);
                    Trace($"booted: {Broker.Mounted.SessionCount} Sessions, {Broker.Mounted.MessageCount} messages, lost {Broker.Mounted.LostCount}, retained {Broker.RetainedCount}");
                    return;
                }

                Trace($"CUT in the mount");
                MountCutCount++;
                Count();
                _bench.CutPower();
            }
        }

        // A Client without a Session looks at what is retained, before anything changes it.
        private void CheckRetained()
        {
            Wire wire = new(Network, ProtocolLevel.V311);
            wire.Connect(new ConnectOptions { ClientIdentifier = Bytes.OfText("reader"), CleanStart = true });
            wire.Subscribe("r/#", 0, 1, 0);
            Dictionary<string, Message> found = [];
            bool isComplete = false;
            int quiet = 0;
            while (quiet < 3)
            {
                int count = Broker.Tick(int.MaxValue);
                if (!Flash.IsPowered)
                {
                    _closed.Add(wire);
                    Restart();
                    return;
                }

                bool busy = wire.Pump() || count > 0;
                quiet = busy ? 0 : quiet + 1;
                for (ReceivedPacket? packet = wire.Take(); packet != null; packet = wire.Take())
                {
                    isComplete |= packet.Type == PacketType.Suback;
                    if (packet.Type == PacketType.Publish)
                    {
                        Take(found, packet);
                    }
                }
            }

            wire.Close(true);
            _closed.Add(wire);
            if (isComplete)
            {
                Retained.Check(found);
            }
        }

        private void Take(Dictionary<string, Message> found, ReceivedPacket packet)
        {
            Message? message = Ledger.Find(packet.Raw, packet.PayloadOffset);
            if (message == null || message.Topic != packet.Topic)
            {
                Ledger.Fail(null, message, "is retained and was never published: " + packet.Text);
                return;
            }

            found[packet.Topic] = message;
        }
    }
}
