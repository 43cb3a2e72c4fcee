namespace EdgeBroker.Protocol.Tests
{
    /// <summary>Writes a packet again from what its decoder found in it.</summary>
    public static class Reencoder
    {
        /// <summary>Writes the packet that was decoded last.</summary>
        /// <returns>Its size, or -1 if it does not fit.</returns>
        public static int Write(DecodedPacket decoded, byte[] packet, int level, byte[] target)
        {
            PacketWriter writer = new PacketWriter();
            writer.Start(target, 0, target.Length);
            int packetType = packet[0] >> 4;
            switch (packetType)
            {
                case PacketType.Connect:
                    WriteConnect(writer, decoded.Connect, packet);
                    break;
                case PacketType.Connack:
                    WriteConnack(writer, decoded.Connack, packet, level);
                    break;
                case PacketType.Publish:
                    WritePublish(writer, decoded.Publish, packet, level);
                    break;
                case PacketType.Puback:
                case PacketType.Pubrec:
                case PacketType.Pubrel:
                case PacketType.Pubcomp:
                    return AckPacket.Write(target, 0, packetType, decoded.Ack.PacketIdentifier, decoded.Ack.ReasonCode, level);
                case PacketType.Subscribe:
                    WriteSubscribe(writer, decoded.Subscribe, packet, level);
                    break;
                case PacketType.Suback:
                    SubackPacket suback = decoded.Suback;
                    byte[] codes = Slice(packet, suback.CodesOffset, suback.CodeCount);
                    byte[] reason = level == ProtocolLevel.V5 ? Property(suback.Properties, PropertyId.ReasonString, packet) : null;
                    SubackPacket.Write(writer, level, suback.PacketIdentifier, codes, codes.Length, reason);
                    break;
                case PacketType.Unsubscribe:
                    WriteUnsubscribe(writer, decoded.Unsubscribe, packet, level);
                    break;
                case PacketType.Unsuback:
                    UnsubackPacket unsuback = decoded.Unsuback;
                    codes = Slice(packet, unsuback.CodesOffset, unsuback.CodeCount);
                    reason = level == ProtocolLevel.V5 ? Property(unsuback.Properties, PropertyId.ReasonString, packet) : null;
                    UnsubackPacket.Write(writer, level, unsuback.PacketIdentifier, codes, codes.Length, reason);
                    break;
                case PacketType.Disconnect:
                    WriteDisconnect(writer, decoded.Disconnect, packet, level);
                    break;
                case PacketType.Auth:
                    PropertyReader properties = decoded.Auth.Properties;
                    AuthPacket.Write(
                        writer,
                        decoded.Auth.ReasonCode,
                        Property(properties, PropertyId.AuthenticationMethod, packet),
                        Property(properties, PropertyId.AuthenticationData, packet),
                        Property(properties, PropertyId.ReasonString, packet));
                    break;
                default:
                    return EmptyPacket.Write(target, 0, packetType);
            }

            return writer.Overflowed ? -1 : writer.Position;
        }

        private static void WriteConnect(PacketWriter writer, ConnectPacket connect, byte[] packet)
        {
            ConnectOptions options = new ConnectOptions();
            options.CleanStart = connect.CleanStart;
            options.KeepAliveS = connect.KeepAliveS;
            options.ClientIdentifier = Slice(packet, connect.ClientIdentifierOffset, connect.ClientIdentifierLength);
            options.SessionExpiryIntervalS = connect.SessionExpiryIntervalS == 0 ? -1 : connect.SessionExpiryIntervalS;
            options.ReceiveMaximum = connect.ReceiveMaximum == 65535 ? -1 : connect.ReceiveMaximum;
            options.MaximumPacketSize = connect.MaximumPacketSize == int.MaxValue ? -1 : connect.MaximumPacketSize;
            options.TopicAliasMaximum = connect.TopicAliasMaximum == 0 ? -1 : connect.TopicAliasMaximum;
            if (connect.HasWill)
            {
                options.WillTopic = Slice(packet, connect.WillTopicOffset, connect.WillTopicLength);
                options.WillPayload = Slice(packet, connect.WillPayloadOffset, connect.WillPayloadLength);
                options.WillQoS = connect.WillQoS;
                options.WillRetain = connect.WillRetain;
                options.WillProperties = Slice(packet, connect.WillPropertiesOffset, connect.WillPropertiesLength);
            }

            if (connect.HasUserName)
            {
                options.UserName = Slice(packet, connect.UserNameOffset, connect.UserNameLength);
            }

            if (connect.HasPassword)
            {
                options.Password = Slice(packet, connect.PasswordOffset, connect.PasswordLength);
            }

            options.Write(writer, connect.ProtocolLevel);
        }

        private static void WriteConnack(PacketWriter writer, ConnackPacket connack, byte[] packet, int level)
        {
            if (level == ProtocolLevel.V5)
            {
                PropertyReader properties = connack.Properties;
                connack.AssignedClientIdentifier = Property(properties, PropertyId.AssignedClientIdentifier, packet);
                connack.ReasonString = Property(properties, PropertyId.ReasonString, packet);
                connack.ResponseInformation = Property(properties, PropertyId.ResponseInformation, packet);
                connack.ServerReference = Property(properties, PropertyId.ServerReference, packet);
                connack.AuthenticationMethod = Property(properties, PropertyId.AuthenticationMethod, packet);
                connack.AuthenticationData = Property(properties, PropertyId.AuthenticationData, packet);
            }

            connack.Write(writer, level);
        }

        private static void WritePublish(PacketWriter writer, PublishPacket publish, byte[] packet, int level)
        {
            ClientPackets.WritePublish(
                writer,
                level,
                Slice(packet, publish.TopicOffset, publish.TopicLength),
                Slice(packet, publish.PayloadOffset, publish.PayloadLength),
                publish.QoS,
                publish.Retain,
                publish.Duplicate,
                publish.PacketIdentifier,
                Slice(packet, publish.PropertiesOffset, publish.PropertiesLength));
        }

        private static void WriteSubscribe(PacketWriter writer, SubscribePacket subscribe, byte[] packet, int level)
        {
            ClientPackets.BeginSubscribe(writer, level, subscribe.PacketIdentifier, subscribe.SubscriptionIdentifier, null);
            subscribe.Rewind();
            while (subscribe.Next())
            {
                int options = subscribe.QoS | (subscribe.NoLocal ? SubscriptionOptions.NoLocal : 0) |
                    (subscribe.RetainAsPublished ? SubscriptionOptions.RetainAsPublished : 0) |
                    (subscribe.RetainHandling << SubscriptionOptions.RetainHandlingShift);
                ClientPackets.AddSubscription(writer, Slice(packet, subscribe.FilterOffset, subscribe.FilterLength), options);
            }

            writer.EndPacket();
        }

        private static void WriteUnsubscribe(PacketWriter writer, UnsubscribePacket unsubscribe, byte[] packet, int level)
        {
            ClientPackets.BeginUnsubscribe(writer, level, unsubscribe.PacketIdentifier, null);
            unsubscribe.Rewind();
            while (unsubscribe.Next())
            {
                writer.WriteString(Slice(packet, unsubscribe.FilterOffset, unsubscribe.FilterLength));
            }

            writer.EndPacket();
        }

        private static void WriteDisconnect(PacketWriter writer, DisconnectPacket disconnect, byte[] packet, int level)
        {
            if (!disconnect.FromServer)
            {
                DisconnectPacket.WriteFromClient(writer, level, disconnect.ReasonCode, disconnect.SessionExpiryIntervalS);
                return;
            }

            PropertyReader properties = disconnect.Properties;
            DisconnectPacket.Write(
                writer,
                disconnect.ReasonCode,
                Property(properties, PropertyId.ReasonString, packet),
                null,
                Property(properties, PropertyId.ServerReference, packet));
        }

        private static byte[] Property(PropertyReader properties, int identifier, byte[] packet)
        {
            return properties.Has(identifier)
                ? Slice(packet, properties.GetOffset(identifier), properties.GetLength(identifier))
                : null;
        }

        private static byte[] Slice(byte[] source, int offset, int length)
        {
            byte[] result = new byte[length];
            System.Array.Copy(source, offset, result, 0, length);
            return result;
        }
    }
}
