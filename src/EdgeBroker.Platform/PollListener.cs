using System;
using System.Net;
using System.Net.Sockets;
using EdgeBroker.Ports;

namespace EdgeBroker.Platform
{
    /// <summary>
    /// The listening socket of <see cref="PollNetwork"/>. On a device the network comes and goes, and a socket that listened
    /// before may throw ever after; so it is made when it is first asked for, and made anew when it keeps failing, with pauses.
    /// </summary>
    internal sealed class PollListener
    {
        /// <summary>The pause after a failure, in milliseconds.</summary>
        public const int RetryMs = 1000;

        // A Client that resets while it waits makes accept throw too. That alone must not cost the others their place.
        private const int FailuresMax = 2;

        // lwIP keeps a socket for each, out of the 16 there are.
        private const int Backlog = 4;

        private readonly IPAddress _address;
        private readonly int _port;
        private readonly IClock _clock;
        private Socket _socket;
        private bool _isPaused;
        private long _pausedUntilMs;
        private int _failureCount;
        private bool _isReady;

        public PollListener(IPAddress address, int port, IClock clock)
        {
            _address = address;
            _port = port;
            _clock = clock;
        }

        /// <summary>The port it listens at; 0 while it can't listen.</summary>
        public int LocalPort
        {
            get
            {
                try
                {
                    return _socket == null ? 0 : ((IPEndPoint)_socket.LocalEndPoint).Port;
                }
                catch (Exception)
                {
                    return 0;
                }
            }
        }

        /// <summary>Listens if it does not yet, unless it failed a moment ago.</summary>
        /// <returns>Whether it listens.</returns>
        public bool Open()
        {
            if (_isPaused && _clock.NowMs < _pausedUntilMs)
            {
                return false;
            }

            _isPaused = false;
            if (_socket != null)
            {
                return true;
            }

            try
            {
                _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                AllowReuse();
                _socket.Bind(new IPEndPoint(_address, _port));
                _socket.Listen(Backlog);
                return true;
            }
            catch (Exception)
            {
                Close();
                Pause();
                return false;
            }
        }

        /// <summary>Whether a Network Connection waits. It never blocks.</summary>
        public bool IsReady()
        {
            if (_isReady)
            {
                return true;
            }

            if (!Open())
            {
                return false;
            }

            try
            {
                _isReady = _socket.Poll(0, SelectMode.SelectRead);
                if (!_isReady)
                {
                    _failureCount = 0;
                }
            }
            catch (Exception)
            {
                Fail();
            }

            return _isReady;
        }

        /// <summary>Takes a Network Connection that waits.</summary>
        /// <returns>Its socket, or null.</returns>
        public Socket Accept()
        {
            // Accept would block where none waits, and can hang where the network is of the device's own making.
            if (!IsReady())
            {
                return null;
            }

            _isReady = false;
            try
            {
                Socket socket = _socket.Accept();
                _failureCount = 0;
                return socket;
            }
            catch (Exception)
            {
                Fail();
                return null;
            }
        }

        /// <summary>Stops listening.</summary>
        public void Close()
        {
            _isReady = false;
            _failureCount = 0;
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

        private void Fail()
        {
            _isReady = false;
            _failureCount++;
            if (_failureCount >= FailuresMax)
            {
                Close();
            }

            Pause();
        }

        private void Pause()
        {
            _isPaused = true;
            _pausedUntilMs = _clock.NowMs + RetryMs;
        }

        // lwIP refuses to bind while old connections of the same port die. A desktop's .NET does this by itself, and would go
        // further if told: it would let two programs listen at one port.
        private void AllowReuse()
        {
#if NANOFRAMEWORK_1_0
            try
            {
                _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            }
            catch (Exception)
            {
                // Without it, listening anew takes longer.
            }
#endif
        }
    }
}
