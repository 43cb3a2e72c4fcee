using System;
using EdgeBroker.Store;

namespace EdgeBroker.Sessions
{
    /// <summary>The Will of a Session: another one for each CONNECT that has one, so that they can be told apart.</summary>
    internal sealed class SessionWill
    {
        /// <summary>The Will Message in the pool, or <see cref="Memory.MessagePool.None"/>: it was discarded.</summary>
        public int Message;

        /// <summary>Will Retain.</summary>
        public bool Retain;

        /// <summary>The Will Delay Interval in milliseconds.</summary>
        public long DelayMs;

        /// <summary>The Will Message's own expiry in seconds, counted from its publication; -1 for none.</summary>
        public long ExpiryS;

        /// <summary>When the Will Message is due, in the clock's milliseconds; 0 if it waits for nothing.</summary>
        public long DueMs;

        /// <summary>Whether it was handed over to be published.</summary>
        public bool IsDue;

        /// <summary>Whose it is, while it is <see cref="IsDue"/> and not published yet.</summary>
        public Session Session;

        /// <summary>The next that is due.</summary>
        public SessionWill Next;

        /// <summary>Makes one that waits for nothing yet.</summary>
        public static SessionWill Of(int message, bool retain, long delayMs, long expiryS)
        {
            SessionWill will = Create();
            will.Message = message;
            will.Retain = retain;
            will.DelayMs = delayMs;
            will.ExpiryS = expiryS;
            return will;
        }

        private static SessionWill Create()
        {
            try
            {
                return new SessionWill();
            }
            catch (OutOfMemoryException)
            {
                MemoryReserve.Use();
                return new SessionWill();
            }
        }
    }
}
