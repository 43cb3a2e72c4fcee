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
    /// <summary>A pair of Clients that has nothing to do with what happens to the broker, and is not to notice it.</summary>
    internal sealed class Others
    {
        /// <summary>Where they are.</summary>
        public readonly BrokerBench Bench;

        private readonly SimClient _writer;
        private readonly SimClient _reader;
        private int _count;

        /// <summary>Connects both.</summary>
        public Others(BrokerBench bench)
        {
            Bench = bench;
            _reader = Expect.Subscriber(bench, ProtocolLevel.V311, "others-reader", "others", 1);
            _reader.AutoAcknowledge = true;
            _writer = bench.Connect(ProtocolLevel.V311, "others-writer");
        }

        /// <summary>A message goes from one to the other before any time passes.</summary>
        public void Talk()
        {
            _count++;
            _writer.Publish("others", "x" + _count, 1);
            Assert.AreEqual("PUBACK i" + _count, _writer.Next());
            string message = _reader.Next();
            Assert.IsTrue(message.StartsWith("PUBLISH others 'x" + _count + "' q1"), message);
        }
    }
}
