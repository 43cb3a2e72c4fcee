using System.Globalization;

namespace EdgeBroker.DesktopProgram.Simulate
{
    /// <summary>Times as people write them: 90s, 10m, 2h, 1d.</summary>
    internal static class Duration
    {
        private const long MsMax = 366L * 86_400_000;

        /// <summary>Reads a time.</summary>
        /// <returns>Milliseconds.</returns>
        /// <exception cref="UsageException">It makes no sense.</exception>
        internal static long Parse(string text)
        {
            long unitMs = text.Length == 0 ? 0 : text[^1] switch
            {
                's' => 1000,
                'm' => 60_000,
                'h' => 3_600_000,
                'd' => 86_400_000,
                _ => 0,
            };
            bool isNumber = double.TryParse(
                unitMs == 0 ? "" : text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count);
            double ms = count * unitMs;
            return isNumber && ms >= 1000 && ms <= MsMax
                ? (long)ms
                : throw new UsageException($"--for {text}: write a time as 90s, 10m, 2h or 1d, from 1s to 366d");
        }

        /// <summary>Writes a time.</summary>
        internal static string Text(long milliseconds)
        {
            long seconds = milliseconds / 1000;
            return string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}:{seconds / 60 % 60:D2}:{seconds % 60:D2}");
        }
    }
}
