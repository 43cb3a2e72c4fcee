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
    /// <summary>Which Topic Names match which Topic Filters, for messages on their way and for retained ones alike.</summary>
    [TestClass]
    public class TopicTests
    {
        // [MQTT-3.3.2-3] [MQTT-4.7.1-2] [MQTT-4.7.1-3] [MQTT-4.7.2-1] [MQTT-4.7.3-4] [MQTT5-3.3.2-3] [MQTT5-4.7.1-1]
        // [MQTT5-4.7.1-2] [MQTT5-4.7.2-1] [MQTT5-4.7.3-4]
        [TestMethod]
        [DataRow("sport/#", "sport", true)]
        [DataRow("sport/#", "sport/", true)]
        [DataRow("sport/#", "sport/a/b/c", true)]
        [DataRow("sport/#", "sports", false)]
        [DataRow("sport/#", "Sport/a", false)]
        [DataRow("#", "a", true)]
        [DataRow("#", "/", true)]
        [DataRow("#", "$a/b", false)]
        [DataRow("+/b", "$a/b", false)]
        [DataRow("+", "$a", false)]
        [DataRow("$a/#", "$a/b", true)]
        [DataRow("$a/+", "$a/$b", true)]
        [DataRow("a/#", "a/$b", true)]
        [DataRow("+", "a", true)]
        [DataRow("+", "/a", false)]
        [DataRow("+/+", "/a", true)]
        [DataRow("/+", "/a", true)]
        [DataRow("a/+", "a", false)]
        [DataRow("a/+", "a/", true)]
        [DataRow("a/+", "a/b/c", false)]
        [DataRow("a/+/c", "a/b/c", true)]
        [DataRow("a/+/c", "a//c", true)]
        [DataRow("a/+/c/#", "a/b/c", true)]
        [DataRow("a/b", "a/b", true)]
        [DataRow("a/b", "a/b/", false)]
        [DataRow("a/b", "/a/b", false)]
        [DataRow("a b", "a b", true)]
        [DataRow("e\u0301", "\u00E9", false)]
        [DataRow("\uFEFFa", "a", false)]
        [DataRow("\uFEFFa", "\uFEFFa", true)]
        public void FilterMatches(string filter, string topic, bool isMatch)
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            SimClient old = bench.Connect(ProtocolLevel.V311, "old");
            SimClient late = bench.Connect(ProtocolLevel.V311, "late");
            old.Subscribe(filter, 0);
            old.NextAll();

            publisher.Publish(topic, "x", 1, true, null);
            Assert.AreEqual(isMatch ? "PUBACK i1" : "PUBACK i1 10", publisher.NextAll());
            Assert.AreEqual(isMatch, old.Next().IndexOf("PUBLISH ") == 0);
            late.Subscribe(filter, 0);
            Assert.AreEqual("SUBACK i1 00", late.Next());
            Assert.AreEqual(isMatch, late.Next().IndexOf("PUBLISH ") == 0);
            Assert.AreEqual(1, bench.Broker.RetainedCount);
        }

        // [MQTT-4.7.3-3] [MQTT5-4.7.3-3]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void LongestNameAndFilterAreServed(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(level, "c");
            byte[] subscribe = Packet(PacketType.Subscribe, level, 65535, 3);
            client.SendBytes(subscribe, 0, subscribe.Length);
            Assert.AreEqual("SUBACK i1 01", client.NextAll());
            byte[] publish = Packet(PacketType.Publish, level, 65535, 0);
            client.SendBytes(publish, 0, publish.Length);

            Assert.AreEqual("PUBLISH *65535 '' q0", client.NextAll());
        }

        // [MQTT-3.3.2-2] [MQTT5-3.3.2-2] [MQTT-4.7.1-1] [MQTT5-4.7.0-1] [MQTT-4.7.3-1] [MQTT-4.7.3-2] [MQTT5-4.7.3-2]
        [TestMethod]
        [DataRow("30 05 00 03 61 2F 2B")]
        [DataRow("30 05 00 03 61 2F 23")]
        [DataRow("30 03 00 01 23")]
        [DataRow("30 05 00 03 61 00 62")]
        [DataRow("30 02 00 00")]
        public void PublishToNoTopicNameEndsTheConnection(string packet)
        {
            byte[] bytes = Bytes.OfHex(packet);
            byte[] bytes5 = new byte[bytes.Length + 1];
            System.Array.Copy(bytes, 0, bytes5, 0, bytes.Length);
            bytes5[1]++;
            BrokerBench bench = new BrokerBench();
            SimClient old = bench.Connect(ProtocolLevel.V311, "old");
            SimClient client = bench.Connect(ProtocolLevel.V5, "c");

            old.SendBytes(bytes, 0, bytes.Length);
            Assert.AreEqual("closed", old.NextAll());
            client.SendBytes(bytes5, 0, bytes5.Length);
            string text = client.NextAll();
            Assert.IsTrue(text == "DISCONNECT 81; closed" || text == "DISCONNECT 82; closed" || text == "DISCONNECT 90; closed", text);
        }

        // PUBLISH at QoS 0, or SUBSCRIBE at QoS 1, with levels of 14 bytes.
        private static byte[] Packet(int type, int level, int length, int tail)
        {
            int properties = level == ProtocolLevel.V5 ? 1 : 0;
            int head = type == PacketType.Subscribe ? 2 + properties : 0;
            int rest = head + 2 + length + (type == PacketType.Subscribe ? 1 : properties);
            byte[] packet = new byte[4 + rest];
            packet[0] = (byte)(type == PacketType.Subscribe ? 0x82 : 0x30);
            packet[1] = (byte)((rest & 127) | 128);
            packet[2] = (byte)(((rest >> 7) & 127) | 128);
            packet[3] = (byte)(rest >> 14);
            int at = 4;
            if (type == PacketType.Subscribe)
            {
                packet[5] = 1;
                at += head;
            }

            packet[at] = (byte)(length >> 8);
            packet[at + 1] = (byte)length;
            for (int i = 0; i < length; i++)
            {
                packet[at + 2 + i] = (byte)(i % 15 == 14 ? '/' : 'a');
            }

            if (tail > 0)
            {
                packet[packet.Length - 1] = 1;
            }

            return packet;
        }
    }
}
