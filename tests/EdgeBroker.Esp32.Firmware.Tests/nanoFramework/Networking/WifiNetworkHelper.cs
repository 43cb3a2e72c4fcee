using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;
using EdgeBroker.Esp32.Firmware;

namespace nanoFramework.Networking;

/// <summary>As nanoFramework has it, without the waiting.</summary>
public static class WifiNetworkHelper
{
    public static WifiAdapter WifiAdapter { get; private set; }

    public static bool ConnectDhcp(
        string ssid,
        string password,
        WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic,
        bool requiresDateTime = false,
        int wifiAdapterId = 0,
        CancellationToken token = default)
    {
        WifiAdapter = WifiAdapter.FindAllAdapters()[wifiAdapterId];
        if (!Board.Current.IsJoined || Board.Current.Station.Ssid != ssid)
        {
            Wireless80211Configuration configuration = Wireless80211Configuration.GetAllWireless80211Configurations()[0];
            configuration.Ssid = ssid;
            configuration.Password = password;
            configuration.SaveConfiguration();
            WifiAdapter.Connect(ssid, reconnectionKind, password);
        }

        return Board.Current.IsJoined;
    }
}
