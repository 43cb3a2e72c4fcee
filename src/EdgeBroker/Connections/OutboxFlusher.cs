using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Sessions;

namespace EdgeBroker.Connections
{
    /// <summary>Sends what is in the outboxes: one write per Client and tick.</summary>
    internal sealed class OutboxFlusher
    {
        private readonly Context _context;
        private readonly ConnectionCloser _closer;
        private readonly INetwork _network;
        private readonly ConnectionTable _connections;
        private readonly Counters _counters;

        /// <summary>Makes the one for all connections.</summary>
        public OutboxFlusher(Context context, ConnectionCloser closer)
        {
            _context = context;
            _closer = closer;
            _network = context.Network;
            _connections = context.Connections;
            _counters = context.Counters;
        }

        /// <summary>Sends for every connection that has something to send.</summary>
        public void FlushAll()
        {
            ConnectionTable connections = _connections;
            Connection connection = connections.FirstDirty;
            while (connection != null)
            {
                connections.FirstDirty = connection.NextDirty;
                connection.NextDirty = null;
                connection.IsDirty = false;
                if (connection.Handle >= 0)
                {
                    Flush(connection);
                }

                connection = connections.FirstDirty;
            }
        }

        private void Flush(Connection connection)
        {
            Outbox outbox = connection.Outbox;
            Session session = connection.Session;
            if (outbox.Bytes != null)
            {
                int count = _network.Send(connection.Handle, outbox.Bytes, outbox.Start, outbox.End - outbox.Start);
                if (count > 0)
                {
                    _counters.BytesSent += count;
                    outbox.Remove(count);
                    if (session != null)
                    {
                        session.LastProgressMs = _context.NowMs;
                    }
                }
                else if (count == NetworkResult.Failed)
                {
                    _closer.Lost(connection, count);
                    return;
                }
            }

            if (outbox.Bytes != null)
            {
                _closer.SetInterest(connection, connection.Interest | NetworkEvents.Writable);
                return;
            }

            if (connection.State == ConnectionState.Closing)
            {
                _closer.Flushed(connection);
                return;
            }

            if ((connection.Interest & NetworkEvents.Writable) != 0)
            {
                _closer.SetInterest(connection, connection.Interest & ~NetworkEvents.Writable);
            }

            if (session != null && (session.NextToSend != DeliveryPool.None || session.IsOwedRetained))
            {
                // There is room again: the queue can go on.
                _context.Activate(session);
            }
        }
    }
}
