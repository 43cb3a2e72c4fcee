#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;

namespace EdgeBroker.Tests.Storing
{
    /// <summary>PUBACK leaves when the message is safe: acknowledged by every durable Session it went to, or committed.</summary>
    [TestClass]
    public class QoS1Tests
    {
        [TestMethod]
        public void QuickSubscriberCostsNoCommit()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient display = Subscriber(bench, "display");
            SimClient sensor = bench.Connect(ProtocolLevel.V5, "sensor");
            long commits = StoreBench.Commits(bench);
            sensor.Publish("t", "a", 1);
            Assert.AreEqual("", sensor.Next());
            Assert.AreEqual("PUBLISH t 'a' q1 i1", display.Next());
            display.Ack(PacketType.Puback, 1);
            Assert.AreEqual("PUBACK i1", sensor.Next());
            Assert.AreEqual(commits, StoreBench.Commits(bench));
        }

        [TestMethod]
        public void SlowSubscriberIsWaitedForUpToTheHold()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient display = Subscriber(bench, "display");
            SimClient sensor = bench.Connect(ProtocolLevel.V5, "sensor");
            sensor.Publish("t", "a", 1);
            Assert.AreEqual("", sensor.Next());
            bench.Advance(299);
            Assert.AreEqual("", sensor.Next());
            bench.Advance(1);
            Assert.AreEqual("PUBACK i1", sensor.Next());
            bench.CutPower();
            Assert.AreEqual("CONNACK 00 present", display.Connect());
            Assert.AreEqual("PUBLISH t 'a' q1 i1 dup", display.Next());
        }

        [TestMethod]
        public void AfterAMissedHoldItIsCommittedAtOnceUntilTheClientIsQuickAgain()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient display = Subscriber(bench, "display");
            SimClient sensor = bench.Connect(ProtocolLevel.V5, "sensor");
            sensor.Publish("t", "a", 1);
            bench.Advance(300);
            Assert.AreEqual("PUBACK i1", sensor.Next());
            display.Ack(PacketType.Puback, 1);
            bench.Run();
            sensor.Publish("t", "b", 1);
            Assert.AreEqual("PUBACK i2", sensor.Next());
            display.Ack(PacketType.Puback, 2);
            bench.Run();
            sensor.Publish("t", "c", 1);
            Assert.AreEqual("", sensor.Next());
        }

        [TestMethod]
        public void AcknowledgementsLeaveInTheOrderOfTheMessages()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient display = Subscriber(bench, "display");
            SimClient sensor = bench.Connect(ProtocolLevel.V5, "sensor");
            sensor.Publish("t", "a", 1);
            sensor.Publish("nobody", "b", 1);
            sensor.Publish("nobody", "c", 2);
            Assert.AreEqual("", sensor.Next());
            display.Ack(PacketType.Puback, 1);
            Assert.AreEqual("PUBACK i1; PUBACK i2 10; PUBREC i3", sensor.NextAll());
        }

        [TestMethod]
        public void ADuplicateOfWhatIsHeldBackIsTheSameMessage()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient display = Subscriber(bench, "display");
            SimClient sensor = bench.Connect(ProtocolLevel.V311, "sensor");
            sensor.PublishAgain("t", "a", 1, false, false, 5, null);
            sensor.PublishAgain("t", "a", 1, false, true, 5, null);
            Assert.AreEqual("PUBLISH t 'a' q1 i1", display.NextAll());
            display.Ack(PacketType.Puback, 1);
            Assert.AreEqual("PUBACK i5", sensor.NextAll());
        }

        [TestMethod]
        public void AMessageStaysWhenItsPublisherGoes()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient display = Subscriber(bench, "display");
            SimClient sensor = bench.Connect(ProtocolLevel.V5, "sensor");
            sensor.Publish("t", "a", 1);
            bench.Run();
            sensor.Close();
            bench.Advance(300);
            bench.CutPower();
            Assert.AreEqual("CONNACK 00 present", display.Connect());
            Assert.AreEqual("PUBLISH t 'a' q1 i1 dup", display.Next());
        }

        [TestMethod]
        public void ASessionThatGoesAwayTakesWhatItOwesToTheFlash()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient display = Subscriber(bench, "display");
            SimClient sensor = bench.Connect(ProtocolLevel.V5, "sensor");
            sensor.Publish("t", "a", 1);
            Assert.AreEqual("", sensor.Next());
            display.Close();
            Assert.AreEqual("PUBACK i1", sensor.Next());
            bench.CutPower();
            Assert.AreEqual("CONNACK 00 present", display.Connect());
            Assert.AreEqual("PUBLISH t 'a' q1 i1 dup", display.Next());
        }

        [TestMethod]
        public void TheOwnMessageIsNotWaitedFor()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient display = Subscriber(bench, "display");
            display.Publish("t", "a", 1);
            Assert.AreEqual("PUBLISH t 'a' q1 i1; PUBACK i2", display.NextAll());
        }

        [TestMethod]
        public void NoAcknowledgementLeavesBeforeTheCommit()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient display = Subscriber(bench, "display");
            display.Close();
            SimClient sensor = bench.Connect(ProtocolLevel.V5, "sensor");
            StoreBench.Break(bench);
            sensor.Publish("t", "a", 1);
            sensor.Ping();
            Assert.AreEqual("", sensor.NextAll());
            StoreBench.Mend(bench);
            Assert.AreEqual("PUBACK i1; PINGRESP", sensor.NextAll());
            bench.CutPower();
            Assert.AreEqual("CONNACK 00 present", display.Connect());
            Assert.AreEqual("PUBLISH t 'a' q1 i1", display.Next());
        }

        [TestMethod]
        public void AConnectionThatWaitsForACommitLetsTheBrokerRest()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient away = Subscriber(bench, "away");
            away.Close();
            SimClient both = bench.Connect(ProtocolLevel.V5, "both");
            both.Subscribe("u", 0);
            Assert.AreEqual("SUBACK i1 00", both.Next());
            both.SetReading(false, 16);
            SimClient sensor = bench.Connect(ProtocolLevel.V5, "sensor");
            sensor.Publish("u", "more than there is room for", 0);
            bench.Run();
            StoreBench.Break(bench);
            both.Publish("t", "a", 1);
            bench.Run();
            both.SetReading(true, 65536);
            Assert.AreEqual("PUBLISH u 'more than there is room for' q0", both.NextAll());
            StoreBench.Mend(bench);
            Assert.AreEqual("PUBACK i2", both.NextAll());
        }

        [TestMethod]
        public void OneMessageForSeveralIsThereForEach()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient[] displays = new SimClient[3];
            for (int i = 0; i < displays.Length; i++)
            {
                displays[i] = Subscriber(bench, "display" + i);
                displays[i].Close();
            }

            SimClient sensor = bench.Connect(ProtocolLevel.V5, "sensor");
            sensor.Publish("t", "a", 1);
            sensor.Publish("t", "b", 1);
            Assert.AreEqual("PUBACK i1; PUBACK i2", sensor.NextAll());
            Assert.AreEqual("CONNACK 00 present", displays[1].Connect());
            Assert.AreEqual("PUBLISH t 'a' q1 i1; PUBLISH t 'b' q1 i2", displays[1].NextAll());
            displays[1].Ack(PacketType.Puback, 1);
            bench.Advance(10000);
            bench.CutPower();
            Assert.AreEqual("CONNACK 00 present", displays[0].Connect());
            Assert.AreEqual("PUBLISH t 'a' q1 i1; PUBLISH t 'b' q1 i2", displays[0].NextAll());
            Assert.AreEqual("CONNACK 00 present", displays[1].Connect());
            Assert.AreEqual("PUBLISH t 'b' q1 i1", displays[1].NextAll());
            Assert.AreEqual("CONNACK 00 present", displays[2].Connect());
            Assert.AreEqual("PUBLISH t 'a' q1 i1; PUBLISH t 'b' q1 i2", displays[2].NextAll());
        }

        // [MQTT5-3.3.2-6]
        [TestMethod]
        [DataRow(1, "5")]
        [DataRow(400, "5")]
        [DataRow(999, "4")]
        [DataRow(4600, "1")]
        public void WhatIsLeftOfAnExpiryIsNotMoreForHavingBeenStored(int waitedMs, string leftS)
        {
            BrokerBench bench = StoreBench.Make();
            SimClient display = Subscriber(bench, "display");
            display.Close();
            SimClient sensor = bench.Connect(ProtocolLevel.V5, "sensor");
            bench.Advance(1100);
            sensor.Publish("t", "a", 1, false, new PropertyList().UInt32(PropertyId.MessageExpiryInterval, 5));
            Assert.AreEqual("PUBACK i1", sensor.Next());
            bench.Advance(waitedMs);
            Assert.AreEqual("CONNACK 00 present", display.Connect());
            Assert.AreEqual("PUBLISH t 'a' q1 i1 {expiry=" + leftS + "}", display.Next());
        }

        private static SimClient Subscriber(BrokerBench bench, string name)
        {
            SimClient client = bench.ConnectDurable(ProtocolLevel.V5, name);
            client.Subscribe("t", 1);
            Assert.AreEqual("SUBACK i1 01", client.Next());
            return client;
        }
    }
}
