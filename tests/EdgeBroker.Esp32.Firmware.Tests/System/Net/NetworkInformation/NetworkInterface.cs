using EdgeBroker.Esp32.Firmware;

namespace System.Net.NetworkInformation;

/// <summary>As the firmware has it: always both, whether Wi-Fi runs or not.</summary>
public sealed class NetworkInterface
{
    private NetworkInterface(NetworkInterfaceType type)
    {
        NetworkInterfaceType = type;
    }

    public NetworkInterfaceType NetworkInterfaceType { get; }

    public uint SpecificConfigId => 0;

    public byte[] PhysicalAddress => [0x24, 0x6F, 0x28, 0x01, 0xAB, 0x0C];

    public string IPv4Address => NetworkInterfaceType == NetworkInterfaceType.WirelessAP
        ? Board.Current.OwnAddress
        : Board.Current.IsJoined ? "192.168.1.7" : "0.0.0.0";

    public static NetworkInterface[] GetAllNetworkInterfaces() =>
        [new NetworkInterface(NetworkInterfaceType.Wireless80211), new NetworkInterface(NetworkInterfaceType.WirelessAP)];

    public void EnableStaticIPv4(string ipv4Address, string ipv4SubnetMask, string ipv4GatewayAddress) =>
        Board.Current.OwnAddress = ipv4Address;
}
