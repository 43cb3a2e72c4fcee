using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Sessions;

namespace EdgeBroker.Connections
{
    /// <summary>Sends what is in the outboxes: one write per Client and tick.</summary>
    internal sealed class OutboxFlusher
    {
        // Outboxes that keep their buffers, at the most, and the part of all buffers that theirs may be.
        private const int KeepersMax = 64;
        private const int KeptPart = 32;

        // Less than this at a time is no reading: whoever opens the window by a byte a second keeps others waiting.
        private const int ProgressMin = 64;

        private readonly Context _context;
        private readonly ConnectionCloser _closer;
        private readonly INetwork _network;
        private readonly ConnectionTable _connections;
        private readonly Counters _counters;
        private readonly Outbox[] _keepers;
        private int _keeperCount;

        /// <summary>Makes the one for all connections.</summary>
        public OutboxFlusher(Context context, ConnectionCloser closer)
        {
            _context = context;
            _closer = closer;
            _network = context.Network;
            _connections = context.Connections;
            _counters = context.Counters;
            int keepers = context.Buffers.BytesMax / context.Buffers.SizeMin / KeptPart;
            _keepers = new Outbox[keepers < KeepersMax ? keepers : KeepersMax];
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
                Outbox outbox = connection.Outbox;
                int size = outbox.End - outbox.Start;
                if (outbox.IsFrozen)
                {
                    SendReady(connection, outbox);
                    connection = next;
                    continue;
                }

                if (size > 0)
                {
                    int count = _network.Send(connection.Handle, outbox.Bytes, outbox.Start, size);
                    if (count == size)
                    {
                        _counters.BytesSent += count;
                        outbox.Start = 0;
                        outbox.End = 0;
                        if (!outbox.KeepsBuffer)
                        {
                            Keep(outbox, size);
                        }
                    }
                    else
                    {
                        SentPart(connection, count);
                        connection = next;
                        continue;
                    }
                }

                if (connection.HasFollowUp)
                {
                    FollowUp(connection);
                }

                connection = next;
            }
        }

        /// <summary>Lets no outbox keep its buffer any longer. Called when there is nothing to do.</summary>
        public void ReleaseKept()
        {
            while (_keeperCount > 0)
            {
                _keeperCount--;
                _keepers[_keeperCount].ReleaseBuffer();
                _keepers[_keeperCount] = null;
            }
        }

        // What was there before something that waits for a commit.
        private void SendReady(Connection connection, Outbox outbox)
        {
            int ready = outbox.ReadyCount;
            int count = ready == 0 ? 0 : _network.Send(connection.Handle, outbox.Bytes, outbox.Start, ready);
            if (count < ready)
            {
                outbox.ReadyCount -= count > 0 ? count : 0;
                SentPart(connection, count);
                return;
            }

            outbox.ReadyCount = 0;
            _counters.BytesSent += count;
            outbox.Remove(count);
            if ((connection.Interest & NetworkEvents.Writable) != 0)
            {
                // Until the commit there is nothing that the network could take.
                _closer.SetInterest(connection, connection.Interest & ~NetworkEvents.Writable);
            }
        }

        // What is left is sent when the network can take more.
        private void SentPart(Connection connection, int count)
        {
            if (count == NetworkResult.Failed)
            {
                _closer.Lost(connection, count);
                _context.NoteWork();
                return;
            }

            if (count > 0)
            {
                _counters.BytesSent += count;
                connection.Outbox.Remove(count);
                if (count >= ProgressMin)
                {
                    NoteProgress(connection);
                }
            }

            _closer.SetInterest(connection, connection.Interest | NetworkEvents.Writable);
        }

        // There is room again.
        private void FollowUp(Connection connection)
        {
            if (connection.Interest != NetworkEvents.Readable)
            {
                BecameEmpty(connection);
            }

            connection.HasFollowUp = connection.Interest != NetworkEvents.Readable;
            Session session = connection.Session;
            if (session != null && (session.NextToSend != DeliveryPool.None || session.Walk != null))
            {
                // The queue can go on.
                _context.Activate(session);
            }
        }

        // The last bytes of a connection that is closing, or could not send all at once, or is not read from.
        private void BecameEmpty(Connection connection)
        {
            if (connection.State < ConnectionState.Closing)
            {
                NoteProgress(connection);
                _closer.SetInterest(connection, connection.Interest & ~NetworkEvents.Writable);
            }
            else if (connection.State == ConnectionState.Closing && _connections.IsOpen(connection))
            {
                _closer.Flushed(connection);
            }
        }

        private void NoteProgress(Connection connection)
        {
            if (connection.Session != null)
            {
                connection.Session.LastProgressMs = _context.NowMs;
            }
        }

        // A few outboxes keep their buffers while there is something to do.
        private void Keep(Outbox outbox, int size)
        {
            outbox.SizeHint = size;
            if (_keeperCount < _keepers.Length && outbox.KeepBuffer())
            {
                _keepers[_keeperCount++] = outbox;
            }
            else
            {
                outbox.Clear();
            }
        }
    }
}
