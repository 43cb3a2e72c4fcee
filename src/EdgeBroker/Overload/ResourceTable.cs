using EdgeBroker.Limits;
using EdgeBroker.Ports;

namespace EdgeBroker.Overload
{
    /// <summary>
    /// How short the broker is of what, and which step of the ladder that asks for: 0 nothing; 1 hold back those who cause it;
    /// 2 refuse new work; 3 refuse new connections; 4 disconnect who holds the most; 5 drop the oldest of who is away.
    /// It decides nothing by itself: those who can do something ask it.
    /// </summary>
    /// <remarks>
    /// Invariants: a step rises only at the high mark or above, one step at a time and each after the one before was given
    /// wait-ms to help; it falls below the high mark to 1, and at the low mark to 0. Between the marks it stays.
    /// </remarks>
    internal sealed class ResourceTable
    {
        // What is refused is looked at as soon as this allows.
        private const int HitLookMs = 100;

        private readonly Context _context;
        private readonly byte[] _steps = new byte[Resource.Count];

        // When the step of now was taken, in the low bits of the clock's milliseconds.
        private readonly int[] _sinceMs = new int[Resource.Count];

        private long _lastLookMs;

        // A bit for each resource that something was refused for since the last look.
        private int _hits;

        /// <summary>When the figures are to be looked at again, in the clock's milliseconds.</summary>
        public long NextLookMs;

        /// <summary>Whether memory is too short for another Client. Set by the table alone.</summary>
        public bool RefusesClients;

        /// <summary>Makes the table: nothing is short.</summary>
        public ResourceTable(Context context)
        {
            _context = context;
            
            // At once, and not never.
            NextLookMs = 1;
            _lastLookMs = -HitLookMs;
        }

        /// <summary>The step of a resource: 0 to 5.</summary>
        public int Step(int resource)
        {
            return _steps[resource];
        }

        /// <summary>Whether memory of any kind is short.</summary>
        public bool IsMemoryShort
        {
            get { return (_steps[Resource.QueueBytes] | _steps[Resource.Buffers] | _steps[Resource.Heap]) != 0; }
        }

        /// <summary>Counts that something was refused for want of a resource: that is as good as a figure at its bound.</summary>
        public void Refuse(int resource)
        {
            _context.Counters.Refusals[resource]++;
            Hit(resource);
        }

        /// <summary>Notes that a resource is used up, whatever its figure.</summary>
        public void Hit(int resource)
        {
            _hits |= 1 << resource;
            if (NextLookMs > _lastLookMs + HitLookMs)
            {
                NextLookMs = _lastLookMs + HitLookMs;
            }

            _context.WakeAt(NextLookMs);
        }

        /// <summary>Whether a resource was used up since the last look.</summary>
        public bool IsHit(int resource)
        {
            return (_hits >> resource & 1) != 0;
        }

        /// <summary>Ends a look at the figures.</summary>
        /// <param name="nextMs">How long they are good for, in milliseconds.</param>
        public void EndLook(int nextMs)
        {
            _hits = 0;
            _lastLookMs = _context.NowMs;
            NextLookMs = _context.NowMs + nextMs;
        }

        /// <summary>Takes over a figure and finds the step.</summary>
        /// <param name="resource">Which.</param>
        /// <param name="used">How much is used, in the unit of the bound.</param>
        /// <param name="bound">The bound; 0 or less for none.</param>
        public void Update(int resource, long used, long bound)
        {
            int step = _steps[resource];
            if (bound > 0 && (used >= bound || IsHit(resource)))
            {
                Raise(resource, step);
            }
            else if (bound > 0 && used * 100 >= bound * _context.Limits.OverloadHighPct)
            {
                Set(resource, step > 1 ? step : 1);
            }
            else if (bound <= 0 || used * 100 <= bound * _context.Limits.OverloadLowPct)
            {
                Set(resource, 0);
            }
            else if (step > 1)
            {
                Set(resource, 1);
            }
        }

        /// <summary>Takes a step, and tells the observer if it is another.</summary>
        public void Set(int resource, int step)
        {
            if (_steps[resource] != step)
            {
                _steps[resource] = (byte)step;
                RefusesClients = _steps[Resource.Heap] >= 3 || _steps[Resource.Buffers] >= 3;
                _sinceMs[resource] = (int)_context.NowMs;
                _context.Tell(BrokerEvent.OverloadStep, -1, resource << 8 | step);
            }
        }

        // Used up: the first step that refuses something, then, if that did not help in time, the next one there is.
        private void Raise(int resource, int step)
        {
            int steps = Steps(resource) >> (step + 1);
            if (step < 2)
            {
                steps = Steps(resource) >> 2;
                step = 1;
            }
            else if ((int)_context.NowMs - _sinceMs[resource] < _context.Limits.WaitMs)
            {
                return;
            }

            while (steps != 0)
            {
                step++;
                if ((steps & 1) != 0)
                {
                    Set(resource, step);
                    return;
                }

                steps >>= 1;
            }
        }

        // The steps that help against a shortage, as bits. Others would hurt those who have nothing to do with it.
        private static int Steps(int resource)
        {
            switch (resource)
            {
                case Resource.Connections:
                case Resource.Sessions:
                case Resource.ConnectRate:
                    return 1 << 3;
                case Resource.QueueBytes:
                    return 1 << 2 | 1 << 4 | 1 << 5;
                case Resource.Buffers:
                    return 1 << 3 | 1 << 4;
                case Resource.Heap:
                    return 1 << 2 | 1 << 3 | 1 << 4;
                case Resource.StoreBytes:
                    return 1 << 2 | 1 << 5;
                default:
                    return 1 << 2;
            }
        }
    }
}
