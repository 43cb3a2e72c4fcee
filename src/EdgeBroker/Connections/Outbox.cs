using System;
using EdgeBroker.Memory;

namespace EdgeBroker.Connections
{
    /// <summary>
    /// The bytes that wait to be sent to a Client. It holds a buffer of the pool only while it is not empty. Messages can't
    /// fill it to the brim: the rest is for acknowledgements, releases and PINGRESP, which so never wait for messages.
    /// </summary>
    /// <remarks>Invariants: 0 ≤ <see cref="Start"/> ≤ <see cref="End"/> ≤ length of <see cref="Bytes"/>; no buffer if empty.</remarks>
    internal sealed class Outbox
    {
        private readonly BufferPool _pool;
        private readonly int _sizeMax;
        private readonly int _messageMax;
        private int _messageLimit;
        private int _sizeHint;

        /// <summary>The buffer, or null when empty. Set by the outbox alone, as the other fields.</summary>
        public byte[] Bytes;

        /// <summary>Where the bytes to send begin.</summary>
        public int Start;

        /// <summary>Where they end.</summary>
        public int End;

        /// <summary>Makes an empty outbox.</summary>
        /// <param name="pool">Where buffers come from.</param>
        /// <param name="sizeMax">The most bytes it can hold.</param>
        /// <param name="reserve">How many of them messages may not take.</param>
        public Outbox(BufferPool pool, int sizeMax, int reserve)
        {
            _pool = pool;
            _sizeMax = sizeMax;
            _messageMax = sizeMax - reserve;
        }

        /// <summary>Whether there is nothing to send.</summary>
        public bool IsEmpty
        {
            get { return Bytes == null; }
        }

        /// <summary>Takes room for a message; the caller writes all of it.</summary>
        /// <returns>Where in <see cref="Bytes"/> to write, or -1 if there is no room now.</returns>
        public int ReserveMessage(int size)
        {
            int at = End;
            if (at + size <= _messageLimit)
            {
                End = at + size;
                return at;
            }

            return Bytes == null ? Open(size, _messageMax) : MakeRoom(size, _messageMax);
        }

        /// <summary>Takes room for a reply; the caller writes all of it.</summary>
        /// <returns>Where in <see cref="Bytes"/> to write, or -1 if there is no room now.</returns>
        public int ReserveReply(int size)
        {
            int at = End;
            if (Bytes != null && at + size <= Bytes.Length)
            {
                End = at + size;
                return at;
            }

            return Bytes == null ? Open(size, _sizeMax) : MakeRoom(size, _sizeMax);
        }

        /// <summary>Whether a reply has room, as far as the outbox itself is concerned.</summary>
        public bool HasRoomForReply(int size)
        {
            return End - Start + size <= _sizeMax;
        }

        /// <summary>Takes sent bytes out.</summary>
        public void Remove(int count)
        {
            int start = Start + count;
            if (start < End)
            {
                Start = start;
                return;
            }

            _sizeHint = End;
            _pool.Give(Bytes);
            Bytes = null;
            Start = 0;
            End = 0;
            _messageLimit = 0;
        }

        /// <summary>Throws all bytes away.</summary>
        public void Clear()
        {
            if (Bytes != null)
            {
                Remove(End - Start);
            }
        }

        private int MakeRoom(int size, int bytesMax)
        {
            int pending = End - Start;
            int needed = pending + size;
            if (needed > bytesMax || (!Shift(needed, bytesMax) && !Enlarge(needed)))
            {
                return -1;
            }

            Start = 0;
            End = needed;
            _messageLimit = Bytes.Length < _messageMax ? Bytes.Length : _messageMax;
            return pending;
        }

        // Takes as much as was needed the last time, so that a busy connection does not grow its buffer anew in each tick.
        private int Open(int size, int bytesMax)
        {
            if (size > bytesMax)
            {
                return -1;
            }

            byte[] bytes = _pool.Take(size > _sizeHint ? size : _sizeHint);
            if (bytes == null)
            {
                bytes = _pool.Take(size);
                if (bytes == null)
                {
                    return -1;
                }
            }

            Bytes = bytes;
            End = size;
            int limit = bytes.Length;
            _messageLimit = limit < _messageMax ? limit : _messageMax;
            return 0;
        }

        // Moves the bytes to the start of the buffer, if that leaves enough room to be worth the move.
        private bool Shift(int needed, int bytesMax)
        {
            bool isLargest = Bytes.Length == _sizeMax;
            if (Start == 0 || needed > (isLargest ? bytesMax : Bytes.Length / 2))
            {
                return false;
            }

            Array.Copy(Bytes, Start, Bytes, 0, End - Start);
            return true;
        }

        private bool Enlarge(int needed)
        {
            if (Bytes.Length >= _sizeMax)
            {
                return false;
            }

            byte[] larger = _pool.Take(needed > _sizeMax / 2 ? _sizeMax : needed * 2);
            if (larger == null)
            {
                return false;
            }

            Array.Copy(Bytes, Start, larger, 0, End - Start);
            _pool.Give(Bytes);
            Bytes = larger;
            return true;
        }
    }
}
