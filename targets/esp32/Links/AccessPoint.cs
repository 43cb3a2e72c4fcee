using System.Net.NetworkInformation;

namespace EdgeBroker.Esp32.Links
{
    /// <summary>
    /// The device's own network, as the firmware keeps it: in a configuration on flash that takes effect at the next boot.
    /// </summary>
    internal static class AccessPoint
    {
        /// <summary>The device's address in its network.</summary>
        public const string Address = "192.168.4.1";

        private const string Mask = "255.255.255.0";

        // The firmware's own default is one.
        private const byte StationsMax = 10;

        private const WirelessAPConfiguration.ConfigurationOptions On =
            WirelessAPConfiguration.ConfigurationOptions.AutoStart | WirelessAPConfiguration.ConfigurationOptions.Enable;

        /// <summary>Whether the network is configured so and running, as of this boot.</summary>
        /// <param name="ssid">Its name.</param>
        /// <param name="password">Its pass-phrase.</param>
        public static bool IsOn(string ssid, string password)
        {
            NetworkInterface network = Interfaces.Find(NetworkInterfaceType.WirelessAP);
            return network != null && network.IPv4Address == Address && IsConfigured(network, ssid, password);
        }

        /// <summary>Configures the network, for the next boot.</summary>
        /// <returns>Whether the configuration was kept as it was meant.</returns>
        public static bool Configure(string ssid, string password)
        {
            Station.TurnOff();
            NetworkInterface network = Interfaces.Find(NetworkInterfaceType.WirelessAP);
            if (network == null)
            {
                return false;
            }

            network.EnableStaticIPv4(Address, Mask, Address);
            WirelessAPConfiguration configuration = Of(network);
            configuration.Options = On;
            configuration.Ssid = ssid;
            configuration.MaxConnections = StationsMax;
            configuration.Authentication = AuthenticationType.WPA2;
            configuration.Password = password;
            configuration.SaveConfiguration();
            return IsConfigured(network, ssid, password);
        }

        /// <summary>Configures that there is no network of the device's own.</summary>
        /// <returns>Whether that is a change, which takes effect at the next boot.</returns>
        public static bool TurnOff()
        {
            NetworkInterface network = Interfaces.Find(NetworkInterfaceType.WirelessAP);
            if (network == null)
            {
                return false;
            }

            WirelessAPConfiguration configuration = Of(network);
            bool isOn = (configuration.Options & WirelessAPConfiguration.ConfigurationOptions.Enable) != 0;

            // A configuration that was never filled in can't be saved, and means no network.
            if (!isOn || configuration.Ssid == null || configuration.Ssid.Length == 0)
            {
                return false;
            }

            configuration.Options = WirelessAPConfiguration.ConfigurationOptions.None;
            configuration.SaveConfiguration();
            return (Of(network).Options & WirelessAPConfiguration.ConfigurationOptions.Enable) == 0;
        }

        private static bool IsConfigured(NetworkInterface network, string ssid, string password)
        {
            WirelessAPConfiguration configuration = Of(network);
            return configuration.Options == On
                && configuration.Ssid == ssid
                && configuration.Password == password
                && configuration.MaxConnections == StationsMax
                && configuration.Authentication == AuthenticationType.WPA2;
        }

        private static WirelessAPConfiguration Of(NetworkInterface network)
        {
            return WirelessAPConfiguration.GetAllWirelessAPConfigurations()[network.SpecificConfigId];
        }
    }
}
