using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace EdgeBroker.Desktop
{
    /// <summary>
    /// A datagram socket that sends to itself: one thread waits for it to be readable, any thread makes it so, on every operating
    /// system. Connected to itself, so that nothing else can.
    /// </summary>
    internal sealed class SocketWaker : IDisposable
    {
        private readonly Lock _lock = new();
        private readonly byte[] _sent = new byte[1];
        private readonly byte[] _received = new byte[1];
        private bool _isSet;
        private bool _isDisposed;

        /// <summary>Creates a waker that is not set.</summary>
        public SocketWaker()
        {
            Socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            Socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            Socket.Connect(Socket.LocalEndPoint!);
            Socket.Blocking = false;
        }

        /// <summary>The socket to wait for.</summary>
        public Socket Socket { get; }

        /// <summary>Makes the socket readable.</summary>
        public void Set()
        {
            lock (_lock)
            {
                if (!_isSet && !_isDisposed)
                {
                    _isSet = Socket.Send(_sent, 0, 1, SocketFlags.None, out _) == 1;
                }
            }
        }

        /// <summary>Makes the socket not readable.</summary>
        public void Reset()
        {
            lock (_lock)
            {
                _ = Socket.Receive(_received, 0, 1, SocketFlags.None, out _);
                _isSet = false;
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            lock (_lock)
            {
                _isDisposed = true;
                Socket.Dispose();
            }
        }
    }
}
