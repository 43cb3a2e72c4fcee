using EdgeBroker.DesktopProgram.Simulate.Checks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Simulator.Tests.Simulate
{
    /// <summary>The checkers find what is wrong, and only that.</summary>
    [TestClass]
    public class LedgerTests
    {
        private readonly Ledger _ledger;
        private readonly int _sensor;
        private readonly int _display;
        private long _reportedDrops;

        public LedgerTests()
        {
            _ledger = new Ledger(() => _reportedDrops) { RetainedCommitMs = 1000 };
            _sensor = _ledger.AddClient("sensor");
            _display = _ledger.AddClient("display");
        }

        [TestMethod]
        public void WhatArrivesIsNotOwed()
        {
            Subscribe(1);
            MessageRecord record = Accepted(1);
            Assert.AreEqual(1, _ledger.OwedCount);
            _ledger.Received(_display, record.Number, "t", 1, false);
            _ledger.IsQuiet(_display, 1000);
            AssertCounts(acknowledged: 1, delivered: 1);
        }

        [TestMethod]
        public void WhatDoesNotArriveIsLost()
        {
            Subscribe(1);
            Accepted(1);
            _ledger.IsQuiet(_display, 10);
            AssertCounts(acknowledged: 1);
            _ledger.IsQuiet(_display, 11);
            AssertCounts(acknowledged: 1, lost: 1);
            StringAssert.Contains(_ledger.Failures[0], "never reached display");
        }

        [TestMethod]
        public void WhatWasDroppedAndReportedIsNotLost()
        {
            Subscribe(1);
            Accepted(1);
            Accepted(1);
            _reportedDrops = 1;
            _ledger.IsQuiet(_display, 1000);
            AssertCounts(acknowledged: 2, dropped: 1, lost: 1);
        }

        [TestMethod]
        public void WhatIsNotAcknowledgedIsNotPromised()
        {
            Subscribe(1);
            _ledger.Publish(_sensor, "t", 1, false);
            Subscribe(0);
            Assert.AreEqual(0, _ledger.OwedCount);
        }

        [TestMethod]
        public void WhoSubscribesLaterOrAtQoS0IsNotOwed()
        {
            Subscribe(0);
            Accepted(1);
            Assert.AreEqual(0, _ledger.OwedCount);
            MessageRecord record = _ledger.Publish(_sensor, "u", 1, false);
            _ledger.Subscribed(_display, "u", 1);
            _ledger.Accepted(record, 10);
            Assert.AreEqual(0, _ledger.OwedCount);
        }

        [TestMethod]
        public void ACopyBeforeTheAcknowledgementCounts()
        {
            Subscribe(1);
            MessageRecord record = _ledger.Publish(_sensor, "t", 1, false);
            _ledger.Received(_display, record.Number, "t", 1, false);
            _ledger.Accepted(record, 10);
            Assert.AreEqual(0, _ledger.OwedCount);
        }

        [TestMethod]
        [DataRow(1, 0, 1)]
        [DataRow(2, 1, 0)]
        public void TwiceIsWrongAtQoS2Only(int qos, int duplicated, int repeated)
        {
            Subscribe(2);
            MessageRecord record = Accepted(qos);
            _ledger.Received(_display, record.Number, "t", qos, false);
            _ledger.Received(_display, record.Number, "t", qos, false);
            AssertCounts(acknowledged: 1, delivered: 1, duplicated: duplicated);
            Assert.AreEqual(repeated, _ledger.RepeatedCount);
        }

        [TestMethod]
        public void OrderIsKeptUnlessAMessageWasSentAgain()
        {
            Subscribe(1);
            MessageRecord first = Accepted(1);
            MessageRecord second = Accepted(1);
            MessageRecord third = Accepted(1);
            _ledger.Received(_display, second.Number, "t", 1, false);
            _ledger.Received(_display, first.Number, "t", 1, false);
            AssertCounts(acknowledged: 3, delivered: 2, other: 1);

            MessageRecord late = Accepted(1);
            late.WasSentAgain = true;
            _ledger.Received(_display, third.Number, "t", 1, false);
            _ledger.Received(_display, late.Number, "t", 1, false);
            AssertCounts(acknowledged: 4, delivered: 4, other: 1);
        }

        [TestMethod]
        public void ABrokerThatSpinsIsToldOn()
        {
            _ledger.NoRest(1.5);
            AssertCounts(acknowledged: 0, other: 1);
            StringAssert.Contains(_ledger.Failures[0], "1.500 s");
        }

        [TestMethod]
        public void ASessionThatIsGoneIsABrokenPromise()
        {
            Subscribe(1);
            Accepted(1);
            _ledger.SessionEnded(_display, SessionLoss.Broken);
            AssertCounts(acknowledged: 1, lost: 1, other: 1);
        }

        [TestMethod]
        public void WhatGoesWithThePowerAsAgreedIsForgotten()
        {
            Subscribe(1);
            Accepted(1);
            _ledger.SessionEnded(_display, SessionLoss.WentWithPower);
            AssertCounts(acknowledged: 1, forgotten: 1);
            _ledger.IsQuiet(_display, 1000);
            AssertCounts(acknowledged: 1, forgotten: 1);
        }

        [TestMethod]
        public void ARetainedMessageIsTheLastOne()
        {
            MessageRecord old = Retained(10);
            MessageRecord last = Retained(20);
            _ledger.Subscribing(_display);
            _ledger.Received(_display, last.Number, "t", 1, true);
            AssertCounts(acknowledged: 2);
            _ledger.Received(_display, old.Number, "t", 1, true);
            AssertCounts(acknowledged: 2, other: 1);
        }

        [TestMethod]
        [DataRow(900, 0)]
        [DataRow(1100, 1)]
        public void APowerCutMayTakeBackYoungRetainedMessages(int ageMs, int other)
        {
            MessageRecord old = Retained(10);
            Retained(20);
            _ledger.LastCutMs = 20 + ageMs;
            _ledger.Subscribing(_display);
            _ledger.Received(_display, old.Number, "t", 1, true);
            AssertCounts(acknowledged: 2, other: other);
        }

        [TestMethod]
        [DataRow("u", 1)]
        [DataRow("t", 2)]
        public void AMessageComesAsItWasPublished(string topic, int qos)
        {
            MessageRecord record = Accepted(1);
            _ledger.Received(_display, record.Number, topic, qos, false);
            Assert.AreEqual(1, _ledger.OtherCount);
        }

        private MessageRecord Accepted(int qos)
        {
            MessageRecord record = _ledger.Publish(_sensor, "t", qos, false);
            _ledger.Accepted(record, 10);
            return record;
        }

        private MessageRecord Retained(long atMs)
        {
            MessageRecord record = _ledger.Publish(_sensor, "t", 1, true);
            _ledger.Accepted(record, atMs);
            return record;
        }

        private void Subscribe(int qos)
        {
            _ledger.Subscribing(_display);
            _ledger.Subscribed(_display, "+", qos);
        }

        private void AssertCounts(
            int acknowledged, int delivered = 0, int lost = 0, int duplicated = 0, int other = 0, int dropped = 0, int forgotten = 0)
        {
            string expected = $"{acknowledged} {delivered} {lost} {duplicated} {other} {dropped} {forgotten}";
            string actual = $"{_ledger.AcknowledgedCount} {_ledger.DeliveredCount} {_ledger.LostCount} {_ledger.DuplicatedCount} "
                + $"{_ledger.OtherCount} {_ledger.DroppedCount} {_ledger.ForgottenCount}";
            Assert.AreEqual(expected, actual);
        }
    }
}
