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
    /// A Client that does not read: it loses what it may lose, is closed if others would wait for it, and finds room for every answer
    /// when it reads again. Each situation is run to its end, with bounds as small as those of a device.
    /// </summary>
    [TestClass]
    public class SlowReaderTests
    {
        private const int V3 = ProtocolLevel.V311;
        private const int V5 = ProtocolLevel.V5;

        // Room is reserved for every answer of QoS 2, so a Client that reads nothing can still finish what it began.
        [TestMethod]
        [DataRow(V3)]
        [DataRow(V5)]
        public void EveryAnswerOfAFullQoS2WindowHasRoomThoughTheClientDoesNotRead(int level)
        {
            BrokerBench bench = SmallBench.Make();
            bench.Limits.ReceiveMax = 64;
            SimClient client = bench.Connect(level, "c");
            client.SetReading(false, 0);
            for (int i = 1; i <= 64; i++)
            {
                client.Publish("t", "x", 2);
            }

            bench.Run();
            for (int i = 1; i <= 64; i++)
            {
                client.Ack(PacketType.Pubrel, i);
            }

            client.Ping();
            bench.Run();
            Assert.AreEqual(0, bench.Broker.Context.Connections.WaitingCount);
            client.SetReading(true, 10000);
            AssertSequence(client, "PUBREC i", 64);
            AssertSequence(client, "PUBCOMP i", 64);
            Expect.All(client, "PINGRESP");
        }

        [TestMethod]
        [DataRow(V3)]
        [DataRow(V5)]
        public void FullWindowInBothDirectionsComesToItsEnd(int level)
        {
            BrokerBench bench = SmallBench.Make();
            SimClient client = Expect.Subscriber(bench, level, "c", "t", 2);
            client.AutoAcknowledge = true;
            int sent = 0;
            for (int round = 0; round < 50; round++)
            {
                for (int i = 0; i < 4; i++)
                {
                    client.Publish("t", sent.ToString(), 2);
                    sent++;
                }

                bench.Run();
            }

            int expected = 0;
            while (client.Next().Length > 0)
            {
                if (client.Last.Type == PacketType.Publish)
                {
                    Assert.AreEqual(expected.ToString(), client.Last.Payload);
                    expected++;
                }
            }

            Assert.IsTrue(expected == sent, "received " + expected + " of " + sent);
            Assert.AreEqual(0, bench.Broker.Context.Deliveries.Count);
        }

        // It waits for itself: after wait-ms it has to go. What it was not acknowledged is its own to send again.
        [TestMethod]
        [DataRow(V3, false)]
        [DataRow(V5, false)]
        [DataRow(V3, true)]
        [DataRow(V5, true)]
        public void PublisherThatSubscribesToItselfAndNeverReadsIsClosed(int level, bool durable)
        {
            BrokerBench bench = SmallBench.Make();
            SimClient client = durable
                ? Expect.DurableSubscriber(bench, level, "c", "#", 1)
                : Expect.Subscriber(bench, level, "c", "#", 1);
            client.SetReading(false, 0);
            for (int i = 0; i < 100; i++)
            {
                client.Publish("t", new string('x', 100), 1);
            }

            bench.Advance(900);
            Assert.AreEqual(1, bench.Broker.ConnectedCount);
            bench.Advance(200);
            if (level == V5)
            {
                // It was refused first, and has as long again to acknowledge.
                Assert.AreEqual(1, bench.Broker.ConnectedCount);
                bench.Advance(1000);
                client.Publish("t", new string('x', 100), 1);
                bench.Run();
            }

            Assert.AreEqual(0, bench.Broker.ConnectedCount);
            Assert.AreEqual(ReasonCode.QuotaExceeded, bench.Events.LastDetail(BrokerEvent.ServerDisconnected));
            bench.Advance(10000);
            Assert.AreEqual(0, bench.Broker.Context.Connections.Count);
            Assert.AreEqual(durable ? 1 : 0, bench.Broker.SessionCount);
            if (!durable)
            {
                Leaks.AssertNone(bench);
                return;
            }

            // The Session and its queue stayed.
            Assert.IsTrue(bench.Broker.Context.Deliveries.Count > 4);
            client.AutoAcknowledge = true;
            client.Options.CleanStart = false;
            Assert.AreEqual("CONNACK 00 present", client.Connect());
            bench.Run();
            Assert.AreEqual(0, bench.Broker.Context.Deliveries.Count);
        }

        // A subscriber that does not read holds a publisher up for wait-ms at the most, and then goes itself.
        [TestMethod]
        [DataRow(V3, V3)]
        [DataRow(V5, V5)]
        [DataRow(V3, V5)]
        public void SubscriberThatDoesNotReadGoesAndThePublisherGoesOn(int publisherLevel, int subscriberLevel)
        {
            BrokerBench bench = SmallBench.Make();
            SimClient deaf = Expect.Subscriber(bench, subscriberLevel, "deaf", "t", 1);
            SimClient good = Expect.Subscriber(bench, V5, "good", "t", 1);
            good.AutoAcknowledge = true;
            SimClient publisher = bench.Connect(publisherLevel, "p");
            deaf.SetReading(false, 0);
            for (int i = 0; i < 100; i++)
            {
                publisher.Publish("t", new string('x', 100), 1);
            }

            bench.Advance(1200);
            AssertSequence(publisher, "PUBACK i", 100);
            int received = 0;
            while (good.Next().Length > 0)
            {
                received++;
            }

            Assert.AreEqual(100, received);
            Assert.AreEqual(2, bench.Broker.ConnectedCount);
            deaf.SetReading(true, 100000);
            string last = "";
            while (deaf.Next().Length > 0)
            {
                last = deaf.Last.Text == "closed" ? last : deaf.Last.Text;
            }

            Assert.AreEqual(subscriberLevel == V5, last == "DISCONNECT 97", last);
            bench.Advance(10000);
            good.Disconnect();
            publisher.Disconnect();
            Leaks.AssertNone(bench);
        }

        // A commit may take long, or the host may have stood still. The publisher's packet is read first.
        [TestMethod]
        [DataRow(V3)]
        [DataRow(V5)]
        public void WhatTheClientSentWhileTheBrokerWasHeldUpCounts(int level)
        {
            BrokerBench bench = SmallBench.Make();
            SimClient publisher = bench.Connect(V5, "p");
            SimClient client = Expect.Subscriber(bench, level, "c", "t", 1);
            client.AutoAcknowledge = false;
            int count = 0;
            while (bench.Broker.Context.Connections.WaitingCount == 0)
            {
                publisher.Publish("t", new string('x', 200), 1);
                bench.Run();
                count++;
            }

            // There is room for this one and for no other.
            client.Ack(PacketType.Puback, 1);
            bench.Run();
            Assert.AreEqual(0, bench.Broker.Context.Connections.WaitingCount);
            for (int i = 2; i <= 5; i++)
            {
                bench.Clock.Advance(1500);
                publisher.Publish("t", new string('x', 200), 1);
                count++;
                client.Ack(PacketType.Puback, i);
                bench.Run();
            }

            client.AutoAcknowledge = true;
            for (int i = 6; i <= 8; i++)
            {
                client.Ack(PacketType.Puback, i);
            }

            bench.Run();
            Assert.AreEqual(2, bench.Broker.ConnectedCount);
            Assert.AreEqual(count, client.InboxCount);
        }

        // QoS 0 waits for nobody.
        [TestMethod]
        public void SubscriberThatDoesNotReadLosesOnlyItsOwnQoS0Messages()
        {
            BrokerBench bench = SmallBench.Make();
            SimClient deaf = Expect.Subscriber(bench, V3, "deaf", "t", 0);
            SimClient good = Expect.Subscriber(bench, V3, "good", "t", 0);
            SimClient publisher = bench.Connect(V3, "p");
            deaf.SetReading(false, 0);
            for (int i = 0; i < 300; i++)
            {
                publisher.Publish("t", new string('x', 100), 0);
                bench.Run();
            }

            Assert.AreEqual(300, good.InboxCount);
            deaf.SetReading(true, 100000);
            bench.Run();
            Assert.IsTrue(deaf.InboxCount > 5, "read " + deaf.InboxCount);
            Assert.AreEqual(300L, deaf.InboxCount + bench.Broker.Counters.Drops[DropReason.SlowReader]);
            Assert.AreEqual(0, bench.Broker.Context.Deliveries.Count);
            publisher.Publish("t", "again", 0);
            Assert.IsTrue(deaf.NextAll().EndsWith("PUBLISH t 'again' q0"));
        }

        // `#` with 1,000 retained messages: the walk goes on as the Client reads, in bounded memory.
        [TestMethod]
        [DataRow(V3, 0)]
        [DataRow(V5, 1)]
        [DataRow(V3, 2)]
        public void ThousandRetainedMessagesPassThroughASmallOutbox(int level, int qos)
        {
            BrokerBench bench = SmallBench.Make();
            bench.Limits.RetainedMax = 1000;
            bench.Limits.QueueBytesMax = 1000000;
            SimClient publisher = bench.Connect(V3, "p");
            publisher.AutoAcknowledge = true;
            for (int i = 0; i < 1000; i++)
            {
                publisher.Publish("t/" + i, "value", qos, true, null);
                bench.Run();
            }

            SimClient client = bench.Client(level, "c");
            client.AutoAcknowledge = true;
            client.Connect();
            bench.Network.SetReceiveWindow(client.Link, 50);
            client.Subscribe("#", qos);
            bool[] seen = new bool[1000];
            int count = 0;
            while (client.Next().Length > 0)
            {
                Assert.IsTrue(bench.Broker.Context.Buffers.BytesInUse <= bench.Limits.OutboxBytesMax, "outbox");
                if (client.Last.Type == PacketType.Publish)
                {
                    int index = int.Parse(client.Last.Topic.Substring(2));
                    Assert.IsTrue(client.Last.Retain && !seen[index], client.Last.Text);
                    seen[index] = true;
                    count++;
                }
            }

            Assert.AreEqual(1000, count);
            Assert.AreEqual(0, bench.Broker.Context.Deliveries.Count);
        }

        [TestMethod]
        public void WalkDoesNotHoldUpTheClientsOwnTraffic()
        {
            BrokerBench bench = SmallBench.Make();
            bench.Limits.RetainedMax = 1000;
            bench.Limits.QueueBytesMax = 1000000;
            SimClient publisher = bench.Connect(V3, "p");
            for (int i = 0; i < 200; i++)
            {
                publisher.Publish("t/" + i, new string('v', 100), 0, true, null);
                bench.Run();
            }

            SimClient client = bench.Connect(V3, "c");
            client.SetReading(false, 0);
            client.Subscribe("#", 0);
            bench.Run();
            client.Ping();
            client.Publish("other", "x", 1);
            client.Unsubscribe("nothing");
            bench.Run();
            Assert.AreEqual(0, bench.Broker.Context.Connections.WaitingCount);
            client.SetReading(true, 300);
            string text = client.NextAll();
            Assert.IsTrue(text.IndexOf("PINGRESP; ") > 0, "PINGRESP");
            Assert.IsTrue(text.IndexOf("PUBACK i2; ") > 0, "PUBACK");
            Assert.IsTrue(text.IndexOf("UNSUBACK i3; ") > 0, "UNSUBACK");
            Assert.IsTrue(text.IndexOf("PUBLISH t/199 '*100' q0 retain") > 0, "the last of the walk");
        }

        // The buffers of all are used up by some: the others are served again when those read or go.
        [TestMethod]
        public void StarvedClientGoesOnWhenBuffersAreFree()
        {
            BrokerBench bench = SmallBench.Make();
            bench.Limits.BufferBytesMax = bench.Limits.OutboxBytesMax + bench.Limits.PacketSizeMax;
            SimClient deaf = Expect.Subscriber(bench, V3, "deaf", "a", 0);
            SimClient good = Expect.Subscriber(bench, V3, "good", "b", 1);
            SimClient publisher = bench.Connect(V3, "p");
            deaf.SetReading(false, 0);
            for (int i = 0; i < 30; i++)
            {
                publisher.Publish("a", new string('x', 100), 0);
            }

            bench.Run();
            publisher.Publish("b", new string('y', 200), 1);
            bench.Advance(100);
            deaf.Reset();
            bench.Advance(100);
            string text = good.NextAll();
            Assert.AreEqual("PUBLISH b '*200' q1 i1", text);
        }

        private static void AssertSequence(SimClient client, string name, int count)
        {
            for (int i = 1; i <= count; i++)
            {
                string text = client.Next();
                Assert.IsTrue(text == name + i || text == name + i + " 10", text + " for " + name + i);
            }
        }
    }
}
