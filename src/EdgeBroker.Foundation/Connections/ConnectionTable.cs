using System;
using EdgeBroker.Memory;
using EdgeBroker.Ports;
using EdgeBroker.Store;

namespace EdgeBroker.Connections
{
    /// <summary>All Network Connections by handle, and the lists of those with something to send or to look at again.</summary>
    internal sealed class ConnectionTable
    {
        private const int HandlesStart = 16;

        private readonly OutboxBounds _outboxes;
        private readonly int _handlesMax;
        private Connection _free;
        private int _end;
        private int _count;
        private Connection[] _waiting = new Connection[4];

        /// <summary>Makes an empty table.</summary>
        public ConnectionTable(OutboxBounds outboxes, int handlesMax)
        {
            _outboxes = outboxes;
            _handlesMax = handlesMax;
            ByHandle = new Connection[handlesMax < HandlesStart ? handlesMax : HandlesStart];
        }

        /// <summary>The connections by handle, or null. Changed by the table alone.</summary>
        public Connection[] ByHandle;

        /// <summary>Network Connections there are, in every state.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>Whether the network can't give another. Set by the table alone.</summary>
        public bool IsFull;

        /// <summary>Clients that are connected.</summary>
        public int ConnectedCount { get; set; }

        /// <summary>The end of the handles in use, to walk them all.</summary>
        public int End
        {
            get { return _end; }
        }

        /// <summary>The first of the connections with something to send, or null. Those who send take them out.</summary>
        public Connection FirstDirty;

        /// <summary>Connections whose tail is to be looked at again.</summary>
        public int WaitingCount;

        /// <summary>The connection of a handle, or null.</summary>
        /// <param name="handle">One that the network has given, or one below <see cref="End"/>.</param>
        public Connection Get(int handle)
        {
            return ByHandle[handle];
        }

        /// <summary>Enters a new connection.</summary>
        public Connection Add(int handle, long nowMs)
        {
            Connection connection = _free;
            if (connection != null)
            {
                _free = connection.NextDirty;
                connection.NextDirty = null;
            }
            else
            {
                connection = Create();
            }

            connection.Reset(handle, nowMs);
            if (handle >= ByHandle.Length)
            {
                int length = ByHandle.Length * 2;
                ByHandle = Lists.Resize(ByHandle, length > handle ? length : handle + 1);
            }

            ByHandle[handle] = connection;
            if (handle >= _end)
            {
                _end = handle + 1;
            }

            _count++;
            IsFull = _count >= _handlesMax;
            return connection;
        }

        /// <summary>Removes a connection, whose buffers were given back.</summary>
        public void Remove(Connection connection)
        {
            ByHandle[connection.Handle] = null;
            connection.Handle = -1;
            while (_end > 0 && ByHandle[_end - 1] == null)
            {
                _end--;
            }

            _count--;
            IsFull = false;

            // One that is in a list is reused only after the list was worked through.
            if (!connection.IsDirty && !connection.IsWaiting)
            {
                connection.NextDirty = _free;
                _free = connection;
            }
        }

        /// <summary>Notes that a connection, which is not dirty yet, has something to send.</summary>
        public void MarkDirty(Connection connection)
        {
            connection.IsDirty = true;
            connection.NextDirty = FirstDirty;
            FirstDirty = connection;
        }

        /// <summary>Copies the Client Identifier of a handle.</summary>
        /// <returns>The bytes copied; 0 if the Client is not connected.</returns>
        public int CopyClientIdentifier(int handle, byte[] target)
        {
            Connection connection = handle >= 0 && handle < _end ? ByHandle[handle] : null;
            if (connection == null || connection.Session == null)
            {
                return 0;
            }

            byte[] identifier = connection.Session.ClientIdentifier;
            int count = identifier.Length < target.Length ? identifier.Length : target.Length;
            Array.Copy(identifier, 0, target, 0, count);
            return count;
        }

        /// <summary>Notes that a connection's tail is to be looked at again.</summary>
        public void MarkWaiting(Connection connection)
        {
            if (!connection.IsWaiting)
            {
                connection.IsWaiting = true;
                if (WaitingCount == _waiting.Length)
                {
                    _waiting = Lists.Resize(_waiting, WaitingCount * 2);
                }

                _waiting[WaitingCount++] = connection;
            }
        }

        /// <summary>Takes the first of the connections whose tail is to be looked at again.</summary>
        public Connection TakeWaiting()
        {
            Connection connection = _waiting[0];
            WaitingCount--;
            Array.Copy(_waiting, 1, _waiting, 0, WaitingCount);
            _waiting[WaitingCount] = null;
            connection.IsWaiting = false;
            return connection;
        }

        /// <summary>Whether the connection is still in the table.</summary>
        public bool IsOpen(Connection connection)
        {
            return connection.Handle >= 0;
        }

        private Connection Create()
        {
            try
            {
                return new Connection(_outboxes);
            }
            catch (OutOfMemoryException)
            {
                MemoryReserve.Use();
                return new Connection(_outboxes);
            }
        }
    }
}
