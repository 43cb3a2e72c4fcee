using EdgeBroker.Limits;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests.Overload
{
    /// <summary>The broker stops in order, for an update for instance: everybody is told, in bounded time.</summary>
    [TestClass]
    public class ShutdownTests
    {
        private const int V3 = ProtocolLevel.V311;
        private const int V5 = ProtocolLevel.V5;

        // What the broker says it takes, in milliseconds.
        private const int LongestMs = 8000;

        // [MQTT5-3.14.2-1] [MQTT5-3.14.2-2] [MQTT5-3.14.4-1] [MQTT5-3.14.4-2]
        [TestMethod]
        public void EverybodyIsToldAndTheBrokerStops()
        {
            BrokerBench bench = new BrokerBench();
            SimClient young = bench.Connect(V5, "young");
            SimClient old = bench.Connect(V3, "old");
            Begin(bench);

            Expect.Next(young, "DISCONNECT 8B");
            Assert.IsTrue(young.Last.Properties.StartsWith("reason=shutting down"), young.Last.Properties);
            Assert.IsTrue(young.Last.Properties.IndexOf("retry-after-ms") > 0, young.Last.Properties);
            Expect.All(young, "closed");
            Expect.All(old, "closed");
            Assert.IsTrue(bench.Broker.IsStopped);
            Leaks.AssertNone(bench);
        }

        // DISCONNECT is for who is connected; CONNACK has no 0x8B.
        [TestMethod]
        public void WhoComesMeanwhileIsToldToComeLater()
        {
            BrokerBench bench = new BrokerBench();
            SimClient deaf = bench.Connect(V5, "deaf");
            deaf.SetReading(false, 0);
            SimClient silent = bench.Client(V5, "silent");
            silent.Open();
            SimClient early = bench.Client(V5, "early");
            early.Open();
            bench.Run();
            Begin(bench);
            Assert.AreEqual("CONNACK 88", early.Connect());
            Assert.IsTrue(early.Last.Properties.IndexOf("retry-after-ms") > 0, early.Last.Properties);
            Assert.AreEqual("CONNACK 88", bench.Client(V5, "late").Connect());
            Assert.AreEqual("CONNACK 03", bench.Client(V3, "old").Connect());
            bench.Advance(499);
            Expect.Nothing(silent);
            bench.Advance(21);
            Expect.All(silent, "closed");
            bench.Advance(480);
            SimClient last = bench.Client(V5, "last");
            last.Open();
            Expect.All(last, "closed");
        }

        [TestMethod]
        public void ClientsThatStayAreNotWaitedForLong()
        {
            BrokerBench bench = new BrokerBench();
            SimClient deaf = bench.Connect(V5, "deaf");
            deaf.SetReading(false, 0);
            SimClient open = bench.Connect(V5, "open");
            open.ClosesWhenClosed = false;
            Begin(bench);
            Assert.IsFalse(bench.Broker.IsStopped);
            bench.Advance(1100);
            Assert.AreEqual(1, bench.Broker.Context.Connections.Count);
            bench.Advance(4000);
            Assert.IsTrue(bench.Broker.IsStopped);
            Leaks.AssertNone(bench);
        }

        // The last commit may take long: what was to be said before it has had no time to leave. Others may want the places meanwhile.
        [TestMethod]
        [DataRow(6000, 0)]
        [DataRow(500, 4)]
        public void EverybodyIsToldThoughTheBrokerIsHeldUp(int heldUpMs, int newcomers)
        {
            BrokerBench bench = new BrokerBench(Profile.Esp32, 3);
            SimClient client = Expect.Subscriber(bench, V5, "c", "t", 0);
            SimClient publisher = bench.Connect(V5, "p");
            client.SetReading(false, 0);
            publisher.Publish("t", "x", 0);
            bench.Run();
            bench.Broker.BeginShutdown(ReasonCode.ServerShuttingDown);
            client.SetReading(true, 100000);
            for (int i = 0; i < newcomers; i++)
            {
                bench.Client(V5, "n" + i).Open();
            }

            bench.Clock.Advance(heldUpMs);
            Expect.All(client, "PUBLISH t 'x' q0; DISCONNECT 8B; closed");
            Expect.All(publisher, "DISCONNECT 8B; closed");
        }

        // Newcomers without end, who don't read, send half a CONNECT, or nothing: the bound holds.
        [TestMethod]
        public void NewcomersDontProlongIt()
        {
            BrokerBench bench = new BrokerBench(Profile.Esp32, 13);
            for (int i = 0; i < 12; i++)
            {
                bench.Connect(i % 2 == 0 ? V3 : V5, "c" + i).ClosesWhenClosed = false;
            }

            Begin(bench);
            int passedMs = 0;
            while (!bench.Broker.IsStopped && passedMs < 20000)
            {
                SimClient newcomer = bench.Client(V5, "n" + passedMs);
                newcomer.ClosesWhenClosed = false;
                newcomer.Open();
                newcomer.SetReading(false, 0);
                newcomer.SendHex("10 20");
                bench.Advance(50);
                passedMs += 50;
            }

            Assert.IsTrue(passedMs <= LongestMs, "took " + passedMs);
        }

        private static void Begin(BrokerBench bench)
        {
            bench.Broker.BeginShutdown(ReasonCode.ServerShuttingDown);
            bench.Run();
        }
    }
}
