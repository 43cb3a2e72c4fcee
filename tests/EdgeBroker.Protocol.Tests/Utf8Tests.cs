#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Protocol.Tests
{
    /// <summary>Well-formed UTF-8 [MQTT-1.5.3-1], [MQTT5-1.5.4-1] without U+0000 [MQTT-1.5.3-2], [MQTT5-1.5.4-2].</summary>
    [TestClass]
    public class Utf8Tests
    {
        /// <summary>The first and last character of each form, and what lies just outside.</summary>
        [TestMethod]
        [DataRow("", true)]
        [DataRow("00", false)]
        [DataRow("01", true)]
        [DataRow("7F", true)]
        [DataRow("80", false)]
        [DataRow("BF", false)]
        [DataRow("C0 80", false)]
        [DataRow("C1 BF", false)]
        [DataRow("C2 80", true)]
        [DataRow("C2 7F", false)]
        [DataRow("C2 C0", false)]
        [DataRow("C2", false)]
        [DataRow("DF BF", true)]
        [DataRow("DF BF BF", false)]
        [DataRow("E0 9F BF", false)]
        [DataRow("E0 A0 80", true)]
        [DataRow("E0 A0 7F", false)]
        [DataRow("E0 A0 C0", false)]
        [DataRow("E0 A0", false)]
        [DataRow("E0", false)]
        [DataRow("E1 80 80", true)]
        [DataRow("E1 7F 80", false)]
        [DataRow("ED 9F BF", true)]
        [DataRow("ED A0 80", false)]
        [DataRow("ED BF BF", false)]
        [DataRow("EE 80 80", true)]
        [DataRow("EF BB BF", true)]
        [DataRow("EF BF BD", true)]
        [DataRow("EF BF BF", true)]
        [DataRow("F0 8F BF BF", false)]
        [DataRow("F0 90 80 80", true)]
        [DataRow("F0 90 80 7F", false)]
        [DataRow("F0 90 7F 80", false)]
        [DataRow("F0 90 80", false)]
        [DataRow("F0 90", false)]
        [DataRow("F1 80 80 80", true)]
        [DataRow("F3 BF BF BF", true)]
        [DataRow("F4 8F BF BF", true)]
        [DataRow("F4 90 80 80", false)]
        [DataRow("F5 80 80 80", false)]
        [DataRow("F8 88 80 80 80", false)]
        [DataRow("FE", false)]
        [DataRow("FF", false)]
        [DataRow("61 C3 A4 00", false)]
        [DataRow("61 C3 A4 7A", true)]
        public void Bytes(string text, bool expected)
        {
            byte[] bytes = new PacketText().Parse(text);
            Assert.AreEqual(expected, Utf8.IsValid(bytes, 0, bytes.Length), text);

            // Neither the bytes before nor those after are of any importance.
            byte[] buffer = new PacketText().Parse("80 " + text + " 80 BF BF");
            Assert.AreEqual(expected, Utf8.IsValid(buffer, 1, bytes.Length), text);
        }

        /// <summary>Every byte at every place among printable ones, which are taken several at a time.</summary>
        [TestMethod]
        public void EveryByteAtEveryPlace()
        {
            byte[] bytes = new byte[11];
            for (int place = 1; place < 10; place++)
            {
                for (int value = 0; value < 256; value++)
                {
                    for (int i = 0; i < bytes.Length; i++)
                    {
                        bytes[i] = (byte)(value % 2 == 0 ? ' ' : '~');
                    }

                    bytes[place] = (byte)value;
                    string text = value + " at " + place;
                    bool isAscii = value < 0x80;
                    Assert.AreEqual(isAscii && value != 0, Utf8.IsValid(bytes, 1, 9), text);
                    if (isAscii)
                    {
                        Assert.AreEqual(value < 0x20 || value == 0x7F, Utf8.HasControl(bytes, 1, 9), text);
                    }
                }
            }
        }
    }
}
