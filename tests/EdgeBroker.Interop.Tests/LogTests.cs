using System;
using System.Text;
using EdgeBroker.DesktopProgram;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Interop.Tests
{
    [TestClass]
    public class LogTests
    {
        private const int Kind = 7;

        [TestMethod]
        public void LineHasTimeLevelAndText()
        {
            StringBuilder output = new();
            Log log = new(line => output.Append(line).Append('\n'), LogLevel.Warning, new FixedTime());
            log.Write(LogLevel.Error, "one");
            log.Write(LogLevel.Warning, "two");
            log.Write(LogLevel.Info, "not this");
            Assert.AreEqual("2024-02-29T23:59:58.007Z error one\n2024-02-29T23:59:58.007Z warning two\n", output.ToString());
        }

        [TestMethod]
        public void LogThatIsNotReadDoesNotStopTheBroker()
        {
            using BlockedWriter output = new();
            LogQueue queue = new(output, 2);
            queue.Write("a");
            output.WaitUntilBlocked();
            for (int i = 0; i < 5; i++)
            {
                queue.Write("b");
            }

            output.Unblock();
            output.WaitForLines(3);
            queue.Write("c");
            queue.Close(TimeSpan.FromMinutes(1));
            Assert.AreEqual("a\nb\nb\n(the log was not read: 3 lines are left out)\nc\n", output.ToString());
        }

        [TestMethod]
        public void FirstEventOfAKindPassesAndOthersAreCounted()
        {
            RepeatFilter filter = new();
            Assert.IsTrue(filter.Passes(Kind, 1, 1000));
            Assert.IsFalse(filter.Passes(Kind, 1, 1001));
            Assert.IsTrue(filter.Passes(Kind, 2, 1002));
            Assert.IsFalse(filter.Passes(Kind, 1, 1999));
            Assert.IsFalse(filter.TryTake(1999, out _, out _, out _));

            Assert.IsTrue(filter.TryTake(2000, out int brokerEvent, out int detail, out int count));
            Assert.AreEqual(Kind, brokerEvent);
            Assert.AreEqual(1, detail);
            Assert.AreEqual(2, count);
            Assert.IsFalse(filter.TryTake(2000, out _, out _, out _));
            Assert.IsTrue(filter.Passes(Kind, 1, 2001));
        }

        [TestMethod]
        public void KindThatDidNotRepeatIsForgottenSilently()
        {
            RepeatFilter filter = new();
            Assert.IsTrue(filter.Passes(Kind, 1, 0));
            Assert.IsFalse(filter.TryTake(5000, out _, out _, out _));
            Assert.IsTrue(filter.Passes(Kind, 1, 5000));
        }

        [TestMethod]
        [DataRow("sensor-1", "'sensor-1'")]
        [DataRow("caf\u00e9", "'caf\u00e9'")]
        [DataRow("a\nb", "'a\\u000Ab'")]
        [DataRow("it's", "'it\\u0027s'")]
        [DataRow("a\\n", "'a\\u005Cn'")]
        [DataRow("\u202Eabc", "'\\u202Eabc'")]
        public void ClientIdentifierCannotForgeALine(string identifier, string quoted)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(identifier);
            Assert.AreEqual(quoted, ClientNames.Quote(bytes, bytes.Length));
        }

        [TestMethod]
        public void LongClientIdentifierIsCut()
        {
            byte[] bytes = Encoding.UTF8.GetBytes(new string('x', 300));
            Assert.AreEqual("'" + new string('x', 100) + "\u2026'", ClientNames.Quote(bytes, bytes.Length));
        }

        private sealed class FixedTime : TimeProvider
        {
            public override DateTimeOffset GetUtcNow()
            {
                return new DateTimeOffset(2024, 2, 29, 23, 59, 58, 7, TimeSpan.Zero);
            }
        }
    }
}
