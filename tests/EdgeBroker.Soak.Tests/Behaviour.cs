namespace EdgeBroker.Soak.Tests
{
    /// <summary>What a Client does wrong, if anything.</summary>
    internal enum Behaviour
    {
        /// <summary>Nothing.</summary>
        Decent,

        /// <summary>It takes nothing any more.</summary>
        Deaf,

        /// <summary>It takes a byte a second.</summary>
        ByteReader,

        /// <summary>It sends a byte a second of a packet.</summary>
        ByteWriter,

        /// <summary>It has sent half a packet, and no more.</summary>
        HalfPacket,

        /// <summary>It publishes at QoS 2, and never sends PUBREL.</summary>
        Flooder,

        /// <summary>Its network is gone, and nobody has said so.</summary>
        Vanished,
    }
}
