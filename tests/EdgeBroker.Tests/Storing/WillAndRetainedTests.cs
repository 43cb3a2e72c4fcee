#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
using EdgeBroker.Simulation.Flash;

namespace EdgeBroker.Tests.Storing
{
    /// <summary>Wills of durable Sessions and retained messages through a power cut.</summary>
    [TestClass]
    public class WillAndRetainedTests
    {
        [TestMethod]
        public void AWillIsPublishedAfterTheGrace()
        {
            BrokerBench bench = StoreBench.Make();
            WithWill(bench);
            bench.CutPower();
            SimClient display = Display(bench);
            bench.Advance(29000);
            Assert.AreEqual("", display.NextAll());
            bench.Advance(1000);
            Assert.AreEqual("PUBLISH w 'gone' q1 i1", display.NextAll());
            bench.Advance(10000);
            bench.CutPower();
            display = Display(bench);
            bench.Advance(60000);
            Assert.AreEqual("", display.NextAll());
        }

        [TestMethod]
        public void AClientThatIsBackInTimeHasNoWillPublished()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient sensor = WithWill(bench);
            bench.CutPower();
            SimClient display = Display(bench);
            bench.Advance(10000);
            Assert.AreEqual("CONNACK 00 present", sensor.Connect());
            bench.Advance(60000);
            Assert.AreEqual("", display.NextAll());
        }

        [TestMethod]
        public void AWillThatWasTakenBackIsNotPublished()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient sensor = WithWill(bench);
            sensor.Disconnect();
            bench.CutPower();
            SimClient display = Display(bench);
            bench.Advance(60000);
            Assert.AreEqual("", display.NextAll());
        }

        [TestMethod]
        [DataRow(1)]
        [DataRow(2)]
        public void WhatIsRetainedIsInTheFlashAloneOnceItIsStored(int qos)
        {
            BrokerBench bench = StoreBench.Make();
            SimClient sensor = bench.Connect(ProtocolLevel.V5, "sensor");
            sensor.AutoAcknowledge = true;
            SimClient other = Expect.DurableSubscriber(bench, ProtocolLevel.V5, "other", "r", qos);
            sensor.Publish("r", "one", qos, true, null);
            Assert.AreEqual("PUBLISH r 'one' q" + qos + " i1", other.NextAll());
            Assert.AreEqual(1, bench.Broker.RetainedCount);
            SimClient display = Expect.DurableSubscriber(bench, ProtocolLevel.V311, "display", "+", qos);
            Assert.AreEqual("PUBLISH r 'one' q" + qos + " i1 retain", display.NextAll());
            sensor.Publish("r", "two", 0, true, null);
            Assert.AreEqual("PUBLISH r 'two' q0", display.NextAll());
            SimClient late = Expect.DurableSubscriber(bench, ProtocolLevel.V311, "late", "r", qos);
            Assert.AreEqual("PUBLISH r 'two' q0 retain", late.NextAll());
            sensor.Publish("r", "", qos, true, null);
            bench.Run();
            Assert.AreEqual(0, bench.Broker.RetainedCount);
        }

        [TestMethod]
        [DataRow(2000, "PUBLISH r 'kept' q1 i1 retain")]
        [DataRow(9000, "")]
        public void WhatIsRetainedAndCantBeReadIsTriedAgainForAWhile(int failsMs, string comes)
        {
            BrokerBench bench = StoreBench.Make();
            SimClient sensor = bench.Connect(ProtocolLevel.V5, "sensor");
            sensor.Publish("r", "kept", 1, true, null);
            Assert.AreEqual("PUBACK i1 10", sensor.Next());
            bench.Flash.Faults.ReadFailRate = FlashFaults.RateMax;
            SimClient display = Expect.Subscriber(bench, ProtocolLevel.V311, "display", "r", 1);
            for (int ms = 0; ms < failsMs; ms += 500)
            {
                bench.Clock.Advance(500);
                bench.Round();
            }

            Assert.AreEqual(null, display.Take());
            bench.Flash.Faults.ReadFailRate = 0;
            Assert.AreEqual(comes, display.NextAll());
            Assert.AreEqual(comes.Length == 0 ? 1L : 0L, bench.Broker.Counters.Drops[DropReason.Damaged]);
            sensor.Publish("r", "new", 1, false, null);
            Assert.IsTrue(display.Next().StartsWith("PUBLISH r 'new'"));
        }

        [TestMethod]
        public void AtAShutdownAStoredWillWaitsForTheNextStart()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient display = bench.ConnectDurable(ProtocolLevel.V5, "display");
            display.Subscribe("w", 1);
            display.NextAll();
            WithWill(bench);
            bench.Broker.BeginShutdown(ReasonCode.ServerShuttingDown);
            bench.Advance(10000);
            Assert.IsTrue(bench.Broker.IsStopped);
            Assert.IsTrue(display.NextAll().IndexOf("PUBLISH") < 0);
            bench.CutPower();
            Assert.AreEqual("CONNACK 00 present", display.Connect());
            bench.Advance(30000);
            Assert.AreEqual("PUBLISH w 'gone' q1 i1", display.NextAll());
        }

        [TestMethod]
        public void ARetainedMessageIsDurableWithItsAcknowledgement()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient sensor = bench.Connect(ProtocolLevel.V5, "sensor");
            sensor.Publish("r", "one", 1, true, null);
            Assert.AreEqual("PUBACK i1 10", sensor.Next());
            bench.CutPower();
            Assert.AreEqual("PUBLISH r 'one' q1 i1 retain", Retained(bench));
        }

        [TestMethod]
        public void UpdatesOfAValueShareACommit()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient sensor = bench.Connect(ProtocolLevel.V5, "sensor");
            sensor.Publish("r", "0", 1, true, null);
            sensor.NextAll();
            long commits = StoreBench.Commits(bench);
            for (int i = 1; i <= 10; i++)
            {
                sensor.Publish("r", i.ToString(), 1, true, null);
                Assert.AreEqual("PUBACK i" + (i + 1) + " 10", sensor.Next());
                bench.Advance(1000);
            }

            Assert.AreEqual(commits + 1, StoreBench.Commits(bench));
            sensor.Publish("r", "late", 1, true, null);
            sensor.NextAll();
            bench.CutPower();
            Assert.AreEqual("PUBLISH r '10' q1 i1 retain", Retained(bench));
        }

        [TestMethod]
        public void ARetainedMessageThatWasRemovedStaysSo()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient sensor = bench.Connect(ProtocolLevel.V5, "sensor");
            sensor.Publish("r", "one", 1, true, null);
            sensor.Publish("r", "", 1, true, null);
            Assert.AreEqual("PUBACK i1 10; PUBACK i2 10", sensor.NextAll());
            bench.CutPower();
            Assert.AreEqual("", Retained(bench));
        }

        // The older value that is still stored is gone by the time that the newer one, which is removed now, had to be there.
        [TestMethod]
        public void ARemovalIsNotLaterThanTheValueThatItRemoves()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient sensor = bench.Connect(ProtocolLevel.V5, "sensor");
            sensor.Publish("r", "one", 1, true, null);
            sensor.NextAll();
            sensor.Publish("r", "two", 0, true, null);
            bench.Advance(9500);
            sensor.Publish("r", "", 0, true, null);
            bench.Advance(600);
            bench.CutPower();
            Assert.AreEqual("", Retained(bench));
        }

        // After a restart what a subscription is owed is walked anew; what is published then comes by itself, and once.
        [TestMethod]
        public void AWalkThatIsDoneAgainEndsWithWhatTheStoreHeld()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient sensor = bench.Connect(ProtocolLevel.V5, "sensor");
            sensor.Publish("r/1", "one", 1, true, null);
            sensor.Publish("r/2", "two", 1, true, null);
            SimClient display = bench.Client(ProtocolLevel.V5, "display");
            display.Options.CleanStart = false;
            display.Options.SessionExpiryIntervalS = 3600;
            display.Options.ReceiveMaximum = 1;
            display.Connect();
            display.Subscribe("r/#", 1);
            Assert.AreEqual("SUBACK i1 01; PUBLISH r/1 'one' q1 i1 retain", display.NextAll());
            bench.CutPower();
            sensor.Connect();
            sensor.Publish("r/3", "three", 1, true, null);
            display.AutoAcknowledge = true;
            Assert.AreEqual("CONNACK 00 present", display.Connect());
            Assert.AreEqual(
                "PUBLISH r/3 'three' q1 i1; PUBLISH r/1 'one' q1 i2 retain; PUBLISH r/2 'two' q1 i3 retain", display.NextAll());
        }

        private static SimClient WithWill(BrokerBench bench)
        {
            SimClient sensor = bench.Client(ProtocolLevel.V5, "sensor");
            sensor.Options.CleanStart = false;
            sensor.Options.SessionExpiryIntervalS = 3600;
            sensor.Options.WillTopic = Bytes.OfText("w");
            sensor.Options.WillPayload = Bytes.OfText("gone");
            sensor.Options.WillQoS = 1;
            Assert.AreEqual("CONNACK 00", sensor.Connect());
            return sensor;
        }

        private static SimClient Display(BrokerBench bench)
        {
            SimClient display = bench.Connect(ProtocolLevel.V5, "display");
            display.Subscribe("w", 1);
            Assert.AreEqual("SUBACK i1 01", display.Next());
            return display;
        }

        private static string Retained(BrokerBench bench)
        {
            SimClient display = bench.Connect(ProtocolLevel.V5, "display");
            display.Subscribe("r", 1);
            string answer = display.NextAll();
            Assert.IsTrue(answer.StartsWith("SUBACK i1 01"), answer);
            return answer.Length > 14 ? answer.Substring(14) : "";
        }
    }
}
