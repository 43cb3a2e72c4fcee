namespace EdgeBroker.Protocol
{
    /// <summary>Recognises the protocol names of CONNECT.</summary>
    internal static class ProtocolName
    {
        /// <summary>The name is none that is known.</summary>
        public const int Unknown = 0;

        /// <summary>"MQTT", the name since 3.1.1 [MQTT-3.1.2-1], [MQTT5-3.1.2-1].</summary>
        public const int Current = 1;

        /// <summary>"MQIsdp", the name in 3.1.</summary>
        public const int Old = 2;

        /// <summary>Recognises a name.</summary>
        /// <param name="buffer">Holds it.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        public static int Recognize(byte[] buffer, int offset, int length)
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
