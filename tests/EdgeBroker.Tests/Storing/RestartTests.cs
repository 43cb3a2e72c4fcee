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
    /// <summary>What a power cut leaves, on the simulated flash of a device.</summary>
    [TestClass]
    public class RestartTests
    {
        [TestMethod]
        public void SessionAndSubscriptionsAreThereAgain()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient sensor = bench.ConnectDurable(ProtocolLevel.V5, "sensor");
            sensor.Subscribe("t/#", 1 | SubscriptionOptions.RetainAsPublished, 7);
            Assert.AreEqual("SUBACK i1 01", sensor.Next());
            sensor.Subscribe("u", 2);
            Assert.AreEqual("SUBACK i2 02", sensor.Next());

            bench.CutPower();

            Assert.AreEqual("CONNACK 00 present", sensor.Connect());
            SimClient other = bench.Connect(ProtocolLevel.V5, "other");
            other.Publish("t/1", "a", 1, true, null);
            Assert.AreEqual("", other.Next());
            Assert.AreEqual("PUBLISH t/1 'a' q1 i1 retain {sub=7}", sensor.Next());
            Expect.Next(other, "");
        }

        [TestMethod]
        public void QueuedMessagesComeInOrder()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient sleeper = bench.ConnectDurable(ProtocolLevel.V311, "sleeper");
            sleeper.Subscribe("t", 2);
            Assert.AreEqual("SUBACK i1 02", sleeper.Next());
            sleeper.Disconnect();
            SimClient other = bench.Connect(ProtocolLevel.V5, "other");
            other.Publish("t", "one", 1);
            Assert.AreEqual("PUBACK i1", other.Next());
            other.Publish("t", "two", 2);
            Assert.AreEqual("PUBREC i2", other.Next());
            other.Publish("t", "three", 1);
            Assert.AreEqual("PUBACK i3", other.Next());

            bench.CutPower();

            Assert.AreEqual("CONNACK 00 present", sleeper.Connect());
            Assert.AreEqual("PUBLISH t 'one' q1 i1; PUBLISH t 'two' q2 i2; PUBLISH t 'three' q1 i3", sleeper.NextAll());
        }
    }
}
