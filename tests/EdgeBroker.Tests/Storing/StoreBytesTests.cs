using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests.Storing
{
    /// <summary>The storage is used up by who is away.</summary>
    [TestClass]
    public class StoreBytesTests
    {
        private const int V5 = ProtocolLevel.V5;
        private static readonly string s_payload = new string('x', 500);

        // What is refused is counted and shown, what was acknowledged arrives, and then there is room again.
        [TestMethod]
        public void FullStoreRefusesIsShownAndRecovers()
        {
            BrokerBench bench = StoreBench.Make();
            SimClient sleeper = Expect.DurableSubscriber(bench, V5, "sleeper", "t", 1);
            sleeper.Disconnect();
            SimClient publisher = bench.Connect(V5, "p");
            int accepted = 0;
            while (accepted < 1000 && Publish(bench, publisher) == "PUBACK i" + (accepted + 1))
            {
                accepted++;
            }

            Assert.IsTrue(accepted > 20 && accepted < 1000, "accepted " + accepted);
            Assert.AreEqual("PUBACK i" + (accepted + 1) + " 97", publisher.Last.Text);
            Assert.IsTrue(bench.Broker.Counters.Refusals[Resource.StoreBytes] > 0, "not counted");
            bench.Advance(100);
            AssertShown(bench, "2");

            sleeper.AutoAcknowledge = true;
            Assert.AreEqual("CONNACK 00 present", sleeper.Connect());
            for (int i = 0; i < accepted; i++)
            {
                string message = sleeper.Next();
                Assert.IsTrue(message.StartsWith("PUBLISH t '"), i + " of " + accepted + ": " + message);
            }

            // What it has acknowledged is tidied up.
            bench.Advance(20000);
            Assert.AreEqual("PUBACK i" + (accepted + 2), Publish(bench, publisher));
            Assert.IsTrue(sleeper.Next().StartsWith("PUBLISH t '"), sleeper.Last.Text);
            AssertShown(bench, "0");
        }

        private static string Publish(BrokerBench bench, SimClient publisher)
        {
            publisher.Publish("t", s_payload, 1);
            string answer = publisher.Next();
            if (answer.Length == 0)
            {
                bench.Advance(20000);
                answer = publisher.Next();
            }

            return answer;
        }

        private static void AssertShown(BrokerBench bench, string step)
        {
            SimClient display = bench.Connect(V5, "display");
            display.Subscribe("$SYS/broker/overload/store-bytes", 0);
            Expect.All(display, "SUBACK i1 00; PUBLISH $SYS/broker/overload/store-bytes '" + step + "' q0 retain");
            display.Disconnect();
        }
    }
}
