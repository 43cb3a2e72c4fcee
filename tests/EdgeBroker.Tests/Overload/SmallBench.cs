using EdgeBroker.Simulation;

namespace EdgeBroker.Tests.Overload
{
    /// <summary>A broker whose bounds are smaller than a device's, so that few messages come to them.</summary>
    internal static class SmallBench
    {
        /// <summary>Makes one.</summary>
        public static BrokerBench Make()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.PacketSizeMax = 256;
            bench.Limits.ReceiveMax = 4;
            bench.Limits.OutboxBytesMax = 1024;
            bench.Limits.SessionQueueBytesMax = 2048;
            bench.Limits.QueueBytesMax = 65536;
            bench.Limits.BufferBytesMax = 65536;
            bench.Limits.ReceiveBufferBytes = 1024;
            return bench;
        }
    }
}
