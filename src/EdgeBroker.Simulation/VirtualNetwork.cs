using EdgeBroker.Ports;

namespace EdgeBroker.Simulation
{
    /// <summary>
    /// A network in memory. One side is the broker's port; the members named Client… are the Clients at the other end.
    /// Deterministic: no thread, no clock, no chance. <see cref="Wait"/> never blocks and virtual time does not pass in it.
    /// Bytes arrive at once, unless a fault is set:
    /// - reads and sends that move only a few bytes (<see cref="ReceiveSizeMax"/>, <see cref="SendSizeMax"/>);
    /// - a Client that does not read (<see cref="SetReceiveWindow"/>);
    /// - a link that carries nothing for a while, neither bytes nor ends (<see cref="SetHalfOpen"/>);
    /// - a reset with bytes in the air (<see cref="ClientReset"/>);
    /// - more Clients than the broker accepts (<see cref="BacklogMax"/>).
    /// As with TCP, closing while the Client's bytes are unread, or before it sends more, ends in a reset at the Client,
    /// which loses what it has not yet read.
    /// </summary>
    public sealed class VirtualNetwork : INetwork
    {
        /// <summary>What <see cref="Connect"/> answers if the backlog is full.</summary>
        public const int Refused = -1;

        /// <summary>The receive window of a new link, in bytes.</summary>
        public const int ReceiveWindowDefault = 65536;

        private readonly VirtualLink[] _byHandle;
        private readonly int[] _interest;
        private readonly int[] _eventHandles;
        private readonly int[] _eventBits;
        private readonly VirtualBacklog _backlog = new VirtualBacklog();
        private readonly int _handlesMax;
        private readonly VirtualLinks _links = new VirtualLinks();
        private int _handleEnd;

        /// <summary>Creates a network without Clients.</summary>
        /// <param name="handlesMax">How many Network Connections the broker can hold: 1 or more.</param>
        public VirtualNetwork(int handlesMax)
        {
            _handlesMax = handlesMax;
            _byHandle = new VirtualLink[handlesMax];
            _interest = new int[handlesMax];
            _eventHandles = new int[handlesMax];
            _eventBits = new int[handlesMax];
            ReceiveSizeMax = int.MaxValue;
            SendSizeMax = int.MaxValue;
            BacklogMax = int.MaxValue;
        }

        /// <inheritdoc/>
        public int HandlesMax
        {
            get { return _handlesMax; }
        }

        /// <summary>The most bytes one receive of the broker gives: 1 or more. Splits what the Client sent.</summary>
        public int ReceiveSizeMax { get; set; }

        /// <summary>The most bytes one send of the broker takes: 1 or more.</summary>
        public int SendSizeMax { get; set; }

        /// <summary>The most Clients that wait to be accepted: 0 or more.</summary>
        public int BacklogMax { get; set; }

        /// <summary>The time the broker asked for in its last <see cref="Wait"/>, in milliseconds; -1 before the first.</summary>
        public int LastTimeoutMs { get; private set; } = -1;

        /// <summary>How many Clients wait to be accepted.</summary>
        public int BacklogCount
        {
            get { return _backlog.Count; }
        }

        /// <summary>How many handles are in use.</summary>
        public int OpenCount { get; private set; }

        /// <inheritdoc/>
        /// <remarks>Returns at once, with the events in the order of the handles.</remarks>
        public int Wait(int timeoutMs)
        {
            LastTimeoutMs = timeoutMs;
            int count = 0;
            for (int handle = 0; handle < _handleEnd; handle++)
            {
                VirtualLink link = _byHandle[handle];
                int interest = _interest[handle];
                if (link == null || interest == NetworkEvents.None)
                {
                    continue;
                }

                int bits = NetworkEvents.None;
                if ((interest & NetworkEvents.Readable) != 0 && link.IsReadable)
                {
                    bits |= NetworkEvents.Readable;
                }

                if ((interest & NetworkEvents.Writable) != 0 && link.IsWritable)
                {
                    bits |= NetworkEvents.Writable;
                }

                if (bits != NetworkEvents.None)
                {
                    _eventHandles[count] = handle;
                    _eventBits[count] = bits;
                    count++;
                }
            }

            return count;
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
            if (_backlog.Count == 0 || OpenCount == _handlesMax)
            {
                return NetworkResult.NoConnection;
            }

            int handle = 0;
            while (_byHandle[handle] != null)
            {
                handle++;
            }

            VirtualLink link = _links.Get(_backlog.Take());
            link.Handle = handle;
            _byHandle[handle] = link;
            _interest[handle] = NetworkEvents.Readable;
            OpenCount++;
            if (handle >= _handleEnd)
            {
                _handleEnd = handle + 1;
            }

            return handle;
        }

        /// <inheritdoc/>
        public bool HasNew()
        {
            return _backlog.Count > 0;
        }

        /// <inheritdoc/>
        public int Receive(int handle, byte[] buffer, int offset, int count)
        {
            VirtualLink link = _byHandle[handle];
            if (!link.IsReadable)
            {
                return NetworkResult.WouldBlock;
            }

            if (link.ClientBroke)
            {
                return NetworkResult.Failed;
            }

            if (link.ToServer.Count == 0)
            {
                return NetworkResult.Closed;
            }

            return link.ToServer.Read(buffer, offset, count < ReceiveSizeMax ? count : ReceiveSizeMax);
        }

        /// <inheritdoc/>
        public int Send(int handle, byte[] buffer, int offset, int count)
        {
            VirtualLink link = _byHandle[handle];
            if (link.ServerSendClosed || (link.ClientBroke && !link.HalfOpen))
            {
                return NetworkResult.Failed;
            }

            if (count > SendSizeMax)
            {
                count = SendSizeMax;
            }

            if (link.ClientClosed && !link.HalfOpen)
            {
                // As with TCP: what is sent first goes nowhere, and the answer to it makes the next send fail.
                int result = link.ServerSendRefused ? NetworkResult.Failed : count;
                link.ServerSendRefused = true;
                return result;
            }

            int room = link.ReceiveWindow - link.ToClient.Count;
            if (room <= 0)
            {
                return NetworkResult.WouldBlock;
            }

            if (count > room)
            {
                count = room;
            }

            link.ToClient.Write(buffer, offset, count);
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
            VirtualLink link = _byHandle[handle];
            return !link.HalfOpen && link.ToServer.Count > 0;
        }

        /// <inheritdoc/>
        public void CloseSend(int handle)
        {
            _byHandle[handle].ServerSendClosed = true;
        }

        /// <inheritdoc/>
        public void Close(int handle)
        {
            VirtualLink link = _byHandle[handle];
            link.Handle = -1;
            link.ServerSendClosed = true;
            link.ServerClosed = true;
            if (link.ToServer.Count > 0)
            {
                link.BreakByServer();
            }

            _byHandle[handle] = null;
            _interest[handle] = NetworkEvents.None;
            OpenCount--;
            while (_handleEnd > 0 && _byHandle[_handleEnd - 1] == null)
            {
                _handleEnd--;
            }
        }

        /// <summary>The broker's machine loses its power: all its ends are gone, and nobody waits to be accepted any more.</summary>
        public void CutServer()
        {
            while (_backlog.Count > 0)
            {
                _links.Get(_backlog.Take()).CutByServer();
            }

            for (int handle = _handleEnd - 1; handle >= 0; handle--)
            {
                VirtualLink link = _byHandle[handle];
                if (link != null)
                {
                    Close(handle);
                    link.CutByServer();
                }
            }
        }

        /// <summary>A Client connects; it can send at once, and waits to be accepted.</summary>
        /// <returns>A number for the link, used in all members named Client…, or <see cref="Refused"/>.</returns>
        public int Connect()
        {
            if (_backlog.Count >= BacklogMax)
            {
                return Refused;
            }

            VirtualLink link = new VirtualLink();
            link.ReceiveWindow = ReceiveWindowDefault;
            int number = _links.Add(link);
            _backlog.Add(number);
            return number;
        }

        /// <summary>The Client sends; all bytes are taken. After the broker closed, the answer is a reset.</summary>
        public void ClientSend(int link, byte[] data, int offset, int count)
        {
            VirtualLink target = _links.Get(link);
            if (target.ClientBroke || target.ClientSendClosed)
            {
                return;
            }

            if (target.ServerClosed)
            {
                target.BreakByServer();
                return;
            }

            target.ToServer.Write(data, offset, count);
        }

        /// <summary>The Client receives.</summary>
        /// <returns>The number of bytes; 0 if none have arrived, see <see cref="ServerClosed"/>.</returns>
        public int ClientReceive(int link, byte[] target, int offset, int count)
        {
            VirtualLink source = _links.Get(link);
            return source.HalfOpen ? 0 : source.ToClient.Read(target, offset, count);
        }

        /// <summary>How many bytes <see cref="ClientReceive"/> has for the Client.</summary>
        public int ClientAvailable(int link)
        {
            return _links.Get(link).HalfOpen ? 0 : _links.Get(link).ToClient.Count;
        }

        /// <summary>Whether the Client has read all, and sees that the broker ended its stream, in order or not.</summary>
        public bool ServerClosed(int link)
        {
            VirtualLink source = _links.Get(link);
            return !source.HalfOpen && source.ToClient.Count == 0 && (source.ServerSendClosed || source.ServerBroke);
        }

        /// <summary>Whether the Client sees a reset: it sent more than the broker read before it closed.</summary>
        public bool ServerReset(int link)
        {
            return !_links.Get(link).HalfOpen && _links.Get(link).ServerBroke;
        }

        /// <summary>The handle by which the broker knows the link, or -1 before it accepts and after it closes.</summary>
        public int HandleOf(int link)
        {
            return _links.Get(link).Handle;
        }

        /// <summary>How many of the Client's bytes the broker has not received.</summary>
        public int ServerUnread(int link)
        {
            return _links.Get(link).ToServer.Count;
        }

        /// <summary>The Client ends its outgoing stream after what it sent, and goes on receiving.</summary>
        public void ClientCloseSend(int link)
        {
            _links.Get(link).ClientSendClosed = true;
        }

        /// <summary>The Client closes after what it sent. What the broker sends from now on is lost.</summary>
        public void ClientClose(int link)
        {
            _links.Get(link).ClientSendClosed = true;
            _links.Get(link).ClientClosed = true;
        }

        /// <summary>The Client breaks the connection. What it sent and the broker has not received is lost.</summary>
        public void ClientReset(int link)
        {
            _links.Get(link).ClientBroke = true;
            _links.Get(link).ToServer.Clear();
        }

        /// <summary>How many bytes the broker can send before its sends would block.</summary>
        public int ClientWindow(int link)
        {
            int room = _links.Get(link).ReceiveWindow - _links.Get(link).ToClient.Count;
            return room > 0 ? room : 0;
        }

        /// <summary>Sets how many bytes the broker can send ahead of what the Client has received.</summary>
        /// <param name="link">The link.</param>
        /// <param name="bytes">The window in bytes; 0 for a Client that takes nothing.</param>
        public void SetReceiveWindow(int link, int bytes)
        {
            _links.Get(link).ReceiveWindow = bytes;
        }

        /// <summary>
        /// Cuts the link silently, or heals it. While it is cut, neither end sees bytes, the end of a stream or a reset of the
        /// other, unread ones included; the broker's sends still fill the window. TCP sends again after healing: nothing is lost.
        /// </summary>
        public void SetHalfOpen(int link, bool halfOpen)
        {
            _links.Get(link).HalfOpen = halfOpen;
        }

        /// <summary>
        /// Forgets a link that the broker has closed, so that its number is given again. For long runs; does nothing before.
        /// </summary>
        public void Forget(int link)
        {
            if (_links.Get(link).ServerClosed)
            {
                _links.Remove(link);
            }
        }
    }
}
