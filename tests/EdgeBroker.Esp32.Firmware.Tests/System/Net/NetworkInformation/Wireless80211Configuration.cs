using EdgeBroker.Esp32.Firmware;

namespace System.Net.NetworkInformation;

/// <summary>As the firmware has it.</summary>
public sealed class Wireless80211Configuration
{
    public ConfigurationOptions Options { get; set; }

    public string Ssid { get; set; }

    public string Password { get; set; }

    public static Wireless80211Configuration[] GetAllWireless80211Configurations() =>
        [(Wireless80211Configuration)Board.Current.Station.MemberwiseClone()];

    public void SaveConfiguration() => Board.Current.Station = (Wireless80211Configuration)MemberwiseClone();

    [Flags]
    public enum ConfigurationOptions : byte
    {
        None = 0,
        Disable = 1,
        Enable = 2,
        AutoConnect = 4 | Enable,
        SmartConfig = 8 | Enable,
    }
}
