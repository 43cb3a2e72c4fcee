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
    /// <summary>Shared Subscriptions.</summary>
    [TestClass]
    public class SharedTests
    {
        // [MQTT5-4.8.2-1] [MQTT5-4.8.2-2]
        [TestMethod]
        [DataRow("$share/g", false)]
        [DataRow("$share/g/", false)]
        [DataRow("$share//a", false)]
        [DataRow("$share/+/a", false)]
        [DataRow("$share/g#/a", false)]
        [DataRow("$share/g/a", true)]
        [DataRow("$share/g/#", true)]
        [DataRow("$share/g//", true)]
        public void SharedFilterIsShareANameAndAFilter(string filter, bool isGood)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(ProtocolLevel.V5, "c");
            client.Subscribe(filter, 1);
            Assert.AreEqual(isGood ? "SUBACK i1 01" : "DISCONNECT 81; closed", client.NextAll());
        }

        // [MQTT5-3.8.3-4]
        [TestMethod]
        public void NoLocalWithASharedSubscriptionIsAProtocolError()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(ProtocolLevel.V5, "c");
            client.Subscribe("$share/g/a", SubscriptionOptions.NoLocal);
            Assert.AreEqual("DISCONNECT 82; closed", client.NextAll());
        }

        // [MQTT5-4.8.2-3]
        [TestMethod]
        public void QoSIsWhatTheChosenClientWasGranted()
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            SimClient one = bench.Connect(ProtocolLevel.V5, "one");
            SimClient two = bench.Connect(ProtocolLevel.V5, "two");
            one.Subscribe("$share/g/a", 0);
            one.NextAll();
            two.Subscribe("$share/g/a", 1);
            two.NextAll();

            publisher.Publish("a", "1", 2);
            publisher.Publish("a", "2", 2);

            Assert.AreEqual("PUBLISH a '1' q0", one.NextAll());
            Assert.AreEqual("PUBLISH a '2' q1 i1", two.NextAll());
        }

        // [MQTT5-4.8.2-4]
        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void BrokenQoS2DeliveryIsCompletedWithTheSameClient(bool isReceived)
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            SimClient one = bench.ConnectDurable(ProtocolLevel.V5, "one");
            SimClient two = bench.ConnectDurable(ProtocolLevel.V5, "two");
            one.Subscribe("$share/g/a", 2);
            one.NextAll();
            two.Subscribe("$share/g/a", 2);
            two.NextAll();
            publisher.Publish("a", "1", 2);
            Assert.AreEqual("PUBLISH a '1' q2 i1", one.NextAll());
            if (isReceived)
            {
                one.Ack(PacketType.Pubrec, 1);
                one.NextAll();
            }

            one.Reset();
            bench.Advance(100000);
            Assert.AreEqual("", two.NextAll());

            Assert.AreEqual("CONNACK 00 present", one.Connect());
            Assert.AreEqual(isReceived ? "PUBREL i1" : "PUBLISH a '1' q2 i1 dup", one.NextAll());
        }

        // [MQTT5-4.8.2-5]
        [TestMethod]
        public void QoS2DeliveryWhoseSessionEndedGoesToNoOtherClient()
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            SimClient one = bench.ConnectDurable(ProtocolLevel.V5, "one");
            SimClient two = bench.ConnectDurable(ProtocolLevel.V5, "two");
            one.Subscribe("$share/g/a", 2);
            one.NextAll();
            two.Subscribe("$share/g/a", 2);
            two.NextAll();
            publisher.Publish("a", "two", 2);
            Assert.AreEqual("PUBLISH a 'two' q2 i1", one.NextAll());

            one.Disconnect(0, 0);

            Assert.AreEqual(2, bench.Broker.SessionCount);
            Assert.AreEqual("", two.NextAll());
        }

        // [MQTT5-4.8.2-6]
        [TestMethod]
        [DataRow(1)]
        [DataRow(2)]
        public void DeliveryThatTheChosenClientRefusesIsDropped(int qos)
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            SimClient one = bench.Connect(ProtocolLevel.V5, "one");
            SimClient two = bench.Connect(ProtocolLevel.V5, "two");
            one.Subscribe("$share/g/a", 2);
            one.NextAll();
            two.Subscribe("$share/g/a", 2);
            two.NextAll();
            publisher.Publish("a", "1", qos);
            Assert.AreEqual("PUBLISH a '1' q" + qos.ToString() + " i1", one.NextAll());

            one.Ack(qos == 1 ? PacketType.Puback : PacketType.Pubrec, 1, ReasonCode.UnspecifiedError);
            bench.Run();
            one.Disconnect();

            Assert.AreEqual("", two.NextAll());
        }
    }
}
