using System;

namespace EdgeBroker.Connections
{
    /// <summary>
    /// The bytes that wait to be sent to a Client. It holds a buffer of the pool only while it is not empty, or it is one of the
    /// few that may keep it while there is something to do (<see cref="KeepsBuffer"/>). Messages can't fill it to the brim: the
    /// rest is for acknowledgements, releases and PINGRESP, which so never wait for messages.
    /// </summary>
    /// <remarks>
    /// Invariants: 0 ≤ <see cref="Start"/> ≤ <see cref="End"/> ≤ length of <see cref="Bytes"/>, and both are 0 when it is empty;
    /// what keeps its buffer has one of the smallest size.
    /// </remarks>
    internal sealed class Outbox
    {
        private readonly OutboxBounds _bounds;
        private int _messageLimit;

        /// <summary>The buffer; null only when empty. Set by the outbox alone, as the other fields.</summary>
        public byte[] Bytes;

        /// <summary>
        /// Where the bytes to send begin. Who has sent all of them sets both ends to 0; unless it <see cref="KeepsBuffer"/>,
        /// <see cref="KeepBuffer"/> or <see cref="Clear"/> has to follow.
        /// </summary>
        public int Start;

        /// <summary>Where they end; 0 when empty.</summary>
        public int End;

        /// <summary>
        /// The bytes to take a buffer for the next time: set by those who let it go of one that was emptied. What it keeps has the
        /// smallest size anyway.
        /// </summary>
        public int SizeHint;

        /// <summary>Whether it keeps its buffer when it is empty: that of a busy Client is needed again in the next tick.</summary>
        public bool KeepsBuffer;

        /// <summary>Whether what is added waits for <see cref="Thaw"/>.</summary>
        public bool IsFrozen;

        /// <summary>While it is frozen, the bytes that may be sent all the same.</summary>
        public int ReadyCount;

        /// <summary>Makes an empty outbox.</summary>
        public Outbox(OutboxBounds bounds)
        {
            _bounds = bounds;
        }

        /// <summary>The largest message that it ever takes.</summary>
        public int MessageMax
        {
            get { return _bounds.MessageMax; }
        }

        /// <summary>Whether there is nothing to send.</summary>
        public bool IsEmpty
        {
            get { return End == 0; }
        }

        /// <summary>Whether something was added since <see cref="Freeze"/>, which waits.</summary>
        public bool HasFrozen
        {
            get { return IsFrozen && ReadyCount < End - Start; }
        }

        /// <summary>What is added from here on waits for <see cref="Thaw"/>. Not to be called twice.</summary>
        public void Freeze()
        {
            IsFrozen = true;
            ReadyCount = End - Start;
        }

        /// <summary>Everything may be sent again.</summary>
        public void Thaw()
        {
            IsFrozen = false;
        }

        /// <summary>Throws away what waits for <see cref="Thaw"/>; the rest may be sent.</summary>
        /// <returns>Its first byte, that of a packet; -1 if nothing waited.</returns>
        public int DropFrozen()
        {
            int ready = Start + ReadyCount;
            int first = ready < End ? Bytes[ready] : -1;
            IsFrozen = false;
            End = ready;
            if (ReadyCount == 0)
            {
                Clear();
            }

            return first;
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

            return Bytes == null ? Open(size, _bounds.MessageMax, true) : MakeRoom(size, _bounds.MessageMax, true);
        }

        /// <summary>Takes room for a reply; the caller writes all of it.</summary>
        /// <returns>Where in <see cref="Bytes"/> to write, or -1 if there is no room now.</returns>
        public int ReserveReply(int size)
        {
            int at = End;
            if (at + size <= _messageLimit)
            {
                End = at + size;
                return at;
            }

            byte[] bytes = Bytes;
            if (bytes != null && at + size <= bytes.Length)
            {
                End = at + size;
                return at;
            }

            return bytes == null ? Open(size, _bounds.SizeMax, false) : MakeRoom(size, _bounds.SizeMax, false);
        }

        /// <summary>Whether a reply has room now: in the buffer, or in one that can be had.</summary>
        public bool HasRoomForReply(int size)
        {
            return End + size <= _messageLimit || CanMakeRoom(End - Start + size);
        }

        /// <summary>Takes a part of the bytes out, which was sent.</summary>
        public void Remove(int count)
        {
            Start += count;
        }

        /// <summary>Lets an outbox that was emptied keep its buffer, if it is a small one.</summary>
        /// <returns>Whether it does.</returns>
        public bool KeepBuffer()
        {
            KeepsBuffer = Bytes.Length == _bounds.Pool.SizeMin;
            return KeepsBuffer;
        }

        /// <summary>Gives the buffer back as soon as it is not needed: now, if the outbox is empty.</summary>
        public void ReleaseBuffer()
        {
            KeepsBuffer = false;
            if (End == 0)
            {
                Clear();
            }
        }

        /// <summary>Throws all bytes away, and the buffer with them.</summary>
        public void Clear()
        {
            if (Bytes != null)
            {
                _bounds.Pool.Give(Bytes);
                Bytes = null;
            }

            KeepsBuffer = false;
            Start = 0;
            End = 0;
            _messageLimit = 0;
        }

        private bool CanMakeRoom(int needed)
        {
            return needed <= _bounds.SizeMax && ((Bytes != null && needed <= Bytes.Length) || _bounds.Pool.Has(needed));
        }

        private int MakeRoom(int size, int bytesMax, bool isMessage)
        {
            int pending = End - Start;
            if (pending == 0)
            {
                Clear();
                return Open(size, bytesMax, isMessage);
            }

            int needed = pending + size;
            if (needed > bytesMax)
            {
                return -1;
            }

            // To move the bytes to the start is worth it if that leaves enough room; without a larger buffer it has to do.
            bool isLargest = Bytes.Length == _bounds.SizeMax;
            bool isWorthIt = Start > 0 && needed <= (isLargest ? bytesMax : Bytes.Length / 2);
            byte[] larger = isWorthIt ? null : TakeLarger(needed, isMessage);
            if (larger == null && needed > Bytes.Length)
            {
                return -1;
            }

            Array.Copy(Bytes, Start, larger ?? Bytes, 0, pending);
            if (larger != null)
            {
                _bounds.Pool.Give(Bytes);
                Bytes = larger;
                KeepsBuffer = false;
            }

            Start = 0;
            End = needed;
            _messageLimit = Bytes.Length < _bounds.MessageMax ? Bytes.Length : _bounds.MessageMax;
            return pending;
        }

        // Takes as much as was needed the last time, so that a busy connection does not grow its buffer anew in each tick.
        private int Open(int size, int bytesMax, bool isMessage)
        {
            if (size > bytesMax)
            {
                return -1;
            }

            byte[] bytes = _bounds.Pool.Take(size > SizeHint ? size : SizeHint, isMessage);
            if (bytes == null)
            {
                bytes = _bounds.Pool.Take(size, isMessage);
                if (bytes == null)
                {
                    return -1;
                }
            }

            Bytes = bytes;
            End = size;
            int limit = bytes.Length;
            _messageLimit = limit < _bounds.MessageMax ? limit : _bounds.MessageMax;
            return 0;
        }

        private byte[] TakeLarger(int needed, bool isMessage)
        {
            if (Bytes.Length >= _bounds.SizeMax)
            {
                return null;
            }

            // With room for what comes next, if that can be had.
            int roomy = needed > _bounds.SizeMax / 2 ? _bounds.SizeMax : needed * 2;
            byte[] larger = _bounds.Pool.Take(roomy, isMessage);
            return larger == null && needed > Bytes.Length ? _bounds.Pool.Take(needed, isMessage) : larger;
        }
    }
}
