using System.Text;
using EdgeBroker.Delivery;
using EdgeBroker.Topics;

namespace EdgeBroker
{
    /// <summary>Publishes the $SYS topics at an interval, to those who are subscribed.</summary>
    internal sealed class SysPublisher
    {
        private readonly Context _context;
        private readonly SysTopics _topics;
        private readonly Router _router;
        private readonly Publication _publication;
        private readonly byte[] _root = Encoding.UTF8.GetBytes("$SYS");

        /// <summary>Makes the publisher.</summary>
        public SysPublisher(Context context, SysTopics topics, Router router)
        {
            _context = context;
            _publication = context.OwnMessage;
            _topics = topics;
            _router = router;
            NextMs = context.Limits.SysIntervalS > 0 ? context.NowMs + context.Limits.SysIntervalS * 1000L : 0;
            context.WakeAt(NextMs);
        }

        /// <summary>When the values are published next, in the clock's milliseconds; 0 for never.</summary>
        public long NextMs { get; private set; }

        /// <summary>Publishes if it is time.</summary>
        public void RunDue()
        {
            if (NextMs == 0 || _context.NowMs < NextMs)
            {
                return;
            }

            NextMs = _context.NowMs + _context.Limits.SysIntervalS * 1000L;

            // No wildcard at the start of a filter matches $SYS, so without this node nobody is subscribed.
            if (_context.Subscriptions.Tree.Find(_root, 0, _root.Length) == TopicTree.None)
            {
                return;
            }

            for (int i = 0; i < _topics.Count; i++)
            {
                if (_topics.Load(i, _publication, null, 0))
                {
                    _publication.IsForced = true;
                    _router.Publish(_publication);
                }
            }
        }
    }
}
