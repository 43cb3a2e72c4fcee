using System;
using EdgeBroker.Memory;
using EdgeBroker.Store;

namespace EdgeBroker.Topics
{
    /// <summary>
    /// The groups of Shared Subscriptions (5.0, section 4.8.2): all members that share a ShareName and a Topic Filter.
    /// </summary>
    internal sealed class SharedGroups
    {
        /// <summary>No group.</summary>
        public const int None = -1;

        /// <summary>No subscription, as a member.</summary>
        public const int NoMember = -1;

        private byte[][] _name = new byte[4][];
        private int[] _node = new int[4];
        private int[] _nextInNode = new int[4];
        private int[] _firstMember = new int[4];
        private int[] _nextMember = new int[4];
        private int _free = None;
        private int _created;
        private int _count;

        /// <summary>Makes an empty table, after the start.</summary>
        public static SharedGroups Create()
        {
            try
            {
                return new SharedGroups();
            }
            catch (OutOfMemoryException)
            {
                MemoryReserve.Use();
                return new SharedGroups();
            }
        }

        /// <summary>Groups there are.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>The next group of the same node.</summary>
        public int NextInNode(int group)
        {
            return _nextInNode[group];
        }

        /// <summary>The node of the group's Topic Filter.</summary>
        public int Node(int group)
        {
            return _node[group];
        }

        /// <summary>The first subscription of the group.</summary>
        public int FirstMember(int group)
        {
            return _firstMember[group];
        }

        /// <summary>The subscription whose turn it is; <see cref="NoMember"/> for the first.</summary>
        public int NextMember(int group)
        {
            return _nextMember[group];
        }

        /// <summary>Sets whose turn it is.</summary>
        public void SetNextMember(int group, int subscription)
        {
            _nextMember[group] = subscription;
        }

        /// <summary>Finds a group of a node by its name ("$share/name/").</summary>
        public int Find(int firstGroup, byte[] buffer, int offset, int length)
        {
            int group = firstGroup;
            while (group != None
                && (_name[group].Length != length || !ByteHash.AreEqual(_name[group], buffer, offset, length)))
            {
                group = _nextInNode[group];
            }

            return group;
        }

        /// <summary>Makes a group without members.</summary>
        /// <returns>The group, which is to be the node's first one.</returns>
        public int Add(int node, int firstGroup, byte[] buffer, int offset, int length)
        {
            int group = _free;
            if (group != None)
            {
                _free = _nextInNode[group];
            }
            else
            {
                group = _created++;
                if (group == _name.Length)
                {
                    Grow(group * 2);
                }
            }

            _name[group] = Growth.Copy(buffer, offset, length);
            _node[group] = node;
            _nextInNode[group] = firstGroup;
            _firstMember[group] = NoMember;
            _nextMember[group] = NoMember;
            _count++;
            return group;
        }

        /// <summary>Removes a group.</summary>
        /// <returns>What is now the first group of the node.</returns>
        public int Remove(int firstGroup, int group)
        {
            int next = _nextInNode[group];
            if (firstGroup == group)
            {
                firstGroup = next;
            }
            else
            {
                int other = firstGroup;
                while (_nextInNode[other] != group)
                {
                    other = _nextInNode[other];
                }

                _nextInNode[other] = next;
            }

            _name[group] = null;
            _nextInNode[group] = _free;
            _free = group;
            _count--;
            return firstGroup;
        }

        /// <summary>Appends a member: they take turns in the order in which they subscribed.</summary>
        /// <param name="group">The group.</param>
        /// <param name="subscription">The member.</param>
        /// <param name="next">The member after each.</param>
        public void AppendMember(int group, int subscription, int[] next)
        {
            next[subscription] = NoMember;
            int member = _firstMember[group];
            if (member == NoMember)
            {
                _firstMember[group] = subscription;
                return;
            }

            while (next[member] != NoMember)
            {
                member = next[member];
            }

            next[member] = subscription;
        }

        /// <summary>Removes a member.</summary>
        /// <param name="group">The group.</param>
        /// <param name="subscription">The member.</param>
        /// <param name="next">The member after each.</param>
        public void RemoveMember(int group, int subscription, int[] next)
        {
            int member = _firstMember[group];
            if (member == subscription)
            {
                _firstMember[group] = next[subscription];
            }
            else
            {
                while (next[member] != subscription)
                {
                    member = next[member];
                }

                next[member] = next[subscription];
            }

            if (_nextMember[group] == subscription)
            {
                _nextMember[group] = next[subscription];
            }
        }

        private void Grow(int length)
        {
            _name = Growth.Resize(_name, length);
            _node = Growth.Resize(_node, length);
            _nextInNode = Growth.Resize(_nextInNode, length);
            _firstMember = Growth.Resize(_firstMember, length);
            _nextMember = Growth.Resize(_nextMember, length);
        }
    }
}
