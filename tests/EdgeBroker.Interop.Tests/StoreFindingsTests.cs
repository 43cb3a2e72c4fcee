using System.IO;
using System.Linq;
using EdgeBroker.Desktop;
using EdgeBroker.DesktopProgram.Inspect;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
using EdgeBroker.Simulation.Flash;
using EdgeBroker.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Interop.Tests
{
    /// <summary>What a broker has stored, as <c>edgebroker store</c> reads it.</summary>
    [TestClass]
    public sealed class StoreFindingsTests
    {
        private readonly BrokerBench _bench = new();
        private readonly FlashDevice _flash;

        public StoreFindingsTests()
        {
            _flash = new FlashDevice(FlashDevice.BlockCountDefault, 1, _bench.Clock);
            _bench.Flash = _flash;
            _bench.Limits.StoreBytesMax = 131072;
        }

        [TestMethod]
        public void SessionsQueuesAndRetainedMessagesAreThere()
        {
            SimClient sleeper = _bench.Client(ProtocolLevel.V5, "sleeper's");
            sleeper.Options.SessionExpiryIntervalS = 3600;
            Assert.AreEqual("CONNACK 00", sleeper.Connect());
            sleeper.Subscribe("t/#", 2, 7);
            Assert.AreEqual("SUBACK i1 02", sleeper.Next());
            sleeper.Disconnect();
            SimClient other = _bench.ConnectDurable(ProtocolLevel.V311, "other");
            other.Subscribe("t/1", 1);
            Assert.AreEqual("SUBACK i1 01", other.Next());
            other.Disconnect();
            SimClient here = _bench.ConnectDurable(ProtocolLevel.V311, "here");
            here.Publish("t/2", "for one", 1);
            Assert.AreEqual("PUBACK i1", here.Next());
            here.Publish("t/1", "for two", 1);
            Assert.AreEqual("PUBACK i2", here.Next());
            here.Publish("kept", "12345", 1, true, null);
            Assert.AreEqual("PUBACK i3", here.Next());
            here.Publish("t/2", "half", 2);
            Assert.AreEqual("PUBREC i4", here.Next());
            _bench.Advance(1800000);

            JournalScan scan = new(new FlashStorage(_flash));
            StoreFindings findings = new(scan);
            Assert.AreEqual("", string.Join("; ", findings.Damage));
            SessionFindings[] sessions = [.. findings.Sessions];
            Assert.AreEqual("'sleeper\\u0027s', 'other', 'here'", string.Join(", ", sessions.Select(session => session.Client)));
            Assert.AreEqual("3, 1, 0", string.Join(", ", sessions.Select(session => session.QueuedCount)));
            Assert.AreEqual("0, 0, 1", string.Join(", ", sessions.Select(session => session.HalfDoneCount)));
            Assert.AreEqual("True, False, False", string.Join(", ", sessions.Select(session => session.IsV5)));
            Assert.AreEqual("True, False, False", string.Join(", ", sessions.Select(session => session.AwaySince != null)));
            Assert.AreEqual(3600L, sessions[0].ExpiryS);
            Assert.AreEqual(("'t/#'", 2), sessions[0].Subscriptions.Single());
            Assert.AreEqual(("'t/1'", 1), sessions[1].Subscriptions.Single());
            Assert.IsTrue(sessions[0].QueuedBytes > sessions[1].QueuedBytes && sessions[1].QueuedBytes > 10);
            Assert.AreEqual(new RetainedFindings("'kept'", 1, 5), findings.Retained.Single());
        }

        [TestMethod]
        public void TheReportNamesWhatIsThere()
        {
            SimClient sensor = _bench.ConnectDurable(ProtocolLevel.V5, "sensor");
            sensor.Subscribe("a/+", 1);
            Assert.AreEqual("SUBACK i1 01", sensor.Next());
            sensor.Publish("kept", "12345", 1, true, null);
            Assert.AreEqual("PUBACK i2 10", sensor.Next());

            JournalScan scan = new(new FlashStorage(_flash));
            StringWriter text = new();
            new StoreReport(text).Write(Directory.CreateTempSubdirectory("edgebroker-report-").FullName, scan, new StoreFindings(scan));
            string report = text.ToString().ReplaceLineEndings("\n");
            StringAssert.Contains(report, "Sessions: 1\n");
            StringAssert.Contains(report, "  2       'sensor'  5.0   never    ");
            StringAssert.Contains(report, "  2       'a/+'   1\n");
            StringAssert.Contains(report, "retained messages: 1\n  topic   QoS  bytes\n  'kept'  1    5\n");
            StringAssert.Contains(report, " in 1 tail files ");
            StringAssert.Contains(report, "\ndamage: none\n");
        }

        [TestMethod]
        public void WearIsEstimatedAsTheFlashHasIt()
        {
            SimClient sleeper = _bench.ConnectDurable(ProtocolLevel.V311, "sleeper");
            sleeper.Subscribe("t/#", 1);
            Assert.AreEqual("SUBACK i1 01", sleeper.Next());
            sleeper.Disconnect();
            SimClient sensor = _bench.Connect(ProtocolLevel.V311, "sensor");
            _flash.ResetCounts();
            for (int i = 0; i < 400; i++)
            {
                sensor.Publish("t/45678901234567890", new string('x', 64), 1);
                _bench.Advance(1000);
            }

            JournalScan scan = new(new FlashStorage(_flash));
            WearFindings wear = new(scan);
            double measured = _flash.EraseCount / 400.0;
            Assert.IsTrue(wear.ErasesPerCommit > measured * 0.7 && wear.ErasesPerCommit < measured * 1.3,
                $"{wear.ErasesPerCommit} estimated, {measured} measured");
            Assert.AreEqual(400.0, wear.Seconds, 5.0);

            // 3.2 million erases at one message a second.
            Assert.AreEqual(3200000 / measured / 31557600, wear.LifeYears!.Value, 0.3);
        }

        [TestMethod]
        public void ItemsThatMakeNoSenseAreDamage()
        {
            FlashStorage storage = new(_flash);
            Journal journal = new(storage, new JournalLimits { BytesMax = 100000, StageBytesMax = 1000 });
            journal.Mount(new NoOwner());
            foreach ((int type, int owner, int size) in new[] { (3, 2, 2), (6, 2, 0), (99, 2, 5), (7, 3, 1), (14, 0, 1) })
            {
                journal.BeginPut(type, owner, size, out _, out _);
                journal.EndPut();
            }

            journal.Commit();
            string damage = string.Join("\n", new StoreFindings(new JournalScan(storage)).Damage);
            StringAssert.Contains(damage, "item 1 of owner 2, of type 3, is too short");
            StringAssert.Contains(damage, "item 2 of owner 2, of type 6, is too short");
            StringAssert.Contains(damage, "item 3 of owner 2 is of type 99");
            StringAssert.Contains(damage, "item 4 of owner 3 holds no message");
            StringAssert.Contains(damage, "item 5 of owner 0 holds no message");
            StringAssert.Contains(damage, "items of Session 3 are there, but not the Session");
        }

        private sealed class NoOwner : IJournalOwner
        {
            public void OnItem(int item, long id, int type, int owner, byte[] buffer, int offset, int count)
            {
                Assert.Fail("the flash was not empty");
            }

            public void OnOwnerLost(int owner)
            {
                Assert.Fail("the flash was not empty");
            }
        }
    }
}
