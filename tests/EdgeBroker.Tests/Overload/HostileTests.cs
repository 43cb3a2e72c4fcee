using EdgeBroker.Limits;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests.Overload
{
    /// <summary>
    /// Clients that mean harm, against a broker with a device's bounds: each has a bound and is told a code, and a message of
    /// others arrives, as always, without time passing.
    /// </summary>
    [TestClass]
    public class HostileTests
    {
        private const int V3 = ProtocolLevel.V311;
        private const int V5 = ProtocolLevel.V5;

        // A packet that trickles in is a sign of life for four times as long as its Keep Alive allows, and then no longer.
        [TestMethod]
        [DataRow(V3, "closed")]
        [DataRow(V5, "DISCONNECT 8D; closed")]
        public void ByteASecondIsNoPacket(int level, string told)
        {
            Others others = new Others(new BrokerBench(Profile.Esp32, 13));
            SimClient slow = others.Bench.Client(level, "slow");
            slow.Options.KeepAliveS = 10;
            Assert.AreEqual("CONNACK 00", slow.Connect());
            slow.SendHex("30 64");
            for (int second = 0; second < 59; second++)
            {
                others.Bench.Advance(1000);
                slow.SendHex("00");
                others.Talk();
            }

            Expect.Nothing(slow);
            others.Bench.Advance(2000);
            Expect.All(slow, told);
        }

        [TestMethod]
        public void ByteASecondOfConnectHasFiveSeconds()
        {
            Others others = new Others(new BrokerBench(Profile.Esp32, 13));
            SimClient slow = others.Bench.Client(V5, "slow");
            slow.Open();
            string[] bytes = { "10", "20", "00", "04", "4D" };
            for (int second = 0; second < bytes.Length; second++)
            {
                slow.SendHex(bytes[second]);
                others.Talk();
                Expect.Nothing(slow);
                others.Bench.Advance(999);
            }

            others.Bench.Advance(100);
            Expect.All(slow, "closed");
        }

        // Ten of them hold as much as there is for packets that are not complete; more than that goes to nobody.
        [TestMethod]
        public void HoldersOfHalfPacketsGoForTheRoomOfOthers()
        {
            BrokerBench bench = new BrokerBench(Profile.Esp32, 13);
            Others others = new Others(bench);
            SimClient[] holders = new SimClient[10];
            byte[] half = new byte[900];
            half[0] = 0x30;
            half[1] = 0xF0;
            half[2] = 0x07;
            for (int i = 0; i < holders.Length; i++)
            {
                holders[i] = bench.Connect(V5, "h" + i);
                holders[i].SendBytes(half, 0, half.Length);
                others.Talk();
            }

            for (int i = 0; i < 50; i++)
            {
                bench.Advance(100);
                others.Talk();
            }

            int gone = 0;
            for (int i = 0; i < holders.Length; i++)
            {
                string told = holders[i].NextAll();
                gone += told == "DISCONNECT 89; closed" ? 1 : 0;
                Assert.IsTrue(told.Length == 0 || told == "DISCONNECT 89; closed", told);
            }

            Assert.IsTrue(gone <= bench.Broker.Counters.ClientsShed, "gone " + gone);
            Assert.IsTrue(bench.Broker.Context.Buffers.BytesInUse <= bench.Limits.BufferBytesMax, "too much");
        }

        // What they don't read holds what messages may have; the rest is for the replies of others.
        [TestMethod]
        public void HalfPacketsTakeNoneOfTheLastBuffers()
        {
            BrokerBench bench = new BrokerBench(Profile.Esp32, 13);
            SimClient reader = Expect.Subscriber(bench, V3, "reader", "others", 0);
            SimClient writer = bench.Connect(V3, "writer");
            SimClient[] holders = new SimClient[9];
            for (int i = 0; i < holders.Length; i++)
            {
                holders[i] = Expect.Subscriber(bench, V5, "h" + i, "t", 0);
                holders[i].SetReading(false, 10);
            }

            for (int i = 0; i < 5; i++)
            {
                writer.Publish("t", new string('x', 200), 0);
            }

            byte[] half = new byte[1024];
            Bytes.OfHex("30 F0 07").CopyTo(half, 0);
            for (int i = 0; i < holders.Length; i++)
            {
                // As much as there is.
                bench.Run();
                int left = bench.Limits.BufferBytesMax - bench.Broker.Context.Buffers.BytesInUse;
                holders[i].SendBytes(half, 0, left >= 1024 ? 1000 : left >= 512 ? 500 : 200);
                bench.Run();
                writer.Publish("others", "x", 1);
                Assert.AreEqual("PUBACK i" + (i + 1), writer.Next(), "left " + left);
            }

            Assert.IsTrue(reader.NextAll().Length > 0, "nothing arrived");
        }

        // More of them than there are buffers: the oldest go, and whoever completes its CONNECT meanwhile is served.
        [TestMethod]
        [DataRow(9)]
        [DataRow(900)]
        public void HalfConnectsTakeNothingFromClients(int size)
        {
            BrokerBench bench = new BrokerBench(Profile.Esp32, 76);
            Others others = new Others(bench);
            byte[] half = new byte[size];
            Bytes.OfHex("10 F0 07 00 04 4D 51 54 54").CopyTo(half, 0);
            for (int i = 0; i < 73; i++)
            {
                SimClient stranger = bench.Client(V5, "s" + i);
                stranger.Open();
                stranger.SendBytes(half, 0, size);
                others.Talk();
            }

            Assert.IsTrue(bench.Broker.Context.Buffers.BytesInUse <= bench.Limits.BufferBytesMax / 2 + 1024, "too much");
            SimClient decent = bench.Client(V3, "");
            decent.Open();
            decent.SendHex("10 0C 00 04 4D 51");
            decent.SendHex("54 54 04 02 00 00 00 00");
            Expect.All(decent, "CONNACK 00");
        }

        // [MQTT5-3.3.4-9]: 3.1.1 has no such bound, so that Client waits until it is too far behind.
        [TestMethod]
        [DataRow(V3)]
        [DataRow(V5)]
        public void QoS2WithoutReleaseHasABound(int level)
        {
            BrokerBench bench = new BrokerBench(Profile.Esp32, 13);
            Others others = new Others(bench);
            SimClient flood = bench.Connect(level, "flood");
            for (int i = 0; i < 500; i++)
            {
                flood.Publish("t", "x", 2);
                if (i % 10 == 0)
                {
                    others.Talk();
                }
            }

            bench.Advance(1100);
            others.Talk();
            int taken = 0;
            string last = flood.Next();
            while (last.StartsWith("PUBREC"))
            {
                taken++;
                last = flood.Next();
            }

            Assert.IsTrue(taken <= bench.Broker.Context.InboundMax, "taken " + taken);
            Assert.AreEqual(level == V5 ? "DISCONNECT 93" : "closed", last);
        }

        // A quarter of connect-rate-max is one identifier's; nobody else notices.
        [TestMethod]
        [DataRow(V3, "CONNACK 03")]
        [DataRow(V5, "CONNACK 9F")]
        public void HundredReconnectsASecondAreTooMany(int level, string refusal)
        {
            BrokerBench bench = new BrokerBench(Profile.Esp32, 13);
            Others others = new Others(bench);
            SimClient client = bench.Client(level, "again");
            int accepted = 0;
            int refused = 0;
            for (int i = 0; i < 1000; i++)
            {
                string answer = client.Connect();
                accepted += answer == "CONNACK 00" ? 1 : 0;
                refused += answer == refusal ? 1 : 0;
                client.Close();
                others.Talk();
                bench.Advance(10);
            }

            Assert.AreEqual(1000, accepted + refused);
            int rate = bench.Limits.ConnectRateMax;
            Assert.IsTrue(accepted <= rate + (10 * rate / 4) + 1, "accepted " + accepted);
            Assert.AreEqual(refused, bench.Broker.Counters.Refusals[Resource.ConnectRate]);
            bench.Connect(level, "other").Disconnect();
            bench.Advance(1000);
            Assert.AreEqual("CONNACK 00", client.Connect());
        }
    }
}
