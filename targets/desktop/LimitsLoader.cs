using System;
using System.Collections.Generic;
using EdgeBroker.Limits;

namespace EdgeBroker.DesktopProgram
{
    /// <summary>Makes the limits: the profile's defaults, then the file of settings, then <c>--set</c>, then <c>--mode</c>.</summary>
    internal static class LimitsLoader
    {
        private const string ModeName = "mode";

        /// <summary>Makes the limits for a run.</summary>
        /// <exception cref="UsageException">A setting is unknown, out of range, or does not go with another.</exception>
        /// <exception cref="StartException">The file of settings can't be read.</exception>
        internal static BrokerLimits Load(RunOptions options)
        {
            return Load(options.ProfileName, options.ConfigFile, options.Settings, options.Mode, options.DataFolder != null);
        }

        /// <summary>Makes the limits for a simulated device, which always has its flash.</summary>
        /// <exception cref="UsageException">A setting is unknown, out of range, or does not go with another.</exception>
        internal static BrokerLimits LoadForDevice(string profile, IReadOnlyList<string> settings, string? mode)
        {
            return Load(profile, null, settings, mode, true);
        }

        private static BrokerLimits Load(
            string profile, string? configFile, IReadOnlyList<string> settings, string? mode, bool hasStorage)
        {
            BrokerLimits limits = BrokerLimits.ForProfile(Profile.IndexOf(profile));
            bool modeSet = false;
            if (configFile != null)
            {
                foreach (ConfigSetting setting in ConfigReader.Read(configFile))
                {
                    Set(limits, setting.Name, setting.Value, $"{configFile} line {setting.Line}");
                    modeSet |= setting.Name == ModeName;
                }
            }

            foreach (string assignment in settings)
            {
                int equals = assignment.IndexOf('=', StringComparison.Ordinal);
                if (equals < 1)
                {
                    throw new UsageException($"--set {assignment}: write it as NAME=VALUE");
                }

                string name = assignment[..equals];
                Set(limits, name, assignment[(equals + 1)..], "--set");
                modeSet |= name == ModeName;
            }

            if (mode != null)
            {
                Set(limits, ModeName, mode, "--mode");
                modeSet = true;
            }

            ApplyMode(limits, hasStorage, modeSet);
            string? problem = limits.Check();
            return problem == null ? limits : throw new UsageException(problem);
        }

        private static void Set(BrokerLimits limits, string name, string value, string where)
        {
            if (!limits.TrySet(name, value))
            {
                bool known = LimitTable.IndexOf(name) >= 0;
                throw new UsageException($"{where}: {limits.Error}{(known ? "" : Nearest(name))}");
            }
        }

        // The promise of the mode needs a folder to keep it in; a default gives way, a wish of the user's does not.
        private static void ApplyMode(BrokerLimits limits, bool hasStorage, bool modeSet)
        {
            if (hasStorage || limits.Mode == StoreMode.Memory)
            {
                return;
            }

            if (modeSet)
            {
                throw new UsageException("mode safe and mode relaxed need a folder to store in: add --data DIR, or use mode memory");
            }

            limits.Mode = StoreMode.Memory;
        }

        private static string Nearest(string name)
        {
            string nearest = "";
            int distance = 4;
            for (int index = 0; index < LimitTable.Count; index++)
            {
                int next = Distance(name, LimitTable.Name(index));
                if (next < distance)
                {
                    distance = next;
                    nearest = LimitTable.Name(index);
                }
            }

            return nearest.Length == 0 ? "; edgebroker limits lists them" : $"; did you mean {nearest}?";
        }

        // The number of letters to change, insert or leave out.
        private static int Distance(string a, string b)
        {
            int[] row = new int[b.Length + 1];
            for (int j = 0; j <= b.Length; j++)
            {
                row[j] = j;
            }

            for (int i = 1; i <= a.Length; i++)
            {
                int diagonal = row[0];
                row[0] = i;
                for (int j = 1; j <= b.Length; j++)
                {
                    int above = row[j];
                    int change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                    row[j] = int.Min(change, int.Min(above, row[j - 1]) + 1);
                    diagonal = above;
                }
            }

            return row[b.Length];
        }
    }
}
