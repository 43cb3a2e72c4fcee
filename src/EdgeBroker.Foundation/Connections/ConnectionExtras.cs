using System;
using EdgeBroker.Store;

namespace EdgeBroker.Connections
{
    /// <summary>What few Network Connections have, all of them with 5.0.</summary>
    internal sealed class ConnectionExtras
    {
        /// <summary>Whether Reason Strings are sent on no other packets than CONNACK and DISCONNECT.</summary>
        public bool RefusesProblemInformation;

        /// <summary>Topics of the aliases that the Client has set, as messages without payload; null while there are none.</summary>
        public int[] InboundAliases;

        /// <summary>How the Client authenticates with AUTH packets, or null: it does not.</summary>
        public Authentication Authentication;

        /// <summary>Makes one.</summary>
        public static ConnectionExtras Create()
        {
            try
            {
                return new ConnectionExtras();
            }
            catch (OutOfMemoryException)
            {
                MemoryReserve.Use();
                return new ConnectionExtras();
            }
        }
    }
}
