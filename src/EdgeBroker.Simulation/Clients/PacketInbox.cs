using System.Collections;
using EdgeBroker.Protocol;

namespace EdgeBroker.Simulation.Clients
{
    /// <summary>What has arrived at a Client of a <see cref="VirtualNetwork"/>: packets in order, and the end of the stream once.</summary>
    public sealed class PacketInbox
    {
        private readonly PacketDecoder _decoder = new PacketDecoder();
        private readonly ArrayList _packets = new ArrayList();
        private byte[] _buffer = new byte[1024];
        private int _count;

        /// <summary>Packets that wait to be taken.</summary>
        public int Count
        {
            get { return _packets.Count; }
        }

        /// <summary>Whether the end of the stream has come.</summary>
        public bool IsEnded { get; private set; }

        /// <summary>Forgets everything, for a new stream.</summary>
        public void Clear()
        {
            _packets.Clear();
            _count = 0;
            IsEnded = false;
        }

        /// <summary>The oldest packet, or null.</summary>
        public ReceivedPacket Take()
        {
            if (_packets.Count == 0)
            {
                return null;
            }

            ReceivedPacket packet = (ReceivedPacket)_packets[0];
            _packets.RemoveAt(0);
            return packet;
        }

        /// <summary>A packet that waits.</summary>
        public ReceivedPacket Peek(int index)
        {
            return (ReceivedPacket)_packets[index];
        }

        /// <summary>Takes what has arrived on a link.</summary>
        /// <returns>Whether there was anything.</returns>
        public bool Receive(VirtualNetwork network, int link, int level)
        {
            int available = network.ClientAvailable(link);
            if (available > 0)
            {
                Reserve(available);
                _count += network.ClientReceive(link, _buffer, _count, available);
                Split(level);
            }

            if (!IsEnded && network.ServerClosed(link))
            {
                IsEnded = true;
                Add(_count > 0 ? "torn after " + _count.ToString() : network.ServerReset(link) ? "reset" : "closed");
                return true;
            }

            return available > 0;
        }

        private void Split(int level)
        {
            int offset = 0;
            while (offset < _count)
            {
                int headerSize;
                int size = FixedHeader.ReadSize(_buffer, offset, _count - offset, out headerSize);
                if (size == FixedHeader.NeedMoreBytes || size > _count - offset)
                {
                    break;
                }

                if (size < 0)
                {
                    Add("BAD length");
                    offset = _count;
                    break;
                }

                byte[] raw = new byte[size];
                System.Array.Copy(_buffer, offset, raw, 0, size);
                _packets.Add(_decoder.Decode(raw, headerSize, level));
                offset += size;
            }

            _count -= offset;
            System.Array.Copy(_buffer, offset, _buffer, 0, _count);
        }

        private void Add(string text)
        {
            ReceivedPacket packet = new ReceivedPacket();
            packet.Text = text;
            _packets.Add(packet);
        }

        private void Reserve(int count)
        {
            if (_count + count > _buffer.Length)
            {
                byte[] larger = new byte[(_count + count) * 2];
                System.Array.Copy(_buffer, 0, larger, 0, _count);
                _buffer = larger;
            }
        }
    }
}
