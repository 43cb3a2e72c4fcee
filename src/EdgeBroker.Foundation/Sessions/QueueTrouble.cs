using System;
using EdgeBroker.Store;

namespace EdgeBroker.Sessions
{
    /// <summary>What is remembered of a Session whose queue was full, or whose message was refused for another's: few ever are.</summary>
    internal sealed class QueueTrouble
    {
        /// <summary>Since when the queue has been full, in the clock's milliseconds; 0 if it is not.</summary>
        public long FullSinceMs;

        /// <summary>Messages dropped from the queue since the Client was last told.</summary>
        public int DroppedCount;

        /// <summary>How many of these CONNACK told on this Network Connection.</summary>
        public int ToldCount;

        /// <summary>When a message of its Client was refused last, in the clock's milliseconds: the next does not wait at once.</summary>
        public long RefusedAtMs = int.MinValue;

        private long _seenMs = int.MinValue;
        private bool _isSeenAgain;

        /// <summary>Notes that its Client was seen to take nothing.</summary>
        /// <param name="nowMs">The clock's milliseconds in this tick.</param>
        /// <param name="progressMs">When it last took something: what was seen before, or in the same tick, does not count.</param>
        /// <param name="withinMs">How long to remember it.</param>
        /// <returns>Whether that was seen in an earlier tick as well, but not longer ago.</returns>
        public bool IsSeenAgain(long nowMs, long progressMs, int withinMs)
        {
            if (_seenMs != nowMs)
            {
                _isSeenAgain = _seenMs > progressMs && nowMs - _seenMs < withinMs;
                _seenMs = nowMs;
            }

            return _isSeenAgain;
        }

        /// <summary>Makes one.</summary>
        public static QueueTrouble Create()
        {
            try
            {
                return new QueueTrouble();
            }
            catch (OutOfMemoryException)
            {
                MemoryReserve.Use();
                return new QueueTrouble();
            }
        }
    }
}
