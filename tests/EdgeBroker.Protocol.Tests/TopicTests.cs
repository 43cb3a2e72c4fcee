#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Protocol.Tests
{
    /// <summary>Topic Names, Topic Filters and how they match.</summary>
    [TestClass]
    public class TopicTests
    {
        // [MQTT-4.7.1-1], [MQTT-4.7.3-1], [MQTT-4.7.3-2], [MQTT-3.3.2-2], [MQTT-4.7.3-3],
        // [MQTT5-4.7.0-1], [MQTT5-4.7.3-1], [MQTT5-4.7.3-2], [MQTT5-3.3.2-2], [MQTT5-4.7.3-3]
        /// <summary>What is a Topic Name, and what is not.</summary>
        [TestMethod]
        [DataRow("'a'", true)]
        [DataRow("'/'", true)]
        [DataRow("'//'", true)]
        [DataRow("'a/b/c'", true)]
        [DataRow("'$SYS/a'", true)]
        [DataRow("'$share/a/b'", true)]
        [DataRow("20", true)]
        [DataRow("C3 A4", true)]
        [DataRow("61*65535", true)]
        [DataRow("", false)]
        [DataRow("'+'", false)]
        [DataRow("'#'", false)]
        [DataRow("'a/+/b'", false)]
        [DataRow("'a/#'", false)]
        [DataRow("'a+'", false)]
        [DataRow("'a#b'", false)]
        [DataRow("61 00", false)]
        [DataRow("C3", false)]
        public void Names(string text, bool expected)
        {
            byte[] bytes = new PacketText().Parse(text);
            Assert.AreEqual(expected, TopicName.IsValid(bytes, 0, bytes.Length), text);
        }

        // [MQTT-4.7.1-2], [MQTT-4.7.1-3], [MQTT-4.7.3-1], [MQTT-4.7.3-2],
        // [MQTT5-4.7.1-1], [MQTT5-4.7.1-2], [MQTT5-4.7.3-1], [MQTT5-4.7.3-2], [MQTT5-4.8.2-1], [MQTT5-4.8.2-2]
        /// <summary>What is a Topic Filter, whether it has a wildcard, and how long its ShareName is.</summary>
        [TestMethod]
        [DataRow("'a'", true, false, 0)]
        [DataRow("'/'", true, false, 0)]
        [DataRow("'#'", true, true, 0)]
        [DataRow("'+'", true, true, 0)]
        [DataRow("'/#'", true, true, 0)]
        [DataRow("'/+'", true, true, 0)]
        [DataRow("'+/'", true, true, 0)]
        [DataRow("'+/+/#'", true, true, 0)]
        [DataRow("'a/+/b'", true, true, 0)]
        [DataRow("'a/b/#'", true, true, 0)]
        [DataRow("C3 A4 '/+'", true, true, 0)]
        [DataRow("'$SYS/#'", true, true, 0)]
        [DataRow("'$share'", true, false, 0)]
        [DataRow("'$sharex/a/b'", true, false, 0)]
        [DataRow("'$shar/a/b'", true, false, 0)]
        [DataRow("'$SHARE/a/b'", true, false, 0)]
        [DataRow("'x$share/a'", true, false, 0)]
        [DataRow("'$share/n/a'", true, false, 1)]
        [DataRow("'$share/name/#'", true, true, 4)]
        [DataRow("'$share/n//'", true, false, 1)]
        [DataRow("'$share/n/+/a'", true, true, 1)]
        [DataRow("'$share/$share/$share/a'", true, false, 6)]
        [DataRow("", false, false, 0)]
        [DataRow("'##'", false, true, 0)]
        [DataRow("'++'", false, true, 0)]
        [DataRow("'+#'", false, true, 0)]
        [DataRow("'a#'", false, true, 0)]
        [DataRow("'#a'", false, true, 0)]
        [DataRow("'#/'", false, true, 0)]
        [DataRow("'a/#/b'", false, true, 0)]
        [DataRow("'a+'", false, true, 0)]
        [DataRow("'+a'", false, true, 0)]
        [DataRow("'a/+b'", false, true, 0)]
        [DataRow("'a/b+/c'", false, true, 0)]
        [DataRow("61 00", false, false, 0)]
        [DataRow("61 FF", false, false, 0)]
        [DataRow("'$share/'", false, false, 0)]
        [DataRow("'$share//'", false, false, 0)]
        [DataRow("'$share//a'", false, false, 0)]
        [DataRow("'$share/n'", false, false, 0)]
        [DataRow("'$share/n/'", false, false, 1)]
        [DataRow("'$share/+/a'", false, true, 0)]
        [DataRow("'$share/#'", false, true, 0)]
        [DataRow("'$share/a#/a'", false, true, 0)]
        [DataRow("'$share/n/a#'", false, true, 1)]
        [DataRow("'$share/n/#/a'", false, true, 1)]
        public void Filters(string text, bool expected, bool hasWildcard, int shareNameLength)
        {
            byte[] bytes = new PacketText().Parse("FF " + text + " 2B");
            int length = bytes.Length - 2;
            Assert.AreEqual(expected, TopicFilter.IsValid(bytes, 1, length), text);
            Assert.AreEqual(hasWildcard, TopicFilter.HasWildcard(bytes, 1, length), text);
            Assert.AreEqual(shareNameLength, TopicFilter.ShareNameLength(bytes, 1, length), text);
        }

        // [MQTT-4.7.2-1], [MQTT-4.7.3-4], [MQTT5-4.7.2-1], [MQTT5-4.7.3-4]
        /// <summary>Which names a filter matches.</summary>
        [TestMethod]
        [DataRow("a", "a", true)]
        [DataRow("a", "A", false)]
        [DataRow("a", "ab", false)]
        [DataRow("ab", "a", false)]
        [DataRow("a/b", "a/b", true)]
        [DataRow("a/b", "a/b/", false)]
        [DataRow("a/b/", "a/b", false)]
        [DataRow("/a", "a", false)]
        [DataRow("a", "/a", false)]
        [DataRow("a//b", "a/b", false)]
        [DataRow("#", "a", true)]
        [DataRow("#", "/", true)]
        [DataRow("#", "a/b/c", true)]
        [DataRow("a/#", "a", true)]
        [DataRow("a/#", "a/", true)]
        [DataRow("a/#", "a/b", true)]
        [DataRow("a/#", "a/b/c", true)]
        [DataRow("a/#", "ab", false)]
        [DataRow("a/#", "b/a", false)]
        [DataRow("a/b/#", "a", false)]
        [DataRow("/#", "/", true)]
        [DataRow("/#", "/a", true)]
        [DataRow("/#", "a", false)]
        [DataRow("+", "a", true)]
        [DataRow("+", "/", false)]
        [DataRow("+", "/a", false)]
        [DataRow("+", "a/b", false)]
        [DataRow("+/+", "/a", true)]
        [DataRow("+/+", "/", true)]
        [DataRow("+/+", "a/b", true)]
        [DataRow("+/+", "a", false)]
        [DataRow("/+", "/a", true)]
        [DataRow("/+", "/", true)]
        [DataRow("/+", "a", false)]
        [DataRow("a/+", "a/b", true)]
        [DataRow("a/+", "a/", true)]
        [DataRow("a/+", "a", false)]
        [DataRow("a/+", "a/b/c", false)]
        [DataRow("a/+/c", "a/b/c", true)]
        [DataRow("a/+/c", "a//c", true)]
        [DataRow("a/+/c", "a/b/d", false)]
        [DataRow("a/+/c", "a/b", false)]
        [DataRow("+/b/#", "a/b", true)]
        [DataRow("+/b/#", "a/b/c/d", true)]
        [DataRow("+/#", "a", true)]
        [DataRow("+/#", "a/b", true)]
        [DataRow("+/+/#", "a", false)]
        [DataRow("#", "$SYS", false)]
        [DataRow("#", "$SYS/a", false)]
        [DataRow("+", "$SYS", false)]
        [DataRow("+/a", "$SYS/a", false)]
        [DataRow("/#", "/$SYS", true)]
        [DataRow("+/+", "a/$b", true)]
        [DataRow("$SYS/#", "$SYS/a", true)]
        [DataRow("$SYS/#", "$SYS", true)]
        [DataRow("$SYS/+", "$SYS/a", true)]
        [DataRow("$SYS/a", "$SYS/a", true)]
        public void Matching(string filter, string topic, bool expected)
        {
            byte[] filterBytes = Hex.Ascii("#" + filter + "#");
            byte[] topicBytes = Hex.Ascii("//" + topic + "/");
            Assert.AreEqual(
                expected,
                TopicFilter.Matches(filterBytes, 1, filterBytes.Length - 2, topicBytes, 2, topicBytes.Length - 3),
                filter + " " + topic);
        }
    }
}
