using EdgeBroker.Ports;
using EdgeBroker.Protocol;

namespace EdgeBroker.Connections
{
    /// <summary>
    /// What happens to connections by time: no CONNECT in time, Keep Alive over, lingering over. They are looked at only when
    /// the earliest of them is due, so idle ones cost next to nothing.
    /// </summary>
    internal sealed class ConnectionTimers
    {
        // Timers that are due close to one another are served together.
        private const int GranularityMs = 20;

        // A packet that trickles in counts as a sign of life for this many Keep Alives, then no longer.
        private const int TrickleFactor = 4;

        private readonly Context _context;
        private readonly ConnectionCloser _closer;

        /// <summary>Makes the one for all connections.</summary>
        public ConnectionTimers(Context context, ConnectionCloser closer)
        {
            _context = context;
            _closer = closer;
        }

        /// <summary>Serves the timers that are due.</summary>
        public void RunDue()
        {
            long nowMs = _context.NowMs;
            if (_context.ConnectionDueMs == 0 || nowMs < _context.ConnectionDueMs)
            {
                return;
            }

            _context.ConnectionDueMs = 0;
            long soonestMs = nowMs + GranularityMs;
            ConnectionTable connections = _context.Connections;
            for (int handle = connections.End - 1; handle >= 0; handle--)
            {
                Connection connection = connections.Get(handle);
                if (connection == null)
                {
                    continue;
                }

                if (connection.Session != null && connection.Session.Walk != null)
                {
                    // It may wait for room.
                    _context.Activate(connection.Session);
                }

                long dueMs = DueMs(connection);
                if (dueMs != 0 && nowMs >= dueMs)
                {
                    Expire(connection);
                }
                else if (dueMs != 0)
                {
                    _context.SetTimer(dueMs > soonestMs ? dueMs : soonestMs);
                }
            }
        }

        // When something has to happen to the connection; 0 for never.
        private long DueMs(Connection connection)
        {
            if (connection.State != ConnectionState.Connected)
            {
                return connection.DeadlineMs;
            }

            long keepAliveMs = connection.KeepAliveMs;
            if (keepAliveMs == 0)
            {
                return 0;
            }

            long dueMs = connection.LastPacketMs + keepAliveMs;
            if (_context.NowMs >= dueMs)
            {
                // No whole packet in time: bytes of one that comes slowly, or that nobody reads while an earlier one waits,
                // are a sign of life as well, but not for ever.
                bool isHeldBack = connection.WaitingSinceMs != 0 || (connection.Interest & NetworkEvents.Readable) == 0;
                long lastMs = isHeldBack && _context.Network.HasUnread(connection.Handle)
                    ? _context.NowMs
                    : connection.LastByteMs;
                long latestMs = connection.LastPacketMs + keepAliveMs * TrickleFactor;
                dueMs = lastMs + keepAliveMs < latestMs ? lastMs + keepAliveMs : latestMs;
            }

            return dueMs;
        }

        private void Expire(Connection connection)
        {
            if (connection.State == ConnectionState.Connected)
            {
                // [MQTT-3.1.2-24] [MQTT5-3.1.2-22]
                _closer.Disconnect(connection, ReasonCode.KeepAliveTimeout);
            }
            else if (connection.State < ConnectionState.Closing)
            {
                // A CONNECT has to come in a reasonable time (section 3.1.4 of both standards).
                _closer.Disconnect(connection, ReasonCode.MaximumConnectTime);
            }
            else
            {
                _closer.Evict(connection);
            }
        }
    }
}
