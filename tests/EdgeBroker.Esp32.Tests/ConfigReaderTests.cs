using System.Text;
using EdgeBroker.Esp32.Settings;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Esp32.Tests
{
    /// <summary>The form of the file of settings. Each row: the file, with ' for ", and what is read or what is wrong.</summary>
    [TestClass]
    public class ConfigReaderTests
    {
        [TestMethod]
        [DataRow("{}", "")]
        [DataRow(" { } ", "")]
        [DataRow("{'a':1}", "a=1 in 1|")]
        [DataRow("{'a':-1.5E+3}", "a=-1.5E+3 in 1|")]
        [DataRow("{'a':true,'b':false}", "a=true in 1|b=false in 1|")]
        [DataRow("{\n  'a': 'x y',\r\n  'b': ''\n}\n", "a=x y in 2|b= in 3|")]
        [DataRow("{'a':1,}", "a=1 in 1|")]
        [DataRow("// one\n{ /* two\n */ 'a' /**/ : 1 // three\n}", "a=1 in 3|")]
        [DataRow("{'a':'\\\\\\/\\b\\f\\n\\r\\t'}", "a=\\/\b\f\n\r\t in 1|")]
        [DataRow("{'\\u0061':'\\u00e9\\u20AC'}", "a=\u00e9\u20ac in 1|")]
        public void FormIsRead(string file, string expected)
        {
            byte[] bytes = Bytes(file);
            ConfigReader reader = new ConfigReader(bytes, bytes.Length);
            ConfigEntries entries = reader.Read();

            Assert.IsNotNull(entries, reader.Error);
            string text = "";
            for (int index = 0; index < entries.Count; index++)
            {
                text += entries.Name(index) + "=" + entries.Value(index) + " in " + entries.Line(index) + "|";
            }

            Assert.AreEqual(expected, text);
        }

        [TestMethod]
        [DataRow("", "line 1: expected a JSON object")]
        [DataRow("[]", "line 1: expected a JSON object")]
        [DataRow("\n\n1", "line 3: expected a JSON object")]
        [DataRow("{", "line 1: expected the name of a setting")]
        [DataRow("{a:1}", "line 1: expected the name of a setting")]
        [DataRow("{'a", "line 1: expected the name of a setting")]
        [DataRow("{'a'}", "line 1: expected ':' after a")]
        [DataRow("{'a':}", "line 1: a must be a number")]
        [DataRow("{'a':null}", "line 1: a must be a number")]
        [DataRow("{'a':truely}", "line 1: a must be a number")]
        [DataRow("{'a':{}}", "line 1: a must be a number")]
        [DataRow("{'a':[1]}", "line 1: a must be a number")]
        [DataRow("{'a':'x}", "line 1: a must be a number")]
        [DataRow("{'a':'x\ny'}", "line 1: a must be a number")]
        [DataRow("{'a':'\\u0000'}", "line 1: a must be a number")]
        [DataRow("{'a':'\\x'}", "line 1: a must be a number")]
        [DataRow("{'a':'\\u12g4'}", "line 1: a must be a number")]
        [DataRow("{'a':'\\ud83d'}", "line 1: a must be a number")]
        [DataRow("{'a':'\\ude00\\ud83d'}", "line 1: a must be a number")]
        [DataRow("{'a':1 'b':2}", "line 1: expected ',' or '}'")]
        [DataRow("{'a':1", "line 1: expected ',' or '}'")]
        [DataRow("{'a':1}}", "line 1: nothing may follow")]
        [DataRow("{'a':1,\n\n'a':2}", "line 3: a stands in line 1 already")]
        [DataRow("{'a':1} /* never ends", "")]
        [DataRow("{ / 'a':1}", "line 1: expected the name of a setting")]
        public void WhatIsWrongIsSaid(string file, string expected)
        {
            byte[] bytes = Bytes(file);
            ConfigReader reader = new ConfigReader(bytes, bytes.Length);
            ConfigEntries entries = reader.Read();

            Assert.AreEqual(expected.Length == 0, entries != null, reader.Error);
            Assert.IsTrue(expected.Length == 0 || reader.Error.IndexOf(expected) == 0, reader.Error);
        }

        [TestMethod]
        public void ByteOrderMarkIsPassed()
        {
            byte[] bytes = { 0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}' };

            Assert.IsNotNull(new ConfigReader(bytes, bytes.Length).Read());
        }

        [TestMethod]
        public void CharacterBeyondTheBasicPlaneIsWrittenAsFourBytes()
        {
            byte[] bytes = Bytes("{'a':'\\ud83d\\ude00'}");
            byte[] read = Encoding.UTF8.GetBytes(new ConfigReader(bytes, bytes.Length).Read().Value(0));

            Assert.AreEqual(4, read.Length);
            Assert.AreEqual(0xF09F9880u, ((uint)read[0] << 24) | ((uint)read[1] << 16) | ((uint)read[2] << 8) | read[3]);
        }

        [TestMethod]
        public void BytesThatAreNoUtf8AreRefused()
        {
            byte[] bytes = Bytes("{'a':'xx'}");
            bytes[6] = 0xC0;

            Assert.IsNull(new ConfigReader(bytes, bytes.Length).Read());
        }

        [TestMethod]
        public void LongestStringIsReadAndLongerOneRefused()
        {
            byte[] bytes = Bytes("{'a':'" + new string('x', ConfigText.StringBytesMax) + "'}");
            Assert.AreEqual(ConfigText.StringBytesMax, new ConfigReader(bytes, bytes.Length).Read().Value(0).Length);

            bytes = Bytes("{'a':'" + new string('x', ConfigText.StringBytesMax + 1) + "'}");
            Assert.IsNull(new ConfigReader(bytes, bytes.Length).Read());

            bytes = Bytes("{'a':" + new string('1', ConfigText.StringBytesMax + 1) + "}");
            Assert.IsNull(new ConfigReader(bytes, bytes.Length).Read());
        }

        [TestMethod]
        public void MoreSettingsThanThereAreAreRefused()
        {
            string file = "{";
            for (int i = 0; i <= ConfigEntries.CountMax; i++)
            {
                file += "'s" + i + "':1,";
            }

            byte[] bytes = Bytes(file + "}");
            ConfigReader reader = new ConfigReader(bytes, bytes.Length);

            Assert.IsNull(reader.Read());
            Assert.AreEqual("line 1: there are more than 48 settings", reader.Error);
        }

        // Wherever a file ends, as after a power cut while it was written, the reader ends too.
        [TestMethod]
        public void EveryCutIsRefusedOrRead()
        {
            byte[] bytes = Bytes("{ // c\n 'wifi-ssid' : 'a\\u00e9\\n' , /* d */ 'port':1883, 'x':true }");
            for (int count = 0; count < bytes.Length; count++)
            {
                Assert.IsNull(new ConfigReader(bytes, count).Read());
            }

            Assert.AreEqual(3, new ConfigReader(bytes, bytes.Length).Read().Count);
        }

        private static byte[] Bytes(string file)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(file);
            for (int i = 0; i < bytes.Length; i++)
            {
                if (bytes[i] == '\'')
                {
                    bytes[i] = (byte)'"';
                }
            }

            return bytes;
        }
    }
}
