using System;
using System.Globalization;

namespace EdgeBroker.DesktopProgram.Simulate.Devices
{
    /// <summary>How long a device waits before it connects again: longer each time, never all at the same moment.</summary>
    internal sealed class Backoff
    {
        private const int FirstMs = 1000;
        private const int LastMs = 30_000;
        private const string RetryAfter = "retry-after-ms:";

        private readonly Random _random;
        private int _nextMs = FirstMs;

        /// <summary>Makes it.</summary>
        internal Backoff(Random random)
        {
            _random = random;
        }

        /// <summary>It worked: begin with short waits again.</summary>
        internal void Reset()
        {
            _nextMs = FirstMs;
        }

        /// <summary>The next wait in milliseconds.</summary>
        /// <param name="properties">The properties of the packet that refused the device, where the broker may ask for a time.</param>
        internal int NextMs(string properties)
        {
            int waitMs = _nextMs / 2 + _random.Next(_nextMs);
            _nextMs = int.Min(_nextMs * 2, LastMs);
            int at = properties.IndexOf(RetryAfter, StringComparison.Ordinal);
            if (at < 0)
            {
                return waitMs;
            }

            int start = at + RetryAfter.Length;
            int end = start;
            while (end < properties.Length && char.IsAsciiDigit(properties[end]))
            {
                end++;
            }

            return int.TryParse(properties.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out int asked)
                ? int.Max(waitMs, asked)
                : waitMs;
        }
    }
}
