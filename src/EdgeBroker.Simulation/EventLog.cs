using EdgeBroker.Ports;

namespace EdgeBroker.Simulation
{
    /// <summary>Counts what the broker tells its observer, and remembers the last detail of each event.</summary>
    public sealed class EventLog : IObserver
    {
        private const int DetailMax = 16;

        private readonly int[] _counts = new int[32];
        private readonly int[] _details = new int[32];
        private readonly int[] _countsByDetail = new int[32 * DetailMax];

        /// <summary>How often an event was told.</summary>
        /// <param name="brokerEvent">A <see cref="BrokerEvent"/>.</param>
        public int CountOf(int brokerEvent)
        {
            return _counts[brokerEvent];
        }

        /// <summary>How often an event was told with a detail.</summary>
        /// <param name="brokerEvent">A <see cref="BrokerEvent"/>.</param>
        /// <param name="detail">From 0 to 15.</param>
        public int CountOf(int brokerEvent, int detail)
        {
            return _countsByDetail[brokerEvent * DetailMax + detail];
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
            if (detail >= 0 && detail < DetailMax)
            {
                _countsByDetail[brokerEvent * DetailMax + detail]++;
            }
        }
    }
}
