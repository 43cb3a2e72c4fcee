using EdgeBroker.Limits;

namespace EdgeBroker.Esp32.Settings
{
    /// <summary>What the device is set to: the network it uses or makes, and the bounds of the broker.</summary>
    internal sealed class DeviceSettings
    {
        /// <summary>Whether the device makes a network of its own instead of joining one.</summary>
        public bool IsAccessPoint;

        /// <summary>The name of the network to join or to make; null for a name of the device's own.</summary>
        public string Ssid;

        /// <summary>The pass-phrase of that network; null for one of the device's own; empty for none.</summary>
        public string Password;

        /// <summary>The port the broker listens at, from 1 to 65,535.</summary>
        public int Port = 1883;

        /// <summary>The bounds of the broker. They fit each other.</summary>
        public BrokerLimits Limits;

        /// <summary>What a device without a file of settings does: a network of its own.</summary>
        /// <param name="profile">The <see cref="Profile"/> of the device.</param>
        public DeviceSettings(int profile)
        {
            IsAccessPoint = true;
            Limits = BrokerLimits.ForProfile(profile);
        }
    }
}
