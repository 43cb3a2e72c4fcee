using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using EdgeBroker.Ports;

namespace EdgeBroker.Platform
{
    /// <summary>
    /// The network of a device, on as much of Socket as nanoFramework has: each connection is polled, in rounds with a short
    /// sleep between them. It runs on the desktop too, where tests use it. It allocates only when it accepts.
    /// A Network Connection whose socket threw is remembered as broken; the broker hears of it as
    /// <see cref="NetworkResult.Failed"/>.
    /// Invariant: <c>_sockets[h]</c> is null exactly if h is free, and then <c>_interest[h]</c> is none.
    /// </summary>
    public sealed class PollNetwork : INetwork, IDisposable
    {
        // The device's clock ticks at this rate: a shorter sleep is no shorter.
        private const int SleepMs = 10;

        // Poll says "writable" if lwIP has about 2,800 bytes free. Send blocks until all is taken, so no more than surely fits.
        private const int SendSizeMax = 1440;

        // What is known of a connection until it is next used, as bits beside those of NetworkEvents.
        private const byte Broken = 4;

        private readonly PollListener _listener;
        private readonly IClock _clock;
        private readonly int _handlesMax;
        private readonly Socket[] _sockets;
        private readonly byte[] _interest;
        private readonly byte[] _known;
        private readonly byte[] _eventHandles;
        private readonly byte[] _eventBits;
        private int _openCount;

        /// <summary>Creates the network. It listens from the first time it can, and again after it could not.</summary>
        /// <param name="address">The address to listen at; <see cref="IPAddress.Any"/> for all of the device.</param>
        /// <param name="port">The port, from 1 to 65,535, or 0 for any free one.</param>
        /// <param name="handlesMax">
        /// How many Network Connections can be open: from 1 to 255. The device has 16 sockets (8 on a C3) for all purposes.
        /// </param>
        /// <param name="clock">Says when a wait and a pause are over.</param>
        public PollNetwork(IPAddress address, int port, int handlesMax, IClock clock)
        {
            _listener = new PollListener(address, port, clock);
            _clock = clock;
            _handlesMax = handlesMax;
            _sockets = new Socket[handlesMax];
            _interest = new byte[handlesMax];
            _known = new byte[handlesMax];
            _eventHandles = new byte[handlesMax];
            _eventBits = new byte[handlesMax];
            _listener.Open();
        }

        /// <inheritdoc/>
        public int HandlesMax
        {
            get { return _handlesMax; }
        }

        /// <summary>The port it listens at; 0 while it can't listen.</summary>
        public int LocalPort
        {
            get { return _listener.LocalPort; }
        }

        /// <inheritdoc/>
        public int Wait(int timeoutMs)
        {
            long endMs = _clock.NowMs + timeoutMs;
            while (true)
            {
                int count = CollectEvents();
                if (count > 0 || (_openCount < _handlesMax && _listener.IsReady()))
                {
                    return count;
                }

                long leftMs = endMs - _clock.NowMs;
                if (leftMs <= 0)
                {
                    return 0;
                }

                Thread.Sleep(leftMs < SleepMs ? (int)leftMs : SleepMs);
            }
        }

        /// <inheritdoc/>
        public int GetEvent(int index, out int handle)
        {
            handle = _eventHandles[index];
            return _eventBits[index];
        }

        /// <inheritdoc/>
        public int Accept()
        {
            if (_openCount == _handlesMax)
            {
                return NetworkResult.NoConnection;
            }

            Socket socket = _listener.Accept();
            if (socket == null)
            {
                return NetworkResult.NoConnection;
            }

            int handle = 0;
            while (_sockets[handle] != null)
            {
                handle++;
            }

            _sockets[handle] = socket;
            _interest[handle] = NetworkEvents.Readable;
            _known[handle] = NetworkEvents.None;
            _openCount++;
            try
            {
                // The broker writes what it has in one piece, so there is nothing to gain from holding bytes back.
                socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay, true);
            }
            catch (Exception)
            {
                // Slower without; and if the connection is broken, the first receive says so.
            }

            return handle;
        }

        /// <inheritdoc/>
        public bool HasNew()
        {
            return _listener.IsReady();
        }

        /// <inheritdoc/>
        public int Receive(int handle, byte[] buffer, int offset, int count)
        {
            if (!IsReady(handle, NetworkEvents.Readable))
            {
                return NetworkResult.WouldBlock;
            }

            if ((_known[handle] & Broken) != 0)
            {
                return NetworkResult.Failed;
            }

            _known[handle] = NetworkEvents.None;
            try
            {
                int result = _sockets[handle].Receive(buffer, offset, count, SocketFlags.None);
                return result > 0 ? result : NetworkResult.Closed;
            }
            catch (Exception)
            {
                _known[handle] = Broken;
                return NetworkResult.Failed;
            }
        }

        /// <inheritdoc/>
        public int Send(int handle, byte[] buffer, int offset, int count)
        {
            int sent = 0;
            while (sent < count && IsReady(handle, NetworkEvents.Writable) && (_known[handle] & Broken) == 0)
            {
                // What is known of the other direction holds on.
                _known[handle] &= NetworkEvents.Readable;
                int size = count - sent;
                try
                {
                    int result = _sockets[handle].Send(
                        buffer,
                        offset + sent,
                        size < SendSizeMax ? size : SendSizeMax,
                        SocketFlags.None);
                    if (result <= 0)
                    {
                        _known[handle] = Broken;
                    }
                    else
                    {
                        sent += result;
                    }
                }
                catch (Exception)
                {
                    _known[handle] = Broken;
                }
            }

            if (sent > 0)
            {
                return sent;
            }

            return (_known[handle] & Broken) != 0 ? NetworkResult.Failed : NetworkResult.WouldBlock;
        }

        /// <inheritdoc/>
        public void SetInterest(int handle, int events)
        {
            _interest[handle] = (byte)events;
        }

        /// <inheritdoc/>
        public bool HasUnread(int handle)
        {
            try
            {
                return _sockets[handle].Available > 0;
            }
            catch (Exception)
            {
                _known[handle] = Broken;
                return false;
            }
        }

        /// <inheritdoc/>
        /// <remarks>Does nothing: the device's Socket has no Shutdown.</remarks>
        public void CloseSend(int handle)
        {
        }

        /// <inheritdoc/>
        public void Close(int handle)
        {
            try
            {
                _sockets[handle].Close();
            }
            catch (Exception)
            {
                // It is given up in any case.
            }

            _sockets[handle] = null;
            _interest[handle] = NetworkEvents.None;
            _openCount--;
        }

        /// <summary>
        /// Listens anew, for a network that was lost and is back: the socket that listened before may never hear of it. Open
        /// Network Connections stay.
        /// </summary>
        public void Relisten()
        {
            _listener.Close();
            _listener.Open();
        }

        /// <summary>Closes all Network Connections and stops listening.</summary>
        public void Dispose()
        {
            for (int handle = 0; handle < _handlesMax; handle++)
            {
                if (_sockets[handle] != null)
                {
                    Close(handle);
                }
            }

            _listener.Close();
        }

        private int CollectEvents()
        {
            int count = 0;
            for (int handle = 0; handle < _handlesMax; handle++)
            {
                int interest = _interest[handle];
                int bits = NetworkEvents.None;
                if ((interest & NetworkEvents.Readable) != 0 && IsReady(handle, NetworkEvents.Readable))
                {
                    bits = NetworkEvents.Readable;
                }

                if ((interest & NetworkEvents.Writable) != 0 && IsReady(handle, NetworkEvents.Writable))
                {
                    bits |= NetworkEvents.Writable;
                }

                if (bits != NetworkEvents.None)
                {
                    _eventHandles[count] = (byte)handle;
                    _eventBits[count] = (byte)bits;
                    count++;
                }
            }

            return count;
        }

        // Polls, unless the answer is known since the last poll: on the device a native call is what costs. A broken connection is
        // ready for all.
        private bool IsReady(int handle, int networkEvent)
        {
            if ((_known[handle] & (networkEvent | Broken)) != 0)
            {
                return true;
            }

            SelectMode mode = networkEvent == NetworkEvents.Readable ? SelectMode.SelectRead : SelectMode.SelectWrite;
            try
            {
                if (!_sockets[handle].Poll(0, mode))
                {
                    return false;
                }

                _known[handle] |= (byte)networkEvent;
            }
            catch (Exception)
            {
                _known[handle] = Broken;
            }

            return true;
        }
    }
}
