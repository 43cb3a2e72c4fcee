using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;
using nanoFramework.Networking;

namespace EdgeBroker.Esp32.Links
{
    /// <summary>A network that the device joins. The firmware joins it again by itself when it was lost; this sees to the rest.</summary>
    internal sealed class StationLink : INetworkLink
    {
        private const int AttemptMs = 30000;
        private const int PauseMs = 5000;
        private const int CheckMs = 5000;

        // After this time without a network the firmware is told again to join.
        private const int RetryMs = 60000;

        private readonly string _ssid;
        private readonly string _password;
        private readonly ILog _log;
        private bool _isLost;
        private long _retryAtMs;

        /// <summary>Prepares to join.</summary>
        /// <param name="ssid">The name of the network.</param>
        /// <param name="password">Its pass-phrase; empty for none.</param>
        /// <param name="log">Where it says how it goes.</param>
        public StationLink(string ssid, string password, ILog log)
        {
            _ssid = ssid;
            _password = password;
            _log = log;
        }

        /// <inheritdoc/>
        public int Sockets
        {
            get { return 0; }
        }

        /// <inheritdoc/>
        public int PollMs
        {
            get { return CheckMs; }
        }

        /// <inheritdoc/>
        public bool Open()
        {
            if (AccessPoint.TurnOff())
            {
                _log.Line("the access point is turned off");
                return false;
            }

            while (!Connect())
            {
                _log.Line("can't join " + _ssid + ", trying again");
                Thread.Sleep(PauseMs);
            }

            _log.Line("joined " + _ssid + " as " + Interfaces.AddressOf(Interfaces.Find(NetworkInterfaceType.Wireless80211)));
            return true;
        }

        /// <inheritdoc/>
        public bool Poll(long nowMs)
        {
            try
            {
                string address = Interfaces.AddressOf(Interfaces.Find(NetworkInterfaceType.Wireless80211));
                if (address == null)
                {
                    Lose(nowMs);
                    return false;
                }

                if (!_isLost)
                {
                    return false;
                }

                _isLost = false;
                _log.Line("Wi-Fi is back, as " + address);
                return true;
            }
            catch (Exception exception)
            {
                _log.Line("Wi-Fi: " + exception.GetType().FullName);
                return false;
            }
        }

        private void Lose(long nowMs)
        {
            if (!_isLost)
            {
                _isLost = true;
                _retryAtMs = nowMs + RetryMs;
                _log.Line("Wi-Fi is lost");
            }
            else if (nowMs >= _retryAtMs)
            {
                _retryAtMs = nowMs + RetryMs;
                WifiAdapter.FindAllAdapters()[0].Connect(_ssid, WifiReconnectionKind.Automatic, _password);
            }
        }

        private bool Connect()
        {
            CancellationTokenSource source = new CancellationTokenSource(AttemptMs);
            return WifiNetworkHelper.ConnectDhcp(_ssid, _password, WifiReconnectionKind.Automatic, false, 0, source.Token);
        }
    }
}
