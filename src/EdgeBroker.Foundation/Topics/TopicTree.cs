using System;
using EdgeBroker.Memory;
using EdgeBroker.Store;

namespace EdgeBroker.Topics
{
    /// <summary>
    /// The Topic Filters in use, as a tree with a node per topic level. It knows nothing of subscriptions but the heads of
    /// two lists per node.
    /// </summary>
    /// <remarks>
    /// Invariants: a node exists while it has children or a list; the root is node 0; levels are compared byte by byte
    /// [MQTT-4.7.3-4], [MQTT5-4.7.3-4].
    /// </remarks>
    internal sealed class TopicTree
    {
        /// <summary>No node, or the end of a list.</summary>
        public const int None = -1;

        /// <summary>The root.</summary>
        public const int Root = 0;

        private readonly int _nodesMax;
        private readonly LevelNames _names;
        private int[] _buckets;
        private int[] _parent;
        private int[] _nextInBucket;
        private NumberColumn _childCount;
        private NumberColumn _firstSubscription;
        private int[] _firstGroup;
        private readonly int _oneLevelHash = ByteHash.ComputeOne((byte)'+');
        private readonly int _allLevelsHash = ByteHash.ComputeOne((byte)'#');
        private int _freeNode = None;
        private int _nodesCreated;
        private int _nodeCount;

        /// <summary>Makes a tree with nothing but its root.</summary>
        /// <param name="nodesMax">How many nodes it may have.</param>
        public TopicTree(int nodesMax)
        {
            _nodesMax = nodesMax;
            _names = new LevelNames();
            Grow(Growth.Start(nodesMax));
            Create(None);
        }

        /// <summary>Nodes in use, the root included.</summary>
        public int Count
        {
            get { return _nodeCount; }
        }

        /// <summary>The head of a node's list of subscriptions.</summary>
        public int FirstSubscription(int node)
        {
            return _firstSubscription.Get(node);
        }

        /// <summary>Sets the head of a node's list of subscriptions.</summary>
        public void SetFirstSubscription(int node, int subscription)
        {
            _firstSubscription.Set(node, subscription);
        }

        /// <summary>The head of a node's list of groups of Shared Subscriptions.</summary>
        public int FirstGroup(int node)
        {
            return _firstGroup == null ? None : _firstGroup[node];
        }

        /// <summary>Sets the head of a node's list of groups.</summary>
        public void SetFirstGroup(int node, int group)
        {
            if (_firstGroup == null)
            {
                // Most trees have no group at all.
                _firstGroup = MemoryReserve.Ints(_parent.Length);
                for (int i = 0; i < _nodesCreated; i++)
                {
                    _firstGroup[i] = None;
                }
            }

            _firstGroup[node] = group;
        }

        /// <summary>Whether a node has children.</summary>
        public bool HasChildren(int node)
        {
            return _childCount.Get(node) > 0;
        }

        /// <summary>Finds the node of a Topic Filter.</summary>
        /// <returns>The node, or <see cref="None"/>.</returns>
        public int Find(byte[] filter, int offset, int length)
        {
            int node = Root;
            int end = offset + length;
            int start = offset;
            for (int i = offset; i <= end && node != None; i++)
            {
                if (i == end || filter[i] == (byte)'/')
                {
                    node = FindChild(node, filter, start, i - start);
                    start = i + 1;
                }
            }

            return node;
        }

        /// <summary>Finds or makes the node of a Topic Filter.</summary>
        /// <returns>The node, or <see cref="None"/> if the tree is full; then it is as it was.</returns>
        public int Add(byte[] filter, int offset, int length)
        {
            int node = Root;
            int end = offset + length;
            int start = offset;
            for (int i = offset; i <= end; i++)
            {
                if (i < end && filter[i] != (byte)'/')
                {
                    continue;
                }

                int child = FindChild(node, filter, start, i - start);
                if (child == None)
                {
                    child = AddChild(node, filter, start, i - start);
                }

                if (child == None)
                {
                    RemoveIfUnused(node);
                    return None;
                }

                node = child;
                start = i + 1;
            }

            return node;
        }

        /// <summary>Removes a node that has no list and no child, and what this leaves unused above it.</summary>
        public void RemoveIfUnused(int node)
        {
            while (node != Root && _childCount.Get(node) == 0 && _firstSubscription.Get(node) == None && FirstGroup(node) == None)
            {
                int parent = _parent[node];
                Unlink(node);
                _names.Remove(node);
                _nextInBucket[node] = _freeNode;
                _freeNode = node;
                _nodeCount--;
                _childCount.Set(parent, _childCount.Get(parent) - 1);
                node = parent;
            }
        }

        /// <summary>The length of the Topic Filter of a node, in bytes.</summary>
        public int FilterLength(int node)
        {
            int length = -1;
            while (node != Root)
            {
                length += 1 + _names.Length(node);
                node = _parent[node];
            }

            return length;
        }

        /// <summary>Copies the Topic Filter of a node.</summary>
        /// <param name="node">Which.</param>
        /// <param name="target">Where to.</param>
        /// <param name="length">What <see cref="FilterLength"/> said.</param>
        public void CopyFilter(int node, byte[] target, int length)
        {
            int end = length;
            while (node != Root)
            {
                end -= _names.Length(node);
                _names.Copy(node, target, end);
                node = _parent[node];
                if (node != Root)
                {
                    target[--end] = (byte)'/';
                }
            }
        }

        /// <summary>Finds the child of a node that is a wildcard.</summary>
        /// <returns>The node, or <see cref="None"/>.</returns>
        public int FindWildcard(int parent, byte wildcard)
        {
            int node = _buckets[Bucket(parent, wildcard == (byte)'+' ? _oneLevelHash : _allLevelsHash)];
            while (node != None && (_parent[node] != parent || !_names.IsOne(node, wildcard)))
            {
                node = _nextInBucket[node];
            }

            return node;
        }

        /// <summary>Finds the child of a node by the name of its level.</summary>
        /// <returns>The node, or <see cref="None"/>.</returns>
        public int FindChild(int parent, byte[] level, int start, int length)
        {
            int node = _buckets[Bucket(parent, ByteHash.Compute(level, start, length))];
            while (node != None && (_parent[node] != parent || !_names.AreEqual(node, level, start, length)))
            {
                node = _nextInBucket[node];
            }

            return node;
        }

        private int AddChild(int parent, byte[] level, int start, int length)
        {
            if (_nodeCount >= _nodesMax)
            {
                return None;
            }

            int node = Create(parent);
            _names.Set(node, level, start, length);
            int bucket = Bucket(parent, ByteHash.Compute(level, start, length));
            _nextInBucket[node] = _buckets[bucket];
            _buckets[bucket] = node;
            _childCount.Set(parent, _childCount.Get(parent) + 1);
            return node;
        }

        private int Create(int parent)
        {
            int node = _freeNode;
            if (node != None)
            {
                _freeNode = _nextInBucket[node];
            }
            else
            {
                node = _nodesCreated++;
                if (node == _parent.Length)
                {
                    Grow(Growth.Next(node, _nodesMax));
                }
            }

            _parent[node] = parent;
            _childCount.Set(node, 0);
            _firstSubscription.Set(node, None);
            if (_firstGroup != null)
            {
                _firstGroup[node] = None;
            }

            _nodeCount++;
            return node;
        }

        private void Unlink(int node)
        {
            int bucket = Bucket(_parent[node], _names.HashOf(node));
            int other = _buckets[bucket];
            if (other == node)
            {
                _buckets[bucket] = _nextInBucket[node];
                return;
            }

            while (_nextInBucket[other] != node)
            {
                other = _nextInBucket[other];
            }

            _nextInBucket[other] = _nextInBucket[node];
        }

        private int Bucket(int parent, int hash)
        {
            hash = (hash ^ (parent * -1640531535)) * 31;
            return ((hash >> 15) ^ hash) & (_buckets.Length - 1);
        }

        private void Grow(int length)
        {
            if (_parent == null)
            {
                _parent = MemoryReserve.Ints(length);
                _nextInBucket = MemoryReserve.Ints(length);
                _childCount = new NumberColumn(length);
                _firstSubscription = new NumberColumn(length);
            }
            else
            {
                _parent = Growth.Resize(_parent, length);
                _nextInBucket = Growth.Resize(_nextInBucket, length);
                _childCount.Resize(length);
                _firstSubscription.Resize(length);
                _firstGroup = _firstGroup == null ? null : Growth.Resize(_firstGroup, length);
            }

            int buckets = 16;
            while (buckets < length / 2)
            {
                buckets *= 2;
            }

            _buckets = MemoryReserve.Ints(buckets);
            for (int i = 0; i < buckets; i++)
            {
                _buckets[i] = None;
            }

            // Free nodes are chained by the same array, so only nodes that are in use are put back: at a time of growth all are.
            for (int node = 1; node < _nodesCreated && node < _nodeCount; node++)
            {
                int bucket = Bucket(_parent[node], _names.HashOf(node));
                _nextInBucket[node] = _buckets[bucket];
                _buckets[bucket] = node;
            }
        }
    }
}
