using Level = EdgeBroker.Protocol.ProtocolLevel;

namespace EdgeBroker.Protocol
{
    /// <summary>Decodes what tells the version of the protocol: the name and the level byte at the beginning of CONNECT.</summary>
    internal static class ProtocolName
    {
        private const int Unknown = 0;

        // "MQTT", the name since 3.1.1 [MQTT-3.1.2-1], [MQTT5-3.1.2-1].
        private const int Current = 1;

        // "MQIsdp", the name in 3.1.
        private const int Old = 2;

        /// <summary>Decodes name and level.</summary>
        /// <param name="buffer">Holds the packet.</param>
        /// <param name="position">The first byte after the Fixed Header; afterwards that after the level, if it is served.</param>
        /// <param name="limit">The index after the packet's last byte.</param>
        /// <param name="level">The level as sent; 0 if the name is not known or the level is not there.</param>
        /// <returns>
        /// <see cref="ReasonCode.Success"/>, <see cref="ReasonCode.UnsupportedProtocolVersion"/> or
        /// <see cref="ReasonCode.MalformedPacket"/>.
        /// </returns>
        public static int Decode(byte[] buffer, ref int position, int limit, out int level)
        {
            level = 0;
            int end = Wire.DataEnd(buffer, position, limit);
            if (end == Wire.Bad)
            {
                return ReasonCode.MalformedPacket;
            }

            int name = Recognize(buffer, position + 2, end - position - 2);
            if (name == Unknown)
            {
                return ReasonCode.UnsupportedProtocolVersion;
            }

            if (end >= limit)
            {
                return ReasonCode.MalformedPacket;
            }

            level = buffer[end];
            position = end + 1;

            // [MQTT-3.1.2-2], [MQTT5-3.1.2-2]
            bool isServed = name == Old ? level == Level.V31 : level == Level.V311 || level == Level.V5;
            return isServed ? ReasonCode.Success : ReasonCode.UnsupportedProtocolVersion;
        }

        private static int Recognize(byte[] buffer, int offset, int length)
        {
            if (length < 4 || buffer[offset] != 'M' || buffer[offset + 1] != 'Q')
            {
                return Unknown;
            }

            if (length == 4)
            {
                return buffer[offset + 2] == 'T' && buffer[offset + 3] == 'T' ? Current : Unknown;
            }

            return length == 6 && buffer[offset + 2] == 'I' && buffer[offset + 3] == 's' && buffer[offset + 4] == 'd' &&
                buffer[offset + 5] == 'p' ? Old : Unknown;
        }
    }
}
