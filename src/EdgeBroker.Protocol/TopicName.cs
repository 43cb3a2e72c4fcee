namespace EdgeBroker.Protocol
{
    /// <summary>Checks Topic Names.</summary>
    public static class TopicName
    {
        /// <summary>
        /// Tells whether the bytes are a Topic Name: not empty [MQTT-4.7.3-1], [MQTT5-4.7.3-1], valid UTF-8 without U+0000
        /// [MQTT-4.7.3-2], [MQTT5-4.7.3-2], without control characters, and without wildcards [MQTT-3.3.2-2],
        /// [MQTT-4.7.1-1], [MQTT5-3.3.2-2], [MQTT5-4.7.0-1].
        /// </summary>
        /// <param name="buffer">The bytes.</param>
        /// <param name="offset">The first byte of the name.</param>
        /// <param name="length">Its length in bytes, up to 65,535 [MQTT-4.7.3-3], [MQTT5-4.7.3-3].</param>
        /// <returns>True if it is valid.</returns>
        public static bool IsValid(byte[] buffer, int offset, int length)
        {
            if (length == 0)
            {
                return false;
            }

            int end = offset + length;
            for (int index = offset; index < end; index++)
            {
                int character = buffer[index];
                if (character == '+' || character == '#')
                {
                    return false;
                }
            }

            return Utf8.IsValid(buffer, offset, length) && !Utf8.HasControl(buffer, offset, length);
        }
    }
}
