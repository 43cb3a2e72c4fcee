namespace EdgeBroker.Protocol
{
    /// <summary>The packets that are a Fixed Header and nothing else: PINGREQ, PINGRESP and the DISCONNECT of 3.1 and 3.1.1.</summary>
    public static class EmptyPacket
    {
        /// <summary>The size of such a packet in bytes.</summary>
        public const int Size = 2;

        /// <summary>Checks a packet whose type is known: flags of 0 [MQTT-2.2.2-1], [MQTT5-2.1.3-1], no body.</summary>
        /// <param name="buffer">Holds the packet.</param>
        /// <param name="offset">The first byte of the Fixed Header.</param>
        /// <param name="size">The size of the whole packet in bytes.</param>
        /// <returns><see cref="ReasonCode.Success"/> or <see cref="ReasonCode.MalformedPacket"/>.</returns>
        public static int Decode(byte[] buffer, int offset, int size)
        {
            return size == Size && (buffer[offset] & 0x0F) == 0 ? ReasonCode.Success : ReasonCode.MalformedPacket;
        }

        /// <summary>Writes one. There has to be room for <see cref="Size"/> bytes.</summary>
        /// <param name="target">Takes the packet.</param>
        /// <param name="offset">Where to write.</param>
        /// <param name="packetType">PINGREQ, PINGRESP or DISCONNECT.</param>
        /// <returns>The number of bytes written, <see cref="Size"/>.</returns>
        public static int Write(byte[] target, int offset, int packetType)
        {
            target[offset] = (byte)(packetType << 4);
            target[offset + 1] = 0;
            return Size;
        }
    }
}
