using System;
using System.Linq;
using System.Text;
using FsCheck.Fluent;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Protocol.Properties
{
    /// <summary>The checks of texts agree with slower ones that are plainly right.</summary>
    [TestClass]
    public class TextProperties
    {
        private static readonly UTF8Encoding s_strict = new(false, true);

        // [MQTT-1.5.3-1], [MQTT-1.5.3-2], [MQTT5-1.5.4-1], [MQTT5-1.5.4-2]
        [TestMethod]
        public void Utf8AgreesWithTheStrictDecoder()
        {
            Bytes.ForAll(Bytes.NearlyUtf8, bytes => Utf8.IsValid(bytes, 0, bytes.Length) == IsText(bytes));
            Bytes.ForAll(Bytes.Text, bytes => Utf8.IsValid(bytes, 0, bytes.Length));
        }

        [TestMethod]
        public void EveryOneAndTwoByteSequenceAndEveryLeadOfThreeAgrees()
        {
            var bytes = new byte[3];
            for (var value = 0; value < 1 << 24; value += value < 0x10000 ? 1 : 61)
            {
                bytes[0] = (byte)value;
                bytes[1] = (byte)(value >> 8);
                bytes[2] = (byte)(value >> 16);
                var length = value < 0x100 ? 1 : value < 0x10000 ? 2 : 3;
                if (Utf8.IsValid(bytes, 0, length) != IsText(bytes.AsSpan(0, length)))
                {
                    Assert.Fail(Convert.ToHexString(bytes));
                }
            }
        }

        // [MQTT-4.7.1-2], [MQTT-4.7.1-3], [MQTT5-4.7.1-1], [MQTT5-4.7.1-2], [MQTT5-4.8.2-1], [MQTT5-4.8.2-2]
        [TestMethod]
        public void ValidityAgreesWithTheLevels()
        {
            Bytes.ForAll(Bytes.Levels, text =>
            {
                var bytes = Encoding.UTF8.GetBytes(text);
                return TopicName.IsValid(bytes, 0, bytes.Length) == (text.Length > 0 && !text.Contains('+') && !text.Contains('#')) &&
                    TopicFilter.IsValid(bytes, 0, bytes.Length) == IsFilter(text) &&
                    TopicFilter.HasWildcard(bytes, 0, bytes.Length) == (text.Contains('+') || text.Contains('#'));
            });
        }

        // [MQTT-4.7.2-1], [MQTT5-4.7.2-1]
        [TestMethod]
        public void MatchingAgreesWithTheLevels()
        {
            var pairs = Gen.Zip(
                Bytes.Levels.Where(text => IsFilter(text) && !text.StartsWith("$share/", StringComparison.Ordinal)),
                Bytes.Levels.Select(text => text.Replace('+', 'a').Replace('#', 'b')).Where(text => text.Length > 0));
            var matches = 0;
            Bytes.ForAll(pairs, pair =>
            {
                var filter = Encoding.UTF8.GetBytes(pair.Item1);
                var topic = Encoding.UTF8.GetBytes(pair.Item2);
                var found = TopicFilter.Matches(filter, 0, filter.Length, topic, 0, topic.Length);
                matches += found ? 1 : 0;
                return found == LevelsMatch(pair.Item1, pair.Item2);
            });
            Assert.IsTrue(matches > 100, "few of the pairs match");
        }

        private static bool IsText(ReadOnlySpan<byte> bytes)
        {
            try
            {
                s_strict.GetCharCount(bytes);
                return !bytes.Contains((byte)0);
            }
            catch (DecoderFallbackException)
            {
                return false;
            }
        }

        private static bool IsFilter(string text)
        {
            var levels = text.Split('/');
            if (levels[0] == "$share" && levels.Length > 1)
            {
                var name = levels[1];
                return levels.Length > 2 && name.Length > 0 && !name.Contains('+') && !name.Contains('#') &&
                    ArePlaced(levels[2..]);
            }

            return ArePlaced(levels);
        }

        private static bool ArePlaced(string[] levels)
        {
            return !(levels.Length == 1 && levels[0].Length == 0) &&
                levels.All(level => level is "+" or "#" || (!level.Contains('+') && !level.Contains('#'))) &&
                !levels.SkipLast(1).Contains("#");
        }

        private static bool LevelsMatch(string filter, string topic)
        {
            var wanted = filter.Split('/');
            var given = topic.Split('/');
            if (topic[0] == '$' && (wanted[0] == "+" || wanted[0] == "#"))
            {
                return false;
            }

            for (var index = 0; index < wanted.Length; index++)
            {
                if (wanted[index] == "#")
                {
                    return true;
                }

                if (index == given.Length || (wanted[index] != "+" && wanted[index] != given[index]))
                {
                    return false;
                }

                if (index + 1 == given.Length && index + 2 == wanted.Length && wanted[index + 1] == "#")
                {
                    return true;
                }
            }

            return wanted.Length == given.Length;
        }
    }
}
