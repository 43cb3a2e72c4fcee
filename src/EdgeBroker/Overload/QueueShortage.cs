using EdgeBroker.Delivery;
using EdgeBroker.Limits;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Sessions;

namespace EdgeBroker.Overload
{
    /// <summary>
    /// What happens when the memory of all queues together is used up: publishers wait while somebody reads what is queued;
    /// who holds the most and does not read is disconnected; and if the most is held for somebody who is away, the setting
    /// queue-full decides, as it does for one queue. Nothing is done that no message asks for.
    /// </summary>
    internal sealed class QueueShortage
    {
        // The search goes through all Sessions: not for each of a flood of messages.
        private const int SearchMs = 100;

        // What is dropped from the store is written there: not too much in one commit.
        private const int DropsMax = 32;
        private const int DropPart = 32;

        private readonly Context _context;
        private readonly ResourceTable _resources;
        private readonly SessionQueue _queue;
        private readonly Shedder _shedder;
        private long _sinceMs;
        private long _storeSinceMs;
        private long _nextSearchMs;
        private int _verdict;

        /// <summary>Makes the one for all Sessions.</summary>
        public QueueShortage(Context context, SessionQueue queue, Shedder shedder)
        {
            _context = context;
            _resources = context.Resources;
            _queue = queue;
            _shedder = shedder;
        }

        /// <summary>Makes room for a message.</summary>
        /// <param name="size">Its bytes.</param>
        /// <param name="count">The Sessions that are to get it.</param>
        /// <returns><see cref="RouteResult.Done"/> if there is room now, or <see cref="RouteResult.Wait"/> or Refused.</returns>
        public int MakeRoom(int size, int count)
        {
            long nowMs = _context.NowMs;
            if (_resources.Step(Resource.QueueBytes) < 2 && !_resources.IsHit(Resource.QueueBytes))
            {
                _sinceMs = nowMs;
                _nextSearchMs = 0;
            }

            _resources.Hit(Resource.QueueBytes);
            if (nowMs < _nextSearchMs)
            {
                return _verdict;
            }

            int verdict = RouteResult.Done;
            while (verdict == RouteResult.Done && !HasRoom(size, count))
            {
                verdict = TakeFromLargest(size, count);
            }

            if (verdict != RouteResult.Done)
            {
                _verdict = verdict;
                _nextSearchMs = nowMs + SearchMs;
            }

            return verdict;
        }

        /// <summary>
        /// Makes some room in the store, if messages are refused for want of it and that does not help: the largest queue of who is
        /// away loses its oldest, or its Session ends, as the setting queue-full says. To be called now and then: compaction needs
        /// some time to make room of what was dropped.
        /// </summary>
        public void MakeStoreRoom()
        {
            int step = _resources.Step(Resource.StoreBytes);
            if (step < 2)
            {
                _storeSinceMs = _context.NowMs;
            }

            int policy = _context.Limits.QueueFull;
            bool isPatient = policy == QueueFullPolicy.RefuseThenDrop
                && _context.NowMs - _storeSinceMs < _context.Limits.QueueFullPatienceS * 1000L;
            if (step < 5 || !_resources.IsHit(Resource.StoreBytes) || isPatient || policy == QueueFullPolicy.Refuse)
            {
                return;
            }

            Session session = Largest(true);
            long enough = _context.Store.Journal.LiveBytes - _context.Limits.StoreBytesMax / DropPart;
            for (int i = 0; i < DropsMax && session != null && _context.Store.Journal.LiveBytes > enough; i++)
            {
                if (policy == QueueFullPolicy.EndSession)
                {
                    _shedder.EndSession(session);
                    return;
                }

                if (!_queue.DropOldest(session))
                {
                    return;
                }
            }
        }

        private bool HasRoom(int size, int count)
        {
            return _context.Messages.HasRoom(size) && _context.Deliveries.Room >= count;
        }

        private int TakeFromLargest(int size, int count)
        {
            Session session = Largest(false);
            if (session == null)
            {
                return RouteResult.Refused;
            }

            if (session.Local != null)
            {
                return RouteResult.Wait;
            }

            if (session.Connection != null)
            {
                if (!_context.IsStalled(session))
                {
                    return RouteResult.Wait;
                }

                _resources.Set(Resource.QueueBytes, 4);
                _shedder.Shed(session.Connection, ReasonCode.ServerBusy);
                return RouteResult.Done;
            }

            int policy = _context.Limits.QueueFull;
            if (policy == QueueFullPolicy.EndSession)
            {
                _shedder.EndSession(session);
                return RouteResult.Done;
            }

            bool isPatient = policy == QueueFullPolicy.RefuseThenDrop
                && _context.NowMs - _sinceMs < _context.Limits.QueueFullPatienceS * 1000L;
            if (isPatient || policy == QueueFullPolicy.Refuse || !_queue.DropOldest(session))
            {
                return RouteResult.Refused;
            }

            _resources.Set(Resource.QueueBytes, 5);
            while (!HasRoom(size, count) && _queue.DropOldest(session))
            {
                // Its own acknowledged messages are the price of all others'.
            }

            return RouteResult.Done;
        }

        private Session Largest(bool isAway)
        {
            Session largest = null;
            int most = 0;
            SessionTable sessions = _context.Sessions;
            for (Session session = sessions.First; session != null; session = sessions.Next(session))
            {
                if (session.QueueBytes > most && (!isAway || (session.Connection == null && session.Local == null)))
                {
                    most = session.QueueBytes;
                    largest = session;
                }
            }

            return largest;
        }
    }
}
