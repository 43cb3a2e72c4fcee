#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Protocol.Tests
{
    /// <summary>Sizes and flags of the Fixed Header.</summary>
    [TestClass]
    public class FixedHeaderTests
    {
        /// <summary>The bounds of each number of length bytes; what is not minimal or too long [MQTT5-1.5.5-1].</summary>
        [TestMethod]
        [DataRow("", 0, 0)]
        [DataRow("30", 0, 0)]
        [DataRow("30 00", 2, 2)]
        [DataRow("30 7F", 129, 2)]
        [DataRow("30 80", 0, 0)]
        [DataRow("30 80 01", 131, 3)]
        [DataRow("30 FF 7F", 16386, 3)]
        [DataRow("30 80 80", 0, 0)]
        [DataRow("30 80 80 01", 16388, 4)]
        [DataRow("30 FF FF 7F", 2097155, 4)]
        [DataRow("30 FF FF FF", 0, 0)]
        [DataRow("30 80 80 80 01", 2097157, 5)]
        [DataRow("30 FF FF FF 7F", 268435460, 5)]
        [DataRow("30 80 00", -1, 0)]
        [DataRow("30 FF 00", -1, 0)]
        [DataRow("30 80 80 00", -1, 0)]
        [DataRow("30 80 80 80 00", -1, 0)]
        [DataRow("30 80 80 80 80", -1, 0)]
        [DataRow("30 FF FF FF FF", -1, 0)]
        [DataRow("30 FF FF FF 80", -1, 0)]
        public void Sizes(string text, int expectedSize, int expectedHeaderSize)
        {
            byte[] bytes = new PacketText().Parse(text);
            int headerSize;
            Assert.AreEqual(expectedSize, FixedHeader.ReadSize(bytes, 0, bytes.Length, out headerSize));
            if (expectedSize > 0)
            {
                Assert.AreEqual(expectedHeaderSize, headerSize);
            }
        }

        /// <summary>Bytes that are in the buffer, but have not been received, do not count.</summary>
        [TestMethod]
        public void OnlyReceivedBytesCount()
        {
            byte[] bytes = new PacketText().Parse("FF 30 80 80 01");
            int headerSize;
            for (int count = 0; count < 4; count++)
            {
                Assert.AreEqual(FixedHeader.NeedMoreBytes, FixedHeader.ReadSize(bytes, 1, count, out headerSize));
            }

            Assert.AreEqual(16388, FixedHeader.ReadSize(bytes, 1, 4, out headerSize));
        }

        /// <summary>All first bytes there are [MQTT-2.2.2-1], [MQTT5-2.1.3-1].</summary>
        [TestMethod]
        [DataRow(ProtocolLevel.V31)]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void Flags(int level)
        {
            // One letter for each packet type from 0 on: x = none is valid, 0 = none set, 2 = 0010, p = PUBLISH.
            char[] rules = "x00p002020200000".ToCharArray();
            for (int firstByte = 0; firstByte < 256; firstByte++)
            {
                int flags = firstByte & 0x0F;
                bool expected = false;
                switch (rules[firstByte >> 4])
                {
                    case '0':
                        expected = flags == 0;
                        break;
                    case '2':
                        expected = flags == 2 || (flags == 10 && level == ProtocolLevel.V31);
                        break;
                    case 'p':
                        expected = flags != 6 && flags != 7 && flags != 14 && flags != 15;
                        break;
                }

                Assert.AreEqual(expected, FixedHeader.HasValidFlags(firstByte, level), firstByte.ToString());
            }
        }
    }
}
