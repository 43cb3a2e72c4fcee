using System;
using System.Collections.Generic;
using System.Text;
using EdgeBroker.DesktopProgram;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Interop.Tests
{
    [TestClass]
    public class ConfigReaderTests
    {
        [TestMethod]
        public void ValuesAreTextAsTheCommandLineHasThem()
        {
            List<ConfigSetting> settings = Parse("{ // why\n\"a\": 5,\n\"b\": true, \"c\": false,\n\n\"d\": \"x\\u0041\", }");
            CollectionAssert.AreEqual(
                new[] { new ConfigSetting("a", "5", 2), new("b", "true", 3), new("c", "false", 3), new("d", "xA", 5) }, settings);
        }

        [TestMethod]
        public void EmptyObjectIsNoSettings()
        {
            Assert.AreEqual(0, Parse("{}").Count);
        }

        [TestMethod]
        [DataRow("", "f line 1: this is not JSON: The input does not contain any JSON tokens")]
        [DataRow("[]", "f line 1: expected a JSON object")]
        [DataRow("\n5", "f line 2: expected a JSON object")]
        [DataRow("{", "f line 1: this is not JSON")]
        [DataRow("{\n\"a\":\n}", "f line 3: this is not JSON")]
        [DataRow("{\"a\": 5}\n{}", "f line 2: this is not JSON")]
        [DataRow("{\n\"a\": {} }", "f line 2: a must be a number, true, false or a string")]
        [DataRow("{\n\"a\": [5] }", "f line 2: a must be a number, true, false or a string")]
        [DataRow("{\n\"a\": null }", "f line 2: a must be a number, true, false or a string")]
        [DataRow("{\n\"a\": 5,\n\"a\": 6 }", "f line 3: a stands in line 2 already")]
        public void WrongFormNamesFileAndLine(string text, string message)
        {
            UsageException exception = Assert.ThrowsExactly<UsageException>(() => Parse(text));
            Assert.IsTrue(exception.Message.StartsWith(message, StringComparison.Ordinal), exception.Message);
        }

        private static List<ConfigSetting> Parse(string text)
        {
            return ConfigReader.Parse("f", Encoding.UTF8.GetBytes(text));
        }
    }
}
