using EdgeBroker.Ports;

namespace EdgeBroker.Connections
{
    /// <summary>
    /// Accepts Network Connections. One more than there may be Clients is always to be had, to answer whoever comes; to keep it
    /// free, newcomers push out those that are on their way out, and those that have said nothing.
    /// </summary>
    internal sealed class ConnectionGate
    {
        // Beyond the places of Clients a connection is there to be answered, not to be waited for.
        private const int ReserveTimeoutMs = 500;

        // The time that a packet which ends a connection has to leave, and a newcomer to say something, if others wait.
        private const int GraceMs = 100;

        // When the broker stops, the time in which newcomers are answered.
        private const int StopMs = 1000;

        // How soon to look again for a newcomer in a crowd.
        private const int LookMs = 10;

        private readonly Context _context;
        private readonly ConnectionCloser _closer;
        private readonly INetwork _network;
        private readonly ConnectionTable _connections;

        /// <summary>Makes the one for all connections.</summary>
        public ConnectionGate(Context context, ConnectionCloser closer)
        {
            _context = context;
            _closer = closer;
            _network = context.Network;
            _connections = context.Connections;
            _timeoutMs = context.Limits.ConnectTimeoutMs;
        }

        // From when on newcomers are closed without a word, in the clock's milliseconds.
        private long _closesFromMs = long.MaxValue;

        // The time for CONNECT, in milliseconds.
        private int _timeoutMs;

        /// <summary>Whether the broker stops and no Network Connection is left.</summary>
        public bool IsEmpty
        {
            get { return _closesFromMs != long.MaxValue && _connections.Count == 0; }
        }

        /// <summary>When to look for newcomers though the network can't tell of any, in the clock's milliseconds; 0 for never.</summary>
        public long NextMs
        {
            get { return IsCrowded ? _context.NowMs + LookMs : 0; }
        }

        // Whether nobody can be accepted, and somebody could be pushed out.
        private bool IsCrowded
        {
            get { return _connections.IsFull && _connections.Count > _connections.ConnectedCount; }
        }

        /// <summary>
        /// The broker is to stop: who has not sent CONNECT, and who comes within a second, has half a second to do so, to be told to
        /// come later.
        /// </summary>
        public void BeginStop()
        {
            _closesFromMs = _context.NowMs + StopMs;
            _timeoutMs = _timeoutMs < ReserveTimeoutMs ? _timeoutMs : ReserveTimeoutMs;
            for (int handle = 0; handle < _connections.End; handle++)
            {
                Connection connection = _connections.Get(handle);
                if (connection != null && connection.State < ConnectionState.Connected)
                {
                    connection.DeadlineMs = _context.NowMs + _timeoutMs;
                    _context.SetTimer(connection.DeadlineMs);
                }
            }
        }

        /// <summary>Takes in a newcomer and all that wait behind it, as far as there is room.</summary>
        /// <param name="handle">The newcomer; below 0 if none could be accepted.</param>
        public void Admit(int handle)
        {
            if (_context.NowMs >= _closesFromMs)
            {
                Refuse(handle);
                return;
            }

            while (handle >= 0 || (IsCrowded && _network.HasNew() && PushOut()))
            {
                if (handle >= 0)
                {
                    Add(handle);
                }

                handle = _network.Accept();
            }
        }

        private void Refuse(int handle)
        {
            while (handle >= 0)
            {
                _context.Counters.ConnectionsAccepted++;
                _network.Close(handle);
                handle = _network.Accept();
            }
        }

        private void Add(int handle)
        {
            _context.Counters.ConnectionsAccepted++;
            Connection connection = _connections.Add(handle, _context.NowMs);
            int timeoutMs = _timeoutMs;
            if (_connections.Count > _context.Limits.ConnectionsMax && timeoutMs > ReserveTimeoutMs)
            {
                timeoutMs = ReserveTimeoutMs;
            }

            connection.DeadlineMs = _context.NowMs + timeoutMs;
            _context.SetTimer(connection.DeadlineMs);
            _context.WakeAt(_connections.IsFull ? _context.NowMs : _context.Resources.NextLookMs);
            _context.Tell(BrokerEvent.ConnectionAccepted, handle, 0);
        }

        // The oldest goes first: of those whose last packet has left, then of those whose has not, then of those who have not
        // sent CONNECT.
        private bool PushOut()
        {
            Connection first = null;
            for (int handle = 0; handle < _connections.End; handle++)
            {
                Connection connection = _connections.Get(handle);
                if (connection != null && MayGo(connection) && (first == null || GoesBefore(connection, first)))
                {
                    first = connection;
                }
            }

            if (first == null)
            {
                return false;
            }

            _closer.Evict(first);
            return true;
        }

        private bool MayGo(Connection connection)
        {
            long nowMs = _context.NowMs;
            switch (connection.State)
            {
                case ConnectionState.Connected:
                    return false;
                case ConnectionState.Closing:
                    return nowMs - (connection.DeadlineMs - ConnectionCloser.FlushMs) >= GraceMs;
                case ConnectionState.Lingering:
                    return true;
                default:
                    return nowMs - connection.LastPacketMs >= GraceMs && !_network.HasUnread(connection.Handle);
            }
        }

        private static bool GoesBefore(Connection connection, Connection other)
        {
            if (connection.State != other.State)
            {
                return connection.State > other.State;
            }

            return connection.State < ConnectionState.Connected
                ? connection.LastPacketMs < other.LastPacketMs
                : connection.DeadlineMs < other.DeadlineMs;
        }
    }
}
