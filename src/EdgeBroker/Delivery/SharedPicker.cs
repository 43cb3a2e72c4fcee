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

        /// <summary>Makes a picker.</summary>
        public SharedPicker(Context context)
        {
            _context = context;
        }

        /// <summary>Chooses, and moves the turn on.</summary>
        /// <returns>The subscription, or <see cref="SubscriptionTable.None"/> if nobody can get a message of this QoS.</returns>
        /// <param name="group">The group.</param>
        /// <param name="qos">The QoS of the message.</param>
        /// <param name="except">A Session that is not chosen, or null.</param>
        public int Pick(int group, int qos, Session except)
        {
            SubscriptionTable subscriptions = _context.Subscriptions;
            int first = subscriptions.Groups.FirstMember(group);
            int start = subscriptions.Groups.NextMember(group);
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
                int rank = Rank(session, qos, subscriptions.Options(member));
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
            while (member != start && bestRank < Ready);

            if (best != SubscriptionTable.None)
            {
                subscriptions.Groups.SetNextMember(group, subscriptions.NextInNode(best));
            }

            return best;
        }

        private static int Rank(Session session, int qos, int options)
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

            int granted = options & SubscriptionFlags.QoSMask;
            return qos > QoS.QoS0 && granted > QoS.QoS0 ? Away : 0;
        }
    }
}
