using EdgeBroker.Esp32.Firmware;

namespace System.Net.NetworkInformation;

/// <summary>As the firmware has it.</summary>
public sealed class WirelessAPConfiguration
{
    public ConfigurationOptions Options { get; set; }

    public string Ssid { get; set; }

    public string Password { get; set; }

    public byte MaxConnections { get; set; }

    public AuthenticationType Authentication { get; set; }

    public static WirelessAPConfiguration[] GetAllWirelessAPConfigurations() =>
        [(WirelessAPConfiguration)Board.Current.AccessPoint.MemberwiseClone()];

    public void SaveConfiguration() => Board.Current.AccessPoint = (WirelessAPConfiguration)MemberwiseClone();

    [Flags]
    public enum ConfigurationOptions : byte
    {
        None = 0,
        Disable = 1,
        Enable = 2,
        AutoStart = 4 | Enable,
    }
}
