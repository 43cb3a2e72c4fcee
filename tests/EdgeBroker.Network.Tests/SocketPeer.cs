using System;
using System.Net;
using System.Net.Sockets;

namespace EdgeBroker.Network.Tests
{
    /// <summary>A Client's end over loopback.</summary>
    internal sealed class SocketPeer : IPeer
    {
        // Only a failing test waits as long.
        private const int PatienceMs = 10_000;

        private readonly Socket _socket;

        public SocketPeer(IPEndPoint server)
        {
            IPAddress address = server.Address;
            if (address.Equals(IPAddress.Any))
            {
                address = IPAddress.Loopback;
            }

            _socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            {
                NoDelay = true,
                ReceiveTimeout = PatienceMs,
                SendTimeout = PatienceMs,
            };
            _socket.Connect(new IPEndPoint(address, server.Port));
        }

        public string LocalEndpoint => _socket.LocalEndPoint!.ToString()!;

        public void Send(byte[] data)
        {
            _socket.Send(data);
        }

        public byte[] Receive(int count)
        {
            byte[] buffer = new byte[count];
            int length = 0;
            while (length < count)
            {
                int result = _socket.Receive(buffer, length, count - length, SocketFlags.None, out SocketError error);
                if (result <= 0 || error != SocketError.Success)
                {
                    break;
                }

                length += result;
            }

            return buffer.AsSpan(0, length).ToArray();
        }

        public bool IsAtEnd()
        {
            return _socket.Receive(new byte[1], 0, 1, SocketFlags.None, out SocketError error) == 0 && error == SocketError.Success;
        }

        public void CloseSend()
        {
            _socket.Shutdown(SocketShutdown.Send);
        }

        public void Close()
        {
            _socket.Shutdown(SocketShutdown.Both);
            _socket.Close();
        }

        public void Reset()
        {
            _socket.LingerState = new LingerOption(true, 0);
            _socket.Close();
        }

        public void Dispose()
        {
            _socket.Dispose();
        }
    }
}
