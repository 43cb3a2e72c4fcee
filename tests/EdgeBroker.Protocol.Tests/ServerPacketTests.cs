#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Protocol.Tests
{
    /// <summary>What the writers of a Server's packets leave out or put in of their own accord.</summary>
    [TestClass]
    public class ServerPacketTests
    {
        private readonly byte[] _target = new byte[300];
        private readonly PacketWriter _writer = new PacketWriter();

        // [MQTT-3.2.2-4] [MQTT5-3.2.2-6] [MQTT5-3.2.2-1]
        /// <summary>Session Present never goes with a failure, nor into 3.1.</summary>
        [TestMethod]
        [DataRow(ProtocolLevel.V31, 0, "20 02 00 00")]
        [DataRow(ProtocolLevel.V311, 0, "20 02 01 00")]
        [DataRow(ProtocolLevel.V5, 0, "20 03 01 00 00")]
        [DataRow(ProtocolLevel.V31, 3, "20 02 00 03")]
        [DataRow(ProtocolLevel.V311, 3, "20 02 00 03")]
        [DataRow(ProtocolLevel.V5, 0x89, "20 03 00 89 00")]
        public void SessionPresent(int level, int code, string expected)
        {
            ConnackPacket connack = new ConnackPacket(null);
            connack.SessionPresent = true;
            connack.ReasonCode = code;
            Start();
            connack.Write(_writer, level);
            Check(expected);
        }

        /// <summary>Properties go into 5.0 only, and are gone after a reset.</summary>
        [TestMethod]
        public void ConnackProperties()
        {
            ConnackPacket connack = new ConnackPacket();
            connack.ReasonCode = ReasonCode.ServerUnavailable;
            connack.ReasonString = Hex.Ascii("why");
            connack.UserProperties = new PacketText().Parse("26 s'retry-after-ms' s'500'");
            Start();
            connack.Write(_writer, ProtocolLevel.V5);
            Check("20 r 00 88 p( 1F s'why' 26 s'retry-after-ms' s'500' )");
            Start();
            connack.Write(_writer, ProtocolLevel.V311);
            Check("20 02 00 88");
            connack.Reset();
            Start();
            connack.Write(_writer, ProtocolLevel.V5);
            Check("20 03 00 00 00");
        }

        /// <summary>SUBACK and UNSUBACK of each version, codes in the order given.</summary>
        [TestMethod]
        public void SubackAndUnsuback()
        {
            byte[] codes = new PacketText().Parse("02 00 01 87 FF");
            byte[] reason = Hex.Ascii("why");
            Start();
            SubackPacket.Write(_writer, ProtocolLevel.V311, 258, codes, 3, reason);
            Check("90 05 k258 02 00 01");
            Start();
            SubackPacket.Write(_writer, ProtocolLevel.V5, 258, codes, 4, null);
            Check("90 07 k258 00 02 00 01 87");
            Start();
            SubackPacket.Write(_writer, ProtocolLevel.V5, 258, codes, 1, reason);
            Check("90 r k258 p( 1F s'why' ) 02");
            Start();
            UnsubackPacket.Write(_writer, ProtocolLevel.V311, 258, codes, 3, reason);
            Check("B0 02 k258");
            Start();
            UnsubackPacket.Write(_writer, ProtocolLevel.V5, 258, codes, 2, reason);
            Check("B0 r k258 p( 1F s'why' ) 02 00");
        }

        /// <summary>DISCONNECT is as short as it can be.</summary>
        [TestMethod]
        public void Disconnect()
        {
            byte[] user = new PacketText().Parse("26 s'a' s'b'");
            Start();
            DisconnectPacket.Write(_writer, ReasonCode.NormalDisconnection, null, null, null);
            Check("E0 00");
            Start();
            DisconnectPacket.Write(_writer, ReasonCode.ServerBusy, null, null, null);
            Check("E0 01 89");
            Start();
            DisconnectPacket.Write(_writer, ReasonCode.ServerBusy, Hex.Ascii("why"), user, null);
            Check("E0 r 89 p( 1F s'why' 26 s'a' s'b' )");
            Start();
            DisconnectPacket.Write(_writer, ReasonCode.NormalDisconnection, null, user, null);
            Check("E0 r 00 p( 26 s'a' s'b' )");
            Start();
            DisconnectPacket.Write(_writer, ReasonCode.UseAnotherServer, null, null, Hex.Ascii("other"));
            Check("E0 r 9C p( 1C s'other' )");
        }

        /// <summary>Acknowledgements are of four bytes, or of five where a code has to be told.</summary>
        [TestMethod]
        [DataRow(PacketType.Puback, 0, ProtocolLevel.V5, "40 02 k258")]
        [DataRow(PacketType.Puback, 0x97, ProtocolLevel.V5, "40 03 k258 97")]
        [DataRow(PacketType.Puback, 0x97, ProtocolLevel.V311, "40 02 k258")]
        [DataRow(PacketType.Pubrec, 0x10, ProtocolLevel.V5, "50 03 k258 10")]
        [DataRow(PacketType.Pubrel, 0, ProtocolLevel.V311, "62 02 k258")]
        [DataRow(PacketType.Pubrel, 0x92, ProtocolLevel.V5, "62 03 k258 92")]
        [DataRow(PacketType.Pubcomp, 0x92, ProtocolLevel.V31, "70 02 k258")]
        public void Acknowledgements(int packetType, int code, int level, string expected)
        {
            byte[] bytes = new PacketText().Parse(expected);
            int size = AckPacket.Write(_target, 3, packetType, 258, code, level);
            Assert.AreEqual(Hex.Of(bytes, 0, bytes.Length), Hex.Of(_target, 3, size));
        }

        private void Start()
        {
            _writer.Start(_target, 1, _target.Length);
        }

        private void Check(string expected)
        {
            byte[] bytes = new PacketText().Parse(expected);
            Assert.IsFalse(_writer.Overflowed);
            Assert.AreEqual(Hex.Of(bytes, 0, bytes.Length), Hex.Of(_target, 1, _writer.Position - 1));
        }
    }
}
