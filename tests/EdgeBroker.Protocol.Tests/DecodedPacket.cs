namespace EdgeBroker.Protocol.Tests
{
    /// <summary>
    /// Decodes any packet and tells its fields as text, "name=value" each. Every range that a decoder gives is checked to lie within
    /// the packet.
    /// </summary>
    public sealed class DecodedPacket
    {
        private readonly PropertyReader _shared = new PropertyReader();
        private byte[] _buffer;
        private int _offset;
        private int _end;

        /// <summary>Creates the decoders, all of them on one property reader.</summary>
        public DecodedPacket()
        {
            Connect = new ConnectPacket(_shared);
            Connack = new ConnackPacket(_shared);
            Publish = new PublishPacket(_shared);
            Ack = new AckPacket(_shared);
            Subscribe = new SubscribePacket(_shared);
            Suback = new SubackPacket(_shared);
            Unsubscribe = new UnsubscribePacket(_shared);
            Unsuback = new UnsubackPacket(_shared);
            Disconnect = new DisconnectPacket(_shared);
            Auth = new AuthPacket(_shared);
        }

        /// <summary>The decoders.</summary>
        public readonly ConnectPacket Connect;

        /// <summary>As above.</summary>
        public readonly ConnackPacket Connack;

        /// <summary>As above.</summary>
        public readonly PublishPacket Publish;

        /// <summary>As above.</summary>
        public readonly AckPacket Ack;

        /// <summary>As above.</summary>
        public readonly SubscribePacket Subscribe;

        /// <summary>As above.</summary>
        public readonly SubackPacket Suback;

        /// <summary>As above.</summary>
        public readonly UnsubscribePacket Unsubscribe;

        /// <summary>As above.</summary>
        public readonly UnsubackPacket Unsuback;

        /// <summary>As above.</summary>
        public readonly DisconnectPacket Disconnect;

        /// <summary>As above.</summary>
        public readonly AuthPacket Auth;

        /// <summary>The fields of the last packet that was accepted; the level alone of a CONNECT that was not.</summary>
        public string Text;

        /// <summary>A range was not within the packet; null if all were.</summary>
        public string Fault;

        /// <summary>Decodes a packet, of the type that its first byte says.</summary>
        /// <returns>The decoder's answer, or that of FixedHeader if it can't tell the size.</returns>
        public int Decode(byte[] buffer, int offset, int count, int level, bool fromServer)
        {
            Text = string.Empty;
            Fault = null;
            int headerSize;
            int size = FixedHeader.ReadSize(buffer, offset, count, out headerSize);
            if (size <= 0)
            {
                return size == FixedHeader.Malformed ? ReasonCode.MalformedPacket : FixedHeader.NeedMoreBytes - 1;
            }

            _buffer = buffer;
            _offset = offset;
            _end = offset + size;
            Ack.FromServer = fromServer;
            Disconnect.FromServer = fromServer;
            Auth.FromServer = fromServer;
            int code = DecodeByType(buffer, offset, headerSize, size, level);
            if (code == ReasonCode.Success)
            {
                Describe(buffer[offset] >> 4);
            }

            return code;
        }

        private int DecodeByType(byte[] buffer, int offset, int headerSize, int size, int level)
        {
            switch (buffer[offset] >> 4)
            {
                case PacketType.Connect:
                    int code = Connect.Decode(buffer, offset, headerSize, size);
                    Text = " level=" + Connect.ProtocolLevel.ToString();
                    return code;
                case PacketType.Connack:
                    return Connack.Decode(buffer, offset, headerSize, size, level);
                case PacketType.Publish:
                    return Publish.Decode(buffer, offset, headerSize, size, level);
                case PacketType.Puback:
                case PacketType.Pubrec:
                case PacketType.Pubrel:
                case PacketType.Pubcomp:
                    return Ack.Decode(buffer, offset, headerSize, size, level);
                case PacketType.Subscribe:
                    return Subscribe.Decode(buffer, offset, headerSize, size, level);
                case PacketType.Suback:
                    return Suback.Decode(buffer, offset, headerSize, size, level);
                case PacketType.Unsubscribe:
                    return Unsubscribe.Decode(buffer, offset, headerSize, size, level);
                case PacketType.Unsuback:
                    return Unsuback.Decode(buffer, offset, headerSize, size, level);
                case PacketType.Pingreq:
                case PacketType.Pingresp:
                    return EmptyPacket.Decode(buffer, offset, size);
                case PacketType.Disconnect:
                    return Disconnect.Decode(buffer, offset, headerSize, size, level);
                case PacketType.Auth:
                    return Auth.Decode(buffer, offset, headerSize, size, level);
                default:
                    return ReasonCode.MalformedPacket;
            }
        }

        private void Describe(int packetType)
        {
            switch (packetType)
            {
                case PacketType.Connect:
                    DescribeConnect();
                    break;
                case PacketType.Connack:
                    DescribeConnack();
                    break;
                case PacketType.Publish:
                    DescribePublish();
                    break;
                case PacketType.Puback:
                case PacketType.Pubrec:
                case PacketType.Pubrel:
                case PacketType.Pubcomp:
                    Add("id", Ack.PacketIdentifier);
                    Add("code", Ack.ReasonCode);
                    break;
                case PacketType.Subscribe:
                    DescribeSubscribe();
                    break;
                case PacketType.Suback:
                    Add("id", Suback.PacketIdentifier);
                    AddBytes("codes", Suback.CodesOffset, Suback.CodeCount);
                    break;
                case PacketType.Unsubscribe:
                    DescribeUnsubscribe();
                    break;
                case PacketType.Unsuback:
                    Add("id", Unsuback.PacketIdentifier);
                    AddBytes("codes", Unsuback.CodesOffset, Unsuback.CodeCount);
                    break;
                case PacketType.Disconnect:
                    Add("code", Disconnect.ReasonCode);
                    Add("expiry", Disconnect.SessionExpiryIntervalS);
                    AddProperty("reason", PropertyId.ReasonString);
                    AddProperty("reference", PropertyId.ServerReference);
                    break;
                case PacketType.Auth:
                    DescribeAuth();
                    break;
            }
        }

        private void DescribeConnect()
        {
            Add("clean", Connect.CleanStart ? 1 : 0);
            Add("keepalive", Connect.KeepAliveS);
            AddBytes("client", Connect.ClientIdentifierOffset, Connect.ClientIdentifierLength);
            Add("expiry", Connect.SessionExpiryIntervalS);
            Add("receive", Connect.ReceiveMaximum);
            Add("sizemax", Connect.MaximumPacketSize);
            Add("aliases", Connect.TopicAliasMaximum);
            Add("response", Connect.RequestResponseInformation ? 1 : 0);
            Add("problem", Connect.RequestProblemInformation ? 1 : 0);
            AddIf(Connect.HasUserName, "user", Connect.UserNameOffset, Connect.UserNameLength);
            AddIf(Connect.HasPassword, "password", Connect.PasswordOffset, Connect.PasswordLength);
            AddIf(Connect.HasAuthenticationMethod, "method", Connect.AuthenticationMethodOffset, Connect.AuthenticationMethodLength);
            AddIf(Connect.HasAuthenticationData, "data", Connect.AuthenticationDataOffset, Connect.AuthenticationDataLength);
            Add("will", Connect.HasWill ? 1 : 0);
            if (Connect.HasWill)
            {
                Add("willqos", Connect.WillQoS);
                Add("willretain", Connect.WillRetain ? 1 : 0);
                Add("willdelay", Connect.WillDelayIntervalS);
                Add("willexpiry", Connect.WillMessageExpiryIntervalS);
                AddBytes("willtopic", Connect.WillTopicOffset, Connect.WillTopicLength);
                AddBytes("willpayload", Connect.WillPayloadOffset, Connect.WillPayloadLength);
                AddBytes("willproperties", Connect.WillPropertiesOffset, Connect.WillPropertiesLength);
            }
        }

        private void DescribeConnack()
        {
            Add("present", Connack.SessionPresent ? 1 : 0);
            Add("code", Connack.ReasonCode);
            Add("expiry", Connack.SessionExpiryIntervalS);
            Add("receive", Connack.ReceiveMaximum);
            Add("qos", Connack.MaximumQoS);
            Add("retain", Connack.RetainAvailable);
            Add("sizemax", Connack.MaximumPacketSize);
            Add("aliases", Connack.TopicAliasMaximum);
            Add("wildcard", Connack.WildcardSubscriptionAvailable);
            Add("ids", Connack.SubscriptionIdentifiersAvailable);
            Add("shared", Connack.SharedSubscriptionAvailable);
            Add("keepalive", Connack.ServerKeepAliveS);
        }

        private void DescribePublish()
        {
            Add("qos", Publish.QoS);
            Add("retain", Publish.Retain ? 1 : 0);
            Add("dup", Publish.Duplicate ? 1 : 0);
            Add("id", Publish.PacketIdentifier);
            AddBytes("topic", Publish.TopicOffset, Publish.TopicLength);
            AddBytes("payload", Publish.PayloadOffset, Publish.PayloadLength);
            AddBytes("properties", Publish.PropertiesOffset, Publish.PropertiesLength);
            Add("expiry", Publish.MessageExpiryIntervalS);
            Add("alias", Publish.TopicAlias);
            Add("ids", Publish.SubscriptionIdentifierCount);
            Add("forwarded", Publish.AllForwarded ? 1 : 0);
        }

        private void DescribeSubscribe()
        {
            Add("id", Subscribe.PacketIdentifier);
            Add("subid", Subscribe.SubscriptionIdentifier);
            Add("count", Subscribe.FilterCount);
            int count = 0;
            while (Subscribe.Next())
            {
                count++;
                AddBytes("filter", Subscribe.FilterOffset, Subscribe.FilterLength);
                Text += "," + Subscribe.QoS.ToString() + (Subscribe.NoLocal ? ",nl" : string.Empty) +
                    (Subscribe.RetainAsPublished ? ",rap" : string.Empty) + ",rh" + Subscribe.RetainHandling.ToString();
            }

            CheckCount(count, Subscribe.FilterCount);
        }

        private void DescribeUnsubscribe()
        {
            Add("id", Unsubscribe.PacketIdentifier);
            Add("count", Unsubscribe.FilterCount);
            int count = 0;
            while (Unsubscribe.Next())
            {
                count++;
                AddBytes("filter", Unsubscribe.FilterOffset, Unsubscribe.FilterLength);
            }

            CheckCount(count, Unsubscribe.FilterCount);
        }

        private void DescribeAuth()
        {
            Add("code", Auth.ReasonCode);
            AddIf(Auth.HasAuthenticationMethod, "method", Auth.AuthenticationMethodOffset, Auth.AuthenticationMethodLength);
            AddIf(Auth.HasAuthenticationData, "data", Auth.AuthenticationDataOffset, Auth.AuthenticationDataLength);
        }

        private void CheckCount(int count, int expected)
        {
            if (count != expected)
            {
                Fault = "the count differs";
            }
        }

        private void AddProperty(string name, int identifier)
        {
            AddIf(_shared.Has(identifier), name, _shared.GetOffset(identifier), _shared.GetLength(identifier));
        }

        private void AddIf(bool isPresent, string name, int offset, int length)
        {
            if (isPresent)
            {
                AddBytes(name, offset, length);
            }
        }

        private void Add(string name, long value)
        {
            Text += " " + name + "=" + value.ToString();
        }

        private void AddBytes(string name, int offset, int length)
        {
            if (length == 0)
            {
                Text += " " + name + "=''";
                return;
            }

            if (length < 0 || offset <= _offset || offset + length > _end)
            {
                Fault = name + " is outside";
                return;
            }

            Text += " " + name + "=" + Hex.TextOrHex(_buffer, offset, length);
        }
    }
}
