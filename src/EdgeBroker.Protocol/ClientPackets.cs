using Level = EdgeBroker.Protocol.ProtocolLevel;

namespace EdgeBroker.Protocol
{
    /// <summary>
    /// Writes what a Client sends besides CONNECT (<see cref="ConnectOptions"/>), DISCONNECT
    /// (<see cref="DisconnectPacket.WriteFromClient"/>), AUTH (<see cref="AuthPacket.Write"/>), PINGREQ
    /// (<see cref="EmptyPacket.Write"/>) and acknowledgements (<see cref="AckPacket.Write"/>). Nothing is checked, so that tests can
    /// write what a Server has to refuse.
    /// </summary>
    public static class ClientPackets
    {
        /// <summary>Writes a PUBLISH.</summary>
        /// <param name="writer">Takes it.</param>
        /// <param name="protocolLevel">One of <see cref="ProtocolLevel"/>.</param>
        /// <param name="topic">The Topic Name in UTF-8.</param>
        /// <param name="payload">The Payload; null for an empty one.</param>
        /// <param name="qos">0 to 2.</param>
        /// <param name="retain">The RETAIN flag.</param>
        /// <param name="duplicate">The DUP flag.</param>
        /// <param name="packetIdentifier">1 to 65,535; not sent at QoS 0.</param>
        /// <param name="properties">Properties as encoded on the wire, or null; not sent before 5.0.</param>
        public static void WritePublish(
            PacketWriter writer,
            int protocolLevel,
            byte[] topic,
            byte[] payload,
            int qos,
            bool retain,
            bool duplicate,
            int packetIdentifier,
            byte[] properties)
        {
            writer.BeginPacket((PacketType.Publish << 4) | (duplicate ? 0x08 : 0) | (qos << 1) | (retain ? 0x01 : 0));
            writer.WriteString(topic);
            if (qos != QoS.QoS0)
            {
                writer.WriteUInt16(packetIdentifier);
            }

            WriteProperties(writer, protocolLevel, properties);
            writer.WriteRaw(payload);
            writer.EndPacket();
        }

        /// <summary>
        /// Begins a SUBSCRIBE, to be followed by <see cref="AddSubscription"/> for each Topic Filter and
        /// <see cref="PacketWriter.EndPacket"/>.
        /// </summary>
        /// <param name="writer">Takes it.</param>
        /// <param name="protocolLevel">One of <see cref="ProtocolLevel"/>.</param>
        /// <param name="packetIdentifier">1 to 65,535.</param>
        /// <param name="subscriptionIdentifier">1 to 268,435,455, or 0 for none; not sent before 5.0.</param>
        /// <param name="properties">More properties as encoded on the wire, or null; not sent before 5.0.</param>
        public static void BeginSubscribe(
            PacketWriter writer, int protocolLevel, int packetIdentifier, int subscriptionIdentifier, byte[] properties)
        {
            writer.BeginPacket((PacketType.Subscribe << 4) | 0x02);
            writer.WriteUInt16(packetIdentifier);
            if (protocolLevel == Level.V5)
            {
                writer.BeginProperties();
                if (subscriptionIdentifier != 0)
                {
                    writer.WriteVariableProperty(PropertyId.SubscriptionIdentifier, subscriptionIdentifier);
                }

                writer.WriteRaw(properties);
                writer.EndProperties();
            }
        }

        /// <summary>Adds a Topic Filter to a SUBSCRIBE that was begun.</summary>
        /// <param name="writer">Takes it.</param>
        /// <param name="filter">The Topic Filter in UTF-8.</param>
        /// <param name="options">The QoS, 0 to 2, with <see cref="SubscriptionOptions"/> in 5.0.</param>
        public static void AddSubscription(PacketWriter writer, byte[] filter, int options)
        {
            writer.WriteString(filter);
            writer.WriteByte(options);
        }

        /// <summary>Writes a SUBSCRIBE with one Topic Filter and without properties.</summary>
        public static void WriteSubscribe(PacketWriter writer, int protocolLevel, int packetIdentifier, byte[] filter, int options)
        {
            BeginSubscribe(writer, protocolLevel, packetIdentifier, 0, null);
            AddSubscription(writer, filter, options);
            writer.EndPacket();
        }

        /// <summary>
        /// Begins an UNSUBSCRIBE, to be followed by <see cref="PacketWriter.WriteString(byte[])"/> for each Topic Filter and
        /// <see cref="PacketWriter.EndPacket"/>.
        /// </summary>
        public static void BeginUnsubscribe(PacketWriter writer, int protocolLevel, int packetIdentifier, byte[] properties)
        {
            writer.BeginPacket((PacketType.Unsubscribe << 4) | 0x02);
            writer.WriteUInt16(packetIdentifier);
            WriteProperties(writer, protocolLevel, properties);
        }

        /// <summary>Writes an UNSUBSCRIBE with one Topic Filter and without properties.</summary>
        public static void WriteUnsubscribe(PacketWriter writer, int protocolLevel, int packetIdentifier, byte[] filter)
        {
            BeginUnsubscribe(writer, protocolLevel, packetIdentifier, null);
            writer.WriteString(filter);
            writer.EndPacket();
        }

        private static void WriteProperties(PacketWriter writer, int protocolLevel, byte[] properties)
        {
            if (protocolLevel == Level.V5)
            {
                writer.BeginProperties();
                writer.WriteRaw(properties);
                writer.EndProperties();
            }
        }
    }
}
