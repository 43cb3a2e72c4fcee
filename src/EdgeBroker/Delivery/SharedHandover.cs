using EdgeBroker.Memory;
using EdgeBroker.Protocol;
using EdgeBroker.Sessions;
using EdgeBroker.Topics;

namespace EdgeBroker.Delivery
{
    /// <summary>
    /// When a Session ends: its unacknowledged QoS 1 messages of Shared Subscriptions go to other members of the group; those
    /// of QoS 2 never [MQTT5-4.8.2-5].
    /// </summary>
    internal sealed class SharedHandover
    {
        private readonly Context _context;
        private readonly SessionQueue _queue;
        private readonly SharedPicker _picker;

        /// <summary>Makes the one for all Sessions.</summary>
        public SharedHandover(Context context, SessionQueue queue, SharedPicker picker)
        {
            _context = context;
            _queue = queue;
            _picker = picker;
        }

        /// <summary>Hands over what the Session has in its queue; its subscriptions must still be there.</summary>
        public void HandOver(Session session)
        {
            DeliveryPool deliveries = _context.Deliveries;
            int delivery = session.QueueHead;
            while (delivery != DeliveryPool.None)
            {
                if (deliveries.IsShared(delivery) && deliveries.QoS(delivery) == QoS.QoS1)
                {
                    delivery = _context.Runs.Single(session, delivery);
                    int message = deliveries.Message(delivery);
                    if (message != MessagePool.None && Give(session, message))
                    {
                        // It is not lost with the Session, and not to be counted as such.
                        _queue.ReleaseMessage(session, delivery);
                    }
                }

                delivery = deliveries.Next(delivery);
            }
        }

        // Returns whether there was a member that could take it.
        private bool Give(Session session, int message)
        {
            if (!_context.Messages.Load(message, _context.KeptMessage))
            {
                return false;
            }

            SubscriptionTable subscriptions = _context.Subscriptions;
            TopicTree tree = subscriptions.Tree;
            TopicMatcher matcher = subscriptions.Matcher;
            matcher.Match(_context.KeptMessage.TopicBuffer, _context.KeptMessage.TopicOffset, _context.KeptMessage.TopicLength);
            for (int i = 0; i < matcher.MatchCount; i++)
            {
                int group = tree.FirstGroup(matcher.MatchedNode(i));
                while (group != SharedGroups.None)
                {
                    int member = IsMember(session, group)
                        ? _picker.Pick(group, QoS.QoS1, _context.KeptMessage.Size, session)
                        : SubscriptionTable.None;
                    if (member != SubscriptionTable.None)
                    {
                        return Queue(member, message);
                    }

                    group = subscriptions.Groups.NextInNode(group);
                }
            }

            return false;
        }

        private bool Queue(int member, int message)
        {
            SubscriptionTable subscriptions = _context.Subscriptions;
            int granted = subscriptions.Options(member) & SubscriptionFlags.QoSMask;
            int identifier = subscriptions.Identifier(member);
            if (!ItemMessage.Is(message))
            {
                _context.KeptMessage.StoredMessage = message;
            }

            Session taker = subscriptions.SessionOf(member);
            bool done = _queue.Append(
                taker,
                _context.KeptMessage,
                granted > QoS.QoS1 ? QoS.QoS1 : granted,
                false,
                _context.One.Of(identifier),
                true);
            _context.KeptMessage.StoredMessage = MessagePool.None;
            if (done && taker.StoreNumber != 0 && taker.IsDurable)
            {
                _context.Store.Deliveries.TakeOver(taker);
            }

            return done;
        }

        private bool IsMember(Session session, int group)
        {
            int member = _context.Subscriptions.Groups.FirstMember(group);
            while (member != SubscriptionTable.None)
            {
                if (_context.Subscriptions.SessionOf(member) == session)
                {
                    return true;
                }

                member = _context.Subscriptions.NextInNode(member);
            }

            return false;
        }
    }
}
