#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Persistence;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;

namespace EdgeBroker.Tests.Storing
{
    /// <summary>When the broker stops, everything is stored that is to be there again, and nothing else is promised.</summary>
    [TestClass]
    public class StoreShutdownTests
    {
        private const int V5 = ProtocolLevel.V5;

        // What the broker says it takes, in milliseconds.
        private const int LongestMs = 8000;

        // The message is safe by that commit, so its sender is told before it is sent away.
        [TestMethod]
        public void HeldAcknowledgementIsGivenWithTheLastCommit()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient reader = Expect.DurableSubscriber(bench, V5, "reader", "t", 1);
            SimClient publisher = bench.Connect(V5, "p");
            publisher.Publish("t", "x", 1);
            Expect.Next(reader, "PUBLISH t 'x' q1 i1");
            Expect.Nothing(publisher);
            Begin(bench);
            Expect.All(publisher, "PUBACK i1; DISCONNECT 8B; closed");
            Assert.IsTrue(bench.Broker.IsStopped);
            bench.CutPower();
            Assert.AreEqual("CONNACK 00 present", reader.Connect());
            Expect.Next(reader, "PUBLISH t 'x' q1 i1 dup");
        }

        // Those of Sessions that end are published before the last commit: to who is away, and as retained, at any QoS.
        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(2)]
        public void WillsOfSessionsThatEndAreStored(int qos)
        {
            BrokerBench bench = StoreBench.Make();
            SimClient display = Expect.DurableSubscriber(bench, V5, "display", "w", 2);
            display.Disconnect();
            SimClient first = bench.Connect(V5, "first");
            first.Publish("w", "was", 1, true, null);
            first.NextAll();
            WithWill(bench, "sensor", qos);
            Begin(bench);
            Assert.IsTrue(bench.Broker.IsStopped);
            bench.CutPower();
            Assert.AreEqual("CONNACK 00 present", display.Connect());
            Expect.Next(display, "PUBLISH w 'was' q1 i1");
            Expect.All(display, qos == 0 ? "" : "PUBLISH w 'gone' q" + qos + " i2");
            SimClient newcomer = bench.Connect(V5, "newcomer");
            newcomer.Subscribe("w", 2);
            Assert.IsTrue(newcomer.NextAll().IndexOf("PUBLISH w 'gone'") > 0, "not retained");
        }

        // It is tried again for a while, and nothing is promised that is not stored.
        [TestMethod]
        public void StorageThatFailsForAWhileHasEverythingInTheEnd()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient sleeper = Expect.DurableSubscriber(bench, V5, "sleeper", "t", 1);
            sleeper.Disconnect();
            SimClient publisher = bench.Connect(V5, "p");
            StoreBench.Break(bench);
            publisher.Publish("t", "x", 1);
            bench.Run();
            Begin(bench);
            Expect.All(publisher, "DISCONNECT 8B; closed");
            for (int i = 0; i < 20; i++)
            {
                Assert.IsFalse(bench.Broker.IsStopped);
                bench.Advance(100);
            }

            StoreBench.Mend(bench);
            Assert.IsTrue(bench.Broker.IsStopped);
            bench.CutPower();
            Assert.AreEqual("CONNACK 00 present", sleeper.Connect());
            Expect.Next(sleeper, "PUBLISH t 'x' q1 i1");
        }

        [TestMethod]
        public void StorageThatFailsForGoodIsNotWaitedForLong()
        {
            BrokerBench bench = StoreBench.Make();
            Expect.DurableSubscriber(bench, V5, "sleeper", "t", 1).Disconnect();
            SimClient publisher = bench.Connect(V5, "p");
            SimClient other = bench.Connect(V5, "other");
            StoreBench.Break(bench);
            publisher.Publish("t", "x", 1);
            bench.Run();
            Begin(bench);
            Expect.All(other, "DISCONNECT 8B; closed");
            int passedMs = 0;
            while (!bench.Broker.IsStopped && passedMs < 20000)
            {
                bench.Advance(100);
                passedMs += 100;
            }

            Assert.IsTrue(passedMs <= LongestMs, "took " + passedMs);
            Assert.AreEqual(StoreState.Failed, bench.Broker.StoreState);
            Expect.All(publisher, "DISCONNECT 8B; closed");
        }

        // What the flash's life allows only later has to be now.
        [TestMethod]
        public void CommitsThatArePacedAreMadeAtOnce()
        {
            BrokerBench bench = StoreBench.Make();
            Expect.DurableSubscriber(bench, V5, "sleeper", "t", 1).Disconnect();
            SimClient publisher = bench.Connect(V5, "p");
            int count = StoreBench.UseUpWear(bench, publisher, "t");
            Begin(bench);
            for (int i = 1; i <= count; i++)
            {
                Assert.AreEqual("PUBACK i" + i, publisher.Next());
            }

            Expect.All(publisher, "DISCONNECT 8B; closed");
            Assert.IsTrue(bench.Broker.IsStopped);
        }

        private static void Begin(BrokerBench bench)
        {
            bench.Broker.BeginShutdown(ReasonCode.ServerShuttingDown);
            bench.Run();
        }

        private static void WithWill(BrokerBench bench, string name, int qos)
        {
            SimClient client = bench.Client(V5, name);
            client.Options.WillTopic = Bytes.OfText("w");
            client.Options.WillPayload = Bytes.OfText("gone");
            client.Options.WillQoS = qos;
            client.Options.WillRetain = true;
            Assert.AreEqual("CONNACK 00", client.Connect());
        }
    }
}
