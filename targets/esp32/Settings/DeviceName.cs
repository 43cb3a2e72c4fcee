namespace EdgeBroker.Esp32.Settings
{
    /// <summary>
    /// Name and pass-phrase of the network that a device makes when nobody chose any. Both follow from the MAC address, so that
    /// they stay the same. Who knows this code and is near can compute the pass-phrase: it keeps neighbours out, no more.
    /// </summary>
    internal static class DeviceName
    {
        // Characters that are not taken for each other when read from a screen: 32 of them, one for 5 bits.
        private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789+";
        private const int PasswordLength = 12;
        private const string HexDigits = "0123456789ABCDEF";

        /// <summary>The name: EdgeBroker- and the last two bytes of the address.</summary>
        /// <param name="mac">The MAC address, 6 bytes.</param>
        public static string Ssid(byte[] mac)
        {
            return "EdgeBroker-" + Hex(mac[4]) + Hex(mac[5]);
        }

        /// <summary>The pass-phrase: 12 characters.</summary>
        /// <param name="mac">The MAC address, 6 bytes.</param>
        public static string Password(byte[] mac)
        {
            // FNV-1a, over the address again for each character, so that addresses that differ little give other words.
            uint hash = 2166136261;
            string password = "";
            for (int i = 0; i < PasswordLength; i++)
            {
                for (int j = 0; j < mac.Length; j++)
                {
                    hash = (hash ^ mac[j]) * 16777619;
                }

                hash = (hash ^ (hash >> 15)) * 2246822519;
                password += Alphabet[(int)(hash >> 27)];
            }

            return password;
        }

        private static string Hex(byte value)
        {
            return HexDigits[value >> 4].ToString() + HexDigits[value & 15].ToString();
        }
    }
}
