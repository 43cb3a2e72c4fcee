using System;

namespace EdgeBroker.Simulation
{
    /// <summary>The links of a network by number; the lowest free number is given next.</summary>
    internal sealed class VirtualLinks
    {
        private VirtualLink[] _links = new VirtualLink[4];
        private int _free;

        /// <summary>A link; null if it was removed.</summary>
        public VirtualLink Get(int number)
        {
            return _links[number];
        }

        /// <summary>Adds a link.</summary>
        /// <returns>Its number.</returns>
        public int Add(VirtualLink link)
        {
            while (_free < _links.Length && _links[_free] != null)
            {
                _free++;
            }

            if (_free == _links.Length)
            {
                VirtualLink[] links = new VirtualLink[_links.Length * 2];
                Array.Copy(_links, 0, links, 0, _links.Length);
                _links = links;
            }

            _links[_free] = link;
            return _free;
        }

        /// <summary>Removes a link.</summary>
        public void Remove(int number)
        {
            _links[number] = null;
            if (number < _free)
            {
                _free = number;
            }
        }
    }
}
