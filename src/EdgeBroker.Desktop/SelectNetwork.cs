using System;
using System.Collections;
using System.Net;
using System.Net.Sockets;
using EdgeBroker.Ports;

namespace EdgeBroker.Desktop
{
    /// <summary>
    /// The network on any operating system, by .NET's own sockets, non-blocking, and <see cref="Socket.Select(IList, IList,
    /// IList, int)"/>. Each wait costs in proportion to the open connections; for thousands there is <see cref="EpollNetwork"/>.
    /// Invariant: <c>_sockets[h]</c> is null exactly if h is free.
    /// </summary>
    public sealed class SelectNetwork : DesktopNetwork
    {
        // How long no connection is accepted after the system ran out of files, unless one is closed before.
        private const int PauseMs = 1000;

        // Connections that break while they wait are skipped, but not for ever.
        private const int AcceptTriesMax = 16;

        // Select counts in microseconds, in 32 bits. A wait may end early.
        private const int TimeoutMsMax = 1_000_000;

        private readonly Socket _listener;
        private readonly SocketWaker _waker = new();
        private readonly int _handlesMax;
        private readonly ArrayList _readable = new();
        private readonly ArrayList _writable = new();
        private Socket?[] _sockets = new Socket?[16];
        private byte[] _interest = new byte[16];
        private int[] _eventHandles = new int[16];
        private byte[] _eventBits = new byte[16];
        private int _handleEnd;
        private int _openCount;
        private bool _listenerReady = true;
        private long _pausedUntilMs = long.MinValue;
        private bool _isDisposed;

        /// <summary>Takes an address and port. See <see cref="DesktopNetwork.Bind"/> for the parameters.</summary>
        /// <exception cref="ListenException">They cannot be had.</exception>
        public SelectNetwork(string address, int port, int handlesMax)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(handlesMax, 1);
            IPAddress parsed = ParseAddress(address, port);
            _handlesMax = handlesMax;
            _listener = MakeListener(parsed, port);
            LocalEndpoint = (IPEndPoint)_listener.LocalEndPoint!;
        }

        /// <inheritdoc/>
        public override int HandlesMax => _handlesMax;

        /// <inheritdoc/>
        public override IPEndPoint LocalEndpoint { get; }

        /// <inheritdoc/>
        public override int OpenCount => _openCount;

        /// <inheritdoc/>
        public override void StartListening()
        {
            try
            {
                _listener.Listen(Backlog);
            }
            catch (SocketException exception)
            {
                throw ListenException.From(exception.SocketErrorCode, LocalEndpoint.Address, LocalEndpoint.Port);
            }
        }

        /// <inheritdoc/>
        public override int Wait(int timeoutMs)
        {
            if (_pausedUntilMs != long.MinValue)
            {
                timeoutMs = Math.Min(timeoutMs, PauseMs);
                if (Environment.TickCount64 >= _pausedUntilMs)
                {
                    _pausedUntilMs = long.MinValue;
                }
            }

            CollectSockets();
            Socket.Select(_readable, _writable, null, Math.Clamp(timeoutMs, 0, TimeoutMsMax) * 1000);
            return CollectEvents();
        }

        /// <inheritdoc/>
        public override int GetEvent(int index, out int handle)
        {
            handle = _eventHandles[index];
            return _eventBits[index] & _interest[handle];
        }

        /// <inheritdoc/>
        public override int Accept()
        {
            for (int i = 0; i < AcceptTriesMax && _listenerReady && _openCount < _handlesMax; i++)
            {
                try
                {
                    _listenerReady = _listener.Poll(0, SelectMode.SelectRead);
                    if (!_listenerReady)
                    {
                        return NetworkResult.NoConnection;
                    }

                    return Open(_listener.Accept());
                }
                catch (SocketException exception)
                {
                    if (exception.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
                    {
                        // The connection stays in the backlog and would end each wait at once.
                        _listenerReady = false;
                        _pausedUntilMs = Environment.TickCount64 + PauseMs;
                        return NetworkResult.NoConnection;
                    }
                }
            }

            return NetworkResult.NoConnection;
        }

        /// <inheritdoc/>
        public override bool HasNew()
        {
            bool hasNew = _pausedUntilMs == long.MinValue && _listener.Poll(0, SelectMode.SelectRead);
            _listenerReady |= hasNew;
            return hasNew;
        }

        /// <inheritdoc/>
        public override int Receive(int handle, byte[] buffer, int offset, int count)
        {
            int result = SocketAt(handle).Receive(buffer, offset, count, SocketFlags.None, out SocketError error);
            if (error != SocketError.Success)
            {
                return ResultOf(error);
            }

            return result == 0 && count > 0 ? NetworkResult.Closed : result;
        }

        /// <inheritdoc/>
        public override int Send(int handle, byte[] buffer, int offset, int count)
        {
            int result = SocketAt(handle).Send(buffer, offset, count, SocketFlags.None, out SocketError error);

            // A send that took a part and then would block has both a count and an error.
            return result > 0 || error == SocketError.Success ? result : ResultOf(error);
        }

        /// <inheritdoc/>
        public override void SetInterest(int handle, int events)
        {
            _interest[handle] = (byte)events;
        }

        /// <inheritdoc/>
        public override bool HasUnread(int handle)
        {
            try
            {
                return SocketAt(handle).Available > 0;
            }
            catch (SocketException)
            {
                return false;
            }
        }

        /// <inheritdoc/>
        public override void CloseSend(int handle)
        {
            try
            {
                SocketAt(handle).Shutdown(SocketShutdown.Send);
            }
            catch (SocketException)
            {
                // The peer was quicker: there is no stream to end.
            }
        }

        /// <inheritdoc/>
        public override void Close(int handle)
        {
            SocketAt(handle).Dispose();
            _sockets[handle] = null;
            _interest[handle] = NetworkEvents.None;
            _openCount--;
            _pausedUntilMs = long.MinValue;
            while (_handleEnd > 0 && _sockets[_handleEnd - 1] == null)
            {
                _handleEnd--;
            }
        }

        /// <inheritdoc/>
        public override void Wake()
        {
            _waker.Set();
        }

        /// <inheritdoc/>
        public override string RemoteEndpoint(int handle)
        {
            try
            {
                return SocketAt(handle).RemoteEndPoint?.ToString() ?? "unknown";
            }
            catch (SocketException)
            {
                return "unknown";
            }
        }

        /// <inheritdoc/>
        public override void Dispose()
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            _listener.Dispose();
            CloseAll();
            _waker.Dispose();
        }

        private protected override bool IsOpen(int handle) => handle < _sockets.Length && _sockets[handle] != null;

        private static Socket MakeListener(IPAddress address, int port)
        {
            Socket? listener = null;
            try
            {
                listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                listener.Blocking = false;
                if (address.AddressFamily == AddressFamily.InterNetworkV6)
                {
                    listener.DualMode = true;
                }

                if (OperatingSystem.IsWindows())
                {
                    // There, two programs can otherwise listen at one port and share its connections by chance.
                    listener.ExclusiveAddressUse = true;
                }

                listener.Bind(new IPEndPoint(address, port));
                return listener;
            }
            catch (SocketException exception)
            {
                listener?.Dispose();
                throw ListenException.From(exception.SocketErrorCode, address, port);
            }
        }

        private static int ResultOf(SocketError error)
        {
            return error is SocketError.WouldBlock or SocketError.Interrupted or SocketError.IOPending
                ? NetworkResult.WouldBlock
                : NetworkResult.Failed;
        }

        private Socket SocketAt(int handle)
        {
            return _sockets[handle] ?? throw new ObjectDisposedException(nameof(SelectNetwork));
        }

        private int Open(Socket socket)
        {
            try
            {
                socket.Blocking = false;
                socket.NoDelay = true;
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
                socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveIdleS);
                socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveIntervalS);
                socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveCount);
            }
            catch (SocketException)
            {
                // Broken already: its first receive says so.
            }

            int handle = 0;
            while (handle < _handleEnd && _sockets[handle] != null)
            {
                handle++;
            }

            if (handle == _sockets.Length)
            {
                int length = _sockets.Length * 2;
                Array.Resize(ref _sockets, length);
                Array.Resize(ref _interest, length);
                Array.Resize(ref _eventHandles, length);
                Array.Resize(ref _eventBits, length);
            }

            _sockets[handle] = socket;
            _interest[handle] = NetworkEvents.Readable;
            _handleEnd = Math.Max(_handleEnd, handle + 1);
            _openCount++;
            return handle;
        }

        private void CollectSockets()
        {
            _readable.Clear();
            _writable.Clear();
            for (int handle = 0; handle < _handleEnd; handle++)
            {
                if ((_interest[handle] & NetworkEvents.Readable) != 0)
                {
                    _readable.Add(_sockets[handle]);
                }

                if ((_interest[handle] & NetworkEvents.Writable) != 0)
                {
                    _writable.Add(_sockets[handle]);
                }
            }

            // After the connections, so that these are found in the order of their handles.
            _readable.Add(_waker.Socket);
            if (_openCount < _handlesMax && _pausedUntilMs == long.MinValue)
            {
                _readable.Add(_listener);
            }
        }

        // What is ready is left in the lists, in the order in which it was put there.
        private int CollectEvents()
        {
            int count = 0;
            int readable = 0;
            int writable = 0;
            for (int handle = 0; handle < _handleEnd; handle++)
            {
                byte bits = NetworkEvents.None;
                Socket? socket = _sockets[handle];
                if (socket != null && readable < _readable.Count && ReferenceEquals(_readable[readable], socket))
                {
                    bits |= NetworkEvents.Readable;
                    readable++;
                }

                if (socket != null && writable < _writable.Count && ReferenceEquals(_writable[writable], socket))
                {
                    bits |= NetworkEvents.Writable;
                    writable++;
                }

                if (bits != NetworkEvents.None)
                {
                    _eventHandles[count] = handle;
                    _eventBits[count] = bits;
                    count++;
                }
            }

            if (readable < _readable.Count && ReferenceEquals(_readable[readable], _waker.Socket))
            {
                _waker.Reset();
                readable++;
            }

            _listenerReady |= readable < _readable.Count;
            return count;
        }
    }
}
