using System;
using System.Net;
using System.Net.Sockets;

namespace EdgeBroker.Esp32.Dhcp
{
    /// <summary>
    /// The DHCP server of the device's own network: one UDP socket, looked at between the ticks of the broker, without a thread
    /// of its own.
    /// </summary>
    internal sealed class DhcpServer
    {
        /// <summary>The sockets it takes.</summary>
        public const int Sockets = 1;

        private const int ServerPort = 67;
        private const int ClientPort = 68;

        // What every client of DHCP keeps to, unless told that more is welcome.
        private const int RequestSizeMax = 576;

        // All stations may come back at once after a power cut; the broker has its turn in between.
        private const int RequestsPerRound = 4;

        private readonly IPAddress _address;
        private readonly ILog _log;
        private readonly DhcpResponder _responder;
        private readonly IPEndPoint _everybody = new IPEndPoint(IPAddress.Broadcast, ClientPort);
        private readonly byte[] _request = new byte[RequestSizeMax];
        private readonly byte[] _reply = new byte[DhcpResponder.ReplySize];
        private Socket _socket;
        private bool _hasFailed;

        /// <summary>Creates the server.</summary>
        /// <param name="address">The address of the device in its network.</param>
        /// <param name="log">Where it says that it fails.</param>
        public DhcpServer(IPAddress address, ILog log)
        {
            _address = address;
            _log = log;
            _responder = new DhcpResponder(address.GetAddressBytes());
        }

        /// <summary>Answers what has arrived. It never blocks nor throws.</summary>
        /// <param name="nowMs">The time.</param>
        public void Poll(long nowMs)
        {
            try
            {
                if (_socket == null)
                {
                    Open();
                }

                for (int i = 0; i < RequestsPerRound && _socket.Poll(0, SelectMode.SelectRead); i++)
                {
                    int count = _socket.Receive(_request, 0, _request.Length, SocketFlags.None);
                    int size = _responder.Reply(_request, count, _reply, nowMs);
                    if (size > 0)
                    {
                        _socket.SendTo(_reply, 0, size, SocketFlags.None, _everybody);
                    }
                }

                _hasFailed = false;
            }
            catch (Exception exception)
            {
                // No network at the moment, or none that takes a broadcast. Stations ask again; so does this.
                Close();
                if (!_hasFailed)
                {
                    _hasFailed = true;
                    _log.Line("no addresses can be given: " + exception.GetType().FullName);
                }
            }
        }

        /// <summary>Stops serving, until <see cref="Poll"/> is called again.</summary>
        public void Close()
        {
            if (_socket == null)
            {
                return;
            }

            try
            {
                _socket.Close();
            }
            catch (Exception)
            {
                // It is given up in any case.
            }

            _socket = null;
        }

        // Bound to the device's address rather than to any: by it lwIP finds the interface that a broadcast goes out by.
        private void Open()
        {
            Socket socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            _socket = socket;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Broadcast, true);
            socket.Bind(new IPEndPoint(_address, ServerPort));
        }
    }
}
