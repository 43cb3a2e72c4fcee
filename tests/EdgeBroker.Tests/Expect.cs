using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests
{
    /// <summary>What Clients are to receive, and short ways into the usual situations.</summary>
    internal static class Expect
    {
        /// <summary>The next packet of a Client, as <see cref="ReceivedPacket.Text"/>; "" for none.</summary>
        public static void Next(SimClient client, string expected)
        {
            Assert.AreEqual(expected, client.Next());
        }

        /// <summary>Nothing comes.</summary>
        public static void Nothing(SimClient client)
        {
            Assert.AreEqual("", client.NextAll());
        }

        /// <summary>All that comes, in order, with "; " between.</summary>
        public static void All(SimClient client, string expected)
        {
            Assert.AreEqual(expected, client.NextAll());
        }

        /// <summary>The broker ends the connection because of this code: 5.0 Clients are told, others see the end only.</summary>
        public static void Disconnected(SimClient client, int reasonCode)
        {
            string told = client.Level == ProtocolLevel.V5 ? "DISCONNECT " + Bytes.Hex(reasonCode) + "; " : "";
            Assert.AreEqual(told + "closed", client.NextAll());
        }

        /// <summary>Subscribes, and the broker grants what is asked for.</summary>
        public static void Subscribed(SimClient client, string filter, int options)
        {
            client.Subscribe(filter, options);
            string answer = client.Next();
            Assert.IsTrue(answer.StartsWith("SUBACK i") && answer.EndsWith(" 0" + (options & 3)), answer);
        }

        /// <summary>A Client with a clean start and one subscription.</summary>
        public static SimClient Subscriber(BrokerBench bench, int level, string name, string filter, int options)
        {
            SimClient client = bench.Connect(level, name);
            Subscribed(client, filter, options);
            return client;
        }

        /// <summary>A Client with a durable Session and one subscription.</summary>
        public static SimClient DurableSubscriber(BrokerBench bench, int level, string name, string filter, int options)
        {
            SimClient client = bench.ConnectDurable(level, name);
            Subscribed(client, filter, options);
            return client;
        }
    }
}
