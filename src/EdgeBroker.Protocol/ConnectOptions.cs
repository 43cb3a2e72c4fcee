using Level = EdgeBroker.Protocol.ProtocolLevel;

namespace EdgeBroker.Protocol
{
    /// <summary>
    /// What a Client says in CONNECT, and the writer of it. Fields that are -1 or null are not there; strings are UTF-8. Nothing is
    /// checked, so that tests can write what a Server has to refuse.
    /// </summary>
    public sealed class ConnectOptions
    {
        /// <summary>Clean Start of 5.0, CleanSession before. True at first.</summary>
        public bool CleanStart = true;

        /// <summary>Keep Alive in seconds, 0 to 65,535. 0 at first: off.</summary>
        public int KeepAliveS;

        /// <summary>The Client Identifier; null for an empty one.</summary>
        public byte[] ClientIdentifier;

        /// <summary>The Will Message's Topic Name; null for no Will Message.</summary>
        public byte[] WillTopic;

        /// <summary>The Will Message's Payload; null for an empty one.</summary>
        public byte[] WillPayload;

        /// <summary>The Will Message's QoS, 0 to 2.</summary>
        public int WillQoS;

        /// <summary>The Will Message is to be retained.</summary>
        public bool WillRetain;

        /// <summary>Will Delay Interval in seconds; -1 if absent.</summary>
        public long WillDelayIntervalS = -1;

        /// <summary>More Will properties, as encoded on the wire, or null.</summary>
        public byte[] WillProperties;

        /// <summary>The user name, or null.</summary>
        public byte[] UserName;

        /// <summary>The password, or null.</summary>
        public byte[] Password;

        /// <summary>Session Expiry Interval in seconds; -1 if absent.</summary>
        public long SessionExpiryIntervalS = -1;

        /// <summary>Receive Maximum; -1 if absent.</summary>
        public int ReceiveMaximum = -1;

        /// <summary>Maximum Packet Size in bytes; -1 if absent.</summary>
        public long MaximumPacketSize = -1;

        /// <summary>Topic Alias Maximum; -1 if absent.</summary>
        public int TopicAliasMaximum = -1;

        /// <summary>More properties, as encoded on the wire, or null.</summary>
        public byte[] Properties;

        /// <summary>Writes the packet. What a version does not know is left out.</summary>
        /// <param name="writer">Takes it.</param>
        /// <param name="protocolLevel">One of <see cref="ProtocolLevel"/>.</param>
        public void Write(PacketWriter writer, int protocolLevel)
        {
            writer.BeginPacket(PacketType.Connect << 4);
            WriteProtocolName(writer, protocolLevel);
            writer.WriteByte(protocolLevel);
            writer.WriteByte(Flags());
            writer.WriteUInt16(KeepAliveS);
            if (protocolLevel == Level.V5)
            {
                WriteProperties(writer);
            }

            WriteStringOrEmpty(writer, ClientIdentifier);
            if (WillTopic != null)
            {
                WriteWill(writer, protocolLevel);
            }

            if (UserName != null)
            {
                writer.WriteString(UserName);
            }

            if (Password != null)
            {
                writer.WriteString(Password);
            }

            writer.EndPacket();
        }

        private static void WriteProtocolName(PacketWriter writer, int protocolLevel)
        {
            writer.WriteUInt16(protocolLevel == Level.V31 ? 6 : 4);
            writer.WriteByte('M');
            writer.WriteByte('Q');
            if (protocolLevel == Level.V31)
            {
                writer.WriteByte('I');
                writer.WriteByte('s');
                writer.WriteByte('d');
                writer.WriteByte('p');
            }
            else
            {
                writer.WriteByte('T');
                writer.WriteByte('T');
            }
        }

        private static void WriteStringOrEmpty(PacketWriter writer, byte[] value)
        {
            if (value == null)
            {
                writer.WriteUInt16(0);
            }
            else
            {
                writer.WriteString(value);
            }
        }

        private int Flags()
        {
            int flags = CleanStart ? 0x02 : 0;
            if (WillTopic != null)
            {
                flags |= 0x04 | (WillQoS << 3) | (WillRetain ? 0x20 : 0);
            }

            return flags | (Password != null ? 0x40 : 0) | (UserName != null ? 0x80 : 0);
        }

        private void WriteProperties(PacketWriter writer)
        {
            writer.BeginProperties();
            if (SessionExpiryIntervalS >= 0)
            {
                writer.WriteUInt32Property(PropertyId.SessionExpiryInterval, SessionExpiryIntervalS);
            }

            if (ReceiveMaximum >= 0)
            {
                writer.WriteUInt16Property(PropertyId.ReceiveMaximum, ReceiveMaximum);
            }

            if (MaximumPacketSize >= 0)
            {
                writer.WriteUInt32Property(PropertyId.MaximumPacketSize, MaximumPacketSize);
            }

            if (TopicAliasMaximum >= 0)
            {
                writer.WriteUInt16Property(PropertyId.TopicAliasMaximum, TopicAliasMaximum);
            }

            writer.WriteRaw(Properties);
            writer.EndProperties();
        }

        private void WriteWill(PacketWriter writer, int protocolLevel)
        {
            if (protocolLevel == Level.V5)
            {
                writer.BeginProperties();
                if (WillDelayIntervalS >= 0)
                {
                    writer.WriteUInt32Property(PropertyId.WillDelayInterval, WillDelayIntervalS);
                }

                writer.WriteRaw(WillProperties);
                writer.EndProperties();
            }

            writer.WriteString(WillTopic);
            WriteStringOrEmpty(writer, WillPayload);
        }
    }
}
