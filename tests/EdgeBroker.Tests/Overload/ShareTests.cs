using EdgeBroker.Limits;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
using EdgeBroker.Simulation.Flash;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests.Overload
{
    /// <summary>What one Session's queue leaves to those of others, with a device's bounds.</summary>
    [TestClass]
    public class ShareTests
    {
        private const int V3 = ProtocolLevel.V311;
        private const int V5 = ProtocolLevel.V5;

        // With a store, too, the queue of a Session that ends with its connection is in memory.
        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void ReaderThatStallsDoesNotTakeTheMemoryOfOthers(bool isStored)
        {
            BrokerBench bench = Device(isStored);
            Others others = new Others(bench);
            SimClient stalled = Stalled(bench, "stalled", "s", 1);
            SimClient publisher = bench.Connect(V3, "p");
            for (int i = 0; i < 200; i++)
            {
                publisher.Publish("s", new string('x', 200), 1);
                others.Talk();
            }

            Assert.IsTrue(bench.Broker.QueuedBytes <= bench.Limits.QueueBytesMax / 2, "too much");
            bench.Advance(900);
            others.Talk();
            bench.Advance(200);
            stalled.SetReading(true, 100000);
            string told = stalled.NextAll();
            Assert.IsTrue(told.EndsWith("DISCONNECT 97; closed"), told);
            Assert.AreEqual(1, bench.Broker.Counters.ClientsShed);
            Expect.Next(publisher, "PUBACK i1");
        }

        // Several of them leave a part as well: each may have as much as is left.
        [TestMethod]
        public void ReadersThatStallLeaveAPartToOthers()
        {
            BrokerBench bench = Device(false);
            Others others = new Others(bench);
            SimClient[] publishers = new SimClient[4];
            for (int i = 0; i < publishers.Length; i++)
            {
                Stalled(bench, "stalled" + i, "s" + i, 1);
                publishers[i] = bench.Connect(V5, "p" + i);
                for (int j = 0; j < 100; j++)
                {
                    publishers[i].Publish("s" + i, new string('x', 100), 1);
                    others.Talk();
                }
            }

            Assert.IsTrue(bench.Broker.QueuedBytes > bench.Limits.QueueBytesMax / 2, "not tried");
            Assert.IsTrue(bench.Broker.QueuedBytes < bench.Limits.QueueBytesMax, "too much");
        }

        // On the flash there is room for more than there are deliveries: of these one Session has two in three.
        [TestMethod]
        public void SleeperDoesNotTakeTheDeliveriesOfOthers()
        {
            BrokerBench bench = Device(true);
            Others others = new Others(bench);
            Expect.DurableSubscriber(bench, V5, "sleeper", "s", 1).Disconnect();
            SimClient publisher = bench.Connect(V5, "p");
            int accepted = 0;
            publisher.Publish("s", "x", 1);
            while (!publisher.Next().EndsWith(" 97") && accepted < 1000)
            {
                accepted++;
                bench.Advance(20);
                publisher.Publish("s", "x", 1);
            }

            int most = bench.Limits.QueueBytesMax / Context.DeliveryBytes + bench.Limits.ConnectionsMax * 2;
            Assert.IsTrue(accepted >= most / 2 && accepted <= most * 2 / 3 + 1, "accepted " + accepted);
            others.Talk();
            SimClient reader = Expect.DurableSubscriber(bench, V5, "reader", "r", 1);
            for (int i = 0; i < 16; i++)
            {
                publisher.Publish("r", "x", 1);
            }

            for (int i = 0; i < 16; i++)
            {
                Assert.IsTrue(reader.Next().StartsWith("PUBLISH r"), reader.Last.Text);
            }
        }

        // What nobody promised leaves a quarter of the memory to what was, and some of the deliveries.
        [TestMethod]
        public void ReadersOfQoS0ThatStallLeaveAPart()
        {
            BrokerBench bench = Device(true);
            Others others = new Others(bench);
            for (int i = 0; i < 8; i++)
            {
                Stalled(bench, "stalled" + i, "s", 0);
            }

            SimClient publisher = bench.Connect(V3, "p");
            for (int i = 0; i < 4000; i++)
            {
                publisher.Publish("s", "x", 0);
            }

            others.Talk();
            Assert.IsTrue(bench.Broker.Counters.Drops[DropReason.SlowReader] > 0, "not tried");
            int most = bench.Limits.QueueBytesMax / Context.DeliveryBytes + bench.Limits.ConnectionsMax * 2;
            Assert.IsTrue(bench.Broker.QueuedCount <= most * 15 / 16, bench.Broker.QueuedCount + " of " + most);
            Assert.IsTrue(bench.Broker.QueuedBytes <= bench.Limits.QueueBytesMax * 3 / 4 + 32, "bytes " + bench.Broker.QueuedBytes);
        }

        // It stalls, is told, comes back at once and stalls again: others would wait for it each time.
        [TestMethod]
        [DataRow(V3, "CONNACK 03")]
        [DataRow(V5, "CONNACK 89")]
        public void ReaderThatStallsAgainHasToStayAway(int level, string refusal)
        {
            BrokerBench bench = Device(false);
            SimClient publisher = bench.Connect(V5, "p");
            Stall(bench, publisher, level);
            Stall(bench, publisher, level);
            SimClient again = bench.Client(level, "stalled");
            Assert.AreEqual(refusal, again.Connect());
            bench.Advance(7000);
            Assert.AreEqual(refusal, again.Connect());
            bench.Advance(3000);
            Assert.AreEqual("CONNACK 00", again.Connect());
        }

        private static BrokerBench Device(bool isStored)
        {
            BrokerBench bench = new BrokerBench(Profile.Esp32, 13);
            if (isStored)
            {
                bench.Flash = new FlashDevice(FlashDevice.BlockCountDefault, 1, bench.Clock);
            }

            return bench;
        }

        private static SimClient Stalled(BrokerBench bench, string name, string filter, int qos)
        {
            SimClient client = Expect.Subscriber(bench, V5, name, filter, qos);
            client.SetReading(false, 10);
            return client;
        }

        private static void Stall(BrokerBench bench, SimClient publisher, int level)
        {
            SimClient client = Expect.Subscriber(bench, level, "stalled", "s", 1);
            client.SetReading(false, 10);
            for (int i = 0; i < 100; i++)
            {
                publisher.Publish("s", new string('x', 200), 1);
            }

            bench.Advance(1100);
            client.SetReading(true, 100000);
            string told = client.NextAll();
            Assert.IsTrue(told.EndsWith("closed"), told);
        }
    }
}
