using EdgeBroker.Limits;

namespace EdgeBroker.Esp32.Settings
{
    /// <summary>How many Clients the sockets of the chip allow.</summary>
    internal static class SocketBudget
    {
        private const int Sockets = 16;
        private const int SocketsOfC3 = 8;
        private const int Listener = 1;

        // One Client more than are served is accepted, to be told so.
        private const int Reserve = 1;

        /// <summary>The sockets of a chip.</summary>
        /// <param name="targetName">The name of the firmware, as ESP32_PSRAM_REV3 or XIAO_ESP32C3.</param>
        public static int Of(string targetName)
        {
            // Not all images for the C3 have as few, but the name does not tell them apart.
            return targetName != null && targetName.IndexOf("C3") >= 0 ? SocketsOfC3 : Sockets;
        }

        /// <summary>Lowers connections-max to what the sockets allow, and says so.</summary>
        /// <param name="limits">The bounds.</param>
        /// <param name="sockets">All sockets of the chip.</param>
        /// <param name="used">Those that the application uses besides the broker's.</param>
        /// <param name="log">Where it says so.</param>
        public static void Fit(BrokerLimits limits, int sockets, int used, ILog log)
        {
            int connectionsMax = sockets - used - Listener - Reserve;
            if (limits.ConnectionsMax > connectionsMax)
            {
                log.Line("connections-max is " + connectionsMax + " instead of " + limits.ConnectionsMax + ": the chip has "
                    + sockets + " sockets");
                limits.ConnectionsMax = connectionsMax;
            }
        }

        /// <summary>The Network Connections that are open at once, the one to be refused included.</summary>
        public static int HandlesMax(BrokerLimits limits)
        {
            return limits.ConnectionsMax + Reserve;
        }
    }
}
