using System.Net.NetworkInformation;

namespace EdgeBroker.Esp32.Links
{
    /// <summary>
    /// Whether the device may join networks, as the firmware keeps it: in a configuration on flash that takes effect at the next boot.
    /// </summary>
    internal static class Station
    {
        /// <summary>
        /// Configures that it may. Joining a network does not do that, and can't be done where the firmware did not start Wi-Fi.
        /// </summary>
        /// <returns>Whether that is a change, which takes effect at the next boot.</returns>
        public static bool TurnOn()
        {
            NetworkInterface network = Interfaces.Find(NetworkInterfaceType.Wireless80211);
            return network != null && !IsOn(network)
                && Set(network, Wireless80211Configuration.ConfigurationOptions.AutoConnect) && IsOn(network);
        }

        /// <summary>
        /// Configures that it may not. If it could, and had a network of its own as well, the firmware would keep looking for one to
        /// join, on all channels, away from its own stations.
        /// </summary>
        public static void TurnOff()
        {
            NetworkInterface network = Interfaces.Find(NetworkInterfaceType.Wireless80211);
            if (network != null)
            {
                Set(network, Wireless80211Configuration.ConfigurationOptions.None);
            }
        }

        private static bool IsOn(NetworkInterface network)
        {
            return (Of(network).Options & Wireless80211Configuration.ConfigurationOptions.Enable) != 0;
        }

        private static bool Set(NetworkInterface network, Wireless80211Configuration.ConfigurationOptions options)
        {
            Wireless80211Configuration configuration = Of(network);
            if (configuration.Options == options)
            {
                return false;
            }

            configuration.Options = options;
            configuration.SaveConfiguration();
            return true;
        }

        private static Wireless80211Configuration Of(NetworkInterface network)
        {
            return Wireless80211Configuration.GetAllWireless80211Configurations()[network.SpecificConfigId];
        }
    }
}
