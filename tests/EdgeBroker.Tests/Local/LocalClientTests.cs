using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests.Local
{
    /// <summary>The client inside the process.</summary>
    [TestClass]
    public class LocalClientTests
    {
        [TestMethod]
        public void PublishesToClientsAndGetsTheirMessages()
        {
            BrokerBench bench = new BrokerBench();
            RecordingHandler handler = new RecordingHandler();
            LocalClient local = bench.Broker.CreateLocalClient("firmware", handler);
            Assert.AreEqual(2, local.Subscribe("in/#", 2));
            SimClient remote = Expect.Subscriber(bench, ProtocolLevel.V311, "r", "out/#", 1);
            Assert.AreEqual(ReasonCode.Success, local.Publish("out/1", Bytes.OfText("hello"), 2, false));
            Assert.AreEqual(ReasonCode.NoMatchingSubscribers, local.Publish("nobody", Bytes.OfText("x"), 1, false));
            Expect.All(remote, "PUBLISH out/1 'hello' q1 i1");
            remote.Publish("in/0", "a", 0);
            remote.Publish("in/1", "b", 1);
            remote.Publish("in/2", new string('c', 40), 2);
            Expect.All(remote, "PUBACK i2; PUBREC i3");

            Assert.AreEqual("in/0 'a' q0; in/1 'b' q1; in/2 '" + new string('c', 40) + "' q2", handler.Log);
        }

        [TestMethod]
        public void WhatIsPublishedBetweenTicksIsNotPutOff()
        {
            BrokerBench bench = new BrokerBench();
            LocalClient local = bench.Broker.CreateLocalClient("firmware", null);
            SimClient remote = Expect.Subscriber(bench, ProtocolLevel.V311, "r", "out/#", 1);
            bench.Broker.Tick(1000);
            Assert.IsTrue(bench.Network.LastTimeoutMs > 0);
            local.Publish("out/1", Bytes.OfText("hello"), 0, false);
            bench.Broker.Tick(1000);

            Assert.AreEqual(0, bench.Network.LastTimeoutMs);
            Expect.All(remote, "PUBLISH out/1 'hello' q0");
        }

        [TestMethod]
        public void SubscribingHandsOverRetainedMessagesAtTheLowerQoS()
        {
            BrokerBench bench = new BrokerBench();
            RecordingHandler handler = new RecordingHandler();
            LocalClient local = bench.Broker.CreateLocalClient("firmware", handler);
            local.Publish("a/1", Bytes.OfText("x"), 2, true);
            local.Publish("a/2", Bytes.OfText("y"), 0, true);
            local.Publish("b", Bytes.OfText("z"), 1, true);
            local.Subscribe("a/+", 1);

            Assert.AreEqual("a/1 'x' q1 retain; a/2 'y' q0 retain", handler.Log);
        }

        [TestMethod]
        public void ArgumentsAreChecked()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.PacketSizeMax = 128;
            LocalClient local = bench.Broker.CreateLocalClient("firmware", null);
            byte[] payload = Bytes.OfText("x");
            Assert.AreEqual(ReasonCode.TopicNameInvalid, local.Publish("a/#", payload, 0, false));
            Assert.AreEqual(ReasonCode.TopicNameInvalid, local.Publish("", payload, 0, false));
            Assert.AreEqual(ReasonCode.QoSNotSupported, local.Publish("a", payload, 3, false));
            Assert.AreEqual(ReasonCode.PacketTooLarge, local.Publish("a", new byte[128], 0, false));
            Assert.AreEqual(ReasonCode.TopicFilterInvalid, local.Subscribe("a#", 0));
            Assert.AreEqual(ReasonCode.TopicFilterInvalid, local.Subscribe("$share/g/t", 0));
            Assert.AreEqual(ReasonCode.TopicFilterInvalid, local.Subscribe("a", 3));
            Assert.IsFalse(local.Unsubscribe("a"));
            Assert.IsNull(bench.Broker.CreateLocalClient("firmware", null));
            Assert.IsNull(bench.Broker.CreateLocalClient("", null));
        }

        [TestMethod]
        public void NameIsTakenForRemoteClients()
        {
            BrokerBench bench = new BrokerBench();
            bench.Broker.CreateLocalClient("firmware", null);
            SimClient thief = bench.Client(ProtocolLevel.V311, "firmware");
            Assert.AreEqual("CONNACK 02", thief.Connect());
            thief = bench.Client(ProtocolLevel.V5, "firmware");
            Assert.AreEqual("CONNACK 85", thief.Connect()); // [MQTT5-3.1.3-8]
        }

        [TestMethod]
        [DataRow("publish", "in/1 'x' q1; in/2 'y' q1")]
        [DataRow("publish to self", "in/1 'x' q1; in/2 'y' q1; in/again 'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyy' q1")]
        [DataRow("subscribe", "in/1 'x' q1; kept/1 'k' q1 retain; in/2 'y' q1")]
        [DataRow("unsubscribe", "in/1 'x' q1; in/2 'y' q1")]
        [DataRow("close", "in/1 'x' q1")]
        public void HandlerMayActInTheMiddleOfAMessage(string action, string log)
        {
            BrokerBench bench = new BrokerBench();
            RecordingHandler handler = new RecordingHandler();
            LocalClient local = bench.Broker.CreateLocalClient("firmware", handler);
            handler.Client = local;
            local.Publish("kept/1", Bytes.OfText("k"), 1, true);
            local.Subscribe("in/#", 1);
            handler.Action = action;
            SimClient remote = Expect.Subscriber(bench, ProtocolLevel.V311, "r", "reply/#", 0);
            remote.Publish("in/1", "x", 1);
            remote.Publish("in/2", "y", 1);
            Expect.All(remote, action == "publish" ? "PUBACK i2; PUBACK i3; PUBLISH reply/in/1 'r' q0" : "PUBACK i2; PUBACK i3");

            Assert.AreEqual(log, handler.Log);
            local.Publish("kept/1", new byte[0], 0, true);
            local.Close();
            remote.Disconnect();
            Leaks.AssertNone(bench);
        }

        [TestMethod]
        public void CloseEndsTheSessionAndMayComeTwice()
        {
            BrokerBench bench = new BrokerBench();
            RecordingHandler handler = new RecordingHandler();
            LocalClient local = bench.Broker.CreateLocalClient("firmware", handler);
            local.Subscribe("t", 1);
            LocalClient other = bench.Broker.CreateLocalClient("other", null);
            other.Publish("t", Bytes.OfText("x"), 1, false);
            local.Close();
            local.Close();
            bench.Run();

            Assert.AreEqual("", handler.Log);
            Assert.AreEqual(1, bench.Broker.SessionCount);
            Assert.AreEqual(ReasonCode.UnspecifiedError, local.Subscribe("t", 1));
            Assert.IsFalse(local.Unsubscribe("t"));
            Assert.AreEqual(ReasonCode.NoMatchingSubscribers, local.Publish("t", Bytes.OfText("x"), 1, false));
            Assert.IsNotNull(bench.Broker.CreateLocalClient("firmware", null));
        }

        [TestMethod]
        public void HandlerThatClosesGetsNoMoreRetainedMessages()
        {
            BrokerBench bench = new BrokerBench();
            RecordingHandler handler = new RecordingHandler();
            LocalClient local = bench.Broker.CreateLocalClient("firmware", handler);
            handler.Client = local;
            handler.Action = "close";
            local.Publish("a/1", Bytes.OfText("x"), 1, true);
            local.Publish("a/2", Bytes.OfText("y"), 1, true);
            local.Subscribe("a/#", 1);

            Assert.AreEqual("a/1 'x' q1 retain", handler.Log);
        }

        [TestMethod]
        public void FullQueueOfALocalClientIsToldToALocalPublisher()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.PacketSizeMax = 1000;
            bench.Limits.SessionQueueBytesMax = 1000;
            RecordingHandler handler = new RecordingHandler();
            LocalClient local = bench.Broker.CreateLocalClient("firmware", handler);
            local.Subscribe("t", 1);
            Assert.AreEqual(ReasonCode.Success, local.Publish("t", new byte[800], 1, false));
            Assert.AreEqual(ReasonCode.QuotaExceeded, local.Publish("t", new byte[800], 1, false));
            bench.Run();
            Assert.AreEqual(ReasonCode.Success, local.Publish("t", new byte[800], 1, false));
        }

        [TestMethod]
        public void RemotePublisherWaitsForALocalClientThatIsFull()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.PacketSizeMax = 1000;
            bench.Limits.SessionQueueBytesMax = 1000;
            RecordingHandler handler = new RecordingHandler();
            LocalClient local = bench.Broker.CreateLocalClient("firmware", handler);
            local.Subscribe("t", 1);
            SimClient remote = bench.Connect(ProtocolLevel.V311, "r");
            remote.Publish("t", new string('a', 800), 1);
            remote.Publish("t", new string('b', 800), 1);
            remote.Publish("t", new string('c', 800), 1);
            bench.Advance(100);

            Expect.All(remote, "PUBACK i1; PUBACK i2; PUBACK i3");
            Assert.AreEqual("t '*800' q1; t '*800' q1; t '*800' q1", handler.Log);
        }

        [TestMethod]
        public void ExpiredMessagesAreNotHandedOver()
        {
            BrokerBench bench = new BrokerBench();
            RecordingHandler handler = new RecordingHandler();
            LocalClient local = bench.Broker.CreateLocalClient("firmware", handler);
            SimClient remote = bench.Connect(ProtocolLevel.V5, "r");
            PropertyList expiry = new PropertyList().UInt32(PropertyId.MessageExpiryInterval, 10);
            remote.Publish("t", "x", 1, true, expiry);
            bench.Advance(10000);
            local.Subscribe("t", 1);

            Assert.AreEqual("", handler.Log);
        }
    }
}
