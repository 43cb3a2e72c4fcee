using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests.Conformance
{
    /// <summary>A broker with one Client that is subscribed to everything, and others with a Will.</summary>
    public class WillBench
    {
        /// <summary>The broker.</summary>
        public readonly BrokerBench Broker = new BrokerBench();

        /// <summary>Who gets what is published.</summary>
        public readonly SimClient Watcher;

        /// <summary>Begins.</summary>
        public WillBench()
        {
            Watcher = Broker.Connect(Protocol.ProtocolLevel.V5, "watcher");
            Watcher.Subscribe("#", 1);
            Watcher.NextAll();
        }

        /// <summary>Connects a Client with a Will.</summary>
        /// <param name="level">Its version.</param>
        /// <param name="delayS">The Will's delay in seconds; with one the Session lasts 100 s.</param>
        /// <param name="retain">Whether the Will is retained.</param>
        public SimClient Connect(int level, int delayS, bool retain)
        {
            SimClient client = Broker.Client(level, "c");
            client.Options.KeepAliveS = 10;
            client.Options.WillTopic = Bytes.OfText("w");
            client.Options.WillPayload = Bytes.OfText("gone");
            client.Options.WillQoS = 1;
            client.Options.WillRetain = retain;
            if (delayS > 0)
            {
                client.Options.KeepAliveS = 0;
                client.Options.WillDelayIntervalS = delayS;
                client.Options.SessionExpiryIntervalS = 100;
            }

            Assert.AreEqual("CONNACK 00", client.Connect());
            return client;
        }
    }
}
