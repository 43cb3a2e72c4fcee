using EdgeBroker.Connections;
using EdgeBroker.Delivery;
using EdgeBroker.Protocol;
using EdgeBroker.Sessions;

namespace EdgeBroker.Overload
{
    /// <summary>
    /// The ladder's fourth step: disconnects the Client that holds the most of what is short, one at a time, and keeps it away
    /// for the time that it was told. Its Session stays if it is durable.
    /// </summary>
    internal sealed class Shedder
    {
        // Others wait for who does not read each time that it comes. The second time within so long it has to stay away so long.
        private const int QuotaMs = 30000;
        private const int AwayMs = 9000;

        private readonly Context _context;
        private readonly ConnectionCloser _closer;
        private readonly ReplySender _replies;
        private readonly RetryTable _retries;

        /// <summary>Makes the one for all connections.</summary>
        public Shedder(Context context, ConnectionCloser closer, ReplySender replies, RetryTable retries)
        {
            _context = context;
            _closer = closer;
            _replies = replies;
            _retries = retries;
        }

        /// <summary>Disconnects the Client that holds the most buffers, of those that do nothing to give them back.</summary>
        /// <returns>Whether there was one.</returns>
        public bool ShedLargest()
        {
            ConnectionTable connections = _context.Connections;
            Connection largest = null;
            int most = 0;
            for (int handle = 0; handle < connections.End; handle++)
            {
                Connection connection = connections.Get(handle);
                if (connection == null || connection.State >= ConnectionState.Closing || IsMoving(connection))
                {
                    continue;
                }

                int held = (connection.Outbox.Bytes == null ? 0 : connection.Outbox.Bytes.Length)
                    + (connection.Tail == null ? 0 : connection.Tail.Length);
                if (held > most)
                {
                    most = held;
                    largest = connection;
                }
            }

            if (largest == null)
            {
                return false;
            }

            Shed(largest, ReasonCode.ServerBusy);
            return true;
        }

        /// <summary>Disconnects a Client and keeps it away.</summary>
        /// <param name="connection">Which.</param>
        /// <param name="reasonCode">What a 5.0 Client is told.</param>
        public void Shed(Connection connection, int reasonCode)
        {
            // Its Session may end now.
            int hash = connection.Session == null ? 0 : connection.Session.Hash;
            bool isConnected = connection.Session != null;
            _closer.Disconnect(connection, reasonCode);
            _context.Counters.ClientsShed++;
            if (isConnected)
            {
                if (!connection.IsV5)
                {
                    // It can't be told, and has to stay away all the same.
                    _replies.RetryProperty(connection);
                }

                _retries.Hold(hash, _context.NowMs, _replies.LastRetryMs);
            }
        }

        /// <summary>
        /// Disconnects a Client that does not read what fills its own queue. It may come back at once, but not again and again.
        /// </summary>
        public void ShedForQuota(Connection connection)
        {
            int hash = connection.Session.Hash;
            _closer.Disconnect(connection, ReasonCode.QuotaExceeded);
            _context.Counters.ClientsShed++;
            bool isRate;

            // That it had to go before is in the same table, as if that were another Client.
            if (_retries.WaitMs(~hash, _context.NowMs, out isRate) > 0)
            {
                _retries.Hold(hash, _context.NowMs, AwayMs);
            }

            _retries.Hold(~hash, _context.NowMs, QuotaMs);
        }

        /// <summary>Ends a Session, for what its queue holds.</summary>
        public void EndSession(Session session)
        {
            _closer.EndSession(session);
        }

        // Whether the Client takes what it is sent, and sends what it has begun.
        private bool IsMoving(Connection connection)
        {
            Session session = connection.Session;
            bool takes = connection.Outbox.IsEmpty || (session != null && !_context.IsStalled(session));
            return takes && (connection.Tail == null || connection.LastPacketMs > _context.NowMs - _context.Limits.WaitMs);
        }
    }
}
