using EdgeBroker.Connections;
using EdgeBroker.Delivery;
using EdgeBroker.Memory;
using EdgeBroker.Protocol;

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

        /// <summary>The bits of PUBACK that tells of success, but the Packet Identifier.</summary>
        public const int Puback = PacketType.Puback << TypeShift;

        /// <summary>What such an acknowledgement is above the Packet Identifier.</summary>
        public const int PubackHead = Puback >> ReasonShift;

        private const int StartCount = 8;

        /// <summary>Whether acknowledgements wait at all: not in mode relaxed, where a hold only tells when to store.</summary>
        public readonly bool IsSafe;

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
        /// <param name="isSafe">See <see cref="IsSafe"/>.</param>
        public HoldTable(int countMax, bool isSafe)
        {
            _countMax = countMax;
            IsSafe = isSafe;
            Resize(countMax < StartCount ? countMax : StartCount);
        }

        /// <summary>Connections some of whose acknowledgements can be sent now. Set by the table alone.</summary>
        public int ReadyCount;

        /// <summary>Whether there can be one more, that somebody is told of.</summary>
        public bool HasRoom
        {
            get { return IsSafe && (_free != None || _created < _countMax); }
        }

        /// <summary>Begins a hold.</summary>
        /// <param name="nowMs">The time of the tick.</param>
        /// <param name="deliveries">How many deliveries count on it so far; if none, others are before it.</param>
        /// <param name="connection">
        /// The publisher's, which is owed the acknowledgement of the message from now on; null: nobody is told, but after
        /// <see cref="Assign"/>.
        /// </param>
        /// <param name="answer">The bits of the acknowledgement.</param>
        /// <returns>The hold, or <see cref="None"/> if there are too many.</returns>
        public int Begin(long nowMs, int deliveries, Connection connection, int answer)
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
            _answer[hold] = answer;
            _connection[hold] = connection;
            if (connection != null)
            {
                Append(hold, connection);
            }

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
        /// <param name="hold">The hold of the message, on which deliveries count.</param>
        /// <param name="connection">The publisher's.</param>
        /// <param name="answer">The bits of the acknowledgement.</param>
        public void Assign(int hold, Connection connection, int answer)
        {
            _answer[hold] |= answer;
            _connection[hold] = connection;
            Append(hold, connection);
        }

        /// <summary>The bits of an acknowledgement.</summary>
        /// <param name="packetType">PUBACK or PUBREC.</param>
        /// <param name="reasonCode">Its Reason Code.</param>
        /// <param name="publication">The message.</param>
        public static int Answer(int packetType, int reasonCode, Publication publication)
        {
            int answer = (packetType << TypeShift) | (reasonCode << ReasonShift) | publication.PacketIdentifier;
            return publication.IsStaged ? answer | StagedBit : answer;
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
            return hold == None || _waiting[hold] > 0 ? 0 : TakeFirst(connection, hold);
        }

        /// <summary>Takes the first acknowledgement of a connection out, whose hold is over.</summary>
        /// <returns>Its bits.</returns>
        public int TakeFirst(Connection connection, int hold)
        {
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

        private void Append(int hold, Connection connection)
        {
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
