using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests.Storing
{
    /// <summary>The storage is used up by who is away.</summary>
    [TestClass]
    public class StoreBytesTests
    {
        private const int V5 = ProtocolLevel.V5;
        private static readonly string s_payload = new string('x', 500);

        // What is refused is counted and shown, what was acknowledged arrives, and then there is room again.
        [TestMethod]
        public void FullStoreRefusesIsShownAndRecovers()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient sleeper = Expect.DurableSubscriber(bench, V5, "sleeper", "t", 1);
            sleeper.Disconnect();
            SimClient publisher = bench.Connect(V5, "p");
            int accepted = 0;
            while (accepted < 1000 && Publish(bench, publisher) == "PUBACK i" + (accepted + 1))
            {
                accepted++;
            }

            Assert.IsTrue(accepted > 20 && accepted < 1000, "accepted " + accepted);
            Assert.AreEqual("PUBACK i" + (accepted + 1) + " 97", publisher.Last.Text);
            Assert.IsTrue(bench.Broker.Counters.Refusals[Resource.StoreBytes] > 0, "not counted");
            bench.Advance(100);
            AssertShown(bench, "2");

            sleeper.AutoAcknowledge = true;
            Assert.AreEqual("CONNACK 00 present", sleeper.Connect());
            for (int i = 0; i < accepted; i++)
            {
                string message = sleeper.Next();
                Assert.IsTrue(message.StartsWith("PUBLISH t '"), i + " of " + accepted + ": " + message);
            }

            // What it has acknowledged is tidied up.
            bench.Advance(20000);
            Assert.AreEqual("PUBACK i" + (accepted + 2), Publish(bench, publisher));
            Assert.IsTrue(sleeper.Next().StartsWith("PUBLISH t '"), sleeper.Last.Text);
            AssertShown(bench, "0");
        }

        // Patience is over: the largest queue of who is away loses its oldest, its Client is told how many, and the others publish.
        [TestMethod]
        [DataRow("refuse-then-drop", 60)]
        [DataRow("drop-oldest", 0)]
        public void FullStoreDropsTheOldestOfTheLargestQueueAway(string policy, int patienceS)
        {
            BrokerBench bench = StoreBench.Make();
            Assert.IsTrue(bench.Limits.TrySet("queue-full", policy), bench.Limits.Error);
            SimClient sleeper = Expect.DurableSubscriber(bench, V5, "sleeper", "t", 1);
            sleeper.Disconnect();
            SimClient small = Expect.DurableSubscriber(bench, V5, "small", "u", 1);
            small.Disconnect();
            SimClient publisher = bench.Connect(V5, "p");
            int accepted = Fill(bench, publisher);

            bench.Advance(100);
            Assert.IsTrue(Publish(bench, publisher).EndsWith(" 97"), publisher.Last.Text);
            long fullMs = bench.Clock.NowMs;
            for (int i = 0; i < 200 && Publish(bench, publisher).EndsWith(" 97"); i++)
            {
                bench.Advance(1000);
            }

            long refusedMs = bench.Clock.NowMs - fullMs;
            bool isInTime = refusedMs >= patienceS * 1000 - 1000 && refusedMs <= (patienceS + 30) * 1000;
            Assert.IsTrue(isInTime, "refused for " + refusedMs + " ms");
            int dropped = (int)bench.Broker.Counters.Drops[DropReason.QueueFull];
            Assert.IsTrue(dropped > 0 && dropped < accepted, "dropped " + dropped + " of " + accepted);
            small.AutoAcknowledge = true;
            Assert.AreEqual("CONNACK 00 present", small.Connect());
            Assert.IsTrue(small.Last.Properties.IndexOf("dropped") < 0, small.Last.Properties);
            Assert.IsTrue(small.Next().StartsWith("PUBLISH u '"), small.Last.Text);
            sleeper.AutoAcknowledge = true;
            Assert.AreEqual("CONNACK 00 present", sleeper.Connect());
            Assert.IsTrue(sleeper.Last.Properties.IndexOf("dropped:" + dropped) >= 0, sleeper.Last.Properties);
            for (int i = 0; i < accepted + 1 - dropped; i++)
            {
                Assert.IsTrue(sleeper.Next().StartsWith("PUBLISH t '"), i + ": " + sleeper.Last.Text);
            }

            bench.Advance(60000);
            Assert.IsTrue(bench.Broker.Context.Resources.Step(Resource.StoreBytes) <= 1, "still refused");
        }

        // It ends what fills the store.
        [TestMethod]
        public void ACleanStartIsServedByAStoreThatItsOwnSessionFills()
        {
            BrokerBench bench = StoreBench.Make();
            Fill(bench);
            SimClient sleeper = bench.Client(V5, "sleeper");
            sleeper.Options.CleanStart = true;
            sleeper.Options.SessionExpiryIntervalS = 1000;
            Assert.AreEqual("CONNACK 00", sleeper.Connect());
            bench.CutPower();
            sleeper.Options.CleanStart = false;
            Assert.AreEqual("CONNACK 00 present", sleeper.Connect());
            Assert.AreEqual("", sleeper.NextAll());
        }

        [TestMethod]
        public void NewTermsAreKeptByAFullStore()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient other = bench.Client(V5, "other");
            other.Options.CleanStart = false;
            other.Options.SessionExpiryIntervalS = 10;
            other.Connect();
            Fill(bench);
            other.Disconnect();
            other.Options.SessionExpiryIntervalS = 1000;
            Assert.AreEqual("", other.Connect());

            // The flash's life paces commits by now.
            bench.Advance(10000);
            Assert.AreEqual("CONNACK 00 present", other.Next());
            bench.CutPower();
            bench.Advance(100000);
            Assert.AreEqual("CONNACK 00 present", other.Connect());
        }

        // What it had is lost, as the setting says, and told by Session Present 0; the others keep theirs.
        [TestMethod]
        public void FullStoreEndsTheSessionOfTheLargestQueueAway()
        {
            BrokerBench bench = StoreBench.Make();
            Assert.IsTrue(bench.Limits.TrySet("queue-full", "end-session"), bench.Limits.Error);
            SimClient sleeper = Expect.DurableSubscriber(bench, V5, "sleeper", "t", 1);
            sleeper.Disconnect();
            SimClient small = Expect.DurableSubscriber(bench, V5, "small", "u", 1);
            small.Disconnect();
            SimClient publisher = bench.Connect(V5, "p");
            int accepted = Fill(bench, publisher);

            Assert.IsTrue(publisher.Last.Text.EndsWith(" 97"), publisher.Last.Text);
            for (int i = 0; i < 200 && publisher.Last.Text.EndsWith(" 97"); i++)
            {
                bench.Advance(1000);
                Publish(bench, publisher);
            }

            // Nobody is subscribed any more.
            Assert.IsTrue(publisher.Last.Text.EndsWith(" 10"), publisher.Last.Text);
            Assert.AreEqual(accepted, (int)bench.Broker.Counters.Drops[DropReason.SessionEnded]);
            sleeper.Connect();
            small.AutoAcknowledge = true;
            small.Connect();

            // CONNACK waits for a commit, and that for the flash's life.
            bench.Advance(20000);
            Expect.All(sleeper, "CONNACK 00");
            Expect.Next(small, "CONNACK 00 present");
            Assert.IsTrue(small.Next().StartsWith("PUBLISH u '"), small.Last.Text);
            bench.Advance(60000);
            Assert.IsTrue(bench.Broker.Context.Resources.Step(Resource.StoreBytes) <= 1, "still refused");
        }

        // Or after a power cut it would be there again, without a message that was acknowledged.
        [TestMethod]
        public void ASessionThatMakesRoomHasEndedBeforeTheAcknowledgement()
        {
            BrokerBench bench = StoreBench.Make();
            Assert.IsTrue(bench.Limits.TrySet("queue-full", "end-session"), bench.Limits.Error);
            bench.Limits.PacketSizeMax = 1024;
            bench.Limits.SessionQueueBytesMax = 1200;
            SimClient sleeper = Expect.DurableSubscriber(bench, V5, "sleeper", "t", 1);
            sleeper.Disconnect();
            SimClient publisher = bench.Connect(V5, "p");
            Assert.AreEqual("PUBACK i1", Publish(bench, publisher));
            Assert.AreEqual("PUBACK i2", Publish(bench, publisher));
            StoreBench.Break(bench);
            publisher.Publish("t", s_payload, 1);
            Assert.AreEqual("", publisher.NextAll());
            Assert.AreEqual(1, bench.Broker.SessionCount);
            StoreBench.Mend(bench);
            Assert.AreEqual("PUBACK i3 10", publisher.NextAll());
            bench.CutPower();
            Assert.AreEqual("CONNACK 00", sleeper.Connect());
        }

        // Its queue has no room, and the store has none either: that would be lost for nothing.
        [TestMethod]
        public void NothingIsDroppedForAMessageThatAFullStoreRefuses()
        {
            BrokerBench bench = StoreBench.Make();
            Assert.IsTrue(bench.Limits.TrySet("queue-full", "drop-oldest"), bench.Limits.Error);
            bench.Limits.PacketSizeMax = 1024;
            bench.Limits.SessionQueueBytesMax = 1200;
            bench.Limits.RetainedMax = 1000;
            Expect.DurableSubscriber(bench, V5, "sleeper", "t", 1).Disconnect();
            SimClient publisher = bench.Connect(V5, "p");
            Assert.AreEqual("PUBACK i1", Publish(bench, publisher));
            Assert.AreEqual("PUBACK i2", Publish(bench, publisher));
            int count = 0;
            do
            {
                publisher.Publish("r/" + count++, s_payload, 1, true, null);
            }
            while (count < 1000 && !publisher.NextAll().EndsWith(" 97"));

            Assert.IsTrue(Publish(bench, publisher).EndsWith(" 97"), publisher.Last.Text);
            Assert.AreEqual(0, (int)bench.Broker.Counters.Drops[DropReason.QueueFull]);
        }

        // It is refused, since it can't be stored.
        [TestMethod]
        [DataRow("drop-oldest")]
        [DataRow("end-session")]
        public void NothingIsDroppedForAMessageWhileTheStorageFails(string policy)
        {
            BrokerBench bench = StoreBench.Make();
            Assert.IsTrue(bench.Limits.TrySet("queue-full", policy), bench.Limits.Error);
            bench.Limits.PacketSizeMax = 1024;
            bench.Limits.SessionQueueBytesMax = 1200;
            SimClient sleeper = Expect.DurableSubscriber(bench, V5, "sleeper", "t", 1);
            sleeper.Disconnect();
            SimClient publisher = bench.Connect(V5, "p");
            Assert.AreEqual("PUBACK i1", Publish(bench, publisher));
            Assert.AreEqual("PUBACK i2", Publish(bench, publisher));
            StoreBench.Break(bench);
            publisher.Publish("r", "x", 1, true, null);
            bench.Advance(6000);
            Expect.Disconnected(publisher, ReasonCode.ServerBusy);
            publisher.Connect();
            Assert.IsTrue(Publish(bench, publisher).EndsWith(" 97"), publisher.Last.Text);
            StoreBench.Mend(bench);
            sleeper.AutoAcknowledge = true;
            Assert.AreEqual("CONNACK 00 present", sleeper.Connect());
            Expect.All(sleeper, "PUBLISH t '*500' q1 i1; PUBLISH t '*500' q1 i2");
            Assert.AreEqual(0, (int)bench.Broker.Counters.Drops[DropReason.QueueFull]);
        }

        // What is retained for the first time at QoS 0 waits for room, and nothing waits behind it.
        [TestMethod]
        public void NewValuesOfWhatIsRetainedAreStoredByAFullStore()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient sensor = bench.Connect(V5, "sensor");
            sensor.Publish("r/1", "one", 1, true, null);
            sensor.Publish("r/2", "one", 1, true, null);
            sensor.Publish("r/1", "", 1, true, null);
            sensor.NextAll();
            Fill(bench);
            sensor.Publish("r/1", "two", 0, true, null);
            sensor.Publish("r/2", "two", 0, true, null);
            bench.Advance(30000);
            bench.CutPower();
            SimClient display = bench.Connect(V5, "display");
            display.Subscribe("r/#", 0);
            Expect.All(display, "SUBACK i1 00; PUBLISH r/2 'two' q0 retain");
        }

        // What is sent at QoS 2 is stored before, so it has to wait, and comes when there is room, though nothing else happens.
        [TestMethod]
        public void WhatIsRetainedComesWhenAFullStoreHasRoomAgain()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient sensor = bench.Connect(V5, "sensor");
            sensor.Publish("r", s_payload, 1, true, null);
            sensor.Publish("r", s_payload, 2, true, null);
            SimClient display = bench.Client(V5, "display");
            display.Options.CleanStart = false;
            display.Options.SessionExpiryIntervalS = 3600;
            display.Options.ReceiveMaximum = 1;
            display.Connect();
            Expect.Subscribed(display, "t", 1);
            sensor.Publish("t", "x", 1);
            Expect.All(display, "PUBLISH t 'x' q1 i1");
            Expect.Subscribed(display, "r", 2);
            Expect.Subscribed(display, "none", 0);
            display.Unsubscribe("t");
            display.NextAll();
            Fill(bench);
            display.Ack(PacketType.Puback, 1);
            bench.Advance(5000);
            Expect.Nothing(display);
            SimClient sleeper = bench.Client(V5, "sleeper");
            sleeper.AutoAcknowledge = true;
            sleeper.Options.CleanStart = false;
            sleeper.Options.SessionExpiryIntervalS = 1000;
            sleeper.Connect();
            bench.Advance(30000);
            Expect.All(display, "PUBLISH r '*500' q2 i2 retain");
        }

        // Acknowledgements share commits then, and come later; nobody is refused anything.
        [TestMethod]
        public void UsedUpWearIsShownAndRefusesNothing()
        {
            BrokerBench bench = StoreBench.Make();
            Expect.DurableSubscriber(bench, V5, "sleeper", "t", 1).Disconnect();
            SimClient publisher = bench.Connect(V5, "p");
            int count = StoreBench.UseUpWear(bench, publisher, "t");
            bench.Advance(2000);
            Assert.AreEqual(1, bench.Broker.Context.Resources.Step(Resource.Wear));
            bench.Advance(bench.Limits.CommitIntervalMaxMs);
            for (int i = 1; i <= count; i++)
            {
                Assert.AreEqual("PUBACK i" + i, publisher.Next());
            }
        }

        // The queue of one that is away fills the store.
        private static void Fill(BrokerBench bench)
        {
            Expect.DurableSubscriber(bench, V5, "sleeper", "t", 1).Disconnect();
            SimClient publisher = bench.Connect(V5, "p");
            int count = 0;
            while (!Publish(bench, publisher).EndsWith(" 97"))
            {
                count++;
                Assert.IsTrue(count < 1000);
            }
        }

        // One message for who is small, and as many as are taken for the sleeper. Returns how many those are.
        private static int Fill(BrokerBench bench, SimClient publisher)
        {
            publisher.Publish("u", s_payload, 1);
            Assert.AreEqual("PUBACK i1", publisher.Next());
            int accepted = 0;
            while (accepted < 1000 && Publish(bench, publisher) == "PUBACK i" + (accepted + 2))
            {
                accepted++;
            }

            return accepted;
        }

        private static string Publish(BrokerBench bench, SimClient publisher)
        {
            publisher.Publish("t", s_payload, 1);
            string answer = publisher.Next();
            if (answer.Length == 0)
            {
                bench.Advance(20000);
                answer = publisher.Next();
            }

            return answer;
        }

        private static void AssertShown(BrokerBench bench, string step)
        {
            SimClient display = bench.Connect(V5, "display");
            display.Subscribe("$SYS/broker/overload/store-bytes", 0);
            Expect.All(display, "SUBACK i1 00; PUBLISH $SYS/broker/overload/store-bytes '" + step + "' q0 retain");
            display.Disconnect();
        }
    }
}
