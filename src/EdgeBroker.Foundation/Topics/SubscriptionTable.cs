using EdgeBroker.Memory;
using EdgeBroker.Persistence;
using EdgeBroker.Sessions;
using EdgeBroker.Store;

namespace EdgeBroker.Topics
{
    /// <summary>
    /// All subscriptions: each is in the list of its node (or group) of the tree and in the list of its Session.
    /// </summary>
    /// <remarks>
    /// Invariant: <see cref="Generation"/> changes with every change of what matches, so that what was computed from the
    /// table can be told to be stale.
    /// </remarks>
    internal sealed class SubscriptionTable
    {
        /// <summary>No subscription.</summary>
        public const int None = SharedGroups.NoMember;

        private const int NodesPerSubscription = 4;

        /// <summary>Where the subscriptions that are stored have their items; null without a store.</summary>
        public IMessageItems Items;

        /// <summary>The items of subscriptions in the journal.</summary>
        public readonly ItemColumn Item = new ItemColumn();

        private readonly int _countMax;
        private readonly TopicTree _tree;
        private SharedGroups _groups;

        // Sessions that ever had one, whose objects are used again and keep their numbers; and whose each is.
        private readonly SessionList _subscribers = new SessionList();
        private readonly NumberColumn _subscriber;
        private readonly NumberColumn _node;
        private readonly ItemColumn _group = new ItemColumn();
        private int[] _nextInNode;
        private readonly NumberColumn _nextInSession;
        private byte[] _options;
        private int[] _identifier;
        private int _free = None;
        private int _created;
        private int _count;

        /// <summary>Makes an empty table.</summary>
        /// <param name="countMax">How many subscriptions there may be.</param>
        public SubscriptionTable(int countMax)
        {
            _countMax = countMax;
            int nodesMax = countMax > int.MaxValue / NodesPerSubscription ? int.MaxValue : countMax * NodesPerSubscription;
            _tree = new TopicTree(nodesMax + 1);
            Matcher = new TopicMatcher(_tree);
            int start = Growth.Start(countMax);
            _subscriber = new NumberColumn(start);
            _node = new NumberColumn(start);
            _nextInNode = new int[start];
            _nextInSession = new NumberColumn(start);
            _options = new byte[start];
        }

        /// <summary>Subscriptions there are.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>Shared Subscriptions among them.</summary>
        public int SharedCount { get; private set; }

        /// <summary>Changes with every change of what matches. Set by the table alone.</summary>
        public int Generation;

        /// <summary>The tree of Topic Filters.</summary>
        public TopicTree Tree
        {
            get { return _tree; }
        }

        /// <summary>Finds the nodes of the tree that match a topic.</summary>
        public TopicMatcher Matcher { get; private set; }

        /// <summary>The groups of Shared Subscriptions; null before the first Shared Subscription.</summary>
        public SharedGroups Groups
        {
            get { return _groups; }
        }

        /// <summary>The subscriber.</summary>
        public Session SessionOf(int subscription)
        {
            return _subscribers.All[_subscriber.Get(subscription)];
        }

        /// <summary>The <see cref="SubscriptionFlags"/>.</summary>
        public int Options(int subscription)
        {
            return _options[subscription];
        }

        /// <summary>Sets the <see cref="SubscriptionFlags"/>.</summary>
        public void SetOptions(int subscription, int options)
        {
            _options[subscription] = (byte)options;
        }

        /// <summary>The Subscription Identifier; 0 for none.</summary>
        public int Identifier(int subscription)
        {
            return _identifier == null ? 0 : _identifier[subscription];
        }

        /// <summary>The next subscription of the same node or group.</summary>
        public int NextInNode(int subscription)
        {
            return _nextInNode[subscription];
        }

        /// <summary>The next subscription of the same Session.</summary>
        public int NextInSession(int subscription)
        {
            return _nextInSession.Get(subscription);
        }

        /// <summary>The node of the Topic Filter.</summary>
        public int Node(int subscription)
        {
            return _node.Get(subscription);
        }

        /// <summary>Whether it is a Shared Subscription.</summary>
        public bool IsShared(int subscription)
        {
            return GroupOf(subscription) != SharedGroups.None;
        }

        /// <summary>Adds or replaces a subscription [MQTT-3.8.4-3], [MQTT5-3.8.4-3].</summary>
        /// <param name="session">The subscriber.</param>
        /// <param name="filter">Holds the Topic Filter as received, valid.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="length">Its bytes.</param>
        /// <param name="shareLength">The length of "$share/name/" before the filter proper; 0 if it is not a shared one.</param>
        /// <param name="options">The <see cref="SubscriptionFlags"/>.</param>
        /// <param name="identifier">The Subscription Identifier; 0 for none.</param>
        /// <param name="existed">Whether the Session had the subscription before.</param>
        /// <returns>The subscription, or <see cref="None"/> if there is no room.</returns>
        public int Add(
            Session session, byte[] filter, int offset, int length, int shareLength, int options, int identifier, out bool existed)
        {
            existed = false;
            int node = _tree.Add(filter, offset + shareLength, length - shareLength);
            if (node == TopicTree.None)
            {
                return None;
            }

            int group = SharedGroups.None;
            if (shareLength > 0)
            {
                PrepareGroups();
                group = _groups.Find(_tree.FirstGroup(node), filter, offset, shareLength);
            }

            int subscription = shareLength > 0 && group == SharedGroups.None ? None : FindIn(session, node, group);
            existed = subscription != None;
            if (!existed)
            {
                if (_count >= _countMax)
                {
                    _tree.RemoveIfUnused(node);
                    return None;
                }

                subscription = Take();
                if (shareLength > 0 && group == SharedGroups.None)
                {
                    group = _groups.Add(node, _tree.FirstGroup(node), filter, offset, shareLength);
                    _tree.SetFirstGroup(node, group);
                }

                Link(subscription, session, node, group);
            }

            // What the one before is still owed stays owed, whatever the new one asks for.
            int owed = existed ? _options[subscription] & (SubscriptionFlags.RetainedOwed | SubscriptionFlags.IsOwedStored) : 0;
            if (!existed || _options[subscription] != (options | owed) || Identifier(subscription) != identifier)
            {
                // A Client that subscribes again to the same after each CONNECT costs no route and no commit.
                _options[subscription] = (byte)(options | owed);
                SetIdentifier(subscription, identifier);
                Generation++;
            }

            return subscription;
        }

        /// <summary>Finds a Session's subscription by its Topic Filter [MQTT-3.10.4-1], [MQTT5-3.10.4-1].</summary>
        /// <returns>The subscription, or <see cref="None"/>.</returns>
        public int Find(Session session, byte[] filter, int offset, int length, int shareLength)
        {
            int node = _tree.Find(filter, offset + shareLength, length - shareLength);
            if (node == TopicTree.None)
            {
                return None;
            }

            int group = SharedGroups.None;
            if (shareLength > 0)
            {
                PrepareGroups();
                group = _groups.Find(_tree.FirstGroup(node), filter, offset, shareLength);
                if (group == SharedGroups.None)
                {
                    return None;
                }
            }

            return FindIn(session, node, group);
        }

        /// <summary>Removes a subscription.</summary>
        public void Remove(int subscription)
        {
            Session session = SessionOf(subscription);
            int item = Item.Get(subscription);
            if (item != None)
            {
                Items.Forget(item, session.StoreNumber);
                Item.Set(subscription, None);
            }

            int node = _node.Get(subscription);
            int group = GroupOf(subscription);
            if (session.FirstSubscription == subscription)
            {
                session.FirstSubscription = _nextInSession.Get(subscription);
            }
            else
            {
                RemoveFromSession(session.FirstSubscription, subscription);
            }

            if (group != SharedGroups.None)
            {
                SharedCount--;
                _groups.RemoveMember(group, subscription, _nextInNode);
                if (_groups.FirstMember(group) == None)
                {
                    _tree.SetFirstGroup(node, _groups.Remove(_tree.FirstGroup(node), group));
                }
            }
            else if (_tree.FirstSubscription(node) == subscription)
            {
                _tree.SetFirstSubscription(node, _nextInNode[subscription]);
            }
            else
            {
                RemoveFrom(_tree.FirstSubscription(node), _nextInNode, subscription);
            }

            _tree.RemoveIfUnused(node);
            _nextInNode[subscription] = _free;
            _free = subscription;
            _count--;
            Generation++;
        }

        /// <summary>Removes all subscriptions of a Session.</summary>
        public void RemoveAll(Session session)
        {
            while (session.FirstSubscription != None)
            {
                Remove(session.FirstSubscription);
            }
        }

        private static void RemoveFrom(int first, int[] next, int subscription)
        {
            while (next[first] != subscription)
            {
                first = next[first];
            }

            next[first] = next[subscription];
        }

        private void RemoveFromSession(int first, int subscription)
        {
            while (_nextInSession.Get(first) != subscription)
            {
                first = _nextInSession.Get(first);
            }

            _nextInSession.Set(first, _nextInSession.Get(subscription));
        }

        // Walks the list of the node and that of the Session side by side: the shorter one decides how long it takes.
        private int FindIn(Session session, int node, int group)
        {
            int inNode = group == SharedGroups.None ? _tree.FirstSubscription(node) : _groups.FirstMember(group);
            int inSession = session.FirstSubscription;
            while (inNode != None && inSession != None)
            {
                if (SessionOf(inNode) == session)
                {
                    return inNode;
                }

                if (_node.Get(inSession) == node && GroupOf(inSession) == group)
                {
                    return inSession;
                }

                inNode = _nextInNode[inNode];
                inSession = _nextInSession.Get(inSession);
            }

            return None;
        }

        private int Take()
        {
            _count++;
            if (_free != None)
            {
                int free = _free;
                _free = _nextInNode[free];
                return free;
            }

            int subscription = _created++;
            if (subscription == _node.Length)
            {
                int length = Growth.Next(subscription, _countMax);
                _subscriber.Resize(length);
                _node.Resize(length);
                _nextInNode = Growth.Resize(_nextInNode, length);
                _nextInSession.Resize(length);
                _options = Growth.Resize(_options, length);
                _identifier = _identifier == null ? null : Growth.Resize(_identifier, length);
            }

            return subscription;
        }

        // Most brokers have no Shared Subscription, and no Subscription Identifier: what is needed for these is made with the first.
        private void PrepareGroups()
        {
            if (_groups == null)
            {
                _groups = SharedGroups.Create();
            }
        }

        private int GroupOf(int subscription)
        {
            return _group.Get(subscription);
        }

        private void SetIdentifier(int subscription, int identifier)
        {
            if (_identifier == null && identifier != 0)
            {
                _identifier = MemoryReserve.Ints(_node.Length);
            }

            if (_identifier != null)
            {
                _identifier[subscription] = identifier;
            }
        }

        private void Link(int subscription, Session session, int node, int group)
        {
            if (session.SubscriberNumber < 0)
            {
                session.SubscriberNumber = _subscribers.Count;
                _subscribers.Add(session);
            }

            _subscriber.Set(subscription, session.SubscriberNumber);
            _node.Set(subscription, node);
            _group.Set(subscription, group);
            _nextInSession.Set(subscription, session.FirstSubscription);
            session.FirstSubscription = subscription;
            if (group == SharedGroups.None)
            {
                _nextInNode[subscription] = _tree.FirstSubscription(node);
                _tree.SetFirstSubscription(node, subscription);
            }
            else
            {
                SharedCount++;
                _groups.AppendMember(group, subscription, _nextInNode);
            }
        }
    }
}
