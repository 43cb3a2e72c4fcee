using EdgeBroker.Delivery;
using EdgeBroker.Memory;
using EdgeBroker.Persistence;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Sessions;

namespace EdgeBroker.Connections
{
    /// <summary>
    /// Ends Network Connections so that the last packet arrives: after it the outgoing stream ends, and what the peer still
    /// sends is read and discarded until it ends its own, within bounds of time and bytes. Closing with unread bytes would
    /// make TCP throw away what was sent.
    /// </summary>
    internal sealed class ConnectionCloser
    {
        private const int LingerMs = 1000;

        /// <summary>The time that the last packet has to leave, in milliseconds.</summary>
        public const int FlushMs = 5000;

        private const int DiscardBytesMax = 65536;

        private readonly Context _context;
        private readonly ReplySender _replies;
        private readonly SessionKeeper _keeper;
        private readonly byte[] _receive;

        /// <summary>Makes the one for all connections.</summary>
        /// <param name="context">What the parts share.</param>
        /// <param name="replies">Sends the DISCONNECT.</param>
        /// <param name="keeper">Keeps the Sessions.</param>
        /// <param name="receive">The shared receive buffer, to discard into.</param>
        public ConnectionCloser(Context context, ReplySender replies, SessionKeeper keeper, byte[] receive)
        {
            _context = context;
            _replies = replies;
            _keeper = keeper;
            _receive = receive;
        }

        /// <summary>
        /// The broker ends a Network Connection, and no other: for a fault that a decoder found [MQTT-2.2.2-2] [MQTT-4.8.0-1]
        /// [MQTT5-4.13.1-1], or for another reason; with DISCONNECT to a connected 5.0 Client, without a word to others
        /// [MQTT5-3.14.0-1] [MQTT5-4.13.2-1]. What waits for a commit is not sent any more, for the commit may not come: if that is its
        /// CONNACK, it is refused instead.
        /// </summary>
        /// <param name="connection">Which.</param>
        /// <param name="reasonCode">Why: a Reason Code that a Server may send in DISCONNECT.</param>
        public void Disconnect(Connection connection, int reasonCode)
        {
            if (connection.State >= ConnectionState.Closing)
            {
                return;
            }

            reasonCode = _replies.Redirect(reasonCode);
            _context.Tell(BrokerEvent.ServerDisconnected, connection.Handle, reasonCode);
            int dropped = connection.Outbox.IsFrozen ? connection.Outbox.DropFrozen() : -1;
            bool isRefused = dropped >> 4 == PacketType.Connack;
            if (isRefused)
            {
                Session session = connection.Session;
                if (session.StoreNumber != 0 && _context.Store.Journal.IsStaged(session.Items.Session))
                {
                    // It began with this CONNECT: the Client would take it for the one that it had.
                    session.ExpiryS = 0;
                }

                _replies.Refuse(connection, ReasonCode.ServerUnavailable, 0);
            }
            else if (connection.State == ConnectionState.Connected && connection.IsV5)
            {
                _replies.Disconnect(connection, reasonCode);
            }

            Leave(connection, !isRefused);
        }

        /// <summary>Ends the Network Connections of all Clients that are connected.</summary>
        public void DisconnectAll(int reasonCode)
        {
            for (int handle = _context.Connections.End - 1; handle >= 0; handle--)
            {
                Connection connection = _context.Connections.Get(handle);
                if (connection != null && connection.State == ConnectionState.Connected)
                {
                    Disconnect(connection, reasonCode);
                }
            }
        }

        /// <summary>The Client has said DISCONNECT.</summary>
        public void ClientDisconnected(Connection connection, int reasonCode)
        {
            _context.Tell(BrokerEvent.ClientDisconnected, connection.Handle, reasonCode);
            Leave(connection, reasonCode != ReasonCode.NormalDisconnection);
        }

        /// <summary>The stream from the peer has ended or broken: nothing can be said any more.</summary>
        public void Lost(Connection connection, int result)
        {
            if (connection.State < ConnectionState.Closing)
            {
                _context.Tell(BrokerEvent.ConnectionLost, connection.Handle, result == NetworkResult.Closed ? 0 : 1);
                Leave(connection, true);
            }

            Free(connection);
        }

        /// <summary>After a CONNACK that refuses, or a fault before CONNECT.</summary>
        public void Close(Connection connection)
        {
            Leave(connection, true);
        }

        /// <summary>Ends a Session, and its Network Connection if there is one.</summary>
        public void EndSession(Session session)
        {
            if (session.Connection != null)
            {
                Disconnect(session.Connection, ReasonCode.QuotaExceeded);
            }

            if (session.ClientIdentifier != null)
            {
                _keeper.EndForGood(session);
            }
        }

        /// <summary>
        /// Closes a connection at once, for its time is over or another needs its place. It has no Session. If the broker was held up
        /// since its last packet was written, that still goes to the network.
        /// </summary>
        public void Evict(Connection connection)
        {
            if (connection.State < ConnectionState.Closing)
            {
                _context.Tell(BrokerEvent.ServerDisconnected, connection.Handle, ReasonCode.MaximumConnectTime);
            }
            else if (connection.State == ConnectionState.Closing
                && (connection.Outbox.IsEmpty || LastPacket.SendOutbox(_context, connection)))
            {
                Flushed(connection);
            }

            if (connection.State == ConnectionState.Lingering)
            {
                // What has come by now is not to make TCP throw away what was sent.
                Discard(connection);
            }

            if (_context.Connections.IsOpen(connection))
            {
                Free(connection);
            }
        }

        /// <summary>The outbox of a closing connection is empty: the outgoing stream ends.</summary>
        public void Flushed(Connection connection)
        {
            _context.Network.CloseSend(connection.Handle);
            connection.State = ConnectionState.Lingering;
            connection.Excess = 0;
            connection.DeadlineMs = _context.NowMs + LingerMs;
            ReleaseTail(connection);
            _context.SetTimer(connection.DeadlineMs);
            SetInterest(connection, NetworkEvents.Readable);
        }

        /// <summary>Reads what a lingering peer still sends.</summary>
        public void Discard(Connection connection)
        {
            int count = _context.Network.Receive(connection.Handle, _receive, 0, _receive.Length);
            if (count > 0)
            {
                connection.Excess += count;
            }

            if (count == NetworkResult.Closed || count == NetworkResult.Failed || connection.Excess > DiscardBytesMax)
            {
                Free(connection);
            }
        }

        /// <summary>Closes for good and gives everything back.</summary>
        public void Free(Connection connection)
        {
            connection.Outbox.Clear();

            // It may be among those that are to be flushed in this tick: there is nothing to send any more, ready or not.
            connection.Outbox.Thaw();
            ReleaseTail(connection);
            _context.Network.Close(connection.Handle);
            _context.Connections.Remove(connection);
        }

        /// <summary>Asks the network for other events, if they are others.</summary>
        public void SetInterest(Connection connection, int events)
        {
            if (connection.Interest != events)
            {
                connection.Interest = events;
                connection.HasFollowUp = true;
                _context.Network.SetInterest(connection.Handle, events);
            }
        }

        /// <summary>
        /// Takes a buffer for an incomplete packet, none of the last: these are for replies. Of those who are not connected yet the oldest
        /// give theirs up for the newest when half of all buffers are in use: half a CONNECT, however often, takes nothing from Clients.
        /// </summary>
        /// <param name="connection">Whose packet it is.</param>
        /// <param name="size">The size, in bytes.</param>
        /// <returns>The buffer, its content undefined, or null if it can't be had now.</returns>
        public byte[] TakeTail(Connection connection, int size)
        {
            BufferPool buffers = _context.Buffers;
            while (connection.State < ConnectionState.Connected
                && buffers.BytesInUse > buffers.BytesMax / 2
                && EvictOtherStranger(connection))
            {
                // Each that goes is one less to come to.
            }

            return buffers.Take(size, true);
        }

        /// <summary>Gives the buffer of an incomplete packet back.</summary>
        public void ReleaseTail(Connection connection)
        {
            if (connection.Tail != null)
            {
                _context.Buffers.Give(connection.Tail);
                connection.Tail = null;
            }

            connection.TailCount = 0;
        }

        private bool EvictOtherStranger(Connection connection)
        {
            Connection oldest = null;
            ConnectionTable connections = _context.Connections;
            for (int handle = 0; handle < connections.End; handle++)
            {
                Connection other = connections.Get(handle);
                if (other != null && other != connection && other.State < ConnectionState.Connected && other.Tail != null
                    && (oldest == null || other.LastPacketMs < oldest.LastPacketMs))
                {
                    oldest = other;
                }
            }

            if (oldest == null)
            {
                return false;
            }

            Evict(oldest);
            return true;
        }

        private void Leave(Connection connection, bool publishWill)
        {
            if (connection.State >= ConnectionState.Closing)
            {
                return;
            }

            // From here on nothing is added to the outbox [MQTT5-3.14.4-1], and after it the stream ends [MQTT5-3.14.4-2].
            connection.State = ConnectionState.Closing;
            connection.WaitingSinceMs = 0;
            connection.DeadlineMs = _context.NowMs + FlushMs;
            _context.SetTimer(connection.DeadlineMs);
            if (_context.Connections.IsFull)
            {
                // A newcomer may wait for its place.
                _context.WakeAt(_context.NowMs);
            }

            ReleaseAliases(connection);
            if (connection.FirstHold != HoldTable.None)
            {
                _context.Store.Holds.Forget(connection);
            }

            Session session = connection.Session;
            if (session != null)
            {
                _keeper.Detach(session, publishWill);
            }

            SetInterest(connection, NetworkEvents.None);
            if (!connection.IsDirty)
            {
                _context.Connections.MarkDirty(connection);
            }
        }

        // Topic Aliases end with the Network Connection [MQTT5-3.3.2-7].
        private void ReleaseAliases(Connection connection)
        {
            int[] aliases = connection.InboundAliases;
            if (aliases == null)
            {
                return;
            }

            for (int i = 0; i < aliases.Length; i++)
            {
                if (aliases[i] != MessagePool.None)
                {
                    _context.Messages.Release(aliases[i]);
                }
            }

            connection.Extras.InboundAliases = null;
        }
    }
}
