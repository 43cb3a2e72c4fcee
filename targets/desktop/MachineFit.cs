using System;
using System.Globalization;
using EdgeBroker.Limits;

namespace EdgeBroker.DesktopProgram
{
    /// <summary>
    /// Lowers bounds, each with a line in the log, to what the machine has: what is refused at a bound is refused in order, what the
    /// machine refuses is not.
    /// </summary>
    internal static class MachineFit
    {
        // Besides the queues there are buffers, Sessions, and what the garbage collector needs to move things.
        private const int MemoryPart = 3;

        // The rest is for files that are written anew while the old ones are there, and for how a file system counts.
        private const int DiskParts = 8;

        /// <summary>The operating system may allow fewer sockets than were asked for.</summary>
        /// <param name="limits">The bounds.</param>
        /// <param name="count">How many Clients there are sockets for.</param>
        /// <param name="log">Told if there are too few.</param>
        /// <exception cref="StartException">There are none.</exception>
        internal static void FitConnections(BrokerLimits limits, int count, Log log)
        {
            if (count >= limits.ConnectionsMax)
            {
                return;
            }

            if (count < 1)
            {
                throw new StartException("the operating system allows too few open files: raise the limit (ulimit -n)");
            }

            limits.ConnectionsMax = count;
            Tell(log, "connections-max", count, "the operating system allows no more open files");
        }

        /// <summary>The process may have less memory than the queues may take.</summary>
        /// <param name="limits">The bounds.</param>
        /// <param name="available">The bytes that the process may have.</param>
        /// <param name="log">Told if that is too little.</param>
        internal static void FitMemory(BrokerLimits limits, long available, Log log)
        {
            long bytes = long.Max(available / MemoryPart, limits.PacketSizeMax * 2L);
            if (available > 0 && bytes < limits.QueueBytesMax)
            {
                limits.QueueBytesMax = (int)bytes;
                Tell(log, "queue-bytes-max", bytes, "the process may have no more memory");
            }
        }

        /// <summary>The disk may have less room than the store may take.</summary>
        /// <param name="limits">The bounds.</param>
        /// <param name="available">The bytes that the store takes now and those that are free.</param>
        /// <param name="log">Told if that is too little.</param>
        internal static void FitDisk(BrokerLimits limits, long available, Log log)
        {
            int least = LimitTable.Minimum(LimitTable.IndexOf("store-bytes-max"));
            long bytes = long.Max(available - (available / DiskParts), least);
            if (bytes < limits.StoreBytesMax)
            {
                limits.StoreBytesMax = (int)bytes;
                Tell(log, "store-bytes-max", bytes, "the disk has no more room");
            }
        }

        private static void Tell(Log log, string setting, long value, string why)
        {
            log.Write(LogLevel.Warning, $"{setting} is {value.ToString(CultureInfo.InvariantCulture)}: {why}");
        }
    }
}
