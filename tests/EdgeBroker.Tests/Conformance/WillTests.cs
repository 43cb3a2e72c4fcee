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
        private readonly BrokerBench _bench = new BrokerBench();
        private SimClient _watcher;

        // [MQTT-3.1.2-8] [MQTT-3.1.2-10] [MQTT-3.1.2-16] [MQTT5-3.1.2-7] [MQTT5-3.1.2-8] [MQTT5-3.1.2-10] [MQTT5-3.1.2-14]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void WillIsPublishedOnceWhenTheConnectionBreaks(int level)
        {
            SimClient client = Connect(level, 0, false);
            Assert.AreEqual("", _watcher.NextAll());
            client.Reset();
            Assert.AreEqual("PUBLISH w 'gone' q1 i1", _watcher.NextAll());
            Assert.AreEqual(0, _bench.Broker.RetainedCount);

            client.Options.WillTopic = null;
            client.Connect();
            client.Reset();
            Assert.AreEqual("", _watcher.NextAll());
        }

        // [MQTT-3.1.2-17] [MQTT5-3.1.2-15]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void WillRetainMakesItARetainedMessage(int level)
        {
            SimClient client = Connect(level, 0, true);
            client.Reset();
            Assert.AreEqual("PUBLISH w 'gone' q1 i1", _watcher.NextAll());
            SimClient late = _bench.Connect(level, "late");
            late.Subscribe("w", 0);
            Assert.AreEqual("SUBACK i1 00; PUBLISH w 'gone' q0 retain", late.NextAll());
        }

        // [MQTT-3.1.2-10] [MQTT-3.14.4-3] [MQTT5-3.1.2-8] [MQTT5-3.1.2-10] [MQTT5-3.14.4-3]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void DisconnectDiscardsTheWill(int level)
        {
            Connect(level, 0, false).Disconnect();
            _bench.Advance(100000);
            Assert.AreEqual("", _watcher.NextAll());
        }

        // [MQTT5-3.1.2-8]
        [TestMethod]
        public void DisconnectWithWillPublishesIt()
        {
            Connect(ProtocolLevel.V5, 0, false).Disconnect(ReasonCode.DisconnectWithWillMessage, -1);
            Assert.AreEqual("PUBLISH w 'gone' q1 i1", _watcher.NextAll());
        }

        // [MQTT-3.1.2-12]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void WithoutAWillNothingIsPublished(int level)
        {
            Watch();
            _bench.Connect(level, "c").Reset();
            Assert.AreEqual("", _watcher.NextAll());
            Assert.AreEqual(0, _bench.Events.CountOf(Ports.BrokerEvent.WillPublished));
        }

        // [MQTT-3.1.2-8] [MQTT5-3.1.2-8] [MQTT-3.1.2-24] [MQTT5-3.1.2-22] [MQTT-4.8.0-1]
        [TestMethod]
        [DataRow(ProtocolLevel.V311, true)]
        [DataRow(ProtocolLevel.V5, true)]
        [DataRow(ProtocolLevel.V311, false)]
        [DataRow(ProtocolLevel.V5, false)]
        public void SilenceAndProtocolErrorsPublishTheWill(int level, bool isSilent)
        {
            SimClient client = Connect(level, 0, false);
            if (isSilent)
            {
                _bench.Advance(15000);
            }
            else
            {
                client.SendHex("F0 00");
            }

            Assert.AreEqual("PUBLISH w 'gone' q1 i1", _watcher.NextAll());
            string code = isSilent ? "8D" : "82";
            Assert.AreEqual(level == ProtocolLevel.V5 ? "DISCONNECT " + code + "; closed" : "closed", client.NextAll());
        }

        // [MQTT5-3.1.2-7] [MQTT5-3.1.2-8] [MQTT5-3.1.3-9]
        [TestMethod]
        public void DelayedWillWaitsAndIsStoppedByAReturn()
        {
            SimClient client = Connect(ProtocolLevel.V5, 10, false);
            client.Reset();
            _bench.Advance(9999);
            Assert.AreEqual("", _watcher.NextAll());
            client.Options.CleanStart = false;
            Assert.AreEqual("CONNACK 00 present", client.Connect());
            _bench.Advance(10000);
            Assert.AreEqual("", _watcher.NextAll());

            client.Reset();
            _bench.Advance(10000);
            Assert.AreEqual("PUBLISH w 'gone' q1 i1", _watcher.NextAll());
        }

        // [MQTT5-3.1.2-8]
        [TestMethod]
        public void DelayedWillIsPublishedAtTheEndOfTheSession()
        {
            SimClient client = Connect(ProtocolLevel.V5, 1000, false);
            client.Reset();
            _bench.Advance(99999);
            Assert.AreEqual("", _watcher.NextAll());
            _bench.Advance(1);
            Assert.AreEqual("PUBLISH w 'gone' q1 i1", _watcher.NextAll());

            client.Connect();
            client.Reset();
            client.Options.CleanStart = true;
            client.Options.WillTopic = null;
            client.Connect();
            _watcher.Ack(PacketType.Puback, 1);
            Assert.AreEqual("PUBLISH w 'gone' q1 i2", _watcher.NextAll());
        }

        private void Watch()
        {
            _watcher = _bench.Connect(ProtocolLevel.V5, "watcher");
            _watcher.Subscribe("#", 1);
            _watcher.NextAll();
        }

        private SimClient Connect(int level, int delayS, bool retain)
        {
            Watch();
            SimClient client = _bench.Client(level, "c");
            client.Options.KeepAliveS = 10;
            client.Options.WillTopic = Bytes.OfText("w");
            client.Options.WillPayload = Bytes.OfText("gone");
            client.Options.WillQoS = 1;
            client.Options.WillRetain = retain;
            if (delayS > 0)
            {
                client.Options.KeepAliveS = 0;
                client.Options.WillDelayIntervalS = delayS;
                client.Options.SessionExpiryIntervalS = 100;
            }

            Assert.AreEqual("CONNACK 00", client.Connect());
            return client;
        }
    }
}
