using EdgeBroker.Limits;
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
    /// <summary>What the broker says to a PUBLISH from a Client, and what it never says.</summary>
    [TestClass]
    public class AcknowledgementTests
    {
        private const string Later = "reason=*51 user=retry-after-ms:";

        // [MQTT-2.3.1-6] [MQTT-3.3.4-1] [MQTT-4.3.2-2] [MQTT-4.3.3-2] [MQTT5-2.2.1-5] [MQTT5-3.3.4-1] [MQTT5-4.3.2-4]
        // [MQTT5-4.3.3-8] [MQTT5-4.3.3-11]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void PublishIsAnsweredAsItsQoSAsksWithItsIdentifier(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(level, "c");
            client.Subscribe("a", 0);
            Assert.AreEqual("SUBACK i1 00", client.Next());

            client.PublishAgain("a", "0", 0, false, false, 0, null);
            Assert.AreEqual("PUBLISH a '0' q0", client.NextAll());
            client.PublishAgain("a", "1", 1, false, false, 4660, null);
            Assert.AreEqual("PUBLISH a '1' q0; PUBACK i4660", client.NextAll());
            client.PublishAgain("a", "2", 2, false, false, 65535, null);
            Assert.AreEqual("PUBLISH a '2' q0; PUBREC i65535", client.NextAll());
            client.Ack(PacketType.Pubrel, 65535);
            Assert.AreEqual("PUBCOMP i65535", client.NextAll());
        }

        // [MQTT-4.3.2-2] [MQTT5-4.3.2-5]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void IdentifierIsNewAfterPubackWhateverDupSays(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(level, "c");
            client.Subscribe("a", 0);
            client.Next();

            client.PublishAgain("a", "1", 1, false, false, 7, null);
            client.PublishAgain("a", "2", 1, false, true, 7, null);

            Assert.AreEqual("PUBLISH a '1' q0; PUBACK i7; PUBLISH a '2' q0; PUBACK i7", client.NextAll());
        }

        // [MQTT-4.3.3-2] [MQTT5-4.3.3-10] [MQTT5-4.3.3-12]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void RepeatedQoS2PublishIsRoutedOnceUntilPubcomp(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.ConnectDurable(level, "c");
            SimClient other = bench.Connect(level, "other");
            other.Subscribe("a", 0);
            other.Next();

            client.PublishAgain("a", "1", 2, false, false, 7, null);
            Assert.AreEqual("PUBREC i7", client.NextAll());
            client.PublishAgain("a", "1", 2, false, true, 7, null);
            Assert.AreEqual("PUBREC i7", client.NextAll());
            client.Reset();
            Assert.AreEqual("CONNACK 00 present", client.Connect());
            client.PublishAgain("a", "1", 2, false, true, 7, null);
            Assert.AreEqual("PUBREC i7", client.NextAll());
            Assert.AreEqual("PUBLISH a '1' q0", other.NextAll());

            client.Ack(PacketType.Pubrel, 7);
            Assert.AreEqual("PUBCOMP i7", client.NextAll());
            client.PublishAgain("a", "2", 2, false, true, 7, null);
            Assert.AreEqual("PUBREC i7", client.NextAll());
            Assert.AreEqual("PUBLISH a '2' q0", other.NextAll());
        }

        // [MQTT5-4.3.3-9] [MQTT5-3.5.2-1]
        [TestMethod]
        public void IdentifierIsNewAfterPubrecThatRefuses()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.RetainedMax = 0;
            SimClient client = bench.Connect(ProtocolLevel.V5, "c");
            client.Subscribe("a", 0);
            client.Next();

            client.PublishAgain("a", "1", 2, true, false, 7, null);
            Assert.AreEqual("PUBREC i7 97", client.NextAll());
            client.PublishAgain("a", "2", 2, false, false, 7, null);
            Assert.AreEqual("PUBLISH a '2' q0; PUBREC i7", client.NextAll());
        }

        // [MQTT5-3.3.2-9] [MQTT5-3.3.4-7] [MQTT5-3.3.4-6] [MQTT5-4.13.1-1]
        [TestMethod]
        public void LimitsThatTheClientBreaksEndItsConnectionWithTheirCode()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.ReceiveMax = 1;
            bench.Limits.TopicAliasMax = 2;
            SimClient client = bench.Connect(ProtocolLevel.V5, "c");
            client.PublishAgain("a", "1", 2, false, false, 1, null);
            Assert.AreEqual("PUBREC i1", client.Next());
            client.PublishAgain("a", "2", 2, false, false, 2, null);
            Assert.AreEqual("DISCONNECT 93; closed", client.NextAll());

            client.Connect();
            client.Publish("a", "1", 0, false, new PropertyList().UInt16(PropertyId.TopicAlias, 3));
            Assert.AreEqual("DISCONNECT 94; closed", client.NextAll());

            client.Connect();
            client.Publish("a", "1", 0, false, new PropertyList().Variable(PropertyId.SubscriptionIdentifier, 1));
            Assert.AreEqual("DISCONNECT 82; closed", client.NextAll());
        }

        // [MQTT-3.3.5-2] [MQTT5-3.4.2-1]
        [TestMethod]
        public void UnauthorizedPublishIsAcknowledgedAndGoesNowhere()
        {
            BrokerBench bench = new BrokerBench();
            bench.Authorizer = new ScriptedAuthorizer(false, 0);
            SimClient old = bench.Connect(ProtocolLevel.V311, "old");
            SimClient client = bench.Connect(ProtocolLevel.V5, "c");
            client.Subscribe("#", 0);
            client.Next();

            old.Publish("a", "1", 1);
            Assert.AreEqual("PUBACK i1", old.NextAll());
            old.Publish("a", "2", 2);
            Assert.AreEqual("PUBREC i2", old.NextAll());
            client.Publish("a", "3", 1);
            Assert.AreEqual("PUBACK i2 87", client.NextAll());
            client.Publish("a", "4", 2);
            Assert.AreEqual("PUBREC i3 87", client.NextAll());
        }

        // [MQTT5-3.4.2-1] [MQTT5-3.4.2-2] [MQTT5-3.4.2-3] [MQTT5-3.5.2-1] [MQTT5-3.5.2-2] [MQTT5-3.5.2-3] [MQTT5-3.1.2-24]
        // [MQTT5-3.1.2-29]
        [TestMethod]
        [DataRow(-1, true, true)]
        [DataRow(150, true, true)]
        [DataRow(60, true, false)]
        [DataRow(-1, false, false)]
        public void RefusalSaysWhenToTryAgainIfItFitsAndIsWanted(int packetSizeMax, bool isWanted, bool isExplained)
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.RetainedMax = 0;
            SimClient client = bench.Client(ProtocolLevel.V5, "c");
            client.Options.MaximumPacketSize = packetSizeMax;
            client.Options.Properties = isWanted ? null : new PropertyList().Byte(PropertyId.RequestProblemInformation, 0).ToBytes();
            Assert.AreEqual("CONNACK 00", client.Connect());

            client.Publish("a", "1", 1, true, null);
            Assert.AreEqual("PUBACK i1 97", client.Next());
            Assert.AreEqual(isExplained ? 0 : -1, client.Last.Properties.IndexOf(Later));
            client.Publish("a", "1", 2, true, null);
            Assert.AreEqual("PUBREC i2 97", client.Next());
            Assert.AreEqual(isExplained ? 0 : -1, client.Last.Properties.IndexOf(Later));
            Assert.AreEqual(isExplained, client.Last.Raw.Length > 60);
            Assert.AreEqual(isExplained, client.Last.Properties.Length > 0);
        }

        // [MQTT5-3.6.2-1] [MQTT5-3.6.2-2] [MQTT5-3.6.2-3] [MQTT5-3.7.2-1] [MQTT5-3.7.2-2] [MQTT5-3.7.2-3]
        [TestMethod]
        public void PubrelAndPubcompForUnknownIdentifiersSayNothingMore()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(ProtocolLevel.V5, "c");
            client.Ack(PacketType.Pubrel, 9);
            Assert.AreEqual("PUBCOMP i9 92", client.Next());
            Assert.AreEqual(5, client.Last.Raw.Length);
            client.Ack(PacketType.Pubrec, 9);
            Assert.AreEqual("PUBREL i9 92", client.Next());
            Assert.AreEqual(5, client.Last.Raw.Length);
        }

        // [MQTT-4.8.0-2]
        [TestMethod]
        public void PublishThatCannotBeTakenEndsTheConnectionOf311()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.RetainedMax = 0;
            SimClient client = bench.Connect(ProtocolLevel.V311, "c");

            client.Publish("a", "1", 1, true, null);
            Assert.AreEqual("", client.Next());
            bench.Advance(bench.Limits.WaitMs);

            Assert.AreEqual("closed", client.NextAll());
        }

        // [MQTT-3.12.4-1] [MQTT5-3.12.4-1]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void PingreqIsAnswered(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(level, "c");
            client.Ping();
            client.Ping();
            Assert.AreEqual("PINGRESP; PINGRESP", client.NextAll());
        }
    }
}
