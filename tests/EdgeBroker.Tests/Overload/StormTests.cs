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
    /// <summary>Many Clients come at once, and again and again: they are told, and let in as soon as there is room.</summary>
    [TestClass]
    public class StormTests
    {
        private const int V3 = ProtocolLevel.V311;
        private const int V5 = ProtocolLevel.V5;
        private const int Rate = 10;

        // What is above connect-rate-max is told so; whoever is there stays, and what the rate allows is let in.
        [TestMethod]
        public void ClientsAboveTheConnectRateAreToldAndLetInLater()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.ConnectionsMax = 5;
            bench.Limits.ConnectRateMax = Rate;
            SimClient steady = bench.Connect(V5, "steady");
            int accepted = 0;
            int number = 0;
            string answer = "CONNACK 00";
            while (answer == "CONNACK 00" && number < 100)
            {
                answer = ComeAndGo(bench, V5, number++);
                accepted += answer == "CONNACK 00" ? 1 : 0;
            }

            Assert.AreEqual("CONNACK 9F", answer);
            Assert.IsTrue(accepted >= Rate - 1 && accepted <= Rate, "at once " + accepted);
            Assert.AreEqual("CONNACK 03", ComeAndGo(bench, V3, number++));
            Assert.AreEqual(2L, bench.Broker.Counters.Refusals[Resource.ConnectRate]);
            Expect.Nothing(steady);
            bench.Advance(1000);
            accepted = 0;
            for (int i = 0; i < Rate * 2; i++)
            {
                accepted += ComeAndGo(bench, V3, number++) == "CONNACK 00" ? 1 : 0;
            }

            Assert.IsTrue(accepted >= Rate - 1 && accepted <= Rate + 1, "in a second " + accepted);
            bench.Advance(5000);
            Assert.AreEqual("CONNACK 00", ComeAndGo(bench, V5, number));
            Assert.AreEqual(0, bench.Broker.Context.Resources.Step(Resource.ConnectRate));
        }

        // A crowd that does not wait for its time is no reason to think that memory is still short.
        [TestMethod]
        public void CrowdThatComesAgainAndAgainIsLetInWhenThereIsMemory()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.HeapFreeMinBytes = 10000;
            SettableStatus status = new SettableStatus();
            status.Free = 9000;
            bench.Status = status;
            Expect.Nothing(bench.Connect(V5, "first"));
            int number = 0;
            while (number < 100 && ComeAndGo(bench, V5, number++) == "CONNACK 00")
            {
                bench.Advance(500);
            }

            Assert.AreEqual(3, bench.Broker.Context.Resources.Step(Resource.Heap));
            status.Free = 1000000;
            int tries = 0;
            while (tries < 100 && ComeAndGo(bench, V5, number++) != "CONNACK 00")
            {
                bench.Advance(50);
                tries++;
            }

            Assert.IsTrue(tries <= 40, "let in after " + tries + " tries");
            Assert.IsTrue(bench.Broker.Counters.Refusals[Resource.Heap] > 0, "not counted");
        }

        private static string ComeAndGo(BrokerBench bench, int level, int number)
        {
            SimClient client = bench.Client(level, "c" + number);
            string answer = client.Connect();
            client.Disconnect();
            return answer;
        }
    }
}
