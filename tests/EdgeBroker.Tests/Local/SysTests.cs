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
    /// <summary>What the broker says about itself under $SYS, and its counters.</summary>
    [TestClass]
    public class SysTests
    {
        [TestMethod]
        public void SubscribingGivesTheValuesOfNowAsRetained()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(ProtocolLevel.V311, "c");
            bench.Advance(5000);
            client.Subscribe("$SYS/broker/clients/+", 2);
            Expect.All(
                client,
                "SUBACK i1 02; PUBLISH $SYS/broker/clients/connected '1' q0 retain; "
                    + "PUBLISH $SYS/broker/clients/disconnected '0' q0 retain; PUBLISH $SYS/broker/clients/total '1' q0 retain; "
                    + "PUBLISH $SYS/broker/clients/maximum '1' q0 retain; PUBLISH $SYS/broker/clients/expired '0' q0 retain; "
                    + "PUBLISH $SYS/broker/clients/shed '0' q0 retain");
            client.Subscribe("$SYS/broker/uptime", 0);
            Expect.All(client, "SUBACK i2 00; PUBLISH $SYS/broker/uptime '5 seconds' q0 retain");
        }

        [TestMethod]
        public void ValuesArePublishedAtTheInterval()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.SysIntervalS = 10;
            SimClient client = bench.Connect(ProtocolLevel.V311, "c");
            Expect.Subscribed(client, "$SYS/broker/clients/connected", 0);
            client.NextAll();
            bench.Advance(9999);
            Expect.Nothing(client);
            bench.Advance(1);
            Expect.All(client, "PUBLISH $SYS/broker/clients/connected '1' q0");
            bench.Connect(ProtocolLevel.V5, "d");
            bench.Advance(10000);
            Expect.All(client, "PUBLISH $SYS/broker/clients/connected '2' q0");
        }

        // [MQTT-4.7.2-1] [MQTT5-4.7.2-1]
        [TestMethod]
        [DataRow("#")]
        [DataRow("+/broker/uptime")]
        public void WildcardAtTheStartDoesNotMatch(string filter)
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.SysIntervalS = 10;
            SimClient client = Expect.Subscriber(bench, ProtocolLevel.V311, "c", filter, 0);
            Expect.Subscribed(client, "$SYS/broker/uptime", 0);
            client.NextAll();
            client.Unsubscribe("$SYS/broker/uptime");
            Expect.All(client, "UNSUBACK i3");
            bench.Advance(20000);

            Expect.Nothing(client);
        }

        [TestMethod]
        public void NothingIsPublishedWithAnIntervalOfZero()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = Expect.Subscriber(bench, ProtocolLevel.V311, "c", "$SYS/broker/uptime", 0);
            client.NextAll();
            bench.Advance(100000);

            Expect.Nothing(client);
        }

        [TestMethod]
        public void EachTopicIsThereOnce()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(ProtocolLevel.V311, "c");
            client.Subscribe("$SYS/#", 0);
            client.Next();
            string names = "";
            string message = client.Next();
            while (message.Length > 0)
            {
                string name = message.Substring(0, message.IndexOf(" '")) + ";";
                Assert.IsTrue(names.IndexOf(name) < 0, name);
                names += name;
                message = client.Next();
            }

            Assert.IsTrue(names.IndexOf("$SYS/broker/drops/damaged;") > 0, names);
        }

        [TestMethod]
        public void FreeHeapIsToldIfTheHostKnowsIt()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.HeapFreeMinBytes = 0;
            bench.Status = new FixedStatus();
            SimClient client = bench.Connect(ProtocolLevel.V311, "c");
            client.Subscribe("$SYS/broker/heap/#", 0);

            Expect.All(client, "SUBACK i1 00; PUBLISH $SYS/broker/heap/free '4711' q0 retain");
        }

        [TestMethod]
        public void CountersCountPacketsMessagesAndBytesOnce()
        {
            BrokerBench bench = new BrokerBench();
            SimClient subscriber = Expect.Subscriber(bench, ProtocolLevel.V311, "s", "t", 1);
            SimClient publisher = bench.Connect(ProtocolLevel.V311, "p");
            Counters counters = bench.Broker.Counters;
            long received = counters.BytesReceived;
            long sent = counters.BytesSent;
            publisher.Publish("t", "x", 0);
            publisher.Publish("t", "y", 1);
            bench.Run();
            subscriber.Ack(PacketType.Puback, 1);
            bench.Run();

            Assert.AreEqual(2L, counters.ConnectionsAccepted);
            Assert.AreEqual(6L, counters.PacketsReceived);
            Assert.AreEqual(6L, counters.PacketsSent);
            Assert.AreEqual(2L, counters.PublishReceived);
            Assert.AreEqual(2L, counters.PublishSent);
            Assert.AreEqual(6L + 8 + 4, counters.BytesReceived - received);
            Assert.AreEqual(6L + 8 + 4, counters.BytesSent - sent);
            Assert.AreEqual(2, counters.ClientsConnectedMax);
        }
    }
}
