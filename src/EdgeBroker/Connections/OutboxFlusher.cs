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
            Connection connection = _connections.FirstDirty;

            // What gets something to send meanwhile is sent in the next tick.
            _connections.FirstDirty = null;
            while (connection != null)
            {
                Connection next = connection.NextDirty;
                connection.IsDirty = false;
                if (connection.Outbox.Bytes == null || Send(connection))
                {
                    GoOn(connection);
                }

                connection = next;
            }
        }

        // Returns whether all was sent.
        private bool Send(Connection connection)
        {
            Outbox outbox = connection.Outbox;
            int start = outbox.Start;
            int size = outbox.End - start;
            int count = _network.Send(connection.Handle, outbox.Bytes, start, size);
            if (count <= 0)
            {
                if (count == NetworkResult.Failed)
                {
                    _closer.Lost(connection, count);
                }
                else
                {
                    _closer.SetInterest(connection, connection.Interest | NetworkEvents.Writable);
                }

                return false;
            }

            _counters.BytesSent += count;
            outbox.Remove(count);
            if (connection.Session != null)
            {
                connection.Session.LastProgressMs = _context.NowMs;
            }

            if (count < size)
            {
                _closer.SetInterest(connection, connection.Interest | NetworkEvents.Writable);
                return false;
            }

            return true;
        }

        // After all was sent.
        private void GoOn(Connection connection)
        {
            if (connection.Interest != NetworkEvents.Readable)
            {
                if (connection.State >= ConnectionState.Closing)
                {
                    Close(connection);
                    return;
                }

                _closer.SetInterest(connection, connection.Interest & ~NetworkEvents.Writable);
            }

            Session session = connection.Session;
            if (session != null && (session.NextToSend != DeliveryPool.None || session.IsOwedRetained))
            {
                // There is room again: the queue can go on.
                _context.Activate(session);
            }
        }

        private void Close(Connection connection)
        {
            if (connection.State == ConnectionState.Closing && _connections.IsOpen(connection))
            {
                _closer.Flushed(connection);
            }
        }
    }
}
