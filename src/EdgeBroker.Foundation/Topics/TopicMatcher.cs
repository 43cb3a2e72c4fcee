using EdgeBroker.Memory;

namespace EdgeBroker.Topics
{
    /// <summary>
    /// Finds the Topic Filters that match a Topic Name (section 4.7 of both standards). It costs as many steps as the topic
    /// has levels, times the wildcards met, whatever the number of filters that don't match. No recursion: a peer chooses
    /// the depth.
    /// </summary>
    internal sealed class TopicMatcher
    {
        private readonly TopicTree _tree;
        private int[] _frontier = new int[4];
        private int[] _nextFrontier = new int[4];
        private int _nextCount;
        private int[] _matches = new int[4];
        private int _matchCount;

        /// <summary>Makes a matcher.</summary>
        public TopicMatcher(TopicTree tree)
        {
            _tree = tree;
        }

        /// <summary>How many nodes the last <see cref="Match"/> found.</summary>
        public int MatchCount
        {
            get { return _matchCount; }
        }

        /// <summary>A node that the last <see cref="Match"/> found.</summary>
        public int MatchedNode(int index)
        {
            return _matches[index];
        }

        /// <summary>Finds the nodes whose filters match a Topic Name, and no others [MQTT-3.3.2-3] [MQTT5-3.3.2-3].</summary>
        public void Match(byte[] topic, int offset, int length)
        {
            _matchCount = 0;
            _frontier[0] = TopicTree.Root;
            int count = 1;
            int end = offset + length;
            int start = offset;
            for (int i = offset; i <= end && count > 0; i++)
            {
                if (i < end && topic[i] != (byte)'/')
                {
                    continue;
                }

                // Wildcards at the start don't match a topic that begins with $ [MQTT-4.7.2-1] [MQTT5-4.7.2-1].
                bool wildcards = start != offset || length == 0 || topic[offset] != (byte)'$';
                MatchLevel(count, topic, start, i - start, wildcards);
                int[] swap = _frontier;
                _frontier = _nextFrontier;
                _nextFrontier = swap;
                count = _nextCount;
                start = i + 1;
            }

            for (int i = 0; i < count; i++)
            {
                int node = _frontier[i];
                AddMatch(node);

                // "sport/#" matches "sport" as well [MQTT-4.7.1-2] [MQTT5-4.7.1-1].
                AddMatch(_tree.FindWildcard(node, (byte)'#'));
            }
        }

        private void MatchLevel(int count, byte[] topic, int start, int length, bool wildcards)
        {
            _nextCount = 0;
            for (int i = 0; i < count; i++)
            {
                int node = _frontier[i];
                if (!_tree.HasChildren(node))
                {
                    continue;
                }

                AddFrontier(_tree.FindChild(node, topic, start, length));
                if (wildcards)
                {
                    AddFrontier(_tree.FindWildcard(node, (byte)'+'));
                    AddMatch(_tree.FindWildcard(node, (byte)'#'));
                }
            }
        }

        private void AddFrontier(int node)
        {
            if (node == TopicTree.None)
            {
                return;
            }

            if (_nextCount == _nextFrontier.Length)
            {
                _nextFrontier = Growth.Resize(_nextFrontier, _nextCount * 2);
            }

            if (_frontier.Length < _nextFrontier.Length)
            {
                _frontier = Growth.Resize(_frontier, _nextFrontier.Length);
            }

            _nextFrontier[_nextCount++] = node;
        }

        private void AddMatch(int node)
        {
            if (node == TopicTree.None
                || (_tree.FirstSubscription(node) == TopicTree.None && _tree.FirstGroup(node) == TopicTree.None))
            {
                return;
            }

            if (_matchCount == _matches.Length)
            {
                _matches = Growth.Resize(_matches, _matchCount * 2);
            }

            _matches[_matchCount++] = node;
        }
    }
}
