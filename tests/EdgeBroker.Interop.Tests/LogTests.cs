using System;
using System.Text;
using EdgeBroker.Desktop;
using EdgeBroker.DesktopProgram;
using EdgeBroker.Persistence;
using EdgeBroker.Ports;
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
        public void StoreThatFailsIsLoggedWithTheReason()
        {
            StringBuilder output = new();
            Log log = new(line => output.Append(line[25..]).Append('\n'), LogLevel.Info, new FixedTime());
            string? error = null;
            EventLog events = new(log, new MonotonicClock(), _ => "") { StoreError = () => error };
            events.OnEvent(BrokerEvent.StoreStateChanged, -1, StoreState.Failing);
            error = "the disk is full";
            events.OnEvent(BrokerEvent.StoreStateChanged, -1, StoreState.Failed);
            events.OnEvent(BrokerEvent.StoreStateChanged, -1, StoreState.Good);
            Assert.AreEqual(
                "error the store fails: what depends on it waits, and it is tried again\n"
                + "error the store has failed for long: nothing durable is promised any more until it works again (the disk is full)\n"
                + "info the store works: what is to be kept is kept\n",
                output.ToString());
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
        public void SomeEventsOfAKindPassAndOthersAreCounted()
        {
            RepeatFilter filter = new();
            Assert.IsTrue(filter.Passes(Kind, 1, 2, 1000));
            Assert.IsTrue(filter.Passes(Kind, 1, 2, 1001));
            Assert.IsFalse(filter.Passes(Kind, 1, 2, 1001));
            Assert.IsTrue(filter.Passes(Kind, 2, 1, 1002));
            Assert.IsFalse(filter.Passes(Kind, 1, 2, 1999));
            Assert.IsFalse(filter.TryTake(1999, out _, out _, out _));

            Assert.IsTrue(filter.TryTake(2000, out int brokerEvent, out int detail, out int count));
            Assert.AreEqual(Kind, brokerEvent);
            Assert.AreEqual(1, detail);
            Assert.AreEqual(2, count);
            Assert.IsFalse(filter.TryTake(2000, out _, out _, out _));
            Assert.IsTrue(filter.Passes(Kind, 1, 2, 2001));
        }

        // An hour of ten a second: the first, one each time that the period doubles, and two a minute from then on.
        [TestMethod]
        public void FloodThatGoesOnIsTwoLinesAMinute()
        {
            RepeatFilter filter = new();
            int lines = 0;
            long counted = 0;
            for (long nowMs = 0; nowMs < 3_600_000; nowMs += 100)
            {
                while (filter.TryTake(nowMs, out _, out _, out int count))
                {
                    lines++;
                    counted += count;
                }

                if (filter.Passes(Kind, 1, 1, nowMs))
                {
                    lines++;
                    counted++;
                }
            }

            Assert.IsInRange(120, 140, lines);
            Assert.IsTrue(filter.TryTake(long.MaxValue, out _, out _, out int last));
            Assert.AreEqual(36_000, counted + last);
        }

        [TestMethod]
        public void KindThatDidNotRepeatIsForgottenSilently()
        {
            RepeatFilter filter = new();
            Assert.IsTrue(filter.Passes(Kind, 1, 1, 0));
            Assert.IsFalse(filter.Passes(Kind, 1, 1, 1));
            Assert.IsTrue(filter.TryTake(1000, out _, out _, out _));
            Assert.IsFalse(filter.TryTake(2999, out _, out _, out _));
            Assert.IsFalse(filter.TryTake(3000, out _, out _, out _));
            Assert.IsTrue(filter.Passes(Kind, 1, 1, 3001));
            Assert.IsFalse(filter.Passes(Kind, 1, 1, 3002));
            Assert.IsTrue(filter.TryTake(4001, out _, out _, out _));
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
