using EdgeBroker.Limits;
using EdgeBroker.Ports;
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
    /// <summary>
    /// The memory of all queues or buffers together is used up, each Session's own bound not: who holds the most goes first, and
    /// nothing that was acknowledged is lost but what is told.
    /// </summary>
    [TestClass]
    public class ShortageTests
    {
        private const int V3 = ProtocolLevel.V311;
        private const int V5 = ProtocolLevel.V5;
        private static readonly string s_payload = new string('x', 200);

        // Each holds less than its own bound, all together what there is.
        [TestMethod]
        public void SleepersThatHoldEverythingLoseTheirOldestAfterPatience()
        {
            BrokerBench bench = Small();
            bench.Limits.QueueFull = QueueFullPolicy.RefuseThenDrop;
            bench.Limits.QueueFullPatienceS = 60;
            SimClient publisher = bench.Connect(V5, "p");
            int accepted = FillSleepers(bench, publisher);
            Assert.IsTrue(accepted > 10, "accepted " + accepted);
            Assert.IsTrue(bench.Broker.Counters.Refusals[Resource.QueueBytes] > 0, "not counted");
            bench.Advance(100);
            Assert.AreEqual(2, bench.Broker.Context.Resources.Step(Resource.QueueBytes));

            // Refused as long as the patience lasts, then the largest queue loses.
            bench.Advance(59000);
            Assert.AreEqual("PUBACK 97", Publish(bench, publisher, "g"));
            bench.Advance(1000);
            Assert.AreEqual("PUBACK 00", Publish(bench, publisher, "g"));
            Assert.AreEqual(5, bench.Broker.Context.Resources.Step(Resource.QueueBytes));
            SimClient a = bench.Client(V5, "a");
            a.Options.CleanStart = false;
            a.Options.SessionExpiryIntervalS = uint.MaxValue;
            Assert.AreEqual("CONNACK 00 present", a.Connect());
            Assert.IsTrue(a.Last.Properties.IndexOf("dropped") >= 0, a.Last.Properties);
        }

        [TestMethod]
        public void NothingIsDroppedWhereTheOperatorSaysRefuse()
        {
            BrokerBench bench = Small();
            bench.Limits.QueueFull = QueueFullPolicy.Refuse;
            SimClient publisher = bench.Connect(V5, "p");
            FillSleepers(bench, publisher);
            bench.Advance(600000);
            Assert.AreEqual("PUBACK 97", Publish(bench, publisher, "a"));
            Assert.AreEqual("PUBACK 97", Publish(bench, publisher, "g"));
            Assert.AreEqual(0L, bench.Broker.Counters.Drops[DropReason.QueueFull]);
        }

        // It reads nothing and holds the most; the publisher writes for somebody else.
        [TestMethod]
        public void ReaderThatStalledIsDisconnectedForTheRoomOfOthers()
        {
            BrokerBench bench = Small();
            SimClient stalled = Expect.Subscriber(bench, V5, "stalled", "s/#", 1);
            stalled.SetReading(false, 100);
            SimClient reader = Expect.Subscriber(bench, V5, "reader", "r", 1);
            reader.AutoAcknowledge = true;
            SimClient publisher = bench.Connect(V5, "p");
            Fill(bench, publisher, "s", 100);
            bench.Advance(1000);
            Sleeper(bench, "b", "b");
            Fill(bench, publisher, "b", 8);
            bench.Advance(1000);
            Assert.AreEqual("PUBACK 00", Publish(bench, publisher, "r"));
            stalled.SetReading(true, 100000);
            bench.Run();
            string all = stalled.NextAll();
            Assert.IsTrue(all.EndsWith("DISCONNECT 89; closed") || all.EndsWith("DISCONNECT 97; closed"), all);
        }

        // Stalled Clients hold all buffers that messages may have. They go, the largest first, and are told; the others are
        // served all the while.
        [TestMethod]
        public void HoldersOfBuffersAreShedAndOthersServed()
        {
            BrokerBench bench = new BrokerBench(Profile.Esp32, 13);
            SimClient[] stalled = new SimClient[9];
            for (int i = 0; i < stalled.Length; i++)
            {
                stalled[i] = Expect.Subscriber(bench, V5, "s" + i, "s", 0);
                stalled[i].SetReading(false, 10);
            }

            SimClient reader = Expect.Subscriber(bench, V5, "reader", "r", 1);
            reader.AutoAcknowledge = true;
            SimClient publisher = bench.Connect(V5, "p");
            for (int i = 0; i < 60; i++)
            {
                publisher.Publish("s", s_payload, 0);
                publisher.Publish("r", s_payload, 1);
                bench.Advance(100);
                Assert.AreEqual("PUBACK i" + (i + 1), publisher.Next(), "at " + i);
                Assert.IsTrue(reader.Next().StartsWith("PUBLISH r"), "at " + i);
            }

            Assert.IsTrue(bench.Broker.Counters.ClientsShed > 0, "nobody was shed");
            Assert.IsTrue(bench.Broker.Counters.Refusals[Resource.Buffers] == 0, "somebody was refused");
            int told = 0;
            for (int i = 0; i < stalled.Length; i++)
            {
                stalled[i].SetReading(true, 100000);
                bench.Run();
                told += stalled[i].NextAll().EndsWith("DISCONNECT 89; closed") ? 1 : 0;
            }

            Assert.IsTrue(told > 0 && told <= bench.Broker.Counters.ClientsShed, "told " + told);
            bench.Advance(2000);
            Assert.AreEqual(0, bench.Broker.Context.Resources.Step(Resource.Buffers));
        }

        // The one that was sent away is refused, early, until its time; then it is served. Others are served at once.
        [TestMethod]
        [DataRow(V3, "CONNACK 03")]
        [DataRow(V5, "CONNACK 89")]
        public void ShedClientIsKeptAwayForItsTime(int level, string refusal)
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MessageRateMax = 10;
            SimClient client = bench.Connect(level, "c");
            for (int i = 0; i < 200; i++)
            {
                client.Publish("t", "x", 0);
            }

            bench.Advance(300);
            string told = client.NextAll();
            Assert.AreEqual(level == V5 ? "DISCONNECT 96; closed" : "closed", told);
            Assert.AreEqual(refusal, client.Connect());
            bench.Connect(level, "other");
            bench.Advance(5100);
            Assert.AreEqual("CONNACK 00", client.Connect());
        }

        [TestMethod]
        [DataRow(V3)]
        [DataRow(V5)]
        public void ClientAheadOfItsRateIsNotReadFromUntilItIsNot(int level)
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MessageRateMax = 10;
            SimClient reader = Expect.Subscriber(bench, V5, "r", "t", 0);
            SimClient client = bench.Connect(level, "c");
            for (int second = 0; second < 20; second++)
            {
                for (int i = 0; i < 20; i++)
                {
                    client.Publish("t", "x", 0);
                }

                bench.Advance(1000);
            }

            int received = 0;
            while (reader.Next().Length > 0)
            {
                received++;
            }

            Assert.IsTrue(received >= 160 && received <= 220, "received " + received);
            Assert.AreEqual(2, bench.Broker.ConnectedCount);
            Assert.AreEqual(1, bench.Broker.Context.Resources.Step(Resource.MessageRate));
            bench.Advance(60000);
            Assert.AreEqual(0, bench.Broker.Context.Resources.Step(Resource.MessageRate));
            while (reader.Next().Length > 0)
            {
                received++;
            }

            Assert.AreEqual(400, received);
        }

        private static BrokerBench Small()
        {
            BrokerBench bench = SmallBench.Make();
            bench.Limits.SessionQueueBytesMax = 4096;
            bench.Limits.QueueBytesMax = 4096;
            return bench;
        }

        private static void Sleeper(BrokerBench bench, string name, string topic)
        {
            Expect.DurableSubscriber(bench, V5, name, topic, 1).Disconnect();
        }

        // The first takes half, the next half of what is left, and so on: nothing is left for the last.
        private static int FillSleepers(BrokerBench bench, SimClient publisher)
        {
            int accepted = 0;
            string[] names = { "a", "b", "c", "d", "e", "f", "g" };
            for (int i = 0; i < names.Length; i++)
            {
                Sleeper(bench, names[i], names[i]);
                accepted += Fill(bench, publisher, names[i], 100);
            }

            return accepted;
        }

        private static int Fill(BrokerBench bench, SimClient publisher, string topic, int most)
        {
            for (int i = 0; i < most; i++)
            {
                if (Publish(bench, publisher, topic) != "PUBACK 00")
                {
                    return i;
                }
            }

            return most;
        }

        // The answer without its identifier.
        private static string Publish(BrokerBench bench, SimClient publisher, string topic)
        {
            publisher.Publish(topic, s_payload, 1);
            string answer = publisher.Next();
            if (answer.Length == 0)
            {
                // It waits, which has a bound.
                bench.Advance(1100);
                answer = publisher.Next();
            }

            int at = answer.IndexOf(" i");
            int end = answer.IndexOf(' ', at + 1);
            return answer.Substring(0, at) + (end < 0 ? " 00" : answer.Substring(end));
        }
    }
}
