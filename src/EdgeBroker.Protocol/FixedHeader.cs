namespace EdgeBroker.Protocol
{
    /// <summary>
    /// The Fixed Header: packet type, flags and Remaining Length. It tells where a packet ends before the packet is all there.
    /// </summary>
    public static class FixedHeader
    {
        /// <summary>The Fixed Header is not complete yet.</summary>
        public const int NeedMoreBytes = 0;

        /// <summary>The Remaining Length is not minimal, or longer than four bytes: the packet's end can't be known.</summary>
        public const int Malformed = -1;

        /// <summary>The greatest Remaining Length, in bytes.</summary>
        public const int RemainingLengthMax = 268435455;

        /// <summary>Reads the size of the packet that begins at <paramref name="offset"/>.</summary>
        /// <param name="buffer">The received bytes.</param>
        /// <param name="offset">The first byte of the packet.</param>
        /// <param name="count">The number of bytes received from there on.</param>
        /// <param name="headerSize">The size of the Fixed Header, 2 to 5 bytes; of no meaning unless a size is returned.</param>
        /// <returns>
        /// The size of the whole packet in bytes, Fixed Header included; <see cref="NeedMoreBytes"/> or <see cref="Malformed"/>.
        /// </returns>
        public static int ReadSize(byte[] buffer, int offset, int count, out int headerSize)
        {
            headerSize = 2;
            if (count < 2)
            {
                return NeedMoreBytes;
            }

            int length = buffer[offset + 1];
            if (length < 0x80)
            {
                return length + 2;
            }

            return ReadLongSize(buffer, offset, count, length & 0x7F, ref headerSize);
        }

        /// <summary>
        /// Tells whether the four flag bits fit the packet type [MQTT-2.2.2-1], [MQTT5-2.1.3-1]. PUBLISH may have any but QoS 3
        /// [MQTT-3.3.1-4], [MQTT5-3.3.1-4]. MQTT 3.1 permits the DUP bit in PUBREL, SUBSCRIBE and UNSUBSCRIBE as well.
        /// </summary>
        /// <param name="firstByte">The packet's first byte, 0 to 255.</param>
        /// <param name="protocolLevel">One of <see cref="ProtocolLevel"/>.</param>
        /// <returns>False for reserved bits that are not as prescribed, and for packet type 0.</returns>
        public static bool HasValidFlags(int firstByte, int protocolLevel)
        {
            int flags = firstByte & 0x0F;
            switch (firstByte >> 4)
            {
                case PacketType.Publish:
                    return (flags & 0x06) != 0x06;
                case PacketType.Pubrel:
                case PacketType.Subscribe:
                case PacketType.Unsubscribe:
                    // [MQTT-3.6.1-1], [MQTT-3.8.1-1], [MQTT-3.10.1-1], [MQTT5-3.6.1-1], [MQTT5-3.8.1-1], [MQTT5-3.10.1-1]
                    return flags == 0x02 || (flags == 0x0A && protocolLevel == ProtocolLevel.V31);
                case 0:
                    return false;
                default:
                    return flags == 0;
            }
        }

        // The one-byte Remaining Length is handled by the caller; this is for the packets of 130 bytes and more.
        private static int ReadLongSize(byte[] buffer, int offset, int count, int length, ref int headerSize)
        {
            int shift = 7;
            for (int index = 2; index < 5; index++)
            {
                if (index >= count)
                {
                    return NeedMoreBytes;
                }

                int part = buffer[offset + index];
                length |= (part & 0x7F) << shift;
                if (part < 0x80)
                {
                    // A last byte of 0 adds nothing: the length was not written with the fewest bytes [MQTT5-1.5.5-1].
                    headerSize = index + 1;
                    return part == 0 ? Malformed : length + headerSize;
                }

                shift += 7;
            }

            return Malformed;
        }
    }
}
