#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using System.Text;
using EdgeBroker.Limits;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Sessions;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;

namespace EdgeBroker.Tests.Storing
{
    /// <summary>Messages that wait in the flash alone, alike but for themselves, share a place: what becomes of such a run.</summary>
    [TestClass]
    public class QueueRunTests
    {
        [TestMethod]
        [DataRow("11111", 1)]
        [DataRow("22222", 1)]
        [DataRow("11222", 2)]
        [DataRow("12121", 5)]
        public void MessagesThatAreAlikeShareAPlaceAndComeInOrder(string levels, int places)
        {
            BrokerBench bench = StoreBench.Make();
            bench.Limits.ReceiveMax = 2;
            SimClient sleeper = Sleeper(bench, levels);
            Assert.AreEqual(places, Places(bench));
            Assert.AreEqual(levels.Length, bench.Broker.QueuedCount);
            sleeper.AutoAcknowledge = true;
            Assert.AreEqual("CONNACK 00 present", sleeper.Connect());
            bench.Run();
            Assert.AreEqual(Expected(levels, 0), Payloads(sleeper));
        }

        [TestMethod]
        [DataRow("11111")]
        [DataRow("22222")]
        [DataRow("11222")]
        public void TheyAreAfterAPowerCutWhatTheyWereWithSomeInFlight(string levels)
        {
            BrokerBench bench = StoreBench.Make();
            bench.Limits.ReceiveMax = 2;
            SimClient sleeper = Sleeper(bench, levels);
            Assert.AreEqual("CONNACK 00 present", sleeper.Connect());
            Assert.AreEqual("ab", Payloads(sleeper));

            bench.CutPower();

            Assert.AreEqual(levels.Length, bench.Broker.QueuedCount);
            sleeper.AutoAcknowledge = true;
            Assert.AreEqual("CONNACK 00 present", sleeper.Connect());
            bench.Run();
            Assert.AreEqual(Expected(levels, 0), Payloads(sleeper));
        }

        [TestMethod]
        public void TheOldestOfARunIsDroppedFirst()
        {
            BrokerBench bench = StoreBench.Make();
            bench.Limits.QueueFull = QueueFullPolicy.DropOldest;
            bench.Limits.PacketSizeMax = 256;
            bench.Limits.SessionQueueBytesMax = 256;
            SimClient sleeper = Sleeper(bench, "11111111");
            int left = bench.Broker.QueuedCount;
            Assert.IsTrue(left > 1 && left < 8);
            Assert.AreEqual(1, Places(bench));
            sleeper.AutoAcknowledge = true;
            Assert.AreEqual("CONNACK 00 present", sleeper.Connect());
            bench.Run();
            Assert.AreEqual(Expected("11111111", 8 - left), Payloads(sleeper));
        }

        [TestMethod]
        public void TheyGoWithTheirSession()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient sleeper = Sleeper(bench, "11111");
            sleeper.Options.CleanStart = true;
            sleeper.Options.SessionExpiryIntervalS = 0;
            Assert.AreEqual("CONNACK 00", sleeper.Connect());
            Assert.AreEqual(0, bench.Broker.QueuedCount);
            Assert.AreEqual(5L, bench.Broker.Counters.Drops[DropReason.SessionEnded]);
        }

        private static SimClient Sleeper(BrokerBench bench, string levels)
        {
            SimClient sleeper = Expect.DurableSubscriber(bench, ProtocolLevel.V311, "sleeper", "t", 2);
            sleeper.Disconnect();
            SimClient other = bench.Connect(ProtocolLevel.V5, "other");
            other.AutoAcknowledge = true;
            for (int i = 0; i < levels.Length; i++)
            {
                other.Publish("t", "" + (char)('a' + i), levels[i] - '0');
                bench.Run();
            }

            return sleeper;
        }

        private static int Places(BrokerBench bench)
        {
            byte[] name = Encoding.UTF8.GetBytes("sleeper");
            int count = 0;
            int delivery = bench.Broker.Context.Sessions.Find(name, 0, name.Length).QueueHead;
            while (delivery != DeliveryPool.None)
            {
                count++;
                delivery = bench.Broker.Context.Deliveries.Next(delivery);
            }

            return count;
        }

        private static string Expected(string levels, int from)
        {
            string text = "";
            for (int i = from; i < levels.Length; i++)
            {
                text += (char)('a' + i);
            }

            return text;
        }

        private static string Payloads(SimClient client)
        {
            string text = "";
            ReceivedPacket packet = client.Take();
            while (packet != null)
            {
                text += packet.Type == PacketType.Publish ? packet.Payload : "";
                packet = client.Take();
            }

            return text;
        }
    }
}
