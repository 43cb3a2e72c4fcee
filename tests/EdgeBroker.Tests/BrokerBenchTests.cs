using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests
{
    [TestClass]
    public class BrokerBenchTests
    {
        [TestMethod]
        public void MessageOfOneVersionReachesClientOfTheOther()
        {
            BrokerBench bench = new BrokerBench();
            SimClient sensor = bench.Connect(ProtocolLevel.V311, "sensor");
            SimClient display = bench.Connect(ProtocolLevel.V5, "display");

            display.Subscribe("t/#", 1);
            Assert.AreEqual("SUBACK i1 01", display.Next());
            sensor.Publish("t/1", "20.5", 1);
            Assert.AreEqual("PUBACK i1", sensor.Next());
            Assert.AreEqual("PUBLISH t/1 '20.5' q1 i1", display.Next());
            display.Ack(PacketType.Puback, 1);
            Assert.AreEqual("", display.Next());

            sensor.Disconnect();
            display.Disconnect();
            Leaks.AssertNone(bench);
        }

        [TestMethod]
        public void TimePassesOnlyWhenItIsToldTo()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Client(ProtocolLevel.V5, "c");
            client.Options.KeepAliveS = 10;
            Assert.AreEqual("CONNACK 00", client.Connect());

            bench.Advance(14999);
            Assert.AreEqual("", client.Next());
            bench.Advance(1);
            Assert.AreEqual("DISCONNECT 8D", client.Next());
            Assert.AreEqual("closed", client.Next());
        }
    }
}
