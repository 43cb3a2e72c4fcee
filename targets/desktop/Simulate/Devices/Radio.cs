using System.Collections.Generic;
using EdgeBroker.Simulation;

namespace EdgeBroker.DesktopProgram.Simulate.Devices
{
    /// <summary>
    /// What is between simulated devices and the gateway: whether there is anything to connect to, and the links that devices
    /// have left behind, which the broker may not know of yet.
    /// </summary>
    internal sealed class Radio
    {
        private readonly byte[] _scratch = new byte[4096];
        private readonly List<int> _open = [];
        private readonly List<int> _left = [];
        private bool _isDown;

        /// <summary>Makes it.</summary>
        internal Radio(VirtualNetwork network)
        {
            Network = network;
        }

        /// <summary>The network.</summary>
        internal VirtualNetwork Network { get; }

        /// <summary>Whether the gateway has power.</summary>
        internal bool HasGateway { get; set; }

        /// <summary>Whether the Wi-Fi is gone: nothing arrives at either end, and nobody is told.</summary>
        internal bool IsDown
        {
            get => _isDown;
            set
            {
                _isDown = value;
                foreach (int link in _open)
                {
                    Network.SetHalfOpen(link, value);
                }
            }
        }

        /// <summary>Opens a link.</summary>
        /// <returns>The link, or <see cref="VirtualNetwork.Refused"/>.</returns>
        internal int Connect()
        {
            if (!HasGateway || _isDown)
            {
                return VirtualNetwork.Refused;
            }

            int link = Network.Connect();
            if (link != VirtualNetwork.Refused)
            {
                _open.Add(link);
            }

            return link;
        }

        /// <summary>Takes a link that its device does not use any more.</summary>
        internal void Leave(int link)
        {
            _left.Add(link);
        }

        /// <summary>Forgets links that the broker has closed too.</summary>
        internal void Sweep()
        {
            for (int i = _left.Count - 1; i >= 0; i--)
            {
                int link = _left[i];
                if (Network.HandleOf(link) >= 0)
                {
                    continue;
                }

                // A link that still waits to be accepted has no handle either; it is not closed.
                Network.SetHalfOpen(link, false);
                while (Network.ClientReceive(link, _scratch, 0, _scratch.Length) > 0)
                {
                }

                bool isClosed = Network.ServerClosed(link);
                if (isClosed)
                {
                    Network.Forget(link);
                    _left.RemoveAt(i);
                    _open.Remove(link);
                }
                else if (_isDown)
                {
                    Network.SetHalfOpen(link, true);
                }
            }
        }
    }
}
