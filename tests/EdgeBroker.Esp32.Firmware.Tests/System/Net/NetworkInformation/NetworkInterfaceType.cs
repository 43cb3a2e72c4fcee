namespace System.Net.NetworkInformation;

/// <summary>As the firmware has it.</summary>
public enum NetworkInterfaceType : byte
{
    /// <summary>What joins networks.</summary>
    Wireless80211 = 71,

    /// <summary>The device's own network.</summary>
    WirelessAP = 72,
}
