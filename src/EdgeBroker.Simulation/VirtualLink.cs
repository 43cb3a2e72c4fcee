namespace EdgeBroker.Simulation
{
    /// <summary>
    /// One simulated Network Connection: two pipes, what each end has done to it, and its faults.
    /// It does not know handles, interest or limits on how much a call moves: those are <see cref="VirtualNetwork"/>'s.
    /// Invariants: bytes move only in the direction of an end that has not closed; a broken link carries nothing to the
    /// broker.
    /// </summary>
    internal sealed class VirtualLink
    {
        /// <summary>Bytes on their way from the Client to the broker.</summary>
        public readonly VirtualPipe ToServer = new VirtualPipe();

        /// <summary>Bytes on their way from the broker to the Client.</summary>
        public readonly VirtualPipe ToClient = new VirtualPipe();

        /// <summary>The broker's handle, or -1 before it accepts and after it closes.</summary>
        public int Handle = -1;

        /// <summary>Unread bytes toward the Client at which sends stop, in bytes.</summary>
        public int ReceiveWindow;

        /// <summary>Nothing arrives at either end, but nothing is lost either: a cable that is out.</summary>
        public bool HalfOpen;

        /// <summary>The Client ended its outgoing stream.</summary>
        public bool ClientSendClosed;

        /// <summary>The Client closed its end: it takes no more bytes.</summary>
        public bool ClientClosed;

        /// <summary>The broker has learned, by a send, that the Client no longer takes bytes.</summary>
        public bool ServerSendRefused;

        /// <summary>The Client broke the connection.</summary>
        public bool ClientBroke;

        /// <summary>The broker ended its outgoing stream.</summary>
        public bool ServerSendClosed;

        /// <summary>The broker closed its end.</summary>
        public bool ServerClosed;

        /// <summary>The broker closed its end before it had read all; so TCP answers the Client with a reset.</summary>
        public bool ServerBroke;

        /// <summary>Whether a receive by the broker would answer something else than "would block".</summary>
        public bool IsReadable
        {
            get { return !HalfOpen && (ClientBroke || ClientSendClosed || ToServer.Count > 0); }
        }

        /// <summary>Whether a send by the broker would answer something else than "would block".</summary>
        public bool IsWritable
        {
            get
            {
                bool refused = !HalfOpen && (ClientBroke || ClientClosed);
                return refused || ServerSendClosed || ToClient.Count < ReceiveWindow;
            }
        }

        /// <summary>The broker's machine has lost its power.</summary>
        public void CutByServer()
        {
            ServerSendClosed = true;
            ServerClosed = true;
            BreakByServer();
        }

        /// <summary>Answers the Client with a reset, which takes what it has not read with it.</summary>
        public void BreakByServer()
        {
            ServerBroke = true;
            ToClient.Clear();
        }
    }
}
