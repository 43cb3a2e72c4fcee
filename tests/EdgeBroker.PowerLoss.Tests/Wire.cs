using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;

namespace EdgeBroker.PowerLoss.Tests
{
    /// <summary>One end of a stream to the broker: writes packets, and takes those that came.</summary>
    internal sealed class Wire
    {
        private readonly VirtualNetwork _network;
        private readonly PacketInbox _inbox = new();
        private readonly PacketWriter _writer = new();
        private readonly byte[] _scratch = new byte[2048];
        private int _link;

        /// <summary>Opens a stream.</summary>
        internal Wire(VirtualNetwork network, int level)
        {
            _network = network;
            Level = level;
            _link = network.Connect();
        }

        internal int Level { get; }

        /// <summary>Takes what has arrived.</summary>
        /// <returns>Whether there was anything.</returns>
        internal bool Pump() => _inbox.Receive(_network, _link, Level);

        /// <summary>The next packet, or null.</summary>
        internal ReceivedPacket? Take() => _inbox.Take();

        /// <summary>Closes the stream in order, or breaks it.</summary>
        internal void Close(bool inOrder)
        {
            if (inOrder)
            {
                _network.ClientClose(_link);
            }
            else
            {
                _network.ClientReset(_link);
            }
        }

        /// <summary>Lets the network forget a stream that both ends have closed.</summary>
        /// <returns>Whether it has.</returns>
        internal bool Forget()
        {
            if (_link >= 0 && _network.ServerClosed(_link))
            {
                _network.ClientClose(_link);
            }

            if (_link >= 0 && _network.HandleOf(_link) < 0 && _network.BacklogCount == 0)
            {
                _network.Forget(_link);
                _link = -1;
            }

            return _link < 0;
        }

        internal void Connect(ConnectOptions options)
        {
            options.Write(Start(), Level);
            Send();
        }

        internal void Publish(Message message, bool duplicate, int identifier)
        {
            byte[]? expiry = message.ExpiryS == 0
                ? null
                : [PropertyId.MessageExpiryInterval, 0, 0, (byte)(message.ExpiryS >> 8), (byte)message.ExpiryS];
            ClientPackets.WritePublish(
                Start(), Level, Bytes.OfText(message.Topic), message.Payload, message.QoS, message.Retain, duplicate, identifier, expiry);
            Send();
        }

        internal void Subscribe(string filter, int options, int packetIdentifier, int identifier)
        {
            ClientPackets.BeginSubscribe(Start(), Level, packetIdentifier, identifier, null);
            ClientPackets.AddSubscription(_writer, Bytes.OfText(filter), options);
            _writer.EndPacket();
            Send();
        }

        internal void Unsubscribe(string filter, int packetIdentifier)
        {
            ClientPackets.WriteUnsubscribe(Start(), Level, packetIdentifier, Bytes.OfText(filter));
            Send();
        }

        internal void Ack(int type, int identifier)
        {
            int size = AckPacket.Write(_scratch, 0, type, identifier, ReasonCode.Success, Level);
            _network.ClientSend(_link, _scratch, 0, size);
        }

        internal void Disconnect(int reasonCode, long expiryS)
        {
            DisconnectPacket.WriteFromClient(Start(), Level, reasonCode, expiryS);
            Send();
        }

        private PacketWriter Start()
        {
            _writer.Start(_scratch, 0, _scratch.Length);
            return _writer;
        }

        private void Send() => _network.ClientSend(_link, _scratch, 0, _writer.Position);
    }
}
