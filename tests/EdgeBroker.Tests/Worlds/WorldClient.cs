using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;

namespace EdgeBroker.Tests.Worlds
{
    /// <summary>
    /// A Client of a world that keeps the rules of its side, whatever the network does to it, and tells the ledger what it
    /// sees.
    /// </summary>
    internal sealed class WorldClient
    {
        private const int ExpiryS = 30;
        private const int OwedMax = 64;

        // More identifiers than can be in flight, and few enough for a device.
        private const int IdentifierMask = 4095;

        /// <summary>Its end of the connection.</summary>
        public readonly SimClient Sim;

        /// <summary>Whether CONNACK came and the end has not.</summary>
        public bool IsConnected;

        /// <summary>Whether a stream is open, with CONNECT sent.</summary>
        public bool IsOpen;

        /// <summary>What it has published and not completed.</summary>
        public readonly PendingPublishes Pending = new PendingPublishes();

        private readonly int _index;
        private readonly Ledger _ledger;
        private readonly BrokerBench _bench;
        private readonly bool[] _inbound = new bool[IdentifierMask + 1];
        private readonly int[] _owedTypes = new int[OwedMax];
        private readonly int[] _owedIdentifiers = new int[OwedMax];
        private readonly int[] _requestFilters = new int[OwedMax];
        private int _owedCount;
        private int _requestCount;
        private int _unacknowledged;
        private int _connectionsOfEpoch;

        // What it knows of its Session at the broker: -1 may be there or not, 0 is not there, 1 is there.
        private int _session;
        private bool _isDurable;

        // A clean start was asked for and not confirmed: going on with an old Session now would mix two of them up.
        private bool _mustBeClean;
        private bool _expires;
        private bool _sentExpires;
        private long _confirmedMs;
        private long _sentMs;

        /// <summary>Makes a Client that is not connected.</summary>
        public WorldClient(BrokerBench bench, Ledger ledger, int index)
        {
            _bench = bench;
            _ledger = ledger;
            _index = index;
            Sim = bench.Client(ProtocolLevel.V311, "c" + index);
        }

        /// <summary>Opens a stream and sends CONNECT.</summary>
        public void Connect(int level, bool clean, bool durable, bool expires, int receiveMaximum)
        {
            if (_mustBeClean && level != ProtocolLevel.V5)
            {
                durable = false;
            }

            Sim.Level = level;
            Sim.Options.CleanStart = level == ProtocolLevel.V5 ? clean || _mustBeClean : !durable;
            Sim.Options.SessionExpiryIntervalS = !durable ? 0 : expires ? ExpiryS : uint.MaxValue;
            Sim.Options.ReceiveMaximum = receiveMaximum;
            Sim.Options.KeepAliveS = 5;
            if (_session == 1 && _expires && _bench.Clock.NowMs - _confirmedMs >= (ExpiryS - 1) * 1000)
            {
                // The broker may have missed it for longer than it knows.
                _session = -1;
            }

            if (Sim.Options.CleanStart)
            {
                _session = 0;
            }

            Sim.Open();
            IsOpen = true;
            IsConnected = false;
            _owedCount = 0;
            _requestCount = 0;
            _unacknowledged = 0;
            _isDurable = durable;
            _sentExpires = expires && level == ProtocolLevel.V5;
            _sentMs = _bench.Clock.NowMs;
            _expires |= _sentExpires;
            Sim.SendConnect();
        }

        /// <summary>Publishes a new message, if it may.</summary>
        public void Publish(int topic, int qos, bool retain)
        {
            if (!_ledger.HasRoom || (qos > 0 && Pending.Count == PendingPublishes.Max))
            {
                return;
            }

            int message = _ledger.Publish(_index, topic, qos, retain);
            int identifier = qos == 0 ? 0 : Pending.Add(message);
            Sim.PublishAgain(Ledger.Topics[topic], message.ToString(), qos, retain, false, identifier, null);
        }

        /// <summary>Sends SUBSCRIBE or UNSUBSCRIBE for a filter.</summary>
        public void Request(int filter, bool subscribe)
        {
            if (_requestCount == OwedMax)
            {
                return;
            }

            _requestFilters[_requestCount++] = subscribe ? filter : -1 - filter;
            if (subscribe)
            {
                Sim.Subscribe(Ledger.Filters[filter], Ledger.GrantedQoS(_index, filter));
            }
            else
            {
                _ledger.Unsubscribing(_index, filter);
                Sim.Unsubscribe(Ledger.Filters[filter]);
            }
        }

        /// <summary>The stream is lost, as far as this side knows.</summary>
        public void Lost()
        {
            IsOpen = false;
            if (IsConnected)
            {
                IsConnected = false;
                _session = _isDurable ? 1 : 0;
                if (!_isDurable)
                {
                    Forget();
                }
            }
            else if (Sim.Options.CleanStart || _session < 0)
            {
                // Whatever is there when it comes back, it can't tell whether that is the Session it remembers.
                _mustBeClean = true;
            }
            else if (_session != 1 || !_isDurable)
            {
                // The CONNECT may have been handled or not.
                _session = -1;
            }
        }

        /// <summary>Handles all that has come.</summary>
        public void HandleInbox()
        {
            ReceivedPacket packet = Sim.Take();
            while (packet != null)
            {
                if (IsOpen)
                {
                    Handle(packet);
                }

                packet = Sim.Take();
            }
        }

        /// <summary>Sends some of the acknowledgements it owes, in order.</summary>
        public void Acknowledge(int most)
        {
            int count = _owedCount < most ? _owedCount : most;
            for (int i = 0; i < count; i++)
            {
                Sim.Ack(_owedTypes[i], _owedIdentifiers[i]);
                if (_owedTypes[i] != PacketType.Pubrec)
                {
                    _unacknowledged--;
                }
            }

            _owedCount -= count;
            System.Array.Copy(_owedTypes, count, _owedTypes, 0, _owedCount);
            System.Array.Copy(_owedIdentifiers, count, _owedIdentifiers, 0, _owedCount);
        }

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
                case PacketType.Puback:
                case PacketType.Pubrec:
                case PacketType.Pubcomp:
                    HandleAcknowledgement(packet);
                    break;
                case PacketType.Pubrel:
                    _inbound[packet.PacketIdentifier & IdentifierMask] = false;
                    Owe(PacketType.Pubcomp, packet.PacketIdentifier);
                    break;
                case PacketType.Suback:
                case PacketType.Unsuback:
                    HandleRequestDone(packet);
                    break;
                default:
                    if (packet.Text.StartsWith("BAD"))
                    {
                        _ledger.Fail(_index, -1, packet.Text);
                    }
                    else if (packet.Type == 0)
                    {
                        Lost();
                    }

                    break;
            }
        }

        private void HandleConnack(ReceivedPacket packet)
        {
            if (packet.ReasonCode != 0)
            {
                _ledger.Fail(_index, -1, "was answered " + packet.Text);
                return;
            }

            if (_session >= 0 && packet.SessionPresent != (_session == 1))
            {
                _ledger.Fail(_index, -1, "was told Session Present " + packet.SessionPresent);
            }

            IsConnected = true;
            _mustBeClean = false;
            _expires = _sentExpires;
            _confirmedMs = _sentMs;
            if (!packet.SessionPresent)
            {
                Forget();
            }

            _connectionsOfEpoch++;
            for (int i = 0; i < Pending.Count; i++)
            {
                int message = Pending.Messages[i];
                if (Pending.IsReleased[i])
                {
                    Sim.Ack(PacketType.Pubrel, Pending.Identifiers[i]);
                }
                else
                {
                    _ledger.SentAgain(message);
                    Sim.PublishAgain(
                        _ledger.TopicOf(message),
                        message.ToString(),
                        _ledger.QoSOf(message),
                        _ledger.RetainOf(message),
                        true,
                        Pending.Identifiers[i],
                        null);
                }
            }
        }

        private void HandlePublish(ReceivedPacket packet)
        {
            int message = int.Parse(packet.Payload);
            if (packet.Duplicate && _connectionsOfEpoch < 2)
            {
                _ledger.Fail(_index, message, "came as a copy of nothing");
            }

            if (packet.QoS == 0)
            {
                _ledger.Received(_index, message, packet.Topic, 0, packet.Retain);
                return;
            }

            _unacknowledged++;
            if (Sim.Options.ReceiveMaximum > 0 && Sim.Level == ProtocolLevel.V5 && _unacknowledged > Sim.Options.ReceiveMaximum)
            {
                _ledger.Fail(_index, message, "is beyond Receive Maximum");
            }

            if (packet.QoS == 1)
            {
                _ledger.Received(_index, message, packet.Topic, 1, packet.Retain);
                Owe(PacketType.Puback, packet.PacketIdentifier);
                return;
            }

            if (!_inbound[packet.PacketIdentifier & IdentifierMask])
            {
                _inbound[packet.PacketIdentifier & IdentifierMask] = true;
                _ledger.Received(_index, message, packet.Topic, 2, packet.Retain);
            }

            Owe(PacketType.Pubrec, packet.PacketIdentifier);
        }

        private void HandleAcknowledgement(ReceivedPacket packet)
        {
            int index = Pending.IndexOf(packet.PacketIdentifier);
            if (index < 0)
            {
                _ledger.Fail(_index, -1, "got an answer to nothing: " + packet.Text);
                return;
            }

            int message = Pending.Messages[index];
            if (packet.ReasonCode >= ReasonCode.UnspecifiedError && packet.Type != PacketType.Pubcomp)
            {
                _ledger.Refused(message);
                Pending.RemoveAt(index);
            }
            else if (packet.Type == PacketType.Pubrec)
            {
                _ledger.Accepted(message);
                Pending.IsReleased[index] = true;
                Sim.Ack(PacketType.Pubrel, packet.PacketIdentifier);
            }
            else
            {
                if (packet.Type == PacketType.Puback)
                {
                    _ledger.Accepted(message);
                }

                Pending.RemoveAt(index);
            }
        }

        private void HandleRequestDone(ReceivedPacket packet)
        {
            int filter = _requestFilters[0];
            _requestCount--;
            System.Array.Copy(_requestFilters, 1, _requestFilters, 0, _requestCount);
            if (packet.Type != PacketType.Suback)
            {
                return;
            }

            if (packet.ReasonCode != Ledger.GrantedQoS(_index, filter))
            {
                _ledger.Fail(_index, -1, "was granted " + packet.Text);
            }

            for (int i = 0; i < _requestCount; i++)
            {
                if (_requestFilters[i] == -1 - filter)
                {
                    // It has asked for the end of the subscription already.
                    return;
                }
            }

            _ledger.Subscribed(_index, filter);
        }

        private void Owe(int type, int identifier)
        {
            _owedTypes[_owedCount] = type;
            _owedIdentifiers[_owedCount] = identifier;
            _owedCount++;
            if (_owedCount == OwedMax)
            {
                Acknowledge(OwedMax);
            }
        }

        private void Forget()
        {
            _ledger.NewEpoch(_index);
            _connectionsOfEpoch = 0;
            Pending.Clear();
            for (int i = 0; i < _inbound.Length; i++)
            {
                _inbound[i] = false;
            }
        }
    }
}
