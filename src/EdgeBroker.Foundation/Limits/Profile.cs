namespace EdgeBroker.Limits
{
    /// <summary>The machines that the defaults are made for.</summary>
    public static class Profile
    {
        /// <summary>An ESP32 without PSRAM: a managed heap of 70 to 110 KB.</summary>
        public const int Esp32 = 0;

        /// <summary>An ESP32 with PSRAM: a managed heap of about 3.7 MB or more.</summary>
        public const int Esp32Psram = 1;

        /// <summary>A desktop or server machine.</summary>
        public const int Desktop = 2;

        /// <summary>The number of profiles.</summary>
        public const int Count = 3;

        /// <summary>The name of a profile as users write it.</summary>
        /// <param name="profile">From 0 to <see cref="Count"/> - 1; anything else is answered as the desktop.</param>
        public static string Name(int profile)
        {
            switch (profile)
            {
                case Esp32:
                    return "esp32";

                case Esp32Psram:
                    return "esp32-psram";

                default:
                    return "desktop";
            }
        }

        /// <summary>Finds a profile by its name.</summary>
        /// <returns>The profile, or -1 where there is none of that name.</returns>
        public static int IndexOf(string name)
        {
            for (int profile = 0; profile < Count; profile++)
            {
                if (Name(profile) == name)
                {
                    return profile;
                }
            }

            return -1;
        }
    }
}
