using System;

namespace EdgeBroker.Simulation
{
    /// <summary>Links that wait to be accepted, in the order in which they came.</summary>
    internal sealed class VirtualBacklog
    {
        private int[] _links = new int[4];
        private int _start;
        private int _count;

        /// <summary>How many wait.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>Adds a link at the end.</summary>
        public void Add(int link)
        {
            if (_count == _links.Length)
            {
                int[] links = new int[_count * 2];
                int first = _count - _start;
                Array.Copy(_links, _start, links, 0, first);
                Array.Copy(_links, 0, links, first, _start);
                _links = links;
                _start = 0;
            }

            _links[(_start + _count) % _links.Length] = link;
            _count++;
        }

        /// <summary>Takes the link that has waited longest; there must be one.</summary>
        public int Take()
        {
            int link = _links[_start];
            _start = (_start + 1) % _links.Length;
            _count--;
            return link;
        }
    }
}
