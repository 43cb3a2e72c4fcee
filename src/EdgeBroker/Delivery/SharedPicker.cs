using EdgeBroker.Protocol;
using EdgeBroker.Sessions;
using EdgeBroker.Topics;

namespace EdgeBroker.Delivery
{
    /// <summary>
    /// Chooses the member of a group of Shared Subscriptions that gets a message: they take turns, and members that can take
    /// it now come before those that would have to queue it, and those before the ones that are away.
    /// </summary>
    internal sealed class SharedPicker
    {
        private const int Away = 1;
        private const int Busy = 2;
        private const int Ready = 3;

        private readonly Context _context;
        private readonly SessionQueue _queue;

        /// <summary>Makes a picker.</summary>
        public SharedPicker(Context context, SessionQueue queue)
        {
            _context = context;
            _queue = queue;
        }

        /// <summary>Whether there is a member that can take a message of this size, or none that it could be owed to.</summary>
        public bool CanPick(int group, int qos, int size)
        {
            bool isFull;
            return Find(group, qos, size, null, out isFull) != SubscriptionTable.None || !isFull;
        }

        /// <summary>Chooses, and moves the turn on.</summary>
        /// <returns>The subscription, or <see cref="SubscriptionTable.None"/> if nobody can get a message of this QoS.</returns>
        /// <param name="group">The group.</param>
        /// <param name="qos">The QoS of the message.</param>
        /// <param name="size">Its bytes.</param>
        /// <param name="except">A Session that is not chosen, or null.</param>
        public int Pick(int group, int qos, int size, Session except)
        {
            bool isFull;
            int member = Find(group, qos, size, except, out isFull);
            if (member != SubscriptionTable.None)
            {
                _context.Subscriptions.Groups.SetNextMember(group, _context.Subscriptions.NextInNode(member));
            }

            return member;
        }

        private int Find(int group, int qos, int size, Session except, out bool isFull)
        {
            isFull = false;
            SubscriptionTable subscriptions = _context.Subscriptions;
            SharedGroups groups = subscriptions.Groups;
            int first = groups.FirstMember(group);
            int start = groups.NextMember(group);
            if (start == SubscriptionTable.None)
            {
                start = first;
            }

            int best = SubscriptionTable.None;
            int bestRank = 0;
            int member = start;
            do
            {
                Session session = subscriptions.SessionOf(member);
                int rank = Rank(session, qos, member);
                if (rank == Ready && session != except)
                {
                    return member;
                }

                if (rank > 0 && rank < Ready && !_queue.HasRoom(session, size))
                {
                    isFull = true;
                    rank = 0;
                }

                if (rank > bestRank && session != except)
                {
                    best = member;
                    bestRank = rank;
                }

                member = subscriptions.NextInNode(member);
                if (member == SubscriptionTable.None)
                {
                    member = first;
                }
            }
            while (member != start);

            return best;
        }

        private int Rank(Session session, int qos, int member)
        {
            if (session.Local != null)
            {
                return Ready;
            }

            if (session.Connection != null)
            {
                bool isFree = session.NextToSend == DeliveryPool.None
                    && (qos == QoS.QoS0 || session.InFlightCount < session.Connection.Window);
                return isFree ? Ready : Busy;
            }

            int granted = _context.Subscriptions.Options(member) & SubscriptionFlags.QoSMask;
            return qos > QoS.QoS0 && granted > QoS.QoS0 ? Away : 0;
        }
    }
}
