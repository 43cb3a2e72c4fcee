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
            WriterBench bench = new WriterBench();
            ConnackPacket connack = new ConnackPacket(null);
            connack.SessionPresent = true;
            connack.ReasonCode = code;
            bench.Start();
            connack.Write(bench.Writer, level);
            bench.Check(expected);
        }

        /// <summary>Properties go into 5.0 only, and are gone after a reset.</summary>
        [TestMethod]
        public void ConnackProperties()
        {
            WriterBench bench = new WriterBench();
            ConnackPacket connack = new ConnackPacket();
            connack.ReasonCode = ReasonCode.ServerUnavailable;
            connack.ReasonString = Hex.Ascii("why");
            connack.UserProperties = new PacketText().Parse("26 s'retry-after-ms' s'500'");
            bench.Start();
            connack.Write(bench.Writer, ProtocolLevel.V5);
            bench.Check("20 r 00 88 p( 1F s'why' 26 s'retry-after-ms' s'500' )");
            bench.Start();
            connack.Write(bench.Writer, ProtocolLevel.V311);
            bench.Check("20 02 00 88");
            connack.Reset();
            bench.Start();
            connack.Write(bench.Writer, ProtocolLevel.V5);
            bench.Check("20 03 00 00 00");
        }

        /// <summary>SUBACK and UNSUBACK of each version, codes in the order given.</summary>
        [TestMethod]
        public void SubackAndUnsuback()
        {
            WriterBench bench = new WriterBench();
            byte[] codes = new PacketText().Parse("02 00 01 87 FF");
            byte[] reason = Hex.Ascii("why");
            bench.Start();
            SubackPacket.Write(bench.Writer, ProtocolLevel.V311, 258, codes, 3, reason);
            bench.Check("90 05 k258 02 00 01");
            bench.Start();
            SubackPacket.Write(bench.Writer, ProtocolLevel.V5, 258, codes, 4, null);
            bench.Check("90 07 k258 00 02 00 01 87");
            bench.Start();
            SubackPacket.Write(bench.Writer, ProtocolLevel.V5, 258, codes, 1, reason);
            bench.Check("90 r k258 p( 1F s'why' ) 02");
            bench.Start();
            UnsubackPacket.Write(bench.Writer, ProtocolLevel.V311, 258, codes, 3, reason);
            bench.Check("B0 02 k258");
            bench.Start();
            UnsubackPacket.Write(bench.Writer, ProtocolLevel.V5, 258, codes, 2, reason);
            bench.Check("B0 r k258 p( 1F s'why' ) 02 00");
        }

        /// <summary>DISCONNECT is as short as it can be.</summary>
        [TestMethod]
        public void Disconnect()
        {
            WriterBench bench = new WriterBench();
            byte[] user = new PacketText().Parse("26 s'a' s'b'");
            bench.Start();
            DisconnectPacket.Write(bench.Writer, ReasonCode.NormalDisconnection, null, null, null);
            bench.Check("E0 00");
            bench.Start();
            DisconnectPacket.Write(bench.Writer, ReasonCode.ServerBusy, null, null, null);
            bench.Check("E0 01 89");
            bench.Start();
            DisconnectPacket.Write(bench.Writer, ReasonCode.ServerBusy, Hex.Ascii("why"), user, null);
            bench.Check("E0 r 89 p( 1F s'why' 26 s'a' s'b' )");
            bench.Start();
            DisconnectPacket.Write(bench.Writer, ReasonCode.NormalDisconnection, null, user, null);
            bench.Check("E0 r 00 p( 26 s'a' s'b' )");
            bench.Start();
            DisconnectPacket.Write(bench.Writer, ReasonCode.UseAnotherServer, null, null, Hex.Ascii("other"));
            bench.Check("E0 r 9C p( 1C s'other' )");
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
            byte[] target = new byte[16];
            int size = AckPacket.Write(target, 3, packetType, 258, code, level);
            Assert.AreEqual(Hex.Of(bytes, 0, bytes.Length), Hex.Of(target, 3, size));
        }
    }
}
