#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Protocol.Tests
{
    /// <summary>What of a message's properties is handed on.</summary>
    [TestClass]
    public class ForwardedPropertiesTests
    {
        // [MQTT5-3.3.2-4], [MQTT5-3.3.2-15], [MQTT5-3.3.2-16], [MQTT5-3.3.2-17], [MQTT5-3.3.2-18], [MQTT5-3.3.2-20],
        // [MQTT5-3.1.3-10]
        /// <summary>All but four, unaltered and in their order.</summary>
        [TestMethod]
        [DataRow("", "")]
        [DataRow("01 01", "01 01")]
        [DataRow("02 u60", "")]
        [DataRow("23 k1", "")]
        [DataRow("18 u60", "")]
        [DataRow("0B 01 0B FFFFFF7F", "")]
        [DataRow("02 u60 01 01", "01 01")]
        [DataRow("01 01 02 u60", "01 01")]
        [DataRow("01 01 02 u60 03 s't'", "01 01 03 s't'")]
        [DataRow("26 s'b' s'1' 23 k1 26 s'a' s'2' 26 s'b' s'3'", "26 s'b' s'1' 26 s'a' s'2' 26 s'b' s'3'")]
        [DataRow("08 s'r' 09 00 02 00FF 18 u1 03 s't' 0B 8001 26 s'' s''", "08 s'r' 09 00 02 00FF 03 s't' 26 s'' s''")]
        [DataRow("09 s*300 02 u1 26 s*200 s*100", "09 s*300 26 s*200 s*100")]
        public void Copied(string source, string expected)
        {
            byte[] from = new PacketText().Parse("0B " + source + " 02");
            byte[] wanted = new PacketText().Parse("55 " + expected + " 55");
            byte[] target = new byte[wanted.Length];
            target[0] = 0x55;
            target[target.Length - 1] = 0x55;
            int written = ForwardedProperties.Copy(from, 1, from.Length - 2, target, 1);
            Assert.AreEqual(wanted.Length - 2, written);
            Assert.AreEqual(Hex.Of(wanted, 0, wanted.Length), Hex.Of(target, 0, target.Length));
        }
    }
}
