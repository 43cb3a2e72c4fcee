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

        /// <summary>Makes the one for all connections.</summary>
        public OutboxFlusher(Context context, ConnectionCloser closer)
        {
            _context = context;
            _closer = closer;
        }

        /// <summary>Sends for every connection that has something to send.</summary>
        public void FlushAll()
        {
            ConnectionTable connections = _context.Connections;
            while (connections.DirtyCount > 0)
            {
                Connection connection = connections.TakeDirty();
                if (connections.IsOpen(connection))
                {
                    Flush(connection);
                }
            }
        }

        private void Flush(Connection connection)
        {
            Outbox outbox = connection.Outbox;
            if (!outbox.IsEmpty)
            {
                int count = _context.Network.Send(connection.Handle, outbox.Bytes, outbox.Start, outbox.End - outbox.Start);
                if (count == NetworkResult.Failed)
                {
                    _closer.Lost(connection, count);
                    return;
                }

                if (count > 0)
                {
                    _context.Counters.BytesSent += count;
                    outbox.Remove(count);
                    if (connection.Session != null)
                    {
                        connection.Session.LastProgressMs = _context.NowMs;
                    }
                }
            }

            if (!outbox.IsEmpty)
            {
                _closer.SetInterest(connection, connection.Interest | NetworkEvents.Writable);
                return;
            }

            if (connection.State == ConnectionState.Closing)
            {
                _closer.Flushed(connection);
                return;
            }

            _closer.SetInterest(connection, connection.Interest & ~NetworkEvents.Writable);
            Session session = connection.Session;
            if (session != null && (session.NextToSend != DeliveryPool.None || session.IsOwedRetained))
            {
                // There is room again: the queue can go on.
                _context.Activate(session);
            }
        }
    }
}
