using System.Net.NetworkInformation;

namespace EdgeBroker.Esp32.Links
{
    /// <summary>Finds the network interfaces of the device.</summary>
    internal static class Interfaces
    {
        private const string NoAddress = "0.0.0.0";

        /// <summary>The first interface of a kind, or null.</summary>
        public static NetworkInterface Find(NetworkInterfaceType type)
        {
            NetworkInterface[] all = NetworkInterface.GetAllNetworkInterfaces();
            for (int i = 0; i < all.Length; i++)
            {
                if (all[i].NetworkInterfaceType == type)
                {
                    return all[i];
                }
            }

            return null;
        }

        /// <summary>The address of an interface, or null if it has none at the moment.</summary>
        public static string AddressOf(NetworkInterface network)
        {
            string address = network == null ? null : network.IPv4Address;
            return address == null || address.Length == 0 || address == NoAddress ? null : address;
        }

        /// <summary>The MAC address of the device, 6 bytes.</summary>
        public static byte[] Mac()
        {
            NetworkInterface[] all = NetworkInterface.GetAllNetworkInterfaces();
            for (int i = 0; i < all.Length; i++)
            {
                byte[] mac = all[i].PhysicalAddress;
                if (mac != null && mac.Length == 6 && (mac[3] | mac[4] | mac[5]) != 0)
                {
                    return mac;
                }
            }

            return new byte[6];
        }
    }
}
