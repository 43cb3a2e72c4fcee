using EdgeBroker.Connections;
using EdgeBroker.Limits;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Store;

namespace EdgeBroker.Overload
{
    /// <summary>
    /// Looks at the figures of all resources now and then, never on the path of a message, and does what no request asks for:
    /// the ladder's fourth step, and the rate of messages. The other steps are taken where the requests come in.
    /// </summary>
    internal sealed class OverloadWatch
    {
        // Figures change with every message, and nobody has to know them sooner; what is refused is looked at once.
        private const int LookMs = 1000;
        private const int LookShortMs = 250;

        // A free heap is dear to know on a device: it collects garbage to tell.
        private const int HeapLookMs = 10000;
        private const int HeapLookShortMs = 1000;

        // Looks that follow one another closely would round the rate down to nothing.
        private const int RateLookMs = 200;

        // Seconds' worth of messages by which a Client may be ahead of its rate before it has to go.
        private const int RateAheadS = 10;

        // Never reached.
        private const int WearBound = 101;

        private readonly Context _context;
        private readonly ResourceTable _resources;
        private readonly Shedder _shedder;
        private readonly QueueShortage _shortage;
        private readonly ConnectionCloser _closer;
        private readonly ConnectAdmission _admission;
        private readonly IStatusSource _status;
        private long _ratesSinceMs;
        private long _nextHeapMs;
        private int _bufferFailures;

        /// <summary>Makes the watch.</summary>
        public OverloadWatch(
            Context context,
            Shedder shedder,
            QueueShortage shortage,
            ConnectionCloser closer,
            ConnectAdmission admission,
            IStatusSource status)
        {
            _context = context;
            _resources = context.Resources;
            _shedder = shedder;
            _shortage = shortage;
            _closer = closer;
            _admission = admission;
            _status = status;
            _ratesSinceMs = context.NowMs;
        }

        /// <summary>When to look again though nothing happens, in the clock's milliseconds; 0 for never.</summary>
        public long NextMs { get; private set; }

        /// <summary>Looks, if it is time.</summary>
        public void RunDue()
        {
            if (_context.NowMs < _resources.NextLookMs)
            {
                return;
            }

            LookAtTables();
            _admission.Look();
            LookAtHeap();
            if (_context.Limits.MessageRateMax > 0 && _context.NowMs - _ratesSinceMs >= RateLookMs)
            {
                LookAtRates();
            }

            if (_resources.Step(Resource.Buffers) >= 4 || _resources.Step(Resource.Heap) >= 4)
            {
                _shedder.ShedLargest();
            }

            bool isShort = _resources.IsMemoryShort
                || _resources.Step(Resource.StoreBytes) > 1
                || _resources.Step(Resource.MessageRate) > 0
                || _resources.Step(Resource.ConnectRate) > 0;
            _resources.EndLook(isShort || _context.Limits.MessageRateMax > 0 ? LookShortMs : LookMs);

            // Before the next look the heap is not looked at either: to wake up for it would be to wake up again and again.
            bool isLookFirst = isShort || (_nextHeapMs != 0 && _nextHeapMs < _resources.NextLookMs);
            NextMs = isLookFirst ? _resources.NextLookMs : _nextHeapMs;
        }

        private void LookAtTables()
        {
            BrokerLimits limits = _context.Limits;
            ResourceTable resources = _resources;
            if (_bufferFailures != _context.Buffers.FailureCount)
            {
                // What was short for a moment only, as when a crowd is answered, is no shortage.
                _bufferFailures = _context.Buffers.FailureCount;
                if (_context.Buffers.BytesInUse * 100L > limits.BufferBytesMax * (long)limits.OverloadLowPct)
                {
                    resources.Hit(Resource.Buffers);
                }
            }

            resources.Update(Resource.Connections, _context.Connections.ConnectedCount, limits.ConnectionsMax);
            resources.Update(Resource.Sessions, _context.Sessions.Count, limits.SessionsMax);
            resources.Update(Resource.Subscriptions, _context.Subscriptions.Count, limits.SubscriptionsMax);
            resources.Update(Resource.Retained, _context.Retained.Count, limits.RetainedMax);
            resources.Update(Resource.QueueBytes, _context.Messages.BytesInUse, limits.QueueBytesMax);
            resources.Update(Resource.Buffers, _context.Buffers.BytesInUse, limits.BufferBytesMax);
            if (_context.Store != null)
            {
                resources.Update(Resource.StoreBytes, _context.Store.Journal.Bytes, limits.StoreBytesMax);
                _shortage.MakeStoreRoom();

                // Commits that wait are the only step there is.
                resources.Update(Resource.Wear, _context.Store.Pacer.DrawnPct(_context.NowMs), WearBound);
            }
        }

        /// <summary>
        /// The reserve was needed: memory is used up, whatever anybody says. No new Client is let in from here on.
        /// </summary>
        public void NoteReserveUsed()
        {
            if (!_resources.IsHit(Resource.Heap))
            {
                _resources.Refuse(Resource.Heap);
                _resources.Set(Resource.Heap, _resources.Step(Resource.Heap) > 3 ? 4 : 3);
            }
        }

        private void LookAtHeap()
        {
            int least = _context.Limits.HeapFreeMinBytes;
            bool isHit = _resources.IsHit(Resource.Heap);
            bool isWatched = _status != null && least > 0;
            if (isHit)
            {
                // Free buffers are nobody's, and may be what is missing.
                _context.Buffers.ReleaseFree();
                MemoryReserve.Refill();
            }
            else if (_context.NowMs < _nextHeapMs)
            {
                return;
            }
            else if (_resources.Step(Resource.Heap) > 0)
            {
                // They count as used in the figure too, and nobody else would ever give them back.
                _context.Buffers.ReleaseFree();
                _context.Messages.Trim();
            }

            long free = isWatched ? _status.HeapFreeBytes : -1;

            // What there has to be, of what there is: at the bound when there is no more than that.
            _resources.Update(Resource.Heap, free < 0 ? 0 : least, free < 0 ? 1 : free + 1);
            bool isShort = _resources.Step(Resource.Heap) > 0;
            bool mayGrow = _resources.Step(Resource.Heap) < 2;
            _context.Messages.Blocks.AllowGrowth(mayGrow);
            _context.Deliveries.AllowGrowth(mayGrow);
            _nextHeapMs = isShort ? _context.NowMs + HeapLookShortMs : isWatched ? _context.NowMs + HeapLookMs : 0;
        }

        // A Client that is ahead of its rate is not read from until it is not. TCP pushes back.
        private void LookAtRates()
        {
            int rate = _context.Limits.MessageRateMax;
            long allowed = rate * (_context.NowMs - _ratesSinceMs) / 1000;
            _ratesSinceMs = _context.NowMs;
            int step = 0;
            ConnectionTable connections = _context.Connections;
            for (int handle = 0; handle < connections.End; handle++)
            {
                Connection connection = connections.Get(handle);
                if (connection == null || connection.State != ConnectionState.Connected)
                {
                    continue;
                }

                connection.Excess = connection.Excess > allowed ? connection.Excess - (int)allowed : 0;
                if (connection.Excess / RateAheadS > rate)
                {
                    _context.Counters.Refusals[Resource.MessageRate]++;
                    _shedder.Shed(connection, ReasonCode.MessageRateTooHigh);
                    step = 4;
                }
                else if (connection.Excess > rate)
                {
                    _closer.SetInterest(connection, connection.Interest & ~NetworkEvents.Readable);
                    step = step > 1 ? step : 1;
                }
                else if (connection.WaitingSinceMs == 0)
                {
                    _closer.SetInterest(connection, connection.Interest | NetworkEvents.Readable);
                }
            }

            _resources.Set(Resource.MessageRate, step);
        }
    }
}
