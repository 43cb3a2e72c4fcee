using EdgeBroker.Ports;

namespace EdgeBroker.DesktopProgram.Page
{
    /// <summary>Totals of one broker after another, as the power comes and goes.</summary>
    internal sealed class BrokerTotals
    {
        private readonly long[] _dropsBefore = new long[DropReason.Count];
        private long _receivedBefore;
        private long _sentBefore;
        private Counters? _counters;

        /// <summary>PUBLISH packets received.</summary>
        internal long Received => _receivedBefore + (_counters?.PublishReceived ?? 0);

        /// <summary>PUBLISH packets sent.</summary>
        internal long Sent => _sentBefore + (_counters?.PublishSent ?? 0);

        /// <summary>Messages dropped, of all reasons.</summary>
        internal long Dropped
        {
            get
            {
                long sum = 0;
                for (int reason = 0; reason < DropReason.Count; reason++)
                {
                    sum += DroppedFor(reason);
                }

                return sum;
            }
        }

        /// <summary>Messages dropped for a <see cref="DropReason"/>.</summary>
        internal long DroppedFor(int reason)
        {
            return _dropsBefore[reason] + (_counters?.Drops[reason] ?? 0);
        }

        /// <summary>Goes on with another broker.</summary>
        /// <param name="counters">Its counters, or null while there is none.</param>
        internal void Attach(Counters? counters)
        {
            _receivedBefore = Received;
            _sentBefore = Sent;
            for (int reason = 0; reason < DropReason.Count; reason++)
            {
                _dropsBefore[reason] = DroppedFor(reason);
            }

            _counters = counters;
        }
    }
}
