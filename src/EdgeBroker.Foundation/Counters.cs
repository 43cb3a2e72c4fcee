using EdgeBroker.Ports;

namespace EdgeBroker
{
    /// <summary>Totals since the broker started. Only the broker writes them.</summary>
    public sealed class Counters
    {
        /// <summary>Messages dropped, by <see cref="DropReason"/>.</summary>
        public readonly long[] Drops = new long[DropReason.Count];

        /// <summary>CONNECT, PUBLISH and SUBSCRIBE refused for want of something, by <see cref="Resource"/>.</summary>
        public readonly int[] Refusals = new int[Resource.Count];

        /// <summary>Control Packets received.</summary>
        public long PacketsReceived
        {
            get { return PublishReceived + OthersReceived; }
        }

        /// <summary>Control Packets received, other than PUBLISH.</summary>
        public long OthersReceived;

        /// <summary>Control Packets sent, other than PUBLISH.</summary>
        public long RepliesSent;

        /// <summary>PUBLISH packets received.</summary>
        public long PublishReceived;

        /// <summary>PUBLISH packets sent.</summary>
        public long PublishSent;

        /// <summary>Control Packets sent.</summary>
        public long PacketsSent
        {
            get { return RepliesSent + PublishSent; }
        }

        /// <summary>Bytes received from Clients.</summary>
        public long BytesReceived;

        /// <summary>Bytes sent to Clients.</summary>
        public long BytesSent;

        /// <summary>Network Connections accepted.</summary>
        public long ConnectionsAccepted;

        /// <summary>CONNECT packets refused.</summary>
        public long ConnectsRefused;

        /// <summary>Clients disconnected because they held the most of what was short, or sent too much.</summary>
        public int ClientsShed;

        /// <summary>Sessions ended by their expiry.</summary>
        public long SessionsExpired;

        /// <summary>Clients connected at the same time, at the most.</summary>
        public int ClientsConnectedMax;
    }
}
