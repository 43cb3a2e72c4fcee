using System;
using EdgeBroker.Connections;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;

namespace EdgeBroker.Delivery
{
    /// <summary>Writes PUBLISH packets into outboxes. It knows nothing of Sessions and queues.</summary>
    internal sealed class PublishSender
    {
        /// <summary>The first byte of a PUBLISH at QoS 0 without flags.</summary>
        public const int PlainByte = PacketType.Publish << 4;

        /// <summary>The first byte of a PUBLISH at QoS 1 without flags.</summary>
        public const int QoS1Byte = PlainByte | (QoS.QoS1 << 1);

        /// <summary>The RETAIN flag in the first byte.</summary>
        public const int RetainFlag = 1;

        private const int DuplicateFlag = 8;

        private readonly Context _context;
        private readonly Counters _counters;
        private readonly ConnectionTable _connections;

        /// <summary>Makes a sender.</summary>
        public PublishSender(Context context)
        {
            _context = context;
            _counters = context.Counters;
            _connections = context.Connections;
        }

        /// <summary>Writes a PUBLISH.</summary>
        /// <param name="connection">Whose outbox.</param>
        /// <param name="publication">The message.</param>
        /// <param name="firstByte">What <see cref="FirstByte"/> gives, for the QoS to send it with.</param>
        /// <param name="packetIdentifier">The Packet Identifier; 0 at QoS 0 [MQTT-2.3.1-5] [MQTT5-2.2.1-2].</param>
        /// <param name="identifiers">The Subscription Identifiers, or null.</param>
        /// <returns>A <see cref="SendResult"/>.</returns>
        public int Send(Connection connection, Publication publication, int firstByte, int packetIdentifier, int[] identifiers)
        {
            if (publication.PacketLevel != connection.ProtocolLevel
                || identifiers != null
                || connection.OutboundAliases != null
                || (packetIdentifier == 0 && publication.QoS != QoS.QoS0))
            {
                return connection.IsV5
                    ? SendV5(connection, publication, firstByte, packetIdentifier, identifiers)
                    : SendV3(connection, publication, firstByte, packetIdentifier);
            }

            // The received packet, with the flags and the Packet Identifier of this delivery.
            int size = publication.PacketSize;
            if (size > connection.MaximumPacketSize)
            {
                // [MQTT5-3.1.2-24]
                return SendResult.TooLarge;
            }

            Outbox outbox = connection.Outbox;
            int at = outbox.ReserveMessage(size);
            if (at < 0)
            {
                return NoRoom(connection, size);
            }

            byte[] bytes = outbox.Bytes;
            Array.Copy(publication.Buffer, publication.PacketOffset, bytes, at, size);
            bytes[at] = (byte)firstByte;
            if (packetIdentifier != 0)
            {
                at += publication.TopicOffset + publication.TopicLength - publication.PacketOffset;
                bytes[at] = (byte)(packetIdentifier >> 8);
                bytes[at + 1] = (byte)packetIdentifier;
            }

            _counters.PublishSent++;
            if (!connection.IsDirty)
            {
                _connections.MarkDirty(connection);
            }

            return SendResult.Sent;
        }

        /// <summary>The first byte of a PUBLISH.</summary>
        /// <param name="qos">The QoS to send it with.</param>
        /// <param name="retain">The RETAIN flag.</param>
        /// <param name="duplicate">The DUP flag: only for a retransmission [MQTT-3.3.1-3] [MQTT5-3.3.1-3].</param>
        public static int FirstByte(int qos, bool retain, bool duplicate)
        {
            return PlainByte | (qos << 1) | (retain ? RetainFlag : 0) | (duplicate ? DuplicateFlag : 0);
        }

        private static int LengthSize(int value)
        {
            return value < 128 ? 1 : value < 16384 ? 2 : value < 2097152 ? 3 : 4;
        }

        private static int WriteLength(byte[] bytes, int at, int value)
        {
            while (value >= 128)
            {
                bytes[at++] = (byte)(value | 128);
                value >>= 7;
            }

            bytes[at++] = (byte)value;
            return at;
        }

        private static int WriteUInt16(byte[] bytes, int at, int value)
        {
            bytes[at] = (byte)(value >> 8);
            bytes[at + 1] = (byte)value;
            return at + 2;
        }

        private static int WriteString(byte[] bytes, int at, byte[] source, int offset, int length)
        {
            at = WriteUInt16(bytes, at, length);
            Array.Copy(source, offset, bytes, at, length);
            return at + length;
        }

        // One that is larger than any outbox was stored when limits were higher.
        private static int NoRoom(Connection connection, int size)
        {
            return size > connection.Outbox.MessageMax ? SendResult.TooLarge : SendResult.NoRoom;
        }

        private int SendV3(Connection connection, Publication publication, int firstByte, int packetIdentifier)
        {
            int remaining = 2 + publication.TopicLength + publication.PayloadLength + (packetIdentifier == 0 ? 0 : 2);
            int size = 1 + LengthSize(remaining) + remaining;
            int at = connection.Outbox.ReserveMessage(size);
            if (at < 0)
            {
                return NoRoom(connection, size);
            }

            byte[] bytes = connection.Outbox.Bytes;
            bytes[at++] = (byte)firstByte;
            at = WriteLength(bytes, at, remaining);
            at = WriteString(bytes, at, publication.TopicBuffer, publication.TopicOffset, publication.TopicLength);
            if (packetIdentifier != 0)
            {
                at = WriteUInt16(bytes, at, packetIdentifier);
            }

            Array.Copy(publication.Buffer, publication.PayloadOffset, bytes, at, publication.PayloadLength);
            Count(connection);
            return SendResult.Sent;
        }

        private int SendV5(Connection connection, Publication publication, int firstByte, int packetIdentifier, int[] identifiers)
        {
            OutboundAliases aliases = connection.OutboundAliases;
            bool isNewAlias = false;
            int alias = aliases == null ? 0 : FindAlias(aliases, publication, out isNewAlias);
            int topicLength = alias == 0 || isNewAlias ? publication.TopicLength : 0;
            int properties = publication.PropertiesLength
                + (alias == 0 ? 0 : 3)
                + (publication.ExpiresAtMs == 0 ? 0 : 5)
                + IdentifiersSize(identifiers);
            int remaining = 2 + topicLength + (packetIdentifier == 0 ? 0 : 2) + LengthSize(properties) + properties
                + publication.PayloadLength;
            int size = 1 + LengthSize(remaining) + remaining;
            if (size > connection.MaximumPacketSize)
            {
                // [MQTT5-3.1.2-24]
                return SendResult.TooLarge;
            }

            int at = connection.Outbox.ReserveMessage(size);
            if (at < 0)
            {
                return NoRoom(connection, size);
            }

            byte[] bytes = connection.Outbox.Bytes;
            bytes[at++] = (byte)firstByte;
            at = WriteLength(bytes, at, remaining);
            at = WriteString(bytes, at, publication.TopicBuffer, publication.TopicOffset, topicLength);
            if (packetIdentifier != 0)
            {
                at = WriteUInt16(bytes, at, packetIdentifier);
            }

            at = WriteLength(bytes, at, properties);
            if (alias != 0)
            {
                bytes[at++] = PropertyId.TopicAlias;
                at = WriteUInt16(bytes, at, alias);
            }

            at = WriteExpiry(bytes, at, publication.ExpiresAtMs);
            if (publication.PropertiesLength > 0)
            {
                Array.Copy(
                    publication.PropertiesBuffer, publication.PropertiesOffset, bytes, at, publication.PropertiesLength);
                at += publication.PropertiesLength;
            }

            at = WriteIdentifiers(bytes, at, identifiers);
            Array.Copy(publication.Buffer, publication.PayloadOffset, bytes, at, publication.PayloadLength);
            if (isNewAlias && alias != 0)
            {
                aliases.Add(publication.TopicBuffer, publication.TopicOffset, publication.TopicLength);
            }

            Count(connection);
            return SendResult.Sent;
        }

        // An alias that the Client knows stands for the topic; a new one goes with it.
        private static int FindAlias(OutboundAliases aliases, Publication publication, out bool isNew)
        {
            int alias = aliases.Find(publication.TopicBuffer, publication.TopicOffset, publication.TopicLength);
            isNew = alias == 0;
            return isNew ? aliases.Next(publication.TopicLength) : alias;
        }

        // The interval received less the seconds that the message has waited, begun ones included: the store keeps the time rounded up, so
        // that nothing ends early, and more than was received must not come out of that [MQTT5-3.3.2-6].
        private int WriteExpiry(byte[] bytes, int at, long expiresAtMs)
        {
            if (expiresAtMs == 0)
            {
                return at;
            }

            long remainingS = (expiresAtMs - _context.NowMs) / 1000;
            remainingS = remainingS > 0 ? remainingS : expiresAtMs > _context.NowMs ? 1 : 0;
            bytes[at] = PropertyId.MessageExpiryInterval;
            at = WriteUInt16(bytes, at + 1, (int)(remainingS >> 16));
            return WriteUInt16(bytes, at, (int)(remainingS & 0xFFFF));
        }

        private static int IdentifiersSize(int[] identifiers)
        {
            int size = 0;
            if (identifiers != null)
            {
                for (int i = 0; i < identifiers.Length; i++)
                {
                    size += 1 + LengthSize(identifiers[i]);
                }
            }

            return size;
        }

        // [MQTT5-3.3.4-3]
        private static int WriteIdentifiers(byte[] bytes, int at, int[] identifiers)
        {
            if (identifiers != null)
            {
                for (int i = 0; i < identifiers.Length; i++)
                {
                    bytes[at] = PropertyId.SubscriptionIdentifier;
                    at = WriteLength(bytes, at + 1, identifiers[i]);
                }
            }

            return at;
        }

        private void Count(Connection connection)
        {
            _counters.PublishSent++;
            if (!connection.IsDirty)
            {
                _connections.MarkDirty(connection);
            }
        }
    }
}
