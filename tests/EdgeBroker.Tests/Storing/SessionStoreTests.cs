#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;

namespace EdgeBroker.Tests.Storing
{
    /// <summary>Sessions and their subscriptions: durable before the answer, and nothing is written for what stays as it is.</summary>
    [TestClass]
    public class SessionStoreTests
    {
        [TestMethod]
        public void AReconnectThatChangesNothingCostsNoCommit()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient sensor = bench.ConnectDurable(ProtocolLevel.V311, "sensor");
            sensor.Subscribe("t", 1);
            Assert.AreEqual("SUBACK i1 01", sensor.Next());
            long commits = StoreBench.Commits(bench);
            for (int i = 0; i < 10; i++)
            {
                sensor.Disconnect();
                Assert.AreEqual("CONNACK 00 present", sensor.Connect());
                sensor.Subscribe("t", 1);
                sensor.Next();
                bench.Advance(60000);
            }

            Assert.AreEqual(commits, StoreBench.Commits(bench));
        }

        [TestMethod]
        public void NoAnswerLeavesBeforeTheCommit()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient sensor = bench.ConnectDurable(ProtocolLevel.V5, "sensor");
            StoreBench.Break(bench);
            sensor.Subscribe("t", 1);
            Assert.AreEqual("", sensor.NextAll());
            StoreBench.Mend(bench);
            Assert.AreEqual("SUBACK i1 01", sensor.NextAll());
            StoreBench.Break(bench);
            sensor.Unsubscribe("t");
            Assert.AreEqual("", sensor.NextAll());
            StoreBench.Mend(bench);
            Assert.AreEqual("UNSUBACK i2 00", sensor.NextAll());
            StoreBench.Break(bench);
            SimClient other = bench.Client(ProtocolLevel.V5, "other");
            other.Options.CleanStart = false;
            other.Options.SessionExpiryIntervalS = 100;
            Assert.AreEqual("", other.Connect());
            StoreBench.Mend(bench);
            Assert.AreEqual("CONNACK 00", other.Next());
        }

        [TestMethod]
        public void WhatWasUnsubscribedOrDiscardedStaysSo()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient sensor = bench.ConnectDurable(ProtocolLevel.V5, "sensor");
            sensor.Subscribe("t", 1);
            sensor.Subscribe("u", 1);
            sensor.Unsubscribe("t");
            sensor.NextAll();
            SimClient gone = bench.ConnectDurable(ProtocolLevel.V5, "gone");
            gone.Subscribe("t", 1);
            gone.NextAll();
            gone.Close();
            gone.Options.CleanStart = true;
            Assert.AreEqual("CONNACK 00", gone.Connect());
            bench.CutPower();
            Assert.AreEqual("CONNACK 00 present", sensor.Connect());
            gone.Options.CleanStart = false;
            Assert.AreEqual("CONNACK 00 present", gone.Connect());
            Assert.AreEqual(1, bench.Broker.SubscriptionCount);
        }

        [TestMethod]
        public void ASessionThatWasToEndWithItsConnectionDoesNotComeBack()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient sensor = bench.ConnectDurable(ProtocolLevel.V5, "sensor");
            sensor.Close();
            sensor.Options.SessionExpiryIntervalS = 0;
            Assert.AreEqual("CONNACK 00 present", sensor.Connect());
            bench.CutPower();
            Assert.AreEqual("CONNACK 00", sensor.Connect());
        }

        [TestMethod]
        public void ExpiryGoesOnFromTheLastCommit()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient sensor = bench.Client(ProtocolLevel.V5, "sensor");
            sensor.Options.CleanStart = false;
            sensor.Options.SessionExpiryIntervalS = 1000;
            Assert.AreEqual("CONNACK 00", sensor.Connect());
            sensor.Close();
            bench.Advance(600000);
            SimClient other = bench.ConnectDurable(ProtocolLevel.V5, "other");
            bench.CutPower();
            Assert.AreEqual(2, bench.Broker.SessionCount);
            bench.Advance(398000);
            Assert.AreEqual(2, bench.Broker.SessionCount);
            bench.Advance(4000);
            Assert.AreEqual(1, bench.Broker.SessionCount);
            Expect.Next(other, "reset");
        }

        [TestMethod]
        public void WhatHasExpiredDoesNotComeBackWithoutWhatWasPublishedMeanwhile()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient sensor = bench.Client(ProtocolLevel.V5, "sensor");
            sensor.Options.CleanStart = false;
            sensor.Options.SessionExpiryIntervalS = 10;
            Assert.AreEqual("CONNACK 00", sensor.Connect());
            sensor.Subscribe("t", 1);
            sensor.Next();
            sensor.Close();
            bench.Advance(10000);
            SimClient publisher = bench.Client(ProtocolLevel.V5, "publisher");
            publisher.Connect();
            publisher.Publish("t", "1", 1);
            Assert.AreEqual("PUBACK i1 10", publisher.Next());
            bench.CutPower();
            Assert.AreEqual("CONNACK 00", sensor.Connect());
        }

        [TestMethod]
        public void AClientThatWasConnectedHasAllItsTimeAfterTheCut()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient sensor = bench.Client(ProtocolLevel.V5, "sensor");
            sensor.Options.CleanStart = false;
            sensor.Options.SessionExpiryIntervalS = 1000;
            Assert.AreEqual("CONNACK 00", sensor.Connect());
            bench.Advance(5000000);
            bench.CutPower();
            bench.Advance(999000);
            Assert.AreEqual("CONNACK 00 present", sensor.Connect());
        }

        [TestMethod]
        public void SharedSubscriptionsAreThereAgain()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient worker = bench.ConnectDurable(ProtocolLevel.V5, "worker");
            worker.Subscribe("$share/g/t", 1);
            Assert.AreEqual("SUBACK i1 01", worker.Next());
            worker.Close();
            SimClient sensor = bench.Connect(ProtocolLevel.V5, "sensor");
            sensor.Publish("t", "a", 1);
            Assert.AreEqual("PUBACK i1", sensor.Next());
            bench.CutPower();
            Assert.AreEqual("CONNACK 00 present", worker.Connect());
            Assert.AreEqual("PUBLISH t 'a' q1 i1", worker.Next());
            worker.Ack(PacketType.Puback, 1);
            sensor.Connect();
            sensor.Publish("t", "b", 1);
            Assert.AreEqual("PUBLISH t 'b' q1 i2", worker.Next());
        }

        [TestMethod]
        public void StorageThatFailsForGoodIsToldToDurableClients()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient old = bench.ConnectDurable(ProtocolLevel.V5, "old");
            old.Subscribe("t", 1);
            Assert.AreEqual("SUBACK i1 01", old.Next());
            old.Close();
            SimClient sensor = bench.Connect(ProtocolLevel.V5, "sensor");
            StoreBench.Break(bench);
            SimClient first = bench.Client(ProtocolLevel.V5, "first");
            first.Options.CleanStart = false;
            first.Options.SessionExpiryIntervalS = 100;
            Assert.AreEqual("", first.Connect());
            bench.Advance(6000);
            Expect.All(first, "CONNACK 88; closed");
            Assert.AreEqual(Persistence.StoreState.Failed, bench.Broker.StoreState);
            SimClient v5 = bench.Client(ProtocolLevel.V5, "v5");
            v5.Options.CleanStart = false;
            v5.Options.SessionExpiryIntervalS = 100;
            Assert.AreEqual("CONNACK 00", v5.Connect());
            int sessions = bench.Broker.SessionCount;
            v5.Close();
            Assert.AreEqual(sessions - 1, bench.Broker.SessionCount);
            SimClient v3 = bench.Client(ProtocolLevel.V311, "v3");
            v3.Options.CleanStart = false;
            Assert.AreEqual("CONNACK 03", v3.Connect());
            sensor.Publish("t", "a", 1);
            string refusal = sensor.Next();
            Assert.IsTrue(refusal.StartsWith("PUBACK i1 97"), refusal);
            sensor.Publish("nobody", "a", 1);
            Assert.AreEqual("PUBACK i2 10", sensor.Next());
            StoreBench.Mend(bench);
            Assert.AreEqual(Persistence.StoreState.Good, bench.Broker.StoreState);
            sensor.Publish("t", "b", 1);
            Assert.AreEqual("PUBACK i3", sensor.Next());
            Assert.AreEqual("CONNACK 00 present", old.Connect());
            Assert.AreEqual("PUBLISH t 'b' q1 i1", old.Next());
        }
    }
}
