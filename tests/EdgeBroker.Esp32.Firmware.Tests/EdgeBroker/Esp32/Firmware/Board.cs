using System.Net.NetworkInformation;

namespace EdgeBroker.Esp32.Firmware;

/// <summary>
/// A board with nanoFramework's firmware, as far as Wi-Fi goes: what it keeps on its flash, what of that it started at its last
/// boot, and one network in its reach. It is what the sources of firmware 1.17 say; no board was asked.
/// </summary>
internal sealed class Board
{
    /// <summary>The name of the network in reach.</summary>
    public const string Ssid = "home";

    /// <summary>The pass-phrase of the network in reach.</summary>
    public const string Password = "secret words";

    /// <summary>A board as it comes: it would join a network if it knew one.</summary>
    public Board()
    {
        Current = this;
        Station.Options = Wireless80211Configuration.ConfigurationOptions.AutoConnect
            | Wireless80211Configuration.ConfigurationOptions.SmartConfig;
        Reboot();
    }

    /// <summary>The board that the firmware's static members are of.</summary>
    public static Board Current { get; private set; }

    /// <summary>What is kept of joining networks.</summary>
    public Wireless80211Configuration Station { get; set; } = new() { Ssid = "", Password = "" };

    /// <summary>What is kept of the board's own network.</summary>
    public WirelessAPConfiguration AccessPoint { get; set; } = new()
    {
        Options = WirelessAPConfiguration.ConfigurationOptions.Disable,
        Ssid = "nano_01AB0C",
        Password = "nanoframework",
        Authentication = AuthenticationType.WPA2,
        MaxConnections = 4,
    };

    /// <summary>The address in the board's own network, which is kept as well.</summary>
    public string OwnAddress { get; set; } = "0.0.0.0";

    /// <summary>Whether it can join networks since its last boot.</summary>
    public bool IsStationStarted { get; private set; }

    /// <summary>Whether it has a network of its own since its last boot.</summary>
    public bool IsAccessPointStarted { get; private set; }

    /// <summary>Whether the network is in reach.</summary>
    public bool IsInReach { get; set; } = true;

    /// <summary>Whether it is in the network.</summary>
    public bool IsJoined { get; set; }

    /// <summary>The adapters that stay in the heap.</summary>
    public int AdapterCount { get; set; }

    /// <summary>How often it was told to join.</summary>
    public int JoinCount { get; private set; }

    /// <summary>Starts what is kept.</summary>
    public void Reboot()
    {
        IsStationStarted = (Station.Options & Wireless80211Configuration.ConfigurationOptions.Enable) != 0;
        IsAccessPointStarted = (AccessPoint.Options & WirelessAPConfiguration.ConfigurationOptions.Enable) != 0;
        IsJoined = false;
        AdapterCount = 0;
        Connect(Station.Ssid, Station.Password);
    }

    /// <summary>Does as it is told.</summary>
    public void Join(string ssid, string password)
    {
        JoinCount++;
        Connect(ssid, password);
    }

    private void Connect(string ssid, string password) =>
        IsJoined = IsStationStarted && IsInReach && ssid == Ssid && password == Password;
}
