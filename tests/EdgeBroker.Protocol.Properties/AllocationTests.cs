using System;
using System.Linq;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Protocol.Properties
{
    /// <summary>Decoding and writing take no memory: a device's heap would have to be collected for it.</summary>
    [TestClass]
    public class AllocationTests
    {
        private readonly PropertyReader _properties = new();
        private readonly PacketWriter _writer = new();
        private readonly byte[] _target = new byte[1000];

        [TestMethod]
        public void DecodersAllocateNothing()
        {
            var text = Encoding.UTF8.GetBytes("text");
            var list = Bytes.Encode(writer =>
            {
                writer.WriteUserProperty(text, text);
                writer.WriteStringProperty(PropertyId.ContentType, text);
                writer.WriteUInt32Property(PropertyId.MessageExpiryInterval, 60);
            });
            var options = new ConnectOptions
            {
                ClientIdentifier = text, WillTopic = text, WillProperties = list, UserName = text, Password = text, ReceiveMaximum = 7,
            };
            var connectBytes = Bytes.Encode(writer => options.Write(writer, ProtocolLevel.V5));
            var publishBytes = Bytes.Encode(
                writer => ClientPackets.WritePublish(writer, ProtocolLevel.V5, text, text, 1, false, false, 5, list));
            var subscribeBytes = Bytes.Encode(writer => ClientPackets.WriteSubscribe(writer, ProtocolLevel.V5, 5, text, 1));
            var unsubscribeBytes = Bytes.Encode(writer => ClientPackets.WriteUnsubscribe(writer, ProtocolLevel.V5, 5, text));
            var pubackBytes = Bytes.Encode(writer => writer.WriteRaw([0x40, 0x03, 0x00, 0x05, 0x97]));
            var disconnectBytes = Bytes.Encode(writer => DisconnectPacket.WriteFromClient(writer, ProtocolLevel.V5, 4, 60));
            var connect = new ConnectPacket(_properties);
            var publish = new PublishPacket(_properties);
            var subscribe = new SubscribePacket(_properties);
            var unsubscribe = new UnsubscribePacket(_properties);
            var ack = new AckPacket(_properties);
            var disconnect = new DisconnectPacket(_properties);
            Assert.AreEqual(0, Allocated(() =>
                Result(connectBytes, (bytes, header) => connect.Decode(bytes, 0, header, bytes.Length)) +
                Result(publishBytes, (bytes, header) => publish.Decode(bytes, 0, header, bytes.Length, 5)) +
                Result(subscribeBytes, (bytes, header) => subscribe.Decode(bytes, 0, header, bytes.Length, 5)) +
                Result(unsubscribeBytes, (bytes, header) => unsubscribe.Decode(bytes, 0, header, bytes.Length, 5)) +
                Result(pubackBytes, (bytes, header) => ack.Decode(bytes, 0, header, bytes.Length, 5)) +
                Result(disconnectBytes, (bytes, header) => disconnect.Decode(bytes, 0, header, bytes.Length, 5))));
        }

        [TestMethod]
        public void WritersAllocateNothing()
        {
            var reason = Enumerable.Repeat((byte)'x', 200).ToArray();
            var connack = new ConnackPacket(_properties) { ReceiveMaximum = 7, ReasonString = reason };
            var codes = new byte[] { 0, 1, 2 };
            Assert.AreEqual(0, Allocated(() =>
            {
                _writer.Start(_target, 0, _target.Length);
                connack.Write(_writer, ProtocolLevel.V5);
                SubackPacket.Write(_writer, ProtocolLevel.V5, 5, codes, 3, codes);
                DisconnectPacket.Write(_writer, ReasonCode.ServerBusy, codes, null, null);
                return AckPacket.Write(_target, 500, PacketType.Puback, 5, 0x97, ProtocolLevel.V5) - AckPacket.SizeMax +
                    (_writer.Overflowed ? 1 : 0);
            }));
        }

        private static int Result(byte[] packet, Func<byte[], int, int> decode)
        {
            FixedHeader.ReadSize(packet, 0, packet.Length, out var headerSize);
            return decode(packet, headerSize);
        }

        // The action returns 0 if all went well.
        private static long Allocated(Func<int> action)
        {
            // The first rounds pay for what the runtime sets up.
            var faults = action() + action();
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var round = 0; round < 1000; round++)
            {
                faults += action();
            }

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.AreEqual(0, faults);
            return allocated;
        }
    }
}
