#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Limits;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;

namespace EdgeBroker.Tests.Storing
{
    /// <summary>
    /// A store that holds more than the limits of the next start allow: the broker starts all the same, keeps what it can, and what
    /// it can't is lost aloud.
    /// </summary>
    [TestClass]
    public class LowerLimitsTests
    {
        [TestMethod]
        public void SharedMessagesThatAreStoredNeedNoBlocks()
        {
            BrokerBench bench = Make();
            bench.Limits.PacketSizeMax = 128;
            bench.Limits.QueueBytesMax = 256;
            SimClient one = Sleeper(bench, "one", "t");
            SimClient two = Sleeper(bench, "two", "t");
            Publish(bench, "t", 15, 1);
            bench.CutPower();
            Gets(bench, one, "CONNACK 00 present", 15);
            Gets(bench, two, "CONNACK 00 present", 15);
            AssertEmpty(bench, 2);
        }

        [TestMethod]
        [DataRow(1)]
        [DataRow(2)]
        public void ASessionWhoseQueueDoesNotFitIsLostAsAWhole(int qos)
        {
            BrokerBench bench = Make();
            SimClient one = Sleeper(bench, "one", "t");
            SimClient two = Sleeper(bench, "two", "t");
            SimClient own = Sleeper(bench, "own", "own");
            Publish(bench, "t", 40, qos);
            Publish(bench, "own", 100, qos);
            bench.CutPower();
            MakeSmall(bench);
            Assert.AreEqual(1, bench.Broker.Mounted.LostCount);
            Gets(bench, one, "CONNACK 00 present", 40);
            Gets(bench, two, "CONNACK 00 present", 40);
            AssertEmpty(bench, 2);
            Assert.AreEqual("CONNACK 00", own.Connect());
        }

        [TestMethod]
        [DataRow(1)]
        [DataRow(2)]
        public void WhatSeveralLoseIsGone(int qos)
        {
            BrokerBench bench = Make();
            SimClient one = Sleeper(bench, "one", "t");
            SimClient two = Sleeper(bench, "two", "t");
            Publish(bench, "t", 100, qos);
            bench.CutPower();
            MakeSmall(bench);
            Assert.AreEqual(2, bench.Broker.Mounted.LostCount);
            AssertEmpty(bench, 0);
            Assert.AreEqual("CONNACK 00", one.Connect());
            Assert.AreEqual("CONNACK 00", two.Connect());
        }

        [TestMethod]
        public void AllSessionsStayAndNewOnesHaveToWait()
        {
            BrokerBench bench = Make();
            for (int i = 0; i < 10; i++)
            {
                bench.ConnectDurable(ProtocolLevel.V5, "c" + i).Disconnect();
            }

            bench.CutPower();
            bench.Limits.ConnectionsMax = 4;
            bench.Limits.SessionsMax = 4;
            Assert.AreEqual(10, bench.Broker.SessionCount);
            SimClient first = bench.Client(ProtocolLevel.V5, "c0");
            first.Options.CleanStart = false;
            Assert.AreEqual("CONNACK 00 present", first.Connect());
            Assert.IsTrue(bench.Client(ProtocolLevel.V5, "new").Connect().StartsWith("CONNACK 97"));
        }

        [TestMethod]
        public void ASessionWhoseSubscriptionsDoNotFitIsLostAsAWhole()
        {
            BrokerBench bench = Make();
            SimClient one = bench.ConnectDurable(ProtocolLevel.V5, "one");
            SimClient two = bench.ConnectDurable(ProtocolLevel.V5, "two");
            for (int i = 0; i < 6; i++)
            {
                one.Subscribe("a/" + i, 1);
                one.Next();
            }

            for (int i = 0; i < 6; i++)
            {
                two.Subscribe(i == 0 ? "$share/g/b" : "b/" + i + "/x/y/z/1/2/3/4/5/6", 1);
                two.Next();
            }

            bench.CutPower();
            bench.Limits.SubscriptionsMax = 8;
            Assert.AreEqual(1, bench.Broker.Mounted.LostCount);
            Assert.AreEqual("CONNACK 00 present", one.Connect());
            Assert.AreEqual("CONNACK 00", two.Connect());
            Assert.AreEqual(6, bench.Broker.SubscriptionCount);
            Assert.AreEqual(7, bench.Broker.Context.Subscriptions.Tree.Count - 1);
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(3)]
        public void RetainedMessagesThatDoNotFitAreDroppedAloud(int retainedMax)
        {
            BrokerBench bench = Make();
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "publisher");
            for (int i = 0; i < 10; i++)
            {
                publisher.Publish("r/" + i, "x", 1, true, null);
                publisher.Next();
            }

            bench.CutPower();
            bench.Limits.RetainedMax = retainedMax;
            Assert.AreEqual(retainedMax, bench.Broker.RetainedCount);
            Assert.AreEqual(10 - retainedMax, bench.Events.CountOf(BrokerEvent.MessageDropped, DropReason.NoMemory));
            bench.CutPower();
            bench.Limits.RetainedMax = 10;
            Assert.AreEqual(retainedMax, bench.Broker.RetainedCount);
        }

        [TestMethod]
        public void AWillThatDoesNotFitIsDroppedAloud()
        {
            BrokerBench bench = Make();
            for (int i = 0; i < 3; i++)
            {
                SimClient client = bench.Client(ProtocolLevel.V5, "c" + i);
                client.Options.CleanStart = false;
                client.Options.SessionExpiryIntervalS = 1000;
                client.Options.WillTopic = Bytes.OfText("w");
                client.Options.WillPayload = Bytes.OfText(Filled(100));
                Assert.AreEqual("CONNACK 00", client.Connect());
            }

            bench.CutPower();
            bench.Limits.PacketSizeMax = 128;
            bench.Limits.QueueBytesMax = 256;
            SimClient display = bench.Connect(ProtocolLevel.V5, "display");
            Assert.AreEqual(1, bench.Events.CountOf(BrokerEvent.MessageDropped, DropReason.NoMemory));
            display.Subscribe("w", 0);
            display.Next();
            bench.Advance(60000);
            Assert.IsTrue(display.Next().StartsWith("PUBLISH w"));
            Assert.IsTrue(display.Next().StartsWith("PUBLISH w"));
            Assert.AreEqual("", display.NextAll());
            bench.Advance(2000000);
            Assert.AreEqual(1, bench.Broker.SessionCount);
            Assert.AreEqual(0, bench.Broker.Context.Store.Journal.ItemCount);
        }

        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void AMessageTooLargeForTheOutboxIsDroppedAloudAndHoldsUpNothing(int level)
        {
            BrokerBench bench = Make();
            SimClient sleeper = Expect.DurableSubscriber(bench, level, "sleeper", "t", 1);
            sleeper.Disconnect();
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "publisher");
            publisher.Publish("t", Filled(20000), 1);
            publisher.Publish("t", "small", 1);
            Assert.AreEqual("PUBACK i1; PUBACK i2", publisher.NextAll());
            bench.CutPower();
            bench.Limits.PacketSizeMax = 1024;
            bench.Limits.OutboxBytesMax = bench.Limits.OutboxBytesMin;
            Assert.AreEqual("CONNACK 00 present", sleeper.Connect());
            Assert.AreEqual("PUBLISH t 'small' q1 i1", sleeper.NextAll());
            Assert.AreEqual(1, bench.Events.CountOf(BrokerEvent.MessageDropped, DropReason.TooLarge));
        }

        [TestMethod]
        public void AStoreThatIsTooLargeIsReadAndTidiedUp()
        {
            BrokerBench bench = Make();
            SimClient one = Sleeper(bench, "one", "t");
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "publisher");
            for (int i = 0; i < 30; i++)
            {
                publisher.Publish("t", Filled(1000), 1);
                Assert.AreEqual("PUBACK i" + (i + 1), publisher.Next());
            }

            bench.CutPower();
            bench.Limits.StoreBytesMax = 24576;
            Assert.AreEqual("CONNACK 00", publisher.Connect());
            publisher.Publish("t", "more", 1);
            Assert.AreEqual("PUBACK i31 97", publisher.Next());
            one.AutoAcknowledge = true;
            Assert.AreEqual("CONNACK 00 present", one.Connect());
            for (int i = 0; i < 30; i++)
            {
                Assert.IsTrue(one.Next().StartsWith("PUBLISH t '*1000'"));
            }

            Assert.AreEqual("", one.NextAll());
            bench.Advance(60000);
            Assert.IsTrue(bench.Broker.StoreBytes <= 24576);
            publisher.Publish("t", "more", 1);
            Assert.AreEqual("PUBACK i32", publisher.Next());
        }

        private static BrokerBench Make()
        {
            BrokerBench bench = StoreBench.Make();
            bench.Limits.QueueFull = QueueFullPolicy.Refuse;
            bench.Limits.FlashLifeYears = 1;
            return bench;
        }

        // Room for 128 deliveries.
        private static void MakeSmall(BrokerBench bench)
        {
            bench.Limits.PacketSizeMax = 128;
            bench.Limits.QueueBytesMax = 256;
            bench.Limits.ConnectionsMax = 60;
        }

        // After the next start as well.
        private static void AssertEmpty(BrokerBench bench, int sessions)
        {
            for (int i = 0; i < 2; i++)
            {
                Assert.AreEqual(0, bench.Broker.Context.Messages.Count);
                Assert.AreEqual(0, bench.Broker.QueuedCount);
                Assert.AreEqual(sessions, bench.Broker.SessionCount);
                Assert.AreEqual(sessions * 2, bench.Broker.Context.Store.Journal.ItemCount);
                bench.CutPower();
            }
        }

        private static SimClient Sleeper(BrokerBench bench, string name, string topic)
        {
            SimClient client = Expect.DurableSubscriber(bench, ProtocolLevel.V5, name, topic, 2);
            client.Disconnect();
            return client;
        }

        private static void Publish(BrokerBench bench, string topic, int count, int qos)
        {
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "source");
            publisher.AutoAcknowledge = true;
            for (int i = 0; i < count; i++)
            {
                publisher.Publish(topic, "message " + i, qos);
                bench.Run();
                string answer = publisher.NextAll();
                Assert.IsTrue(answer.StartsWith(qos == 1 ? "PUBACK" : "PUBREC") && answer.IndexOf(" 97") < 0, answer);
            }

            publisher.Disconnect();
        }

        // It comes, and gets so many messages, the oldest first.
        private static void Gets(BrokerBench bench, SimClient client, string answer, int count)
        {
            client.AutoAcknowledge = true;
            Assert.AreEqual(answer, client.Connect());
            for (int i = 0; i < count; i++)
            {
                string packet = client.Next();
                Assert.IsTrue(packet.IndexOf("'message " + i + "'") > 0, packet);
            }

            Assert.IsTrue(client.NextAll().IndexOf("PUBLISH") < 0);
            bench.Advance(10000);
        }

        private static string Filled(int length)
        {
            return new string('x', length);
        }
    }
}
