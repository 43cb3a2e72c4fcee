using System.Text;
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
    /// <summary>What a display can read of Sessions.</summary>
    [TestClass]
    public class SessionReaderTests
    {
        [TestMethod]
        public void TellsEachSessionOnce()
        {
            BrokerBench bench = new BrokerBench();
            SimClient here = bench.Connect(ProtocolLevel.V311, "here");
            SimClient away = bench.ConnectDurable(ProtocolLevel.V5, "far-away-client");
            away.Subscribe("t", 1);
            away.Disconnect();
            here.Publish("t", "20.5", 1);
            bench.Run();

            SessionReader reader = bench.Broker.CreateSessionReader();
            reader.Start();
            byte[] beginning = new byte[8];
            int count = 0;
            while (reader.Next())
            {
                count++;
                string name = Encoding.UTF8.GetString(beginning, 0, reader.CopyClientIdentifier(beginning));
                bool isHere = name == "here";
                Assert.IsTrue(isHere || name == "far-away", name);
                Assert.AreEqual(isHere ? here.Handle : -1, reader.Handle);
                Assert.AreEqual(!isHere, reader.IsV5);
                Assert.AreEqual(!isHere, reader.IsDurable);
                Assert.AreEqual(isHere ? 0 : 1, reader.SubscriptionCount);
                Assert.AreEqual(isHere ? 0 : 1, reader.QueueCount);
                Assert.AreEqual(!isHere, reader.QueueBytes > 0);
                Assert.AreEqual(0, reader.InFlightCount);
                Assert.IsFalse(reader.IsLocal);
            }

            Assert.AreEqual(2, count);
            Assert.AreEqual(1, bench.Broker.QueuedCount);
            Assert.IsTrue(bench.Broker.QueuedBytes > 0);
        }

        [TestMethod]
        public void StartsAgain()
        {
            BrokerBench bench = new BrokerBench();
            SessionReader reader = bench.Broker.CreateSessionReader();
            reader.Start();
            Assert.IsFalse(reader.Next());

            bench.Broker.CreateLocalClient("inside", null);
            reader.Start();
            Assert.IsTrue(reader.Next());
            Assert.IsTrue(reader.IsLocal);
            Assert.IsFalse(reader.Next());
        }
    }
}
