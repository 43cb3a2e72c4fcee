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
    /// <summary>The steps of the ladder: at which mark each is taken and given up, who is told, and what is counted.</summary>
    [TestClass]
    public class ResourceTests
    {
        private const int V3 = ProtocolLevel.V311;
        private const int V5 = ProtocolLevel.V5;

        [TestMethod]
        public void StepRisesAtTheHighMarkAndEndsAtTheLowMark()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.SubscriptionsMax = 20;
            SimClient client = bench.Connect(V5, "c");
            Subscribe(client, 0, 17);
            AssertStep(bench, client, Resource.Subscriptions, 0);
            Subscribe(client, 17, 18);
            AssertStep(bench, client, Resource.Subscriptions, 1);
            Unsubscribe(client, 18, 16);
            AssertStep(bench, client, Resource.Subscriptions, 1);
            Unsubscribe(client, 16, 15);
            AssertStep(bench, client, Resource.Subscriptions, 0);
            Subscribe(client, 15, 20);
            AssertStep(bench, client, Resource.Subscriptions, 2);
            Unsubscribe(client, 20, 18);
            AssertStep(bench, client, Resource.Subscriptions, 2);
            Unsubscribe(client, 18, 17);
            AssertStep(bench, client, Resource.Subscriptions, 1);
        }

        [TestMethod]
        public void BrokerSleepsUntilItLooksAtTheHeap()
        {
            BrokerBench bench = new BrokerBench();
            SettableStatus status = new SettableStatus();
            status.Free = 1000000;
            bench.Status = status;
            bench.Limits.HeapFreeMinBytes = 1000;
            SimClient client = bench.Connect(V5, "c");

            // Other timers run shortly before the heap's turn, and the figures are looked at then. Advance does not end if
            // the broker never waits.
            bench.Advance(9300);
            client.Reset();
            bench.Connect(V5, "d");
            bench.Client(V5, "silent").Open();
            bench.Advance(60000);
            Assert.IsTrue(bench.Network.LastTimeoutMs > 0);
        }

        [TestMethod]
        public void EveryStepIsToldOnce()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.SubscriptionsMax = 10;
            SimClient client = bench.Connect(V5, "c");
            Subscribe(client, 0, 9);
            Look(bench, client);
            Assert.AreEqual(1, bench.Events.CountOf(BrokerEvent.OverloadStep));
            Assert.AreEqual(Resource.Subscriptions * 256 + 1, bench.Events.LastDetail(BrokerEvent.OverloadStep));
            Look(bench, client);
            Look(bench, client);
            Assert.AreEqual(1, bench.Events.CountOf(BrokerEvent.OverloadStep));
            Unsubscribe(client, 9, 0);
            Look(bench, client);
            Assert.AreEqual(2, bench.Events.CountOf(BrokerEvent.OverloadStep));
            Assert.AreEqual(Resource.Subscriptions * 256, bench.Events.LastDetail(BrokerEvent.OverloadStep));
        }

        [TestMethod]
        public void MarksAreSettings()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.SubscriptionsMax = 10;
            bench.Limits.OverloadHighPct = 50;
            bench.Limits.OverloadLowPct = 20;
            SimClient client = bench.Connect(V5, "c");
            Subscribe(client, 0, 5);
            AssertStep(bench, client, Resource.Subscriptions, 1);
            Unsubscribe(client, 5, 3);
            AssertStep(bench, client, Resource.Subscriptions, 1);
            Unsubscribe(client, 3, 2);
            AssertStep(bench, client, Resource.Subscriptions, 0);
        }

        // What is refused is seen at once, not at the next look, and shown under $SYS.
        [TestMethod]
        [DataRow(V3, "80")]
        [DataRow(V5, "97")]
        public void RefusedSubscriptionIsCountedAndShown(int level, string code)
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.SubscriptionsMax = 4;
            SimClient client = bench.Connect(level, "c");
            Subscribe(client, 0, 4);
            client.Subscribe("more", 0);
            Assert.IsTrue(client.Next().EndsWith(code), client.Last.Text);
            Assert.AreEqual(1, bench.Broker.Counters.Refusals[Resource.Subscriptions]);
            bench.Advance(100);
            Assert.AreEqual(2, bench.Broker.Context.Resources.Step(Resource.Subscriptions));
            client.Unsubscribe("t/0");
            client.Next();
            client.Subscribe("$SYS/broker/refused/subscriptions", 0);
            Expect.All(client, "SUBACK i7 00; PUBLISH $SYS/broker/refused/subscriptions '1' q0 retain");
            client.Unsubscribe("$SYS/broker/refused/subscriptions");
            client.Next();
            client.Subscribe("$SYS/broker/overload/subscriptions", 0);
            Expect.All(client, "SUBACK i9 00; PUBLISH $SYS/broker/overload/subscriptions '2' q0 retain");
        }

        [TestMethod]
        public void RetainedMessageWithoutPlaceIsRefused()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.RetainedMax = 2;
            SimClient client = bench.Connect(V5, "c");
            client.Publish("a", "x", 1, true, null);
            client.Publish("b", "x", 1, true, null);
            client.Publish("c", "x", 1, true, null);
            Expect.Next(client, "PUBACK i1 10");
            Expect.Next(client, "PUBACK i2 10");
            Expect.Next(client, "PUBACK i3 97");
            Assert.AreEqual(1, bench.Broker.Counters.Refusals[Resource.Retained]);
            client.Publish("b", "y", 1, true, null);
            Expect.Next(client, "PUBACK i4 10");
        }

        // A figure of 0 of 0 is nothing short.
        [TestMethod]
        public void BoundOfNothingIsNotShort()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.RetainedMax = 0;
            bench.Limits.ConnectRateMax = 0;
            SimClient client = bench.Connect(V5, "c");
            for (int resource = 0; resource < Resource.Count; resource++)
            {
                AssertStep(bench, client, resource, 0);
            }
        }

        [TestMethod]
        public void HeapThatRunsLowRefusesNewClientsAndRecovers()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.HeapFreeMinBytes = 10000;
            SettableStatus status = new SettableStatus();
            status.Free = 100000;
            bench.Status = status;
            SimClient client = bench.Connect(V5, "c");
            AssertStep(bench, client, Resource.Heap, 0);
            status.Free = 11000;
            bench.Advance(10000);
            AssertStep(bench, client, Resource.Heap, 1);
            status.Free = 9000;
            bench.Advance(1250);
            Assert.AreEqual(2, bench.Broker.Context.Resources.Step(Resource.Heap));
            bench.Advance(1250);
            Assert.AreEqual(3, bench.Broker.Context.Resources.Step(Resource.Heap));
            SimClient late = bench.Client(V5, "late");
            Assert.IsTrue(late.Connect().StartsWith("CONNACK 89"), late.Last.Text);
            SimClient again = bench.Client(V5, "c");
            Expect.Next(again, "");
            Assert.AreEqual("CONNACK 00", again.Connect());
            status.Free = 100000;
            bench.Advance(2000);
            AssertStep(bench, again, Resource.Heap, 0);
            Assert.AreEqual("CONNACK 00", late.Connect());
        }

        // Its messages are what fills the heap: it is let in to take them, and their memory is given back.
        [TestMethod]
        public void HeapThatRunsLowLetsInWhomItsMessagesWaitFor()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.HeapFreeMinBytes = 10000;
            SettableStatus status = new SettableStatus();
            status.Free = 100000;
            bench.Status = status;
            SimClient sleeper = Expect.DurableSubscriber(bench, V5, "sleeper", "away", 1);
            sleeper.Disconnect();
            SimClient client = bench.Connect(V5, "c");
            PublishTaken(client, "away", 200);
            status.Free = 9000;
            bench.Advance(13000);
            Assert.IsTrue(bench.Broker.Context.Resources.Step(Resource.Heap) >= 3);
            SimClient late = bench.Client(V5, "late");
            Assert.IsTrue(late.Connect().StartsWith("CONNACK 89"), late.Last.Text);
            sleeper.AutoAcknowledge = true;
            sleeper.Options.CleanStart = false;
            sleeper.Options.SessionExpiryIntervalS = uint.MaxValue;
            Assert.AreEqual("CONNACK 00 present", sleeper.Connect());
            bench.Advance(2000);
            Assert.AreEqual(0, bench.Broker.QueuedCount);
            Assert.IsTrue(bench.Broker.Context.Messages.Blocks.Room <= 32, "not given back");
        }

        // What is there can be used: messages pass on, and as many wait as did before.
        [TestMethod]
        public void HeapThatRunsLowTakesNoMoreMessagesThanItHasMemoryFor()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.HeapFreeMinBytes = 10000;
            SettableStatus status = new SettableStatus();
            status.Free = 100000;
            bench.Status = status;
            Expect.DurableSubscriber(bench, V5, "sleeper", "away", 1).Disconnect();
            SimClient reader = Expect.Subscriber(bench, V5, "reader", "here", 1);
            reader.AutoAcknowledge = true;
            SimClient client = bench.Connect(V5, "c");
            PublishTaken(client, "away", 20);
            status.Free = 9000;
            bench.Advance(11000);
            Assert.IsTrue(bench.Broker.Context.Resources.Step(Resource.Heap) >= 2);
            int taken = PublishTaken(client, "away", 200);
            Assert.IsTrue(taken < 100, "taken all the same: " + taken.ToString());
            Assert.IsTrue(client.Last.Text.EndsWith(" 97"), client.Last.Text);
            status.Free = 100000;
            bench.Advance(2000);
            Assert.AreEqual(0, bench.Broker.Context.Resources.Step(Resource.Heap));
            Assert.AreEqual(100, PublishTaken(client, "away", 100));
        }

        // Who sets values of ever more topics leaves room for the messages of others.
        [TestMethod]
        public void RetainedMessagesLeaveRoomForOthers()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.PacketSizeMax = 1024;
            bench.Limits.QueueBytesMax = 16384;
            bench.Limits.RetainedMax = 1000;
            SimClient client = bench.Connect(V5, "c");
            string value = new string('v', 500);
            string last = "";
            for (int i = 0; i < 50; i++)
            {
                client.Publish("t/" + i, value, 1, true, null);
                last = client.Next();
            }

            Assert.IsTrue(last.EndsWith(" 97"), last);
            Assert.IsTrue(bench.Broker.QueuedBytes <= 12288 + 544, bench.Broker.QueuedBytes.ToString());
            SimClient reader = Expect.Subscriber(bench, V5, "reader", "here", 1);
            client.Publish("here", value, 1);
            Assert.IsTrue(client.Next().EndsWith("1"), client.Last.Text);
            Assert.IsTrue(reader.Next().StartsWith("PUBLISH here"), reader.Last.Text);
        }

        // Returns how many were taken.
        private static int PublishTaken(SimClient client, string topic, int count)
        {
            int taken = 0;
            for (int i = 0; i < count; i++)
            {
                client.Publish(topic, "0123456789012345678901234567890123456789", 1);
                taken += client.Next().EndsWith(" 97") ? 0 : 1;
            }

            return taken;
        }

        private static void Subscribe(SimClient client, int from, int to)
        {
            for (int i = from; i < to; i++)
            {
                Expect.Subscribed(client, "t/" + i, 0);
            }
        }

        private static void Unsubscribe(SimClient client, int from, int to)
        {
            for (int i = from - 1; i >= to; i--)
            {
                client.Unsubscribe("t/" + i);
                client.Next();
            }
        }

        private static void AssertStep(BrokerBench bench, SimClient client, int resource, int step)
        {
            Look(bench, client);
            Assert.AreEqual(step, bench.Broker.Context.Resources.Step(resource), "resource " + resource);
        }

        private static void Look(BrokerBench bench, SimClient client)
        {
            bench.Advance(1000);
            Expect.Nothing(client);
        }
    }
}
