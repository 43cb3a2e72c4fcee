using System;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Interop.Tests
{
    /// <summary>
    /// Two well-behaved Clients beside what happens to the broker: one message after the other, at QoS 0, 1 and 2 in turn, each
    /// acknowledged and received before the next one is sent. None may be refused, or lost, which shows as a wait without end.
    /// </summary>
    internal sealed class SteadyPair : IDisposable
    {
        private const int TalksMin = 100;

        private readonly WireClient _reader;
        private readonly WireClient _writer;
        private readonly string _topic;
        private readonly Task _talk;
        private volatile bool _isOver;

        /// <summary>Connects both, who begin to talk.</summary>
        internal SteadyPair(int port, string name, bool isV5)
        {
            _topic = name;
            _reader = new WireClient(port, name + "-reader", isDurable: false, isV5);
            _reader.Subscribe(_topic, 2);
            _writer = new WireClient(port, name + "-writer", isDurable: false, isV5);
            _talk = Task.Run(Talk);
        }

        /// <summary>The messages so far.</summary>
        internal int Count { get; private set; }

        /// <summary>They stop, when they have exchanged enough. Throws what went wrong.</summary>
        internal void Stop()
        {
            _isOver = true;
            _talk.GetAwaiter().GetResult();
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _isOver = true;
            _reader.Dispose();
            _writer.Dispose();
        }

        private void Talk()
        {
            while (!_isOver || Count < TalksMin)
            {
                Assert.AreEqual(0, _writer.Publish(_topic, $"{Count}", Count % 3), $"message {Count} of {_topic}");
                Assert.AreEqual($"{_topic} {Count}", _reader.ReceiveMessage());
                Count++;
            }
        }
    }
}
