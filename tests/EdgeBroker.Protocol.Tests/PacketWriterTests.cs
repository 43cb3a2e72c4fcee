#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Protocol.Tests
{
    /// <summary>Lengths that are put in later, and the limit.</summary>
    [TestClass]
    public class PacketWriterTests
    {
        /// <summary>A body around each bound of the number of length bytes [MQTT5-1.5.5-1].</summary>
        [TestMethod]
        [DataRow(0, "30 00")]
        [DataRow(1, "30 01 41")]
        [DataRow(127, "30 7F 41*127")]
        [DataRow(128, "30 8001 41*128")]
        [DataRow(16383, "30 FF7F 41*16383")]
        [DataRow(16384, "30 808001 41*16384")]
        [DataRow(60000, "30 E0D403 41*60000")]
        public void RemainingLengths(int bodySize, string expected)
        {
            byte[] bytes = new PacketText().Parse(expected);
            byte[] target = new byte[bytes.Length + 2];
            PacketWriter writer = new PacketWriter();
            writer.Start(target, 1, target.Length - 1);
            writer.BeginPacket(0x30);
            for (int index = 0; index < bodySize; index++)
            {
                writer.WriteByte(0x41);
            }

            writer.EndPacket();
            Assert.IsFalse(writer.Overflowed);
            Assert.AreEqual(bytes.Length, writer.Position - 1);
            Assert.AreEqual(Hex.Of(bytes, 0, bytes.Length), Hex.Of(target, 1, bytes.Length));

            // One byte less is not enough, and nothing is written beyond the limit.
            target[target.Length - 2] = 0x55;
            writer.Start(target, 1, target.Length - 2);
            writer.BeginPacket(0x30);
            for (int index = 0; index < bodySize; index++)
            {
                writer.WriteByte(0x41);
            }

            writer.EndPacket();
            Assert.IsTrue(writer.Overflowed);
            Assert.AreEqual(0x55, (int)target[target.Length - 2]);
        }

        /// <summary>Every writer stops at every limit and stays stopped.</summary>
        [TestMethod]
        public void NothingIsWrittenBeyondTheLimit()
        {
            byte[] target = new byte[600];
            PacketWriter writer = new PacketWriter();
            writer.Start(target, 0, target.Length);
            WriteMuch(writer);
            Assert.IsFalse(writer.Overflowed);
            int size = writer.Position;
            Assert.IsTrue(size > 256);
            string whole = Hex.Of(target, 0, size);
            for (int limit = 0; limit < size; limit++)
            {
                for (int index = 0; index < target.Length; index++)
                {
                    target[index] = 0x55;
                }

                writer.Start(target, 0, limit);
                WriteMuch(writer);
                Assert.IsTrue(writer.Overflowed, limit.ToString());
                Assert.IsTrue(writer.Position <= limit);
                for (int index = limit; index < target.Length; index++)
                {
                    Assert.AreEqual(0x55, (int)target[index]);
                }
            }

            writer.Start(target, 0, size);
            WriteMuch(writer);
            Assert.IsFalse(writer.Overflowed);
            Assert.AreEqual(whole, Hex.Of(target, 0, size));
        }

        /// <summary>The numbers and property helpers.</summary>
        [TestMethod]
        public void Values()
        {
            byte[] target = new byte[100];
            PacketWriter writer = new PacketWriter();
            writer.Start(target, 0, target.Length);
            writer.WriteByte(0x1FF);
            writer.WriteUInt16(65534);
            writer.WriteUInt32(4294967294);
            writer.WriteVariableByteInteger(0);
            writer.WriteVariableByteInteger(127);
            writer.WriteVariableByteInteger(128);
            writer.WriteVariableByteInteger(FixedHeader.RemainingLengthMax);
            writer.WriteString(Hex.Ascii("xabcx"), 1, 3);
            writer.BeginProperties();
            writer.WriteByteProperty(PropertyId.PayloadFormatIndicator, 1);
            writer.WriteUInt16Property(PropertyId.TopicAlias, 7);
            writer.WriteUInt32Property(PropertyId.MessageExpiryInterval, 60);
            writer.WriteVariableProperty(PropertyId.SubscriptionIdentifier, 300);
            writer.WriteStringProperty(PropertyId.ContentType, Hex.Ascii("t"));
            writer.WriteStringProperty(PropertyId.ContentType, null);
            writer.WriteUserProperty(Hex.Ascii("a"), Hex.Ascii("bc"));
            writer.WriteRaw(null);
            writer.EndProperties();
            byte[] expected = new PacketText().Parse(
                "FF k65534 FFFFFFFE 00 7F 8001 FFFFFF7F s'abc' p( 01 01 23 k7 02 u60 0B AC02 03 s't' 26 s'a' s'bc' )");
            Assert.AreEqual(Hex.Of(expected, 0, expected.Length), Hex.Of(target, 0, writer.Position));
        }

        /// <summary>What no field can hold counts as not fitting.</summary>
        [TestMethod]
        public void TooLongForTheField()
        {
            byte[] target = new byte[70000];
            PacketWriter writer = new PacketWriter();
            writer.Start(target, 0, target.Length);
            writer.WriteString(target, 0, 65535);
            Assert.IsFalse(writer.Overflowed);
            writer.Start(target, 0, target.Length);
            writer.WriteString(target, 0, 65536);
            Assert.IsTrue(writer.Overflowed);
            Assert.AreEqual(0, writer.Position);
            writer.Start(target, 0, target.Length);
            writer.WriteVariableByteInteger(FixedHeader.RemainingLengthMax + 1);
            Assert.IsTrue(writer.Overflowed);
        }

        private static void WriteMuch(PacketWriter writer)
        {
            byte[] text = new byte[130];
            ConnectOptions options = new ConnectOptions();
            options.ClientIdentifier = text;
            options.WillTopic = Hex.Ascii("t");
            options.WillDelayIntervalS = 5;
            options.UserName = Hex.Ascii("u");
            options.Password = Hex.Ascii("p");
            options.SessionExpiryIntervalS = 60;
            options.ReceiveMaximum = 3;
            options.Write(writer, ProtocolLevel.V5);
            DisconnectPacket.Write(writer, ReasonCode.ServerBusy, text, null, null);
            SubackPacket.Write(writer, ProtocolLevel.V5, 7, text, 3, null);
        }
    }
}
