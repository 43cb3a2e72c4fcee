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

        // Each attempt leaves some of the firmware's own memory behind. A reboot, after 12 minutes, gives it back.
        private const int AttemptsMax = 20;

        private readonly string _ssid;
        private readonly string _password;
        private readonly ILog _log;
        private readonly Retry _retry = new Retry();
        private bool _isLost;

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
            // Both, so that one reboot is enough.
            bool isChanged = AccessPoint.TurnOff();
            if (Station.TurnOn() || isChanged)
            {
                _log.Line("set up to join a network, instead of making one");
                return false;
            }

            for (int attempt = 0; attempt < AttemptsMax; attempt++)
            {
                if (Connect())
                {
                    _log.Line("joined " + _ssid + " as "
                        + Interfaces.AddressOf(Interfaces.Find(NetworkInterfaceType.Wireless80211)));
                    return true;
                }

                _log.Line("can't join " + _ssid + ", trying again");
                Thread.Sleep(PauseMs);
            }

            return false;
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
                _retry.Note(false, nowMs);
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
                _retry.Note(true, nowMs);
                _log.Line("Wi-Fi is lost");
            }
            else if (_retry.IsDue(nowMs))
            {
                // The adapter that there is: each new one stays in the heap for good.
                _retry.Note(true, nowMs);
                WifiNetworkHelper.WifiAdapter.Connect(_ssid, WifiReconnectionKind.Automatic, _password);
            }
        }

        private bool Connect()
        {
            CancellationTokenSource source = new CancellationTokenSource(AttemptMs);
            bool isJoined = WifiNetworkHelper.ConnectDhcp(
                _ssid, _password, WifiReconnectionKind.Automatic, false, 0, source.Token);
            if (!isJoined && WifiNetworkHelper.WifiAdapter != null)
            {
                // The next attempt takes a new one.
                WifiNetworkHelper.WifiAdapter.Dispose();
            }

            return isJoined;
        }
    }
}
