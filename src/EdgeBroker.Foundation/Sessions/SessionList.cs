using System;
using EdgeBroker.Memory;

namespace EdgeBroker.Sessions
{
    /// <summary>Sessions in the order in which they were added.</summary>
    internal sealed class SessionList
    {
        /// <summary>The list, which may be longer than it has Sessions. Changed by the list alone.</summary>
        public Session[] All = new Session[4];

        /// <summary>How many. Set by the list alone.</summary>
        public int Count;

        /// <summary>Adds one at the end.</summary>
        public void Add(Session session)
        {
            if (Count == All.Length)
            {
                All = Lists.Resize(All, Count * 2);
            }

            All[Count++] = session;
        }

        /// <summary>One of them.</summary>
        public Session Get(int index)
        {
            return All[index];
        }

        /// <summary>Removes the first ones.</summary>
        public void RemoveFirst(int count)
        {
            Count -= count;
            Array.Copy(All, count, All, 0, Count);
            Array.Clear(All, Count, count);
        }
    }
}
