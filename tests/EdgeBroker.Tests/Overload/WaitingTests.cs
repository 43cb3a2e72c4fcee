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
    /// <summary>
    /// What may wait, for how long, and that nothing waits for ever: each situation is run to its end, with bounds as small as
    /// those of a device.
    /// </summary>
    [TestClass]
    public class WaitingTests
    {
        private const int V3 = ProtocolLevel.V311;
        private const int V5 = ProtocolLevel.V5;

        // The reader takes something while the publisher waits, and then nothing any more: it goes, and not who waits for it.
        [TestMethod]
        [DataRow(V3)]
        [DataRow(V5)]
        public void PublisherWaitsUntilItIsDecidedWhetherTheReaderGoes(int level)
        {
            BrokerBench bench = SmallBench.Make();
            SimClient publisher = bench.Connect(level, "p");
            SimClient reader = bench.Client(V5, "r");
            reader.Options.ReceiveMaximum = 2;
            Assert.AreEqual("CONNACK 00", reader.Connect());
            reader.Subscribe("t", 1);
            Expect.All(reader, "SUBACK i1 01");
            reader.AutoAcknowledge = false;
            reader.SetReading(false, 0);
            int count = 0;
            while (bench.Broker.Context.Connections.WaitingCount == 0)
            {
                publisher.Publish("t", new string('x', 200), 1);
                bench.Run();
                count++;
            }

            bench.Advance(600);
            reader.SetReading(true, 100000);
            bench.Run();
            reader.SetReading(false, 0);
            bench.Advance(900);
            Assert.AreEqual(2, bench.Broker.ConnectedCount);
            bench.Advance(200);
            Assert.AreEqual(1, bench.Broker.ConnectedCount);
            string text = publisher.NextAll();
            Assert.IsTrue(text.IndexOf(" 97") < 0 && text.IndexOf("PUBACK i" + count) > 0, text);
        }

        // PINGREQ overtakes what waits, and so keeps the connection alive.
        [TestMethod]
        public void PingBehindAWaitingPublishIsAnswered()
        {
            BrokerBench bench = SmallBench.Make();
            bench.Limits.WaitMs = 5000;
            bench.Limits.QueueFull = QueueFullPolicy.Refuse;
            SimClient away = FullAndAway(bench);
            SimClient publisher = bench.Client(V3, "p2");
            publisher.Options.KeepAliveS = 1;
            Assert.AreEqual("CONNACK 00", publisher.Connect());
            publisher.Publish("t", new string('x', 200), 1);
            for (int i = 0; i < 4; i++)
            {
                publisher.Ping();
                Expect.All(publisher, "PINGRESP");
                bench.Advance(1000);
            }

            Assert.AreEqual(1, bench.Broker.ConnectedCount);
            away.AutoAcknowledge = true;
            away.Connect();
            bench.Advance(20);
            Expect.All(publisher, "PUBACK i1");
        }

        // When as much as a packet waits nothing more is read, and what is unread is a sign of life.
        [TestMethod]
        public void UnreadPacketsBehindAWaitingPublishKeepTheConnectionAlive()
        {
            BrokerBench bench = SmallBench.Make();
            bench.Limits.WaitMs = 5000;
            bench.Limits.QueueFull = QueueFullPolicy.Refuse;
            SimClient away = FullAndAway(bench);
            SimClient publisher = bench.Client(V3, "p2");
            publisher.Options.KeepAliveS = 1;
            Assert.AreEqual("CONNACK 00", publisher.Connect());
            publisher.Publish("t", new string('x', 200), 1);
            publisher.Publish("t", new string('y', 200), 1);
            bench.Run();
            publisher.Ping();
            bench.Advance(4000);
            Expect.Nothing(publisher);
            Assert.AreEqual(1, bench.Broker.ConnectedCount);
            away.AutoAcknowledge = true;
            away.Connect();
            bench.Advance(20);
            Expect.All(publisher, "PUBACK i1; PUBACK i2; PINGRESP");
        }

        // A queue that is full of the Client's own messages drains, though its acknowledgements come behind more of them. What
        // does not overtake keeps its order, split anywhere.
        [TestMethod]
        [DataRow(V3, 1000)]
        [DataRow(V5, 1000)]
        [DataRow(V3, 1)]
        [DataRow(V5, 7)]
        public void AcknowledgementsOvertakeThePublishesThatWaitForThem(int level, int receiveSize)
        {
            BrokerBench bench = SmallBench.Make();
            SimClient client = Expect.Subscriber(bench, level, "c", "t", 1);
            int sent = 0;
            while (bench.Broker.Context.Connections.WaitingCount == 0)
            {
                client.Publish("t", "m" + sent++ + new string('x', 80), 1);
                bench.Run();
            }

            bench.Network.ReceiveSizeMax = receiveSize;
            client.Publish("t", "m" + sent++, 1);
            client.Unsubscribe("none");
            client.NextAll();
            for (int i = 1; i <= 4; i++)
            {
                client.Ack(PacketType.Puback, i);
            }

            client.Ping();
            client.AutoAcknowledge = true;
            bench.Advance(20);
            Assert.AreEqual(0, bench.Broker.Context.Connections.WaitingCount);
            Assert.AreEqual(0, bench.Broker.Context.Deliveries.Count);
            string text = client.NextAll();
            Assert.IsTrue(receiveSize < 1000 || text.IndexOf("PINGRESP") < text.IndexOf("PUBACK"), text);
            Assert.IsTrue(text.IndexOf("'m" + (sent - 1) + "'") > 0, text);
            int last = text.IndexOf("PUBACK i" + (sent + 1));
            Assert.IsTrue(last > 0 && last < text.IndexOf("UNSUBACK"), text);
        }

        // Or a Client that has sent many messages before its acknowledgements would find its own queue full on each new connection.
        [TestMethod]
        [DataRow(V3)]
        [DataRow(V5)]
        public void AcknowledgementsFarBehindWhatWaitsCountBeforeTheWaitIsOver(int level)
        {
            BrokerBench bench = SmallBench.Make();
            bench.Network.ReceiveSizeMax = 100;
            SimClient client = Expect.DurableSubscriber(bench, level, "c", "t", 1);
            while (bench.Broker.Context.Connections.WaitingCount == 0)
            {
                client.Publish("t", new string('x', 80), 1);
                bench.Run();
            }

            int queued = bench.Broker.Context.Deliveries.Count;
            for (int i = 0; i < 10; i++)
            {
                client.Publish("t", new string('x', 80), 1);
            }

            for (int i = 1; i <= 4; i++)
            {
                client.Ack(PacketType.Puback, i);
            }

            bench.Advance(900);
            Assert.AreEqual(queued, bench.Broker.Context.Deliveries.Count);
            client.NextAll();
            bench.Advance(200);
            string text = client.NextAll();
            if (level == V5)
            {
                // What was refused before them is sent again as another message.
                Assert.IsTrue(text.IndexOf(" 97; ") > 0 && text.IndexOf("PUBLISH") > 0 && !text.EndsWith("closed"), text);
                Assert.AreEqual(queued - 4, bench.Broker.Context.Deliveries.Count);
                return;
            }

            Assert.IsTrue(text.EndsWith("closed"), text);
            Assert.AreEqual(queued - 4, bench.Broker.Context.Deliveries.Count);
        }

        // DISCONNECT does not overtake, and nothing overtakes it.
        [TestMethod]
        public void DisconnectBehindAWaitingPublishWaitsForIt()
        {
            BrokerBench bench = SmallBench.Make();
            bench.Limits.QueueFull = QueueFullPolicy.Refuse;
            SimClient away = FullAndAway(bench);
            SimClient publisher = bench.Connect(V3, "p2");
            publisher.Publish("t", new string('x', 200), 1);
            publisher.SendDisconnect(ReasonCode.NormalDisconnection, -1);
            publisher.Ping();
            bench.Advance(500);
            Expect.Nothing(publisher);
            away.AutoAcknowledge = true;
            away.Connect();
            bench.Advance(20);
            Expect.All(publisher, "PUBACK i1; closed");
        }

        [TestMethod]
        [DataRow(V3, "closed")]
        [DataRow(V5, "DISCONNECT 97; closed")]
        public void SubscribeWaitsForItsClientToReadAndThenTheClientGoes(int level, string end)
        {
            BrokerBench bench = SmallBench.Make();
            SimClient client = bench.Connect(level, "c");
            client.SetReading(false, 0);
            for (int i = 0; i < 400; i++)
            {
                client.Subscribe("t", 0);
            }

            bench.Advance(900);
            Assert.AreEqual(1, bench.Broker.Context.Connections.WaitingCount);
            client.SetReading(true, 100000);
            bench.Advance(20);
            Assert.AreEqual(400, client.InboxCount);
            client.NextAll();

            client.SetReading(false, 0);
            for (int i = 0; i < 400; i++)
            {
                client.Subscribe("t", 0);
            }

            bench.Advance(1100);
            Assert.AreEqual(0, bench.Broker.ConnectedCount);
            client.SetReading(true, 100000);
            Assert.IsTrue(client.NextAll().EndsWith(end));
        }

        private static SimClient FullAndAway(BrokerBench bench)
        {
            SimClient away = Expect.DurableSubscriber(bench, V3, "away", "t", 1);
            away.Disconnect();
            SimClient publisher = bench.Connect(V5, "p");
            do
            {
                publisher.Publish("t", new string('x', 200), 1);
            }
            while (!publisher.NextAll().EndsWith("97"));

            publisher.Disconnect();
            return away;
        }
    }
}
