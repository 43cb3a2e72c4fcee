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
    /// <summary>SUBSCRIBE and UNSUBSCRIBE, and what comes of them.</summary>
    [TestClass]
    public class SubscribeTests
    {
        // [MQTT-2.3.1-7] [MQTT-3.8.4-1] [MQTT-3.8.4-2] [MQTT-3.8.4-4] [MQTT-3.8.4-5] [MQTT-3.9.3-1] [MQTT-3.9.3-2]
        // [MQTT5-2.2.1-6] [MQTT5-3.8.4-1] [MQTT5-3.8.4-2] [MQTT5-3.8.4-5] [MQTT5-3.8.4-6] [MQTT5-3.8.4-7] [MQTT5-3.9.3-1]
        [TestMethod]
        [DataRow(ProtocolLevel.V311, "82 0D 12 34 00 01 61 02 00 01 62 00 00 01 63 01")]
        [DataRow(ProtocolLevel.V5, "82 0F 12 34 00 00 01 61 02 00 01 62 00 00 01 63 01")]
        public void OneSubackHasCodesInTheOrderOfTheFilters(int level, string subscribe)
        {
            // The Remaining Length follows from the filters.
            byte[] bytes = Bytes.OfHex(subscribe);
            bytes[1] = (byte)(bytes.Length - 2);
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(level, "c");

            client.SendBytes(bytes, 0, bytes.Length);

            Assert.AreEqual("SUBACK i4660 02 00 01", client.NextAll());
        }

        // [MQTT-3.8.4-5] [MQTT-3.9.3-2] [MQTT5-3.8.4-7] [MQTT5-3.9.3-2]
        [TestMethod]
        [DataRow(ProtocolLevel.V311, 0x87, "SUBACK i1 80")]
        [DataRow(ProtocolLevel.V5, 0x87, "SUBACK i1 87")]
        [DataRow(ProtocolLevel.V5, 0x86, "SUBACK i1 80")]
        [DataRow(ProtocolLevel.V311, 1, "SUBACK i1 01")]
        [DataRow(ProtocolLevel.V5, 1, "SUBACK i1 01")]
        public void AuthorizerGrantsLessOrFails(int level, int code, string answer)
        {
            BrokerBench bench = new BrokerBench();
            bench.Authorizer = new ScriptedAuthorizer(true, code);
            SimClient client = bench.Connect(level, "c");
            client.Subscribe("a", 2);
            Assert.AreEqual(answer, client.NextAll());
        }

        // [MQTT5-3.9.2-1] [MQTT5-3.9.2-2] [MQTT5-3.1.2-29]
        [TestMethod]
        [DataRow(-1, true, true)]
        [DataRow(60, true, false)]
        [DataRow(-1, false, false)]
        public void RefusedSubscriptionSaysWhenToTryAgainIfItFitsAndIsWanted(int packetSizeMax, bool isWanted, bool isExplained)
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.SubscriptionsMax = 1;
            SimClient client = bench.Client(ProtocolLevel.V5, "c");
            client.Options.MaximumPacketSize = packetSizeMax;
            client.Options.Properties = isWanted ? null : new PropertyList().Byte(PropertyId.RequestProblemInformation, 0).ToBytes();
            Assert.AreEqual("CONNACK 00", client.Connect());

            client.SubscribeAll(new string[] { "a", "b" }, 1);

            Assert.AreEqual("SUBACK i1 01 97", client.Next());
            Assert.AreEqual(
                isExplained ? 0 : -1,
                client.Last.Properties.IndexOf("reason=*51 user=retry-after-ms:"));
            Assert.AreEqual(isExplained, client.Last.Properties.Length > 0);
            Assert.AreEqual("", client.NextAll());
        }

        // [MQTT-3.8.4-3] [MQTT5-3.8.4-3] [MQTT5-3.8.4-4]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void SameFilterAgainReplacesAndSendsRetainedAgainAndLosesNothing(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(level, "c");
            client.Publish("a", "kept", 1, true, null);
            client.NextAll();
            client.Subscribe("a", 1);
            Assert.AreEqual("SUBACK i2 01; PUBLISH a 'kept' q1 i1 retain", client.NextAll());

            // One message on its way at QoS 1, then a lower QoS from now on.
            client.Publish("a", "first", 1);
            client.Subscribe("a", 0);
            client.Publish("a", "second", 1);
            Assert.AreEqual(
                "PUBLISH a 'first' q1 i2; PUBACK i3; SUBACK i4 00; PUBLISH a 'second' q0; PUBACK i5; PUBLISH a 'kept' q0 retain",
                client.NextAll());
            Assert.AreEqual(1, bench.Broker.SubscriptionCount);
        }

        // [MQTT-3.8.4-6] [MQTT5-3.8.4-8] [MQTT5-3.8.4-7]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void DeliveryHasTheLowerOfThePublishedAndTheGrantedQoS(int level)
        {
            for (int granted = 0; granted <= 2; granted++)
            {
                for (int published = 0; published <= 2; published++)
                {
                    BrokerBench bench = new BrokerBench();
                    SimClient subscriber = bench.Connect(level, "s");
                    SimClient publisher = bench.Connect(level, "p");
                    subscriber.Subscribe("a", granted);
                    Assert.AreEqual("SUBACK i1 0" + granted.ToString(), subscriber.Next());
                    publisher.Publish("a", "x", published);
                    int qos = granted < published ? granted : published;
                    Assert.AreEqual("PUBLISH a 'x' q" + qos.ToString() + (qos == 0 ? "" : " i1"), subscriber.NextAll());
                }
            }
        }

        // [MQTT-3.3.5-1] [MQTT5-3.3.4-2] [MQTT5-3.3.4-3] [MQTT5-3.3.4-4]
        [TestMethod]
        public void OverlappingSubscriptionsGiveOneCopyWithTheHighestQoSAndAllIdentifiers()
        {
            BrokerBench bench = new BrokerBench();
            SimClient old = bench.Connect(ProtocolLevel.V311, "old");
            SimClient client = bench.Connect(ProtocolLevel.V5, "c");
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            old.Subscribe("a/#", 1);
            old.Subscribe("a/+", 2);
            old.NextAll();
            client.Subscribe("a/#", 2, 11);
            client.Subscribe("a/+", 0, 300);
            client.Subscribe("other", 0, 4);
            client.NextAll();

            publisher.Publish("a/b", "x", 2);
            Assert.AreEqual("PUBLISH a/b 'x' q2 i1", old.NextAll());
            string text = client.NextAll();
            Assert.IsTrue(
                text == "PUBLISH a/b 'x' q2 i1 {sub=11 sub=300}" || text == "PUBLISH a/b 'x' q2 i1 {sub=300 sub=11}", text);

            publisher.Publish("other", "y", 2);
            Assert.AreEqual("PUBLISH other 'y' q0 {sub=4}", client.NextAll());
        }

        // [MQTT5-3.8.3-3]
        [TestMethod]
        public void NoLocalKeepsOwnMessagesAway()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(ProtocolLevel.V5, "c");
            SimClient other = bench.Connect(ProtocolLevel.V5, "other");
            client.Subscribe("a", 1 | SubscriptionOptions.NoLocal);
            client.Next();
            client.Publish("a", "own", 0);
            other.Publish("a", "theirs", 0);
            Assert.AreEqual("PUBLISH a 'theirs' q0", client.NextAll());
        }

        // [MQTT5-3.8.3-3]
        [TestMethod]
        public void FullQueueOfTheClientItselfDoesNotHoldUpWhatNoLocalKeepsAway()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.PacketSizeMax = 500;
            bench.Limits.SessionQueueBytesMax = 600;
            SimClient client = bench.Client(ProtocolLevel.V5, "c");
            client.Options.SessionExpiryIntervalS = 100;
            client.Options.ReceiveMaximum = 1;
            client.Connect();
            client.Subscribe("a", 1 | SubscriptionOptions.NoLocal);
            client.Next();
            SimClient other = bench.Connect(ProtocolLevel.V5, "other");
            other.Publish("a", new string('x', 400), 1);
            Assert.AreEqual("PUBACK i1", other.Next());
            Assert.AreEqual("PUBLISH a '*400' q1 i1", client.Next());

            other.Publish("a", new string('y', 400), 1);
            client.Publish("a", new string('z', 400), 1);

            Assert.AreEqual("PUBACK i2", client.NextAll());
            Assert.AreEqual("", other.NextAll());
            client.Ack(PacketType.Puback, 1);
            bench.Advance(100);
            Assert.AreEqual("PUBLISH a '*400' q1 i2", client.NextAll());
            Assert.AreEqual("PUBACK i2", other.NextAll());
        }

        // [MQTT-2.3.1-7] [MQTT-3.10.4-1] [MQTT-3.10.4-2] [MQTT-3.10.4-4] [MQTT-3.10.4-5] [MQTT-3.10.4-6]
        [TestMethod]
        public void UnsubscribeOf311RemovesTheSameFilterOnlyAndIsAlwaysAnswered()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(ProtocolLevel.V311, "c");
            client.SubscribeAll(new string[] { "a/+", "a/b", "A/b" }, 0);
            client.NextAll();

            // Two filters that differ in one byte from those that there are.
            client.SendHex("A2 0C 12 34 00 03 61 2F 23 00 03 61 2F 42");
            Assert.AreEqual("UNSUBACK i4660", client.NextAll());
            Assert.AreEqual(3, bench.Broker.SubscriptionCount);
            client.SendHex("A2 0C 12 35 00 03 61 2F 2B 00 03 61 2F 62");
            Assert.AreEqual("UNSUBACK i4661", client.NextAll());
            Assert.AreEqual(1, bench.Broker.SubscriptionCount);
            client.Publish("a/b", "x", 0);
            Assert.AreEqual("", client.NextAll());
        }

        // [MQTT5-2.2.1-6] [MQTT5-3.10.4-1] [MQTT5-3.10.4-2] [MQTT5-3.10.4-4] [MQTT5-3.10.4-5] [MQTT5-3.10.4-6] [MQTT5-3.11.2-1]
        // [MQTT5-3.11.2-2] [MQTT5-3.11.3-1] [MQTT5-3.11.3-2]
        [TestMethod]
        public void UnsubscribeOf50IsAnsweredWithACodeForEachFilterAndNothingMore()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(ProtocolLevel.V5, "c");
            client.Subscribe("a/b", 0);
            client.NextAll();

            client.SendHex("A2 12 12 34 00 00 03 61 2F 23 00 03 61 2F 62 00 03 61 2F 42");

            Assert.AreEqual("UNSUBACK i4660 11 00 11", client.Next());
            Assert.AreEqual("", client.Last.Properties);
            client.Publish("a/b", "x", 0);
            Assert.AreEqual("", client.NextAll());
        }

        // [MQTT-3.10.4-3] [MQTT5-3.10.4-3]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void DeliveryUnderWayIsCompletedAfterUnsubscribe(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.ConnectDurable(level, "c");
            client.Subscribe("a", 2);
            client.NextAll();
            client.Publish("a", "x", 2);
            Assert.AreEqual("PUBLISH a 'x' q2 i1; PUBREC i2", client.NextAll());

            client.Unsubscribe("a");
            Assert.AreEqual(level == ProtocolLevel.V5 ? "UNSUBACK i3 00" : "UNSUBACK i3", client.NextAll());
            client.Reset();
            client.Connect();
            Assert.AreEqual("PUBLISH a 'x' q2 i1 dup", client.NextAll());
            client.Ack(PacketType.Pubrec, 1);
            Assert.AreEqual("PUBREL i1", client.NextAll());
            client.Ack(PacketType.Pubcomp, 1);
            Assert.AreEqual("", client.NextAll());
        }

        // [MQTT-3.8.3-2] [MQTT5-3.2.2-9] [MQTT5-3.2.2-10]
        [TestMethod]
        public void RestrictedCapabilitiesAreAnnouncedAndKept()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.WildcardAvailable = false;
            bench.Limits.SharedAvailable = false;
            bench.Limits.SubscriptionIdsAvailable = false;
            bench.Limits.RetainAvailable = false;
            bench.Limits.MaximumQoS = 1;
            SimClient old = bench.Connect(ProtocolLevel.V311, "old");
            SimClient client = bench.Client(ProtocolLevel.V5, "c");
            Assert.AreEqual("CONNACK 00", client.Connect());
            string properties = " " + client.Last.Properties + " ";
            Assert.IsTrue(properties.IndexOf(" qos-max=1 ") >= 0, properties);
            Assert.IsTrue(properties.IndexOf(" retain=0 ") >= 0, properties);
            Assert.IsTrue(properties.IndexOf(" wildcard=0 ") >= 0, properties);
            Assert.IsTrue(properties.IndexOf(" sub-ids=0 ") >= 0, properties);
            Assert.IsTrue(properties.IndexOf(" shared=0 ") >= 0, properties);

            old.Subscribe("a/#", 0);
            Assert.AreEqual("SUBACK i1 80", old.NextAll());
            client.Subscribe("a/+", 0);
            Assert.AreEqual("SUBACK i1 A2", client.NextAll());
            client.Subscribe("$share/g/a", 0);
            Assert.AreEqual("SUBACK i2 9E", client.NextAll());
            client.Subscribe("a", 2);
            Assert.AreEqual("SUBACK i3 01", client.NextAll());
            client.Subscribe("a", 0, 5);
            Assert.AreEqual("DISCONNECT A1; closed", client.NextAll());
            client.Connect();
            client.Publish("a", "x", 2);
            Assert.AreEqual("DISCONNECT 9B; closed", client.NextAll());
            client.Connect();
            client.Publish("a", "x", 0, true, null);
            Assert.AreEqual("DISCONNECT 9A; closed", client.NextAll());
        }

        // [MQTT5-3.2.2-12] [MQTT5-3.2.2-13]
        [TestMethod]
        [DataRow(2, false, "CONNACK 9B; closed")]
        [DataRow(1, true, "CONNACK 9A; closed")]
        [DataRow(1, false, "CONNACK 00")]
        public void WillBeyondTheCapabilitiesIsRefused(int qos, bool retain, string answer)
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.RetainAvailable = false;
            bench.Limits.MaximumQoS = 1;
            SimClient client = bench.Client(ProtocolLevel.V5, "c");
            client.Options.WillTopic = Bytes.OfText("w");
            client.Options.WillPayload = Bytes.OfText("x");
            client.Options.WillQoS = qos;
            client.Options.WillRetain = retain;
            client.Open();
            client.SendConnect();
            Assert.AreEqual(answer, client.NextAll());
        }
    }
}
