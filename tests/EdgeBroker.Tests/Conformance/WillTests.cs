using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests.Conformance
{
    /// <summary>Wills: when they are published, how, and when not.</summary>
    [TestClass]
    public class WillTests
    {
        // [MQTT-3.1.2-8] [MQTT-3.1.2-10] [MQTT-3.1.2-16] [MQTT5-3.1.2-7] [MQTT5-3.1.2-8] [MQTT5-3.1.2-10] [MQTT5-3.1.2-14]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void WillIsPublishedOnceWhenTheConnectionBreaks(int level)
        {
            WillBench bench = new WillBench();
            SimClient client = bench.Connect(level, 0, false);
            Assert.AreEqual("", bench.Watcher.NextAll());
            client.Reset();
            Assert.AreEqual("PUBLISH w 'gone' q1 i1", bench.Watcher.NextAll());
            Assert.AreEqual(0, bench.Broker.Broker.RetainedCount);

            client.Options.WillTopic = null;
            client.Connect();
            client.Reset();
            Assert.AreEqual("", bench.Watcher.NextAll());
        }

        // [MQTT-3.1.2-17] [MQTT5-3.1.2-15]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void WillRetainMakesItARetainedMessage(int level)
        {
            WillBench bench = new WillBench();
            SimClient client = bench.Connect(level, 0, true);
            client.Reset();
            Assert.AreEqual("PUBLISH w 'gone' q1 i1", bench.Watcher.NextAll());
            SimClient late = bench.Broker.Connect(level, "late");
            late.Subscribe("w", 0);
            Assert.AreEqual("SUBACK i1 00; PUBLISH w 'gone' q0 retain", late.NextAll());
        }

        // [MQTT-3.1.2-10] [MQTT-3.14.4-3] [MQTT5-3.1.2-8] [MQTT5-3.1.2-10] [MQTT5-3.14.4-3]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void DisconnectDiscardsTheWill(int level)
        {
            WillBench bench = new WillBench();
            bench.Connect(level, 0, false).Disconnect();
            bench.Broker.Advance(100000);
            Assert.AreEqual("", bench.Watcher.NextAll());
        }

        // [MQTT5-3.1.2-8]
        [TestMethod]
        public void DisconnectWithWillPublishesIt()
        {
            WillBench bench = new WillBench();
            bench.Connect(ProtocolLevel.V5, 0, false).Disconnect(ReasonCode.DisconnectWithWillMessage, -1);
            Assert.AreEqual("PUBLISH w 'gone' q1 i1", bench.Watcher.NextAll());
        }

        // [MQTT-3.1.2-12]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void WithoutAWillNothingIsPublished(int level)
        {
            WillBench bench = new WillBench();
            bench.Broker.Connect(level, "c").Reset();
            Assert.AreEqual("", bench.Watcher.NextAll());
            Assert.AreEqual(0, bench.Broker.Events.CountOf(Ports.BrokerEvent.WillPublished));
        }

        // [MQTT-3.1.2-8] [MQTT5-3.1.2-8] [MQTT-3.1.2-24] [MQTT5-3.1.2-22] [MQTT-4.8.0-1]
        [TestMethod]
        [DataRow(ProtocolLevel.V311, true)]
        [DataRow(ProtocolLevel.V5, true)]
        [DataRow(ProtocolLevel.V311, false)]
        [DataRow(ProtocolLevel.V5, false)]
        public void SilenceAndProtocolErrorsPublishTheWill(int level, bool isSilent)
        {
            WillBench bench = new WillBench();
            SimClient client = bench.Connect(level, 0, false);
            if (isSilent)
            {
                bench.Broker.Advance(15000);
            }
            else
            {
                client.SendHex("F0 00");
            }

            Assert.AreEqual("PUBLISH w 'gone' q1 i1", bench.Watcher.NextAll());
            string code = isSilent ? "8D" : "82";
            Assert.AreEqual(level == ProtocolLevel.V5 ? "DISCONNECT " + code + "; closed" : "closed", client.NextAll());
        }

        // [MQTT5-3.1.2-7] [MQTT5-3.1.2-8] [MQTT5-3.1.3-9]
        [TestMethod]
        public void DelayedWillWaitsAndIsStoppedByAReturn()
        {
            WillBench bench = new WillBench();
            SimClient client = bench.Connect(ProtocolLevel.V5, 10, false);
            client.Reset();
            bench.Broker.Advance(9999);
            Assert.AreEqual("", bench.Watcher.NextAll());
            client.Options.CleanStart = false;
            Assert.AreEqual("CONNACK 00 present", client.Connect());
            bench.Broker.Advance(10000);
            Assert.AreEqual("", bench.Watcher.NextAll());

            client.Reset();
            bench.Broker.Advance(10000);
            Assert.AreEqual("PUBLISH w 'gone' q1 i1", bench.Watcher.NextAll());
        }

        // [MQTT5-3.1.2-8]
        [TestMethod]
        public void DelayedWillIsPublishedAtTheEndOfTheSession()
        {
            WillBench bench = new WillBench();
            SimClient client = bench.Connect(ProtocolLevel.V5, 1000, false);
            client.Reset();
            bench.Broker.Advance(99999);
            Assert.AreEqual("", bench.Watcher.NextAll());
            bench.Broker.Advance(1);
            Assert.AreEqual("PUBLISH w 'gone' q1 i1", bench.Watcher.NextAll());

            client.Connect();
            client.Reset();
            client.Options.CleanStart = true;
            client.Options.WillTopic = null;
            client.Connect();
            bench.Watcher.Ack(PacketType.Puback, 1);
            Assert.AreEqual("PUBLISH w 'gone' q1 i2", bench.Watcher.NextAll());
        }
    }
}
