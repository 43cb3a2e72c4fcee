using System;
using EdgeBroker.Store;
using EdgeBroker.Topics;

namespace EdgeBroker.Sessions
{
    /// <summary>How far a Session's walk through the retained messages that it is owed is.</summary>
    internal sealed class RetainedWalk
    {
        /// <summary>The subscription that they are walked for; none if the next is still to be found.</summary>
        public int Subscription = SubscriptionTable.None;

        /// <summary>The place that is next.</summary>
        public int Cursor;

        /// <summary>Messages set after this number were delivered as they came.</summary>
        public long Limit;

        /// <summary>Makes one at its start.</summary>
        /// <param name="limit">See <see cref="Limit"/>.</param>
        public static RetainedWalk Of(long limit)
        {
            RetainedWalk walk = Create();
            walk.Limit = limit;
            return walk;
        }

        private static RetainedWalk Create()
        {
            try
            {
                return new RetainedWalk();
            }
            catch (OutOfMemoryException)
            {
                MemoryReserve.Use();
                return new RetainedWalk();
            }
        }
    }
}
