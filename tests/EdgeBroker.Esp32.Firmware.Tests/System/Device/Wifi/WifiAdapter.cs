using EdgeBroker.Esp32.Firmware;

namespace System.Device.Wifi;

/// <summary>As the firmware has it: each one is kept in a list until it is disposed.</summary>
public sealed class WifiAdapter : IDisposable
{
    private WifiAdapter()
    {
    }

    public static WifiAdapter[] FindAllAdapters()
    {
        Board.Current.AdapterCount++;
        return [new WifiAdapter()];
    }

    // Not kept: that the device may join is only for this time, if the firmware started Wi-Fi at all.
    public void Connect(string ssid, WifiReconnectionKind reconnectionKind, string passwordCredential) =>
        Board.Current.Join(ssid, passwordCredential);

    public void Dispose() => Board.Current.AdapterCount--;
}
