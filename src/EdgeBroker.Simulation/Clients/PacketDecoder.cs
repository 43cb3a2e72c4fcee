using EdgeBroker.Protocol;

namespace EdgeBroker.Simulation.Clients
{
    /// <summary>Decodes what the broker sends, strictly, and says it in a line; see <see cref="ReceivedPacket.Text"/>.</summary>
    internal sealed class PacketDecoder
    {
        private readonly PropertyReader _properties = new PropertyReader();
        private readonly ConnackPacket _connack;
        private readonly PublishPacket _publish;
        private readonly AckPacket _ack;
        private readonly SubackPacket _suback;
        private readonly UnsubackPacket _unsuback;
        private readonly DisconnectPacket _disconnect;
        private readonly AuthPacket _auth;

        /// <summary>Makes a decoder.</summary>
        public PacketDecoder()
        {
            _connack = new ConnackPacket(_properties);
            _publish = new PublishPacket(_properties);
            _ack = new AckPacket(_properties);
            _ack.FromServer = true;
            _suback = new SubackPacket(_properties);
            _unsuback = new UnsubackPacket(_properties);
            _disconnect = new DisconnectPacket(_properties);
            _disconnect.FromServer = true;
            _auth = new AuthPacket(_properties);
            _auth.FromServer = true;
        }

        /// <summary>Decodes one whole packet.</summary>
        /// <param name="raw">The packet, nothing before it and nothing behind.</param>
        /// <param name="headerSize">The bytes of its Fixed Header.</param>
        /// <param name="level">The protocol level.</param>
        public ReceivedPacket Decode(byte[] raw, int headerSize, int level)
        {
            ReceivedPacket packet = new ReceivedPacket();
            packet.Raw = raw;
            packet.Type = raw[0] >> 4;
            _properties.Clear();
            int fault = DecodeFields(packet, raw, headerSize, level);
            if (fault != ReasonCode.Success)
            {
                packet.Type = 0;
                packet.Text = "BAD " + Bytes.Hex(fault) + ":";
                for (int i = 0; i < raw.Length && i < 64; i++)
                {
                    packet.Text += " " + Bytes.Hex(raw[i]);
                }
            }

            return packet;
        }

        private int DecodeFields(ReceivedPacket packet, byte[] raw, int headerSize, int level)
        {
            int fault;
            switch (packet.Type)
            {
                case PacketType.Connack:
                    fault = _connack.Decode(raw, 0, headerSize, raw.Length, level);
                    packet.SessionPresent = _connack.SessionPresent;
                    packet.ReasonCode = _connack.ReasonCode;
                    packet.Text = "CONNACK " + Bytes.Hex(packet.ReasonCode) + (packet.SessionPresent ? " present" : "");
                    break;
                case PacketType.Publish:
                    return DecodePublish(packet, raw, headerSize, level);
                case PacketType.Puback:
                case PacketType.Pubrec:
                case PacketType.Pubrel:
                case PacketType.Pubcomp:
                    fault = _ack.Decode(raw, 0, headerSize, raw.Length, level);
                    packet.PacketIdentifier = _ack.PacketIdentifier;
                    packet.ReasonCode = _ack.ReasonCode;
                    packet.Text = AckName(packet.Type) + " i" + packet.PacketIdentifier.ToString()
                        + (packet.ReasonCode == 0 ? "" : " " + Bytes.Hex(packet.ReasonCode));
                    break;
                case PacketType.Suback:
                    fault = _suback.Decode(raw, 0, headerSize, raw.Length, level);
                    packet.PacketIdentifier = _suback.PacketIdentifier;
                    packet.ReasonCode = _suback.CodeCount > 0 ? raw[_suback.CodesOffset] : 0;
                    packet.Text = "SUBACK i" + packet.PacketIdentifier.ToString() + Codes(raw, _suback.CodesOffset, _suback.CodeCount);
                    break;
                case PacketType.Unsuback:
                    fault = _unsuback.Decode(raw, 0, headerSize, raw.Length, level);
                    packet.PacketIdentifier = _unsuback.PacketIdentifier;
                    packet.ReasonCode = _unsuback.CodeCount > 0 ? raw[_unsuback.CodesOffset] : 0;
                    packet.Text = "UNSUBACK i" + packet.PacketIdentifier.ToString()
                        + Codes(raw, _unsuback.CodesOffset, _unsuback.CodeCount);
                    break;
                case PacketType.Pingresp:
                    packet.Text = "PINGRESP";
                    return EmptyPacket.Decode(raw, 0, raw.Length);
                case PacketType.Disconnect:
                    // Before 5.0 only Clients send it.
                    fault = level == ProtocolLevel.V5
                        ? _disconnect.Decode(raw, 0, headerSize, raw.Length, level)
                        : ReasonCode.ProtocolError;
                    packet.ReasonCode = _disconnect.ReasonCode;
                    packet.Text = "DISCONNECT " + Bytes.Hex(packet.ReasonCode);
                    break;
                case PacketType.Auth:
                    fault = _auth.Decode(raw, 0, headerSize, raw.Length, level);
                    packet.ReasonCode = _auth.ReasonCode;
                    packet.Text = "AUTH " + Bytes.Hex(packet.ReasonCode);
                    break;
                default:
                    return ReasonCode.ProtocolError;
            }

            TakeProperties(packet, raw, level, fault);
            return fault;
        }

        private int DecodePublish(ReceivedPacket packet, byte[] raw, int headerSize, int level)
        {
            int fault = _publish.Decode(raw, 0, headerSize, raw.Length, level);
            if (fault != ReasonCode.Success)
            {
                return fault;
            }

            if (_publish.TopicLength > 0 && !TopicName.IsValid(raw, _publish.TopicOffset, _publish.TopicLength))
            {
                return ReasonCode.TopicNameInvalid;
            }

            packet.QoS = _publish.QoS;
            packet.Retain = _publish.Retain;
            packet.Duplicate = _publish.Duplicate;
            packet.PacketIdentifier = _publish.PacketIdentifier;
            packet.TopicOffset = _publish.TopicOffset;
            packet.TopicLength = _publish.TopicLength;
            packet.PayloadOffset = _publish.PayloadOffset;
            packet.Topic = Bytes.Show(raw, _publish.TopicOffset, _publish.TopicLength);
            packet.Payload = Bytes.Show(raw, _publish.PayloadOffset, _publish.PayloadLength);
            if (_publish.PropertiesLength > 0)
            {
                packet.Properties = PropertyText.Of(raw, _publish.PropertiesOffset, _publish.PropertiesLength);
            }

            packet.Text = "PUBLISH " + (packet.Topic.Length == 0 ? "-" : packet.Topic) + " '" + packet.Payload + "' q"
                + packet.QoS.ToString()
                + (packet.QoS == 0 ? "" : " i" + packet.PacketIdentifier.ToString())
                + (packet.Retain ? " retain" : "")
                + (packet.Duplicate ? " dup" : "")
                + (packet.Properties.Length == 0 ? "" : " {" + packet.Properties + "}");
            return ReasonCode.Success;
        }

        private void TakeProperties(ReceivedPacket packet, byte[] raw, int level, int fault)
        {
            if (level == ProtocolLevel.V5 && fault == ReasonCode.Success && _properties.ListLength > 0)
            {
                packet.Properties = PropertyText.Of(raw, _properties.ListOffset, _properties.ListLength);
            }
        }

        private static string AckName(int type)
        {
            switch (type)
            {
                case PacketType.Puback: return "PUBACK";
                case PacketType.Pubrec: return "PUBREC";
                case PacketType.Pubrel: return "PUBREL";
                default: return "PUBCOMP";
            }
        }

        private static string Codes(byte[] raw, int offset, int count)
        {
            string text = "";
            for (int i = 0; i < count; i++)
            {
                text += " " + Bytes.Hex(raw[offset + i]);
            }

            return text;
        }
    }
}
