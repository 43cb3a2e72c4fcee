using System;

namespace EdgeBroker.Protocol
{
    /// <summary>Separates the properties of a message that a Server hands on from those between it and one of its Clients.</summary>
    public static class ForwardedProperties
    {
        /// <summary>
        /// Copies, in their order [MQTT5-3.3.2-18], [MQTT5-3.1.3-10] and unaltered [MQTT5-3.3.2-4], [MQTT5-3.3.2-15], [MQTT5-3.3.2-16],
        /// [MQTT5-3.3.2-17], [MQTT5-3.3.2-20], the properties of a PUBLISH or a Will, all but Topic Alias, Message Expiry Interval,
        /// Will Delay Interval and Subscription Identifier.
        /// </summary>
        /// <param name="source">Holds the properties, which a decoder has accepted.</param>
        /// <param name="offset">The first of them, after the Property Length.</param>
        /// <param name="length">The Property Length in bytes.</param>
        /// <param name="target">Takes them; it has room for <paramref name="length"/> bytes.</param>
        /// <param name="targetOffset">Where to write.</param>
        /// <returns>The number of bytes written, never more than <paramref name="length"/>.</returns>
        public static int Copy(byte[] source, int offset, int length, byte[] target, int targetOffset)
        {
            int limit = offset + length;
            int written = 0;

            // What lies between two properties that stay behind is copied at once.
            int runStart = offset;
            while (offset < limit)
            {
                int identifier = source[offset];
                int type = PropertyRule.Of(identifier) & PropertyRule.TypeMask;
                int next = PropertyRule.ValueEnd(type, source, offset + 1, limit);
                if (next == Wire.Bad)
                {
                    break;
                }

                if (!IsForwarded(identifier))
                {
                    Array.Copy(source, runStart, target, targetOffset + written, offset - runStart);
                    written += offset - runStart;
                    runStart = next;
                }

                offset = next;
            }

            Array.Copy(source, runStart, target, targetOffset + written, offset - runStart);
            return written + offset - runStart;
        }

        private static bool IsForwarded(int identifier)
        {
            switch (identifier)
            {
                case PropertyId.MessageExpiryInterval:
                case PropertyId.SubscriptionIdentifier:
                case PropertyId.WillDelayInterval:
                case PropertyId.TopicAlias:
                    return false;
                default:
                    return true;
            }
        }
    }
}
