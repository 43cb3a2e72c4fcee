using System;
using EdgeBroker.Connections;
using EdgeBroker.Sessions;
using EdgeBroker.Store;

namespace EdgeBroker.Memory
{
    /// <summary>Lists of objects at a new length, as <see cref="Growth"/> makes those of numbers.</summary>
    internal static class Lists
    {
        /// <summary>A copy of a list at a new length.</summary>
        public static Session[] Resize(Session[] list, int length)
        {
            Session[] larger = Sessions(length);
            Array.Copy(list, 0, larger, 0, list.Length);
            return larger;
        }

        /// <summary>A copy of a list at a new length.</summary>
        public static Connection[] Resize(Connection[] list, int length)
        {
            Connection[] larger = Connections(length);
            Array.Copy(list, 0, larger, 0, list.Length);
            return larger;
        }

        /// <summary>An empty list.</summary>
        public static Session[] Sessions(int length)
        {
            try
            {
                return new Session[length];
            }
            catch (OutOfMemoryException)
            {
                MemoryReserve.Use();
                return new Session[length];
            }
        }

        private static Connection[] Connections(int length)
        {
            try
            {
                return new Connection[length];
            }
            catch (OutOfMemoryException)
            {
                MemoryReserve.Use();
                return new Connection[length];
            }
        }
    }
}
