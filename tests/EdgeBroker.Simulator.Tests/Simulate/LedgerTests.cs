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
            _ledger.Received(_display, record.Number, "t", 1, false, 20);
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
            _ledger.Subscribed(_display, "u", 1, 0);
            _ledger.Accepted(record, 10);
            Assert.AreEqual(0, _ledger.OwedCount);
        }

        [TestMethod]
        public void ACopyBeforeTheAcknowledgementCounts()
        {
            Subscribe(1);
            MessageRecord record = _ledger.Publish(_sensor, "t", 1, false);
            _ledger.Received(_display, record.Number, "t", 1, false, 20);
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
            _ledger.Received(_display, record.Number, "t", qos, false, 20);
            _ledger.Received(_display, record.Number, "t", qos, false, 20);
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
            _ledger.Received(_display, second.Number, "t", 1, false, 20);
            _ledger.Received(_display, first.Number, "t", 1, false, 20);
            AssertCounts(acknowledged: 3, delivered: 2, other: 1);

            MessageRecord late = Accepted(1);
            late.WasSentAgain = true;
            _ledger.Received(_display, third.Number, "t", 1, false, 20);
            _ledger.Received(_display, late.Number, "t", 1, false, 20);
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
            _ledger.Received(_display, last.Number, "t", 1, true, 20);
            AssertCounts(acknowledged: 2);
            _ledger.Received(_display, old.Number, "t", 1, true, 20);
            AssertCounts(acknowledged: 2, other: 1);
        }

        [TestMethod]
        [DataRow(900, 0)]
        [DataRow(1100, 1)]
        public void APowerCutMayTakeBackYoungRetainedMessages(int ageMs, int other)
        {
            MessageRecord old = Retained(10);
            Retained(20);
            _ledger.PowerCut(20 + ageMs, 0);
            _ledger.Subscribing(_display);
            _ledger.Received(_display, old.Number, "t", 1, true, 20);
            AssertCounts(acknowledged: 2, other: other);
        }

        [TestMethod]
        [DataRow("u", 1)]
        [DataRow("t", 2)]
        public void AMessageComesAsItWasPublished(string topic, int qos)
        {
            MessageRecord record = Accepted(1);
            _ledger.Received(_display, record.Number, topic, qos, false, 20);
            Assert.AreEqual(1, _ledger.OtherCount);
        }

        [TestMethod]
        [DataRow(510, 0)]
        [DataRow(511, 1)]
        public void WhatTheModeMayLoseIsNotLost(int cutMs, int lost)
        {
            Ledger ledger = new(() => 0);
            int display = Relaxed(ledger);
            ledger.PowerCut(cutMs, 500);
            ledger.IsQuiet(display, 1000);
            Assert.AreEqual(lost, ledger.LostCount);
            Assert.AreEqual(1 - lost, ledger.ForgottenCount);
        }

        [TestMethod]
        public void WhatIsAcknowledgedAfterTheCutCounts()
        {
            Ledger ledger = new(() => 0);
            ledger.PowerCut(9, 500);
            int display = Relaxed(ledger);
            ledger.IsQuiet(display, 1000);
            Assert.AreEqual(1, ledger.LostCount);
        }

        [TestMethod]
        [DataRow(500, 0)]
        [DataRow(501, 1)]
        public void ASubscriptionMayGoWithThePowerToo(int cutMs, int lost)
        {
            Ledger ledger = new(() => 0);
            int display = ledger.AddClient("display");
            ledger.Subscribed(display, "t", 1, 0);
            ledger.PowerCut(cutMs, 500);
            ledger.Accepted(ledger.Publish(display, "t", 1, false), 2000);
            ledger.IsQuiet(display, 3000);
            Assert.AreEqual(lost, ledger.LostCount);
        }

        [TestMethod]
        [DataRow(500, 520, 0)]
        [DataRow(500, 521, 1)]
        [DataRow(0, 20, 1)]
        public void AMessageMayComeTwiceAfterACutThatTheModeDoesNotCover(int windowMs, int cutMs, int duplicated)
        {
            Ledger ledger = new(() => 0);
            int display = ledger.AddClient("display");
            MessageRecord record = ledger.Publish(display, "t", 2, false);
            ledger.Received(display, record.Number, "t", 2, false, 20);
            ledger.PowerCut(cutMs, windowMs);
            ledger.Received(display, record.Number, "t", 2, false, 1000);
            Assert.AreEqual(duplicated, ledger.DuplicatedCount);
        }

        private static int Relaxed(Ledger ledger)
        {
            int display = ledger.AddClient("display");
            ledger.Subscribed(display, "t", 1, -10_000);
            ledger.Accepted(ledger.Publish(display, "t", 1, false), 10);
            return display;
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
            _ledger.Subscribed(_display, "+", qos, 0);
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
