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
    /// The queue of an absent Client is full: what becomes of the next message, by the setting queue-full. Two messages of 400
    /// bytes fit, the third does not.
    /// </summary>
    [TestClass]
    public class QueueFullTests
    {
        private const int V3 = ProtocolLevel.V311;
        private const int V5 = ProtocolLevel.V5;

        [TestMethod]
        public void RefuseAnswersUntilThereIsRoom()
        {
            BrokerBench bench = Bench(QueueFullPolicy.Refuse);
            SimClient away = Full(bench, V5);
            SimClient publisher = bench.Connect(V5, "p2");
            Publish(publisher, 'c', 1);
            Expect.All(publisher, "PUBACK i1 97");
            bench.Advance(3600000);
            Publish(publisher, 'c', 2);
            Expect.All(publisher, "PUBREC i2 97");
            publisher.Publish("t", "small", 0);
            publisher.Publish("other", "x", 1);
            Expect.All(publisher, "PUBACK i3 10");

            away.AutoAcknowledge = true;
            Assert.AreEqual("CONNACK 00 present", away.Connect());
            AssertPayloads(away, "ab");
            Publish(publisher, 'd', 1);
            Expect.All(publisher, "PUBACK i4");
            AssertPayloads(away, "d");
            Assert.AreEqual(0L, bench.Broker.Counters.Drops[DropReason.QueueFull]);
        }

        // A 3.1.1 publisher gets no acknowledgement for what was not taken [MQTT-4.8.0-2]: it has to come back.
        [TestMethod]
        public void RefusedPublisherOf311WaitsAndIsThenClosed()
        {
            BrokerBench bench = Bench(QueueFullPolicy.Refuse);
            Full(bench, V3);
            SimClient publisher = bench.Connect(V3, "p2");
            Publish(publisher, 'c', 1);
            publisher.Ping();
            bench.Advance(999);
            Expect.All(publisher, "PINGRESP");
            bench.Advance(20);

            Expect.All(publisher, "closed");
            Assert.AreEqual(ReasonCode.QuotaExceeded, bench.Events.LastDetail(BrokerEvent.ServerDisconnected));
        }

        [TestMethod]
        public void WaitOfA311PublisherEndsWhenThereIsRoom()
        {
            BrokerBench bench = Bench(QueueFullPolicy.Refuse);
            SimClient away = Full(bench, V3);
            SimClient publisher = bench.Connect(V3, "p2");
            Publish(publisher, 'c', 1);
            publisher.Ping();
            bench.Advance(500);
            Expect.All(publisher, "PINGRESP");
            away.AutoAcknowledge = true;
            Assert.AreEqual("CONNACK 00 present", away.Connect());
            bench.Advance(20);

            Expect.All(publisher, "PUBACK i1");
            AssertPayloads(away, "abc");
            Assert.AreEqual(3L, bench.Broker.Counters.PublishReceived);
        }

        [TestMethod]
        public void DropOldestMakesRoomAndIsReported()
        {
            BrokerBench bench = Bench(QueueFullPolicy.DropOldest);
            SimClient away = Full(bench, V5);
            SimClient publisher = bench.Connect(V3, "p2");
            Publish(publisher, 'c', 1);
            Publish(publisher, 'd', 1);
            Publish(publisher, 'e', 1);
            Expect.All(publisher, "PUBACK i1; PUBACK i2; PUBACK i3");
            Assert.AreEqual(3L, bench.Broker.Counters.Drops[DropReason.QueueFull]);
            Assert.AreEqual(3, bench.Events.CountOf(BrokerEvent.MessageDropped));

            Assert.AreEqual("CONNACK 00 present", away.Connect());
            Assert.IsTrue(away.Last.Properties.IndexOf("user=dropped:3") >= 0, away.Last.Properties);
            AssertPayloads(away, "de");

            // CONNACK may have been lost with the stream.
            away.Reset();
            Assert.AreEqual("CONNACK 00 present", away.Connect());
            Assert.IsTrue(away.Last.Properties.IndexOf("user=dropped:3") >= 0, away.Last.Properties);
            away.Disconnect();
            Assert.AreEqual("CONNACK 00 present", away.Connect());
            Assert.IsTrue(away.Last.Properties.IndexOf("dropped") < 0, "told once");
        }

        // What was sent is the Client's already: only what was not may be dropped.
        [TestMethod]
        public void MessagesInFlightAreNotDropped()
        {
            BrokerBench bench = Bench(QueueFullPolicy.DropOldest);
            SimClient subscriber = Expect.DurableSubscriber(bench, V5, "away", "t", 2);
            SimClient publisher = bench.Connect(V3, "p");
            Publish(publisher, 'a', 1);
            Expect.Next(subscriber, "PUBLISH t '*400' q1 i1");
            subscriber.Disconnect();
            Publish(publisher, 'b', 1);
            Publish(publisher, 'c', 1);
            bench.Run();

            Assert.AreEqual("CONNACK 00 present", subscriber.Connect());
            AssertPayloads(subscriber, "ac");
        }

        [TestMethod]
        public void RefuseThenDropRefusesFirstAndDropsWhenPatienceIsOver()
        {
            BrokerBench bench = Bench(QueueFullPolicy.RefuseThenDrop);
            bench.Limits.QueueFullPatienceS = 60;
            SimClient away = Full(bench, V5);
            SimClient publisher = bench.Connect(V5, "p2");
            Publish(publisher, 'c', 1);
            Expect.All(publisher, "PUBACK i1 97");
            bench.Advance(59999);
            Publish(publisher, 'd', 1);
            Expect.All(publisher, "PUBACK i2 97");
            bench.Advance(1);
            Publish(publisher, 'e', 1);
            Publish(publisher, 'f', 1);
            Expect.All(publisher, "PUBACK i3; PUBACK i4");
            away.AutoAcknowledge = true;
            Assert.AreEqual("CONNACK 00 present", away.Connect());
            Assert.IsTrue(away.Last.Properties.IndexOf("user=dropped:2") >= 0, away.Last.Properties);
            AssertPayloads(away, "ef");

            // It has drained: patience begins anew.
            away.Disconnect();
            Publish(publisher, 'g', 1);
            Publish(publisher, 'h', 1);
            Publish(publisher, 'i', 1);
            Expect.All(publisher, "PUBACK i5; PUBACK i6; PUBACK i7 97");
        }

        [TestMethod]
        public void EndSessionEndsTheSessionAndTheOthersGetTheMessage()
        {
            BrokerBench bench = Bench(QueueFullPolicy.EndSession);
            SimClient away = Full(bench, V5);
            SimClient other = Expect.Subscriber(bench, V3, "other", "t", 1);
            SimClient publisher = bench.Connect(V3, "p2");
            Publish(publisher, 'c', 1);
            Expect.All(publisher, "PUBACK i1");
            AssertPayloads(other, "c");
            Assert.AreEqual(2L, bench.Broker.Counters.Drops[DropReason.SessionEnded]);

            Assert.AreEqual("CONNACK 00", away.Connect());
            Expect.Nothing(away);
        }

        // All or nothing: whoever could have taken it does not get it either, so that trying again gives no copies.
        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void RefusedMessageGoesToNobody(bool retain)
        {
            BrokerBench bench = Bench(QueueFullPolicy.Refuse);
            Full(bench, V3);
            SimClient first = Expect.Subscriber(bench, V3, "1st", "#", 2);
            SimClient zero = Expect.Subscriber(bench, V5, "zero", "t", 0);
            SimClient shared = Expect.Subscriber(bench, V5, "shared", "$share/g/t", 1);
            SimClient publisher = bench.Connect(V5, "p2");
            publisher.Publish("t", new string('c', 400), 2, retain, null);

            Expect.All(publisher, "PUBREC i1 97");
            Expect.Nothing(first);
            Expect.Nothing(zero);
            Expect.Nothing(shared);
            Assert.AreEqual(0, bench.Broker.RetainedCount);
        }

        // A message at QoS 0 was promised to nobody: it goes to whoever can take it.
        [TestMethod]
        public void MessageAtQoS0IsNotRefused()
        {
            BrokerBench bench = Bench(QueueFullPolicy.Refuse);
            Full(bench, V3);
            SimClient other = Expect.Subscriber(bench, V3, "other", "t", 1);
            SimClient publisher = bench.Connect(V5, "p2");
            Publish(publisher, 'c', 0);

            AssertPayloads(other, "c");
        }

        [TestMethod]
        public void HalfOfTheMemoryIsForOneSleeperAndIsGivenBack()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.PacketSizeMax = 1000;
            bench.Limits.SessionQueueBytesMax = 4000;
            bench.Limits.QueueBytesMax = 4000;
            SimClient a = Expect.DurableSubscriber(bench, V5, "a", "t", 1);
            a.Disconnect();
            SimClient publisher = bench.Connect(V5, "p");
            int accepted = 0;
            Publish(publisher, 'x', 1);
            while (publisher.NextAll().EndsWith("97") == false && accepted < 20)
            {
                accepted++;
                Publish(publisher, 'x', 1);
            }

            Assert.IsTrue(accepted >= 4 && accepted <= 5, "accepted " + accepted);
            a.AutoAcknowledge = true;
            a.Connect();
            bench.Run();
            Publish(publisher, 'y', 1);
            Assert.IsTrue(publisher.NextAll().EndsWith("97") == false);
            a.Disconnect();
            a.Options.CleanStart = true;
            a.Options.SessionExpiryIntervalS = -1;
            a.Connect();
            a.Disconnect();
            publisher.Disconnect();
            Leaks.AssertNone(bench);
        }

        // No queue is full, but there is no memory: refused all the same, and nothing acknowledged is dropped.
        [TestMethod]
        public void MessageIsRefusedWhenTheMemoryOfAllQueuesIsUsedUp()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.PacketSizeMax = 1000;
            bench.Limits.SessionQueueBytesMax = 4000;
            bench.Limits.QueueBytesMax = 4000;
            bench.Limits.QueueFull = QueueFullPolicy.Refuse;
            for (int i = 0; i < 20; i++)
            {
                Expect.DurableSubscriber(bench, V5, "s" + i, "t" + i, 1).Disconnect();
            }

            SimClient publisher = bench.Connect(V5, "p");
            int accepted = 0;
            string answer;
            do
            {
                publisher.Publish("t" + accepted, new string('x', 400), 1);
                answer = publisher.NextAll();
                accepted += answer.EndsWith("97") ? 0 : 1;
            }
            while (!answer.EndsWith("97") && accepted < 20);

            Assert.IsTrue(accepted >= 7 && accepted <= 10, "accepted " + accepted);
            Assert.AreEqual(0L, bench.Broker.Counters.Drops[DropReason.NoMemory]);
            Assert.AreEqual(accepted, bench.Broker.Context.Deliveries.Count);
        }

        private static BrokerBench Bench(int policy)
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.PacketSizeMax = 1000;
            bench.Limits.SessionQueueBytesMax = 1000;
            bench.Limits.QueueFull = policy;
            return bench;
        }

        // A durable Client that is away, with two messages in its queue and room for no third.
        private static SimClient Full(BrokerBench bench, int level)
        {
            SimClient away = Expect.DurableSubscriber(bench, level, "away", "t", 2);
            away.Disconnect();
            SimClient publisher = bench.Connect(V3, "p");
            Publish(publisher, 'a', 1);
            Publish(publisher, 'b', 1);
            Expect.All(publisher, "PUBACK i1; PUBACK i2");
            publisher.Disconnect();
            return away;
        }

        private static void Publish(SimClient client, char letter, int qos)
        {
            client.Publish("t", new string(letter, 400), qos);
        }

        private static void AssertPayloads(SimClient client, string letters)
        {
            string got = "";
            while (client.Next().Length > 0)
            {
                byte[] raw = client.Last.Raw;
                got += client.Last.Type == PacketType.Publish ? new string((char)raw[raw.Length - 1], 1) : "";
            }

            Assert.AreEqual(letters, got);
        }
    }
}
