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
    /// <summary>Properties of messages on their way: the age that counts down, and the others, which stay as they are.</summary>
    [TestClass]
    public class ExpiryTests
    {
        // [MQTT5-3.3.2-5] [MQTT5-3.3.2-6]
        [TestMethod]
        public void ExpiryGoesOutLessTheTimeWaitedAndWhatIsOlderGoes()
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            SimClient subscriber = bench.ConnectDurable(ProtocolLevel.V5, "s");
            subscriber.Subscribe("a", 1);
            subscriber.NextAll();
            publisher.Publish("a", "now", 1, false, new PropertyList().UInt32(PropertyId.MessageExpiryInterval, 10));
            Assert.AreEqual("PUBLISH a 'now' q1 i1 {expiry=10}", subscriber.NextAll());
            subscriber.Ack(PacketType.Puback, 1);
            subscriber.Next();
            subscriber.Reset();

            publisher.Publish("a", "short", 1, false, new PropertyList().UInt32(PropertyId.MessageExpiryInterval, 3));
            publisher.Publish("a", "long", 1, false, new PropertyList().UInt32(PropertyId.MessageExpiryInterval, 10));
            publisher.Publish("a", "ever", 1);
            bench.Advance(4000);

            subscriber.Connect();
            Assert.AreEqual("PUBLISH a 'long' q1 i2 {expiry=6}; PUBLISH a 'ever' q1 i3", subscriber.NextAll());
            Assert.AreEqual(1L, bench.Broker.Counters.Drops[Ports.DropReason.Expired]);
        }

        // [MQTT5-4.3.3-7] [MQTT5-4.3.3-13]
        [TestMethod]
        public void WhatWasSentIsCompletedWhateverItsAge()
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            SimClient subscriber = bench.ConnectDurable(ProtocolLevel.V5, "s");
            subscriber.Subscribe("a", 2);
            subscriber.NextAll();
            publisher.Publish("a", "1", 2, false, new PropertyList().UInt32(PropertyId.MessageExpiryInterval, 1));
            publisher.Publish("a", "2", 2, false, new PropertyList().UInt32(PropertyId.MessageExpiryInterval, 1));
            subscriber.NextAll();
            subscriber.Ack(PacketType.Pubrec, 2);
            Assert.AreEqual("PUBREL i2", subscriber.NextAll());
            subscriber.Reset();
            bench.Advance(5000);

            subscriber.Connect();

            Assert.AreEqual("PUBREL i2; PUBLISH a '1' q2 i1 dup {expiry=0}", subscriber.NextAll());
            subscriber.Ack(PacketType.Pubcomp, 2);
            subscriber.Ack(PacketType.Pubrec, 1);
            Assert.AreEqual("PUBREL i1", subscriber.NextAll());
        }

        // [MQTT5-3.3.2-4] [MQTT5-3.3.2-15] [MQTT5-3.3.2-16] [MQTT5-3.3.2-17] [MQTT5-3.3.2-18] [MQTT5-3.3.2-20]
        [TestMethod]
        [DataRow(false, false)]
        [DataRow(true, false)]
        [DataRow(false, true)]
        public void PropertiesAreForwardedAsTheyCame(bool isQueued, bool hasAlias)
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            SimClient subscriber = bench.ConnectDurable(ProtocolLevel.V5, "s");
            subscriber.Subscribe("a", 1);
            subscriber.NextAll();
            if (isQueued)
            {
                subscriber.Reset();
            }

            PropertyList properties = new PropertyList();
            properties.User("z", "1").Byte(PropertyId.PayloadFormatIndicator, 1).User("a", "2");
            if (hasAlias)
            {
                properties.UInt16(PropertyId.TopicAlias, 1);
            }

            properties.Text(PropertyId.ResponseTopic, "r/s").Text(PropertyId.CorrelationData, "c").User("z", "1");
            properties.Text(PropertyId.ContentType, "t");
            publisher.Publish("a", "x", 1, false, properties);
            publisher.NextAll();
            if (isQueued)
            {
                subscriber.Connect();
            }

            Assert.AreEqual(
                "PUBLISH a 'x' q1 i1 {user=z:1 format=1 user=a:2 response=r/s correlation=c user=z:1 type=t}", subscriber.NextAll());
        }

        // [MQTT5-3.1.3-10] [MQTT5-3.1.2-7] [MQTT5-3.1.2-8]
        [TestMethod]
        public void PropertiesOfAWillKeepTheirOrder()
        {
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = bench.Connect(ProtocolLevel.V5, "s");
            subscriber.Subscribe("w", 1);
            subscriber.NextAll();
            SimClient client = bench.Client(ProtocolLevel.V5, "c");
            client.Options.WillTopic = Bytes.OfText("w");
            client.Options.WillPayload = Bytes.OfText("gone");
            client.Options.WillProperties = new PropertyList().User("z", "1").Text(PropertyId.ContentType, "t").User("a", "2")
                .User("z", "0").ToBytes();
            Assert.AreEqual("CONNACK 00", client.Connect());

            client.Reset();

            Assert.AreEqual("PUBLISH w 'gone' q0 {user=z:1 type=t user=a:2 user=z:0}", subscriber.NextAll());
        }

        // [MQTT5-3.1.2-26] [MQTT5-3.1.2-27] [MQTT5-3.3.2-7] [MQTT5-3.3.2-11]
        [TestMethod]
        public void AliasesToAClientStayWithinItsMaximumAndItsConnection()
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            SimClient plain = bench.Connect(ProtocolLevel.V5, "plain");
            SimClient client = bench.Client(ProtocolLevel.V5, "c");
            client.Options.TopicAliasMaximum = 2;
            client.Options.CleanStart = false;
            client.Options.SessionExpiryIntervalS = 100;
            client.Connect();
            client.Subscribe("#", 0);
            plain.Subscribe("#", 0);
            bench.Run();
            client.NextAll();
            plain.NextAll();

            for (int round = 0; round < 2; round++)
            {
                publisher.Publish("a", "1", 0);
                publisher.Publish("b", "2", 0);
                publisher.Publish("c", "3", 0);
                publisher.Publish("b", "4", 0);
                publisher.Publish("c", "5", 0);
                Assert.AreEqual(
                    "PUBLISH a '1' q0 {alias=1}; PUBLISH b '2' q0 {alias=2}; PUBLISH c '3' q0; PUBLISH - '4' q0 {alias=2}; PUBLISH c '5' q0",
                    client.NextAll());
                Assert.AreEqual(
                    "PUBLISH a '1' q0; PUBLISH b '2' q0; PUBLISH c '3' q0; PUBLISH b '4' q0; PUBLISH c '5' q0", plain.NextAll());

                // On the next Network Connection they begin anew.
                client.Reset();
                Assert.AreEqual("CONNACK 00 present", client.Connect());
            }
        }

        // [MQTT5-3.3.2-7] [MQTT5-3.3.2-12]
        [TestMethod]
        public void EveryAliasUpToTheMaximumIsAcceptedAndEndsWithTheConnection()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.TopicAliasMax = 3;
            SimClient subscriber = bench.Connect(ProtocolLevel.V5, "s");
            subscriber.Subscribe("#", 0);
            subscriber.NextAll();
            SimClient client = bench.ConnectDurable(ProtocolLevel.V5, "c");
            for (int alias = 1; alias <= 3; alias++)
            {
                client.Publish("t" + alias.ToString(), "set", 0, false, new PropertyList().UInt16(PropertyId.TopicAlias, alias));
            }

            Assert.AreEqual("PUBLISH t1 'set' q0; PUBLISH t2 'set' q0; PUBLISH t3 'set' q0", subscriber.NextAll());
            client.Publish("", "x", 0, false, new PropertyList().UInt16(PropertyId.TopicAlias, 3));
            client.Publish("t4", "y", 0, false, new PropertyList().UInt16(PropertyId.TopicAlias, 3));
            client.Publish("", "z", 0, false, new PropertyList().UInt16(PropertyId.TopicAlias, 3));
            Assert.AreEqual("PUBLISH t3 'x' q0; PUBLISH t4 'y' q0; PUBLISH t4 'z' q0", subscriber.NextAll());

            client.Reset();
            client.Connect();
            client.Publish("", "x", 0, false, new PropertyList().UInt16(PropertyId.TopicAlias, 3));
            Assert.AreEqual("DISCONNECT 82; closed", client.NextAll());

            // An end in order, too.
            client.Connect();
            client.Publish("t5", "set", 0, false, new PropertyList().UInt16(PropertyId.TopicAlias, 3));
            Assert.AreEqual("PUBLISH t5 'set' q0", subscriber.NextAll());
            client.Disconnect();
            client.Connect();
            client.Publish("", "x", 0, false, new PropertyList().UInt16(PropertyId.TopicAlias, 3));
            Assert.AreEqual("DISCONNECT 82; closed", client.NextAll());
            Assert.AreEqual("", subscriber.NextAll());
        }
    }
}
