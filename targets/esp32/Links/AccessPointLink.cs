using System.Net;
using EdgeBroker.Esp32.Dhcp;

namespace EdgeBroker.Esp32.Links
{
    /// <summary>A network that the device makes: an access point with a DHCP server.</summary>
    internal sealed class AccessPointLink : INetworkLink
    {
        // A station that asks for an address waits about a second before it asks again.
        private const int RoundMs = 250;

        private readonly string _ssid;
        private readonly string _password;
        private readonly ILog _log;
        private DhcpServer _server;

        /// <summary>Prepares the network.</summary>
        /// <param name="ssid">Its name.</param>
        /// <param name="password">Its pass-phrase.</param>
        /// <param name="log">Where it says how it goes, and the pass-phrase.</param>
        public AccessPointLink(string ssid, string password, ILog log)
        {
            _ssid = ssid;
            _password = password;
            _log = log;
        }

        /// <inheritdoc/>
        public int Sockets
        {
            get { return DhcpServer.Sockets; }
        }

        /// <inheritdoc/>
        public int PollMs
        {
            get { return RoundMs; }
        }

        /// <inheritdoc/>
        public bool Open()
        {
            if (!AccessPoint.IsOn(_ssid, _password))
            {
                _log.Line("setting up the access point " + _ssid);
                if (AccessPoint.Configure(_ssid, _password))
                {
                    return false;
                }

                // Rebooting again and again would not help.
                _log.Line("the firmware did not keep the configuration of the access point");
            }

            _server = new DhcpServer(IPAddress.Parse(AccessPoint.Address), _log);
            _log.Line("access point " + _ssid + ", password " + _password + ", address " + AccessPoint.Address);
            return true;
        }

        /// <inheritdoc/>
        public bool Poll(long nowMs)
        {
            _server.Poll(nowMs);
            return false;
        }
    }
}
