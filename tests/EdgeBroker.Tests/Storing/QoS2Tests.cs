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
    /// <summary>QoS 2 through power cuts: exactly once in both directions.</summary>
    [TestClass]
    public class QoS2Tests
    {
        [TestMethod]
        public void WhatWasReceivedIsKnownAfterACut()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient display = Subscriber(bench);
            display.Close();
            SimClient sensor = bench.ConnectDurable(ProtocolLevel.V311, "sensor");
            sensor.PublishAgain("t", "a", 2, false, false, 5, null);
            Assert.AreEqual("PUBREC i5", sensor.Next());
            bench.CutPower();
            Assert.AreEqual("CONNACK 00 present", sensor.Connect());
            sensor.PublishAgain("t", "a", 2, false, true, 5, null);
            Assert.AreEqual("PUBREC i5", sensor.Next());
            sensor.Ack(PacketType.Pubrel, 5);
            Assert.AreEqual("PUBCOMP i5", sensor.Next());
            Assert.AreEqual("CONNACK 00 present", display.Connect());
            Assert.AreEqual("PUBLISH t 'a' q2 i1", display.NextAll());
        }

        [TestMethod]
        public void AnIdentifierThatWasReleasedIsFreeAfterACut()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient display = Subscriber(bench);
            display.Close();
            SimClient sensor = bench.ConnectDurable(ProtocolLevel.V311, "sensor");
            sensor.PublishAgain("t", "a", 2, false, false, 5, null);
            Assert.AreEqual("PUBREC i5", sensor.Next());
            sensor.Ack(PacketType.Pubrel, 5);
            Assert.AreEqual("PUBCOMP i5", sensor.Next());
            bench.CutPower();
            Assert.AreEqual("CONNACK 00 present", sensor.Connect());
            sensor.PublishAgain("t", "b", 2, false, false, 5, null);
            Assert.AreEqual("PUBREC i5", sensor.Next());
            Assert.AreEqual("CONNACK 00 present", display.Connect());
            Assert.AreEqual("PUBLISH t 'a' q2 i1; PUBLISH t 'b' q2 i2", display.NextAll());
        }

        [TestMethod]
        public void WhatWasSentKeepsItsIdentifier()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient display = Subscriber(bench);
            SimClient sensor = bench.Connect(ProtocolLevel.V5, "sensor");
            sensor.Publish("t", "a", 2);
            sensor.Publish("t", "b", 2);
            Assert.AreEqual("PUBLISH t 'a' q2 i1; PUBLISH t 'b' q2 i2", display.NextAll());
            display.Ack(PacketType.Pubrec, 1);
            Assert.AreEqual("PUBREL i1", display.Next());
            bench.CutPower();
            Assert.AreEqual("CONNACK 00 present", display.Connect());
            Assert.AreEqual("PUBREL i1; PUBLISH t 'b' q2 i2 dup", display.NextAll());
        }

        [TestMethod]
        public void WhatWasQueuedKeepsTheIdentifierItWasSentWith()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient display = Subscriber(bench);
            display.Close();
            SimClient sensor = bench.Connect(ProtocolLevel.V5, "sensor");
            sensor.Publish("t", "a", 1);
            sensor.Publish("t", "b", 2);
            bench.Run();
            Assert.AreEqual("CONNACK 00 present", display.Connect());
            Assert.AreEqual("PUBLISH t 'a' q1 i1; PUBLISH t 'b' q2 i2", display.NextAll());
            bench.CutPower();
            Assert.AreEqual("CONNACK 00 present", display.Connect());
            Assert.AreEqual("PUBLISH t 'a' q1 i3 dup; PUBLISH t 'b' q2 i2 dup", display.NextAll());
        }

        [TestMethod]
        public void NothingLeavesBeforeTheCommit()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient display = Subscriber(bench);
            SimClient sensor = bench.Connect(ProtocolLevel.V5, "sensor");
            sensor.Publish("t", "a", 2);
            StoreBench.Break(bench);
            Assert.AreEqual("", sensor.NextAll());
            Assert.AreEqual("", display.NextAll());
            StoreBench.Mend(bench);
            Assert.AreEqual("PUBREC i1", sensor.NextAll());
            Assert.AreEqual("PUBLISH t 'a' q2 i1", display.NextAll());
            StoreBench.Break(bench);
            display.Ack(PacketType.Pubrec, 1);
            Assert.AreEqual("", display.NextAll());
            StoreBench.Mend(bench);
            Assert.AreEqual("PUBREL i1", display.NextAll());
        }

        [TestMethod]
        public void WithoutADurablePartyNothingIsCommitted()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient display = bench.Connect(ProtocolLevel.V5, "display");
            display.Subscribe("t", 2);
            Assert.AreEqual("SUBACK i1 02", display.Next());
            SimClient sensor = bench.Connect(ProtocolLevel.V5, "sensor");
            long commits = StoreBench.Commits(bench);
            sensor.Publish("t", "a", 2);
            Assert.AreEqual("PUBREC i1", sensor.Next());
            Assert.AreEqual("PUBLISH t 'a' q2 i1", display.Next());
            Assert.AreEqual(commits, StoreBench.Commits(bench));
        }

        private static SimClient Subscriber(BrokerBench bench)
        {
            SimClient client = bench.ConnectDurable(ProtocolLevel.V5, "display");
            client.Subscribe("t", 2);
            Assert.AreEqual("SUBACK i1 02", client.Next());
            return client;
        }
    }
}
