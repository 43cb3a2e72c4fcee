using System.Text;
using EdgeBroker.Limits;

namespace EdgeBroker.Esp32.Settings
{
    /// <summary>
    /// Makes the device's settings of a file. A device has nobody to ask, so it always comes up: what is wrong is said, one line
    /// each, and its default taken.
    /// </summary>
    internal sealed class SettingsLoader
    {
        // What nanoFramework and the standards of Wi-Fi take, in bytes of UTF-8.
        private const int SsidBytesMax = 31;
        private const int PasswordBytesMin = 8;
        private const int PasswordBytesMax = 63;
        private const int PortMax = 65535;

        private readonly ILog _log;
        private readonly string _file;
        private bool _isPasswordWrong;

        /// <summary>Prepares to load.</summary>
        /// <param name="log">Where it says what is wrong.</param>
        /// <param name="file">What the file is called in these lines.</param>
        public SettingsLoader(ILog log, string file)
        {
            _log = log;
            _file = file;
        }

        /// <summary>Makes the settings.</summary>
        /// <param name="buffer">Holds the file.</param>
        /// <param name="count">The bytes of it.</param>
        /// <param name="profile">The <see cref="Profile"/> of the device, unless the file names one.</param>
        public DeviceSettings Load(byte[] buffer, int count, int profile)
        {
            ConfigReader reader = new ConfigReader(buffer, count);
            ConfigEntries entries = reader.Read();
            if (entries == null)
            {
                _log.Line(_file + " " + reader.Error + "; it is not used");
                return new DeviceSettings(profile);
            }

            int chosen = ChooseProfile(entries, profile);
            DeviceSettings settings = new DeviceSettings(chosen);
            for (int index = 0; index < entries.Count; index++)
            {
                string problem = Apply(settings, entries.Name(index), entries.Value(index));
                if (problem != null)
                {
                    _log.Line(_file + " line " + entries.Line(index) + ": " + problem + "; the default is used");
                }
            }

            CheckWifi(settings, entries.IndexOf("wifi-mode") >= 0);
            string relation = settings.Limits.Check();
            if (relation != null)
            {
                _log.Line(_file + ": " + relation + "; the defaults of " + Profile.Name(chosen) + " are used for all bounds");
                settings.Limits = BrokerLimits.ForProfile(chosen);
            }

            return settings;
        }

        private int ChooseProfile(ConfigEntries entries, int profile)
        {
            int index = entries.IndexOf("profile");
            if (index < 0)
            {
                return profile;
            }

            int chosen = Profile.IndexOf(entries.Value(index));
            if (chosen == Profile.Esp32 || chosen == Profile.Esp32Psram)
            {
                return chosen;
            }

            _log.Line(_file + " line " + entries.Line(index) + ": profile is not one of esp32/esp32-psram; "
                + Profile.Name(profile) + " is used");
            return profile;
        }

        // Null, or what is wrong.
        private string Apply(DeviceSettings settings, string name, string value)
        {
            switch (name)
            {
                case "profile":
                    return null;

                case "port":
                    return ApplyPort(settings, value);

                case "wifi-mode":
                    settings.IsAccessPoint = value == "access-point";
                    return settings.IsAccessPoint || value == "station" ? null : "wifi-mode is not one of station/access-point";

                case "wifi-ssid":
                    if (value.Length == 0 || SizeOf(value) > SsidBytesMax)
                    {
                        return "wifi-ssid is not 1 to 31 bytes";
                    }

                    settings.Ssid = value;
                    return null;

                case "wifi-password":
                    _isPasswordWrong = value.Length != 0 && (SizeOf(value) < PasswordBytesMin || SizeOf(value) > PasswordBytesMax);
                    if (_isPasswordWrong)
                    {
                        return "wifi-password is not 8 to 63 bytes, nor empty";
                    }

                    settings.Password = value;
                    return null;

                default:
                    return settings.Limits.TrySet(name, value) ? null : settings.Limits.Error;
            }
        }

        private static int SizeOf(string value)
        {
            return Encoding.UTF8.GetBytes(value).Length;
        }

        private static string ApplyPort(DeviceSettings settings, string value)
        {
            int port = 0;
            for (int i = 0; i < value.Length && port <= PortMax; i++)
            {
                port = value[i] >= '0' && value[i] <= '9' ? port * 10 + (value[i] - '0') : PortMax + 1;
            }

            if (port < 1 || port > PortMax)
            {
                return "port is not 1 to 65535";
            }

            settings.Port = port;
            return null;
        }

        // A name without a mode means the network to join: that is what most devices do.
        private void CheckWifi(DeviceSettings settings, bool isModeGiven)
        {
            if (!isModeGiven)
            {
                settings.IsAccessPoint = settings.Ssid == null;
            }

            if (!settings.IsAccessPoint && settings.Ssid == null)
            {
                _log.Line(_file + ": wifi-mode station needs wifi-ssid; an access point is made instead");
                settings.IsAccessPoint = true;
            }

            // A network of this name that needs none is another, and one that needs one can't be joined.
            if (!settings.IsAccessPoint && _isPasswordWrong)
            {
                _log.Line(_file + ": " + settings.Ssid + " can't be joined without its wifi-password; an access point is made instead");
                settings.IsAccessPoint = true;
                settings.Ssid = null;
            }

            if (settings.IsAccessPoint && settings.Password != null && settings.Password.Length == 0)
            {
                _log.Line(_file + ": an access point has a password; one is made");
                settings.Password = null;
            }
        }
    }
}
