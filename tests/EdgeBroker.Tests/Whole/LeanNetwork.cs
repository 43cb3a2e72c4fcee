using System;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;

namespace EdgeBroker.Tests.Whole
{
    /// <summary>
    /// A network in memory with its Clients, so small that it fits into a device's heap beside the broker. A Client has a packet
    /// that it sends and the acknowledgements that it owes; what it is sent is counted and not kept.
    /// </summary>
    internal sealed class LeanNetwork : INetwork
    {
        // The acknowledgements of all messages that may be in flight, and some of own messages.
        private const int AnswersSize = 96;
        private const int AnswerSize = 4;

        private readonly byte[][] _packets;
        private readonly int[] _packetSizes;
        private readonly byte[][] _answers;
        private readonly int[] _answerSizes;
        private readonly int[] _interest;
        private readonly int[] _ready;
        private int _opened;
        private int _accepted;

        /// <summary>Makes the network.</summary>
        /// <param name="clientsMax">How many Clients there can be.</param>
        public LeanNetwork(int clientsMax)
        {
            _packets = new byte[clientsMax][];
            _packetSizes = new int[clientsMax];
            _answers = new byte[clientsMax][];
            _answerSizes = new int[clientsMax];
            _interest = new int[clientsMax];
            _ready = new int[clientsMax];
            Received = new int[clientsMax];
            for (int i = 0; i < clientsMax; i++)
            {
                _answers[i] = new byte[AnswersSize];
            }
        }

        /// <summary>PUBLISH packets by the Client that got them.</summary>
        public int[] Received { get; private set; }

        /// <summary>What the broker has completed: CONNACK, SUBACK, and PUBACK or PUBCOMP for Clients' messages.</summary>
        public int CompletedCount { get; private set; }

        /// <summary>CONNACK packets that say that the Session is there.</summary>
        public int SessionsPresent { get; private set; }

        /// <summary>Whether Clients acknowledge PUBLISH packets.</summary>
        public bool Acknowledges { get; set; }

        /// <summary>Whether something is on its way to the broker.</summary>
        public bool IsBusy { get; private set; }

        /// <inheritdoc/>
        public int HandlesMax
        {
            get { return _ready.Length; }
        }

        /// <summary>A Client opens a connection; it is known by the number of those before.</summary>
        public void Open()
        {
            _opened++;
            IsBusy = true;
        }

        /// <summary>A Client sends a packet, which has to stay as it is until the broker has received it.</summary>
        public void SendPacket(int client, byte[] packet, int size)
        {
            _packets[client] = packet;
            _packetSizes[client] = size;
            IsBusy = true;
        }

        /// <inheritdoc/>
        public int Wait(int timeoutMs)
        {
            int count = 0;
            for (int handle = 0; handle < _accepted; handle++)
            {
                if ((_interest[handle] & NetworkEvents.Readable) != 0 && HasUnread(handle))
                {
                    _ready[count++] = handle;
                }
            }

            IsBusy = false;
            return count;
        }

        /// <inheritdoc/>
        public int GetEvent(int index, out int handle)
        {
            handle = _ready[index];
            return NetworkEvents.Readable;
        }

        /// <inheritdoc/>
        public bool HasNew()
        {
            return _accepted < _opened;
        }

        /// <inheritdoc/>
        public int Accept()
        {
            if (_accepted == _opened)
            {
                return NetworkResult.NoConnection;
            }

            _interest[_accepted] = NetworkEvents.Readable;
            IsBusy = true;
            return _accepted++;
        }

        /// <inheritdoc/>
        public int Receive(int handle, byte[] buffer, int offset, int count)
        {
            bool isPacket = _packetSizes[handle] > 0;
            byte[] source = isPacket ? _packets[handle] : _answers[handle];
            int[] sizes = isPacket ? _packetSizes : _answerSizes;
            int size = sizes[handle] < count ? sizes[handle] : count;
            sizes[handle] -= size;
            Array.Copy(source, 0, buffer, offset, size);

            // What the broker has no room for comes the next time.
            Array.Copy(source, size, source, 0, sizes[handle]);
            IsBusy = true;
            return size > 0 ? size : NetworkResult.WouldBlock;
        }

        /// <inheritdoc/>
        public int Send(int handle, byte[] buffer, int offset, int count)
        {
            int end = offset + count;
            while (offset < end)
            {
                int headerSize;
                int size = FixedHeader.ReadSize(buffer, offset, end - offset, out headerSize);
                Take(handle, buffer, offset, headerSize);
                offset += size;
            }

            IsBusy = true;
            return count;
        }

        /// <inheritdoc/>
        public void SetInterest(int handle, int events)
        {
            _interest[handle] = events;
        }

        /// <inheritdoc/>
        public bool HasUnread(int handle)
        {
            return _packetSizes[handle] + _answerSizes[handle] > 0;
        }

        /// <inheritdoc/>
        public void CloseSend(int handle)
        {
        }

        /// <inheritdoc/>
        public void Close(int handle)
        {
            _interest[handle] = NetworkEvents.None;
        }

        private void Take(int client, byte[] buffer, int offset, int headerSize)
        {
            int at = offset + headerSize;
            switch (buffer[offset] >> 4)
            {
                case PacketType.Publish:
                    Received[client]++;
                    int qos = (buffer[offset] >> 1) & 3;
                    if (qos > 0 && Acknowledges)
                    {
                        at += 2 + Wire.ReadUInt16(buffer, at);
                        Answer(client, qos == 1 ? PacketType.Puback : PacketType.Pubrec, Wire.ReadUInt16(buffer, at));
                    }

                    break;
                case PacketType.Pubrec:
                    Answer(client, PacketType.Pubrel, Wire.ReadUInt16(buffer, at));
                    break;
                case PacketType.Pubrel:
                    Answer(client, PacketType.Pubcomp, Wire.ReadUInt16(buffer, at));
                    break;
                case PacketType.Connack:
                    CompletedCount++;
                    SessionsPresent += buffer[at] & 1;
                    break;
                default:
                    CompletedCount++;
                    break;
            }
        }

        private void Answer(int client, int packetType, int packetIdentifier)
        {
            int at = _answerSizes[client];
            AckPacket.Write(_answers[client], at, packetType, packetIdentifier, ReasonCode.Success, ProtocolLevel.V311);
            _answerSizes[client] = at + AnswerSize;
        }
    }
}
