using EdgeBroker.Simulation;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests
{
    /// <summary>Looks into the pools of a broker for what nobody gave back.</summary>
    internal static class Leaks
    {
        /// <summary>
        /// Fails unless all is empty: to be called when all Clients have left, no Session is left, and nothing is retained.
        /// </summary>
        public static void AssertNone(BrokerBench bench)
        {
            Context context = bench.Broker.Context;
            Assert.AreEqual(0, context.Connections.Count, "connections");
            Assert.AreEqual(0, context.Sessions.Count, "sessions");
            Assert.AreEqual(0, context.Subscriptions.Count, "subscriptions");
            Assert.AreEqual(0, context.Retained.Count, "retained");
            Assert.AreEqual(0, context.Deliveries.Count, "deliveries");
            Assert.AreEqual(0, context.Messages.Count, "messages");
            Assert.AreEqual(0, context.Store == null ? 0 : context.Store.Deliveries.UnstoredBytes, "unstored");
            Assert.AreEqual(0L, (long)context.Buffers.BytesInUse, "buffers");
        }
    }
}
