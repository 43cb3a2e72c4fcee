using System;
using FsCheck.Fluent;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Protocol.Properties
{
    /// <summary>What is written is what is read.</summary>
    [TestClass]
    public class RoundTripProperties
    {
        [TestMethod]
        public void VariableByteIntegers()
        {
            var values = Gen.OneOf(Gen.Choose(0, 300), Gen.Choose(16000, 17000), Gen.Choose(2097000, 2098000), Gen.Choose(0, 268435455));
            Bytes.ForAll(values, value =>
            {
                var bytes = Bytes.Encode(writer => writer.WriteVariableByteInteger(value));
                return bytes.Length == PacketWriter.SizeOfVariableByteInteger(value) &&
                    Wire.ReadVariableByteInteger(bytes, 0, bytes.Length, out var read) == bytes.Length && read == value;
            });
        }

        [TestMethod]
        [DataRow(ProtocolLevel.V31)]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void Connect(int level)
        {
            var decoder = new ConnectPacket();
            var values =
                from clean in Gen.Elements(true, false)
                from keepAlive in Gen.Choose(0, 65535)
                from client in Bytes.TextOrNull
                from topic in Bytes.TextOrNull.Select(text => text?.Length == 0 ? null : text)
                from payload in Bytes.Any
                from will in Gen.Choose(0, 5)
                from user in Bytes.TextOrNull
                from password in Bytes.Any
                from expiry in Gen.Choose(-1, int.MaxValue)
                from receive in Gen.Choose(0, 65535)
                select new ConnectOptions
                {
                    CleanStart = clean,
                    KeepAliveS = keepAlive,
                    ClientIdentifier = client,
                    WillTopic = topic,
                    WillPayload = payload,
                    WillQoS = will % 3,
                    WillRetain = will > 2,
                    WillDelayIntervalS = expiry / 2,
                    UserName = user,
                    Password = user == null && level != ProtocolLevel.V5 ? null : password,
                    SessionExpiryIntervalS = expiry,
                    ReceiveMaximum = receive == 0 ? -1 : receive,
                };
            Bytes.ForAll(values, options =>
            {
                var packet = Bytes.Encode(writer => options.Write(writer, level));
                var size = FixedHeader.ReadSize(packet, 0, packet.Length, out var headerSize);
                var hasWill = options.WillTopic != null;
                var is5 = level == ProtocolLevel.V5;
                return size == packet.Length && decoder.Decode(packet, 0, headerSize, size) == ReasonCode.Success &&
                    decoder.ProtocolLevel == level && decoder.CleanStart == options.CleanStart &&
                    decoder.KeepAliveS == options.KeepAliveS && decoder.HasWill == hasWill &&
                    decoder.WillQoS == (hasWill ? options.WillQoS : 0) && decoder.WillRetain == (hasWill && options.WillRetain) &&
                    decoder.WillDelayIntervalS == (hasWill && is5 ? Math.Max(0, options.WillDelayIntervalS) : 0) &&
                    decoder.SessionExpiryIntervalS == (is5 ? Math.Max(0, options.SessionExpiryIntervalS) : 0) &&
                    decoder.ReceiveMaximum == (is5 && options.ReceiveMaximum > 0 ? options.ReceiveMaximum : 65535) &&
                    decoder.HasUserName == (options.UserName != null) && decoder.HasPassword == (options.Password != null) &&
                    Bytes.Same(packet, decoder.ClientIdentifierOffset, decoder.ClientIdentifierLength, options.ClientIdentifier) &&
                    Bytes.Same(packet, decoder.WillTopicOffset, decoder.WillTopicLength, options.WillTopic) &&
                    Bytes.Same(packet, decoder.WillPayloadOffset, decoder.WillPayloadLength, hasWill ? options.WillPayload : null) &&
                    Bytes.Same(packet, decoder.UserNameOffset, decoder.UserNameLength, options.UserName) &&
                    Bytes.Same(packet, decoder.PasswordOffset, decoder.PasswordLength, options.Password);
            });
        }

        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void Publish(int level)
        {
            var decoder = new PublishPacket();
            var values =
                from topic in Bytes.Text.Where(text => text.Length > 0)
                from payload in Bytes.Any
                from qos in Gen.Choose(0, 2)
                from flags in Gen.Choose(0, 3)
                from identifier in Gen.Choose(1, 65535)
                from properties in Bytes.PublishProperties
                select (topic, payload, qos, retain: (flags & 1) != 0, duplicate: (flags & 2) != 0 && qos > 0, identifier, properties);
            Bytes.ForAll(values, value =>
            {
                var (topic, payload, qos, retain, duplicate, identifier, properties) = value;
                var packet = Bytes.Encode(writer =>
                    ClientPackets.WritePublish(writer, level, topic, payload, qos, retain, duplicate, identifier, properties));
                var size = FixedHeader.ReadSize(packet, 0, packet.Length, out var headerSize);
                var code = decoder.Decode(packet, 0, headerSize, size, level);
                var forwarded = new byte[decoder.PropertiesLength];
                var forwardedSize = ForwardedProperties.Copy(
                    packet, decoder.PropertiesOffset, decoder.PropertiesLength, forwarded, 0);
                var expirySize = decoder.MessageExpiryIntervalS >= 0 ? 5 : 0;
                return code == ReasonCode.Success && size == packet.Length && decoder.QoS == qos && decoder.Retain == retain &&
                    decoder.Duplicate == duplicate && decoder.PacketIdentifier == (qos == 0 ? 0 : identifier) &&
                    Bytes.Same(packet, decoder.TopicOffset, decoder.TopicLength, topic) &&
                    Bytes.Same(packet, decoder.PayloadOffset, decoder.PayloadLength, payload) &&
                    Bytes.Same(
                        packet, decoder.PropertiesOffset, decoder.PropertiesLength, level == ProtocolLevel.V5 ? properties : null) &&
                    decoder.AllForwarded == (expirySize == 0) && forwardedSize == decoder.PropertiesLength - expirySize &&
                    Bytes.Same(forwarded, 0, forwardedSize, packet.AsSpan(decoder.PropertiesOffset + expirySize, forwardedSize).ToArray());
            });
        }

        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void Subscribe(int level)
        {
            var decoder = new SubscribePacket();
            var filter = Bytes.Text.Where(text => text.Length > 0);
            var values =
                from filters in Gen.NonEmptyListOf(Gen.Zip(filter, Gen.Choose(0, level == ProtocolLevel.V5 ? 0x2F : 2)))
                from identifier in Gen.Choose(1, 65535)
                from subscription in Gen.Choose(0, 268435455)
                select (filters, identifier, subscription);
            Bytes.ForAll(values, value =>
            {
                var packet = Bytes.Encode(writer =>
                {
                    ClientPackets.BeginSubscribe(writer, level, value.identifier, value.subscription, null);
                    foreach (var (text, options) in value.filters)
                    {
                        ClientPackets.AddSubscription(writer, text, Options(options));
                    }

                    writer.EndPacket();
                });
                var size = FixedHeader.ReadSize(packet, 0, packet.Length, out var headerSize);
                if (decoder.Decode(packet, 0, headerSize, size, level) != ReasonCode.Success ||
                    decoder.PacketIdentifier != value.identifier || decoder.FilterCount != value.filters.Count ||
                    decoder.SubscriptionIdentifier != (level == ProtocolLevel.V5 ? value.subscription : 0))
                {
                    return false;
                }

                foreach (var (text, options) in value.filters)
                {
                    var expected = Options(options);
                    if (!decoder.Next() || !Bytes.Same(packet, decoder.FilterOffset, decoder.FilterLength, text) ||
                        decoder.QoS != (expected & 3) || decoder.NoLocal != ((expected & 4) != 0) ||
                        decoder.RetainAsPublished != ((expected & 8) != 0) || decoder.RetainHandling != expected >> 4)
                    {
                        return false;
                    }
                }

                return !decoder.Next();
            });

            // QoS 3 is none.
            static int Options(int drawn) => (drawn & 3) == 3 ? drawn - 1 : drawn;
        }

        [TestMethod]
        public void Connack()
        {
            var values =
                from numbers in Gen.ArrayOf(Gen.Choose(-1, 1), 6)
                from words in Gen.ArrayOf(Gen.Choose(-1, 65535), 3)
                from texts in Gen.ArrayOf(Bytes.TextOrNull, 4)
                from expiry in Gen.Choose(-1, int.MaxValue)
                select new ConnackPacket
                {
                    SessionPresent = numbers[0] > 0,
                    MaximumQoS = numbers[1],
                    RetainAvailable = numbers[2],
                    WildcardSubscriptionAvailable = numbers[3],
                    SubscriptionIdentifiersAvailable = numbers[4],
                    SharedSubscriptionAvailable = numbers[5],
                    ReceiveMaximum = words[0] == 0 ? -1 : words[0],
                    TopicAliasMaximum = words[1],
                    ServerKeepAliveS = words[2],
                    AssignedClientIdentifier = texts[0],
                    ReasonString = texts[1],
                    ResponseInformation = texts[2],
                    ServerReference = texts[3],
                    SessionExpiryIntervalS = expiry,
                    MaximumPacketSize = expiry == 0 ? -1 : expiry,
                };
            var read = new ConnackPacket();
            Bytes.ForAll(values, sent =>
            {
                var packet = Bytes.Encode(writer => sent.Write(writer, ProtocolLevel.V5));
                var size = FixedHeader.ReadSize(packet, 0, packet.Length, out var headerSize);
                return read.Decode(packet, 0, headerSize, size, ProtocolLevel.V5) == ReasonCode.Success &&
                    read.SessionPresent == sent.SessionPresent && read.MaximumQoS == sent.MaximumQoS &&
                    read.RetainAvailable == sent.RetainAvailable && read.ReceiveMaximum == sent.ReceiveMaximum &&
                    read.WildcardSubscriptionAvailable == sent.WildcardSubscriptionAvailable &&
                    read.SubscriptionIdentifiersAvailable == sent.SubscriptionIdentifiersAvailable &&
                    read.SharedSubscriptionAvailable == sent.SharedSubscriptionAvailable &&
                    read.TopicAliasMaximum == sent.TopicAliasMaximum && read.ServerKeepAliveS == sent.ServerKeepAliveS &&
                    read.SessionExpiryIntervalS == sent.SessionExpiryIntervalS && read.MaximumPacketSize == sent.MaximumPacketSize &&
                    SameText(read, packet, PropertyId.AssignedClientIdentifier, sent.AssignedClientIdentifier) &&
                    SameText(read, packet, PropertyId.ReasonString, sent.ReasonString) &&
                    SameText(read, packet, PropertyId.ResponseInformation, sent.ResponseInformation) &&
                    SameText(read, packet, PropertyId.ServerReference, sent.ServerReference);
            });
        }

        private static bool SameText(ConnackPacket read, byte[] packet, int identifier, byte[]? expected)
        {
            return read.Properties.Has(identifier) == (expected != null) &&
                Bytes.Same(packet, read.Properties.GetOffset(identifier), read.Properties.GetLength(identifier), expected);
        }
    }
}
