using EdgeBroker.Limits;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;

namespace EdgeBroker.Tests.Worlds
{
    /// <summary>
    /// A broker and some Clients that publish, subscribe, come and go, on a network that splits, stalls and breaks, over
    /// virtual time. Everything follows from the seed.
    /// </summary>
    internal sealed class World
    {
        private const int ClientCount = 6;
        private const int Steps = 700;
        private const int RestSteps = 600;

        private readonly BrokerBench _bench = new BrokerBench();
        private readonly Prng _prng;
        private readonly Ledger _ledger;
        private readonly WorldClient[] _clients = new WorldClient[ClientCount];
        private readonly long[] _faultUntilMs = new long[ClientCount];
        private readonly int _seed;

        /// <summary>Makes a world.</summary>
        public World(int seed)
        {
            _seed = seed;
            _prng = new Prng(seed);
            _ledger = new Ledger(ClientCount, Steps * 2);
            BrokerLimits limits = _bench.Limits;
            limits.ReceiveMax = 3 + _prng.Below(6);
            limits.PacketSizeMax = 256;
            limits.OutboxBytesMax = 1024;
            limits.ReceiveBufferBytes = 1024;
            limits.WaitMs = 500;
            limits.QueueBytesMax = 1000000;
            limits.SessionQueueBytesMax = 1000000;
            if (_prng.OneIn(2))
            {
                limits.SessionQueueBytesMax = 1000;
                limits.QueueFull = _prng.OneIn(2) ? QueueFullPolicy.Refuse : QueueFullPolicy.DropOldest;
            }

            for (int i = 0; i < ClientCount; i++)
            {
                _clients[i] = new WorldClient(_bench, _ledger, i);
            }
        }

        /// <summary>Lets the world run to its end.</summary>
        /// <returns>Null, or the line that tells what went wrong and how to see it again.</returns>
        public string Run()
        {
            int step = 0;
            for (; step < Steps && _ledger.Failure == null; step++)
            {
                Misbehave();
                for (int i = 0; i < ClientCount; i++)
                {
                    Act(i);
                }

                Pass(_prng.OneIn(3) ? _prng.Below(400) : _prng.Below(20));
            }

            if (_ledger.Failure == null)
            {
                Rest();
                step = Steps + RestSteps;
            }

            return _ledger.Failure == null ? null : "FAILED seed " + _seed + " step " + step + ": " + _ledger.Failure;
        }

        private void Misbehave()
        {
            _bench.Network.ReceiveSizeMax = _prng.OneIn(3) ? 1 + _prng.Below(9) : 100000;
            _bench.Network.SendSizeMax = _prng.OneIn(3) ? 1 + _prng.Below(9) : 100000;
            for (int i = 0; i < ClientCount; i++)
            {
                SimClient sim = _clients[i].Sim;
                if (_faultUntilMs[i] != 0 && _bench.Clock.NowMs >= _faultUntilMs[i])
                {
                    Heal(i);
                }

                if (!_clients[i].IsOpen || _faultUntilMs[i] != 0 || !_prng.OneIn(25))
                {
                    continue;
                }

                switch (_prng.Below(5))
                {
                    case 0:
                        _bench.Network.ClientReset(sim.Link);
                        Gone(i);
                        break;
                    case 1:
                        _bench.Network.ClientClose(sim.Link);
                        Gone(i);
                        break;
                    case 2:
                        sim.SendDisconnect(ReasonCode.NormalDisconnection, -1);
                        _bench.Network.ClientClose(sim.Link);
                        Gone(i);
                        break;
                    case 3:
                        _bench.Network.SetHalfOpen(sim.Link, true);
                        _faultUntilMs[i] = _bench.Clock.NowMs + _prng.Below(20000) + 1;
                        break;
                    default:
                        sim.SetReading(false, _prng.Below(200));
                        _faultUntilMs[i] = _bench.Clock.NowMs + _prng.Below(3000) + 1;
                        break;
                }
            }
        }

        private void Heal(int index)
        {
            _faultUntilMs[index] = 0;
            if (_clients[index].IsOpen)
            {
                _bench.Network.SetHalfOpen(_clients[index].Sim.Link, false);
                _clients[index].Sim.SetReading(true, 100000);
            }
        }

        private void Gone(int index)
        {
            // What had arrived before is seen by the Client; what comes later is not.
            _clients[index].HandleInbox();
            _clients[index].Lost();
        }

        private void Act(int index)
        {
            WorldClient client = _clients[index];
            client.HandleInbox();
            if (!client.IsOpen)
            {
                _faultUntilMs[index] = 0;
                if (_prng.OneIn(4) && HasArrived(client))
                {
                    Connect(client);
                }

                return;
            }

            if (!client.IsConnected)
            {
                return;
            }

            client.Acknowledge(_prng.Below(4));
            if (_prng.OneIn(3))
            {
                int qos = _prng.Below(3);
                client.Publish(_prng.Below(Ledger.Topics.Length), qos, qos > 0 && _prng.OneIn(10));
            }

            if (_prng.OneIn(8))
            {
                client.Request(_prng.Below(Ledger.Filters.Length), !_prng.OneIn(5));
            }

            if (_prng.OneIn(8))
            {
                client.Sim.Ping();
            }
        }

        // An old CONNECT that arrives after the new one would take over, and nobody could tell what is right then.
        private bool HasArrived(WorldClient client)
        {
            int link = client.Sim.Link;
            return link == VirtualNetwork.Refused || _bench.Network.ServerUnread(link) == 0;
        }

        private void Connect(WorldClient client)
        {
            int level = _prng.OneIn(2) ? ProtocolLevel.V311 : ProtocolLevel.V5;
            client.Connect(level, _prng.OneIn(10), !_prng.OneIn(5), _prng.OneIn(4), 1 + _prng.Below(10));
        }

        private void Pass(int milliseconds)
        {
            int ticks = 1 + _prng.Below(4);
            for (int i = 0; i < ticks; i++)
            {
                _bench.Round();
            }

            _bench.Clock.Advance(milliseconds);
        }

        // No more faults, no more messages: everybody comes back and gets what is owed.
        private void Rest()
        {
            _bench.Network.ReceiveSizeMax = 100000;
            _bench.Network.SendSizeMax = 100000;
            for (int step = 0; step < RestSteps && _ledger.Failure == null; step++)
            {
                for (int i = 0; i < ClientCount; i++)
                {
                    WorldClient client = _clients[i];
                    Heal(i);
                    client.HandleInbox();
                    if (!client.IsOpen)
                    {
                        client.Connect(ProtocolLevel.V5, false, true, false, 5);
                    }

                    client.Acknowledge(100);
                    if (step % 20 == 0 && client.IsConnected)
                    {
                        client.Sim.Ping();
                    }
                }

                _bench.Advance(100);
            }

            CheckEnd();
        }

        private void CheckEnd()
        {
            for (int i = 0; i < ClientCount; i++)
            {
                if (!_clients[i].IsConnected)
                {
                    _ledger.Fail(i, -1, "is not connected at the end");
                }

                if (_clients[i].Pending.Count > 0)
                {
                    _ledger.Fail(i, _clients[i].Pending.Messages[0], "is never acknowledged");
                }
            }

            _ledger.CheckEnd(_bench.Broker.Counters.Drops);
            CheckRetained();
            for (int i = 0; i < ClientCount; i++)
            {
                _clients[i].Sim.Close();
            }

            Context context = _bench.Broker.Context;
            if (_ledger.Failure == null && (context.Deliveries.Count > 0 || context.Buffers.BytesInUse > 0))
            {
                _ledger.Fail(-1, -1, context.Deliveries.Count + " deliveries are left");
            }
        }

        private void CheckRetained()
        {
            SimClient reader = _bench.Client(ProtocolLevel.V311, "reader");
            for (int topic = 0; topic < Ledger.Topics.Length; topic++)
            {
                reader.Connect();
                reader.Subscribe(Ledger.Topics[topic], 0);
                reader.Next();
                string text = reader.Next();
                _ledger.CheckRetained(topic, text.Length == 0 ? -1 : int.Parse(reader.Last.Payload));
                reader.Disconnect();
            }
        }
    }
}
