using System;
using EdgeBroker.Simulation;

namespace EdgeBroker.Network.Tests
{
    /// <summary>A Client's end in memory.</summary>
    internal sealed class VirtualPeer : IPeer
    {
        private readonly VirtualNetwork _network;
        private readonly int _link;

        public VirtualPeer(VirtualNetwork network)
        {
            _network = network;
            _link = network.Connect();
        }

        public void Send(byte[] data)
        {
            _network.ClientSend(_link, data, 0, data.Length);
        }

        public byte[] Receive(int count)
        {
            byte[] buffer = new byte[count];
            int length = _network.ClientReceive(_link, buffer, 0, count);
            return buffer.AsSpan(0, length).ToArray();
        }

        public bool IsAtEnd()
        {
            return _network.ServerClosed(_link) && !_network.ServerReset(_link);
        }

        public void CloseSend()
        {
            _network.ClientCloseSend(_link);
        }

        public void Close()
        {
            _network.ClientClose(_link);
        }

        public void Reset()
        {
            _network.ClientReset(_link);
        }

        public void Dispose()
        {
        }
    }
}
