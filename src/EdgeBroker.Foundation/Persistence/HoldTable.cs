using EdgeBroker.Connections;
using EdgeBroker.Delivery;
using EdgeBroker.Memory;

namespace EdgeBroker.Persistence
{
    /// <summary>
    /// Acknowledgements that are held back until the message is safe: until every durable Session that it went to has
    /// acknowledged it, or the store has it for those that have not. They leave in the order in which the messages came.
    /// </summary>
    /// <remarks>
    /// Invariants: a hold is in use while deliveries count on it or it is in the list of a connection; the list of a connection
    /// that is gone is empty.
    /// </remarks>
    internal sealed class HoldTable
    {
        /// <summary>No hold.</summary>
        public const int None = -1;

        /// <summary>The bits of an acknowledgement: its packet type and Reason Code; the Packet Identifier is below them.</summary>
        public const int TypeShift = 24;

        /// <summary>Where the Reason Code is.</summary>
        public const int ReasonShift = 16;

        /// <summary>Whether it depends on the next commit.</summary>
        public const int StagedBit = 1 << 28;

        private const int StartCount = 8;

        private readonly int _countMax;
        private int[] _waiting = new int[0];
        private int[] _next = new int[0];
        private int[] _answer = new int[0];
        private int[] _sinceMs = new int[0];
        private Connection[] _connection = new Connection[0];
        private int _free = None;
        private int _created;
        private Connection[] _ready = new Connection[0];

        /// <summary>Makes an empty table.</summary>
        /// <param name="countMax">How many holds there may be.</param>
        public HoldTable(int countMax)
        {
            _countMax = countMax;
            Resize(countMax < StartCount ? countMax : StartCount);
        }

        /// <summary>Connections some of whose acknowledgements can be sent now. Set by the table alone.</summary>
        public int ReadyCount;

        /// <summary>Begins a hold; the publisher is told only after <see cref="Assign"/>.</summary>
        /// <param name="nowMs">The time of the tick.</param>
        /// <param name="deliveries">How many deliveries count on it so far.</param>
        /// <returns>The hold, or <see cref="None"/> if there are too many.</returns>
        public int Begin(long nowMs, int deliveries)
        {
            int hold = _free;
            if (hold != None)
            {
                _free = _next[hold];
            }
            else
            {
                if (_created == _countMax)
                {
                    return None;
                }

                hold = _created++;
                if (hold == _next.Length)
                {
                    Resize(Growth.Next(hold, _countMax));
                }
            }

            _waiting[hold] = deliveries;
            _sinceMs[hold] = (int)nowMs;
            _answer[hold] = 0;
            _connection[hold] = null;
            return hold;
        }

        /// <summary>Since when, in the low bits of the clock's milliseconds.</summary>
        public int SinceMs(int hold)
        {
            return _sinceMs[hold];
        }

        /// <summary>One more delivery counts on the hold.</summary>
        public void Add(int hold)
        {
            _waiting[hold]++;
        }

        /// <summary>A delivery is safe, or not owed any more. What became ready by that is sent at the end of the tick.</summary>
        /// <param name="hold">The hold it counted on.</param>
        public void Remove(int hold)
        {
            Connection connection = Complete(hold);
            if (connection != null)
            {
                MarkReady(connection);
            }
        }

        /// <summary>A delivery is safe.</summary>
        /// <param name="hold">The hold it counted on.</param>
        /// <returns>The connection that can be sent an acknowledgement by that, or null.</returns>
        public Connection Complete(int hold)
        {
            int waiting = _waiting[hold] - 1;
            _waiting[hold] = waiting;
            if (waiting > 0)
            {
                return null;
            }

            Connection connection = _connection[hold];
            if (connection == null)
            {
                Free(hold);
                return null;
            }

            return connection.FirstHold == hold ? connection : null;
        }

        /// <summary>Whether deliveries count on a hold that was begun last.</summary>
        public bool IsWaiting(int hold)
        {
            return _waiting[hold] > 0;
        }

        /// <summary>A delivery is staged: the acknowledgement depends on the next commit.</summary>
        /// <param name="hold">The hold it counted on, or <see cref="None"/>.</param>
        public void Stage(int hold)
        {
            if (hold != None)
            {
                _answer[hold] |= StagedBit;
                Remove(hold);
            }
        }

        /// <summary>Appends the acknowledgement of a message to those that a connection is owed.</summary>
        /// <param name="hold">The hold of the message.</param>
        /// <param name="connection">The publisher's.</param>
        /// <param name="packetType">PUBACK or PUBREC.</param>
        /// <param name="reasonCode">Its Reason Code.</param>
        /// <param name="publication">The message.</param>
        public void Assign(int hold, Connection connection, int packetType, int reasonCode, Publication publication)
        {
            int answer = (packetType << TypeShift) | (reasonCode << ReasonShift) | publication.PacketIdentifier;
            if (publication.IsStaged)
            {
                answer |= StagedBit;
            }

            _answer[hold] |= answer;
            _connection[hold] = connection;
            _next[hold] = None;
            if (connection.FirstHold == None)
            {
                connection.FirstHold = hold;
            }
            else
            {
                _next[connection.LastHold] = hold;
            }

            connection.LastHold = hold;
            if (_waiting[hold] == 0 && connection.FirstHold == hold)
            {
                MarkReady(connection);
            }
        }

        /// <summary>Whether a connection is owed the acknowledgement of a message with this Packet Identifier.</summary>
        public bool Has(Connection connection, int packetIdentifier)
        {
            int hold = connection.FirstHold;
            while (hold != None && (_answer[hold] & 0xFFFF) != packetIdentifier)
            {
                hold = _next[hold];
            }

            return hold != None;
        }

        /// <summary>One of the connections that can be sent acknowledgements.</summary>
        public Connection Ready(int index)
        {
            return _ready[index];
        }

        /// <summary>All of them were.</summary>
        public void ClearReady()
        {
            ReadyCount = 0;
        }

        /// <summary>Takes the next acknowledgement out that a connection can be sent.</summary>
        /// <returns>Its bits, or 0 if there is none.</returns>
        public int Take(Connection connection)
        {
            int hold = connection.FirstHold;
            return hold == None || _waiting[hold] > 0 ? 0 : TakeFirst(connection);
        }

        /// <summary>Takes the first acknowledgement of a connection out, which is known to be complete.</summary>
        /// <returns>Its bits.</returns>
        public int TakeFirst(Connection connection)
        {
            int hold = connection.FirstHold;
            int[] next = _next;
            connection.FirstHold = next[hold];
            next[hold] = _free;
            _free = hold;
            return _answer[hold];
        }

        /// <summary>Forgets what a connection is owed that is gone; its messages are kept.</summary>
        public void Forget(Connection connection)
        {
            int hold = connection.FirstHold;
            connection.FirstHold = None;
            while (hold != None)
            {
                int next = _next[hold];
                _connection[hold] = null;
                if (_waiting[hold] == 0)
                {
                    Free(hold);
                }

                hold = next;
            }
        }

        private void MarkReady(Connection connection)
        {
            if (ReadyCount == _ready.Length)
            {
                _ready = Lists.Resize(_ready, ReadyCount == 0 ? 1 : ReadyCount * 2);
            }

            _ready[ReadyCount++] = connection;
        }

        private void Free(int hold)
        {
            _next[hold] = _free;
            _free = hold;
        }

        private void Resize(int length)
        {
            _waiting = Growth.Resize(_waiting, length);
            _next = Growth.Resize(_next, length);
            _answer = Growth.Resize(_answer, length);
            _sinceMs = Growth.Resize(_sinceMs, length);
            _connection = Lists.Resize(_connection, length);
        }
    }
}
