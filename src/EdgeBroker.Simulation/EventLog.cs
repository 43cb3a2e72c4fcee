using EdgeBroker.Ports;

namespace EdgeBroker.Simulation
{
    /// <summary>Counts what the broker tells its observer, and remembers the last detail of each event.</summary>
    public sealed class EventLog : IObserver
    {
        private readonly int[] _counts = new int[32];
        private readonly int[] _details = new int[32];

        /// <summary>How often an event was told.</summary>
        /// <param name="brokerEvent">A <see cref="BrokerEvent"/>.</param>
        public int CountOf(int brokerEvent)
        {
            return _counts[brokerEvent];
        }

        /// <summary>The last detail of an event.</summary>
        /// <param name="brokerEvent">A <see cref="BrokerEvent"/>.</param>
        public int LastDetail(int brokerEvent)
        {
            return _details[brokerEvent];
        }

        /// <inheritdoc/>
        public void OnEvent(int brokerEvent, int handle, int detail)
        {
            _counts[brokerEvent]++;
            _details[brokerEvent] = detail;
        }
    }
}
