using System.Globalization;
using EdgeBroker.Persistence;
using EdgeBroker.Store;

namespace EdgeBroker.DesktopProgram
{
    /// <summary>Puts into words what the broker found in its store.</summary>
    internal static class StoreLog
    {
        /// <summary>Logs what was read back, and what was lost.</summary>
        internal static void Write(Log log, MountReport report, long elapsedMs)
        {
            string time = elapsedMs.ToString(CultureInfo.InvariantCulture);
            log.Write(
                LogLevel.Info,
                $"store read in {time} ms: {Count(report.SessionCount, "Session")}, {Count(report.MessageCount, "queued message")}, "
                + Count(report.RetainedCount, "retained message"));
            if (report.Result == MountResult.UnknownFormat)
            {
                log.Write(
                    LogLevel.Error,
                    "the folder held files of another format: they are set aside in it, untouched, and the broker begins with nothing");
            }

            if (report.Result == MountResult.Damaged && report.LostCount == 0 && !report.IsSharedLost)
            {
                log.Write(
                    LogLevel.Warning,
                    "the store is damaged: commits are missing, since now or an earlier start; all that is there is whole, but a Session "
                    + "that only they named is gone");
            }

            if (report.LostCount > 0)
            {
                log.Write(
                    LogLevel.Error,
                    $"the store is damaged: {Count(report.LostCount, "Session")} lost; who comes back is told that there is none");
            }

            if (report.IsSharedLost)
            {
                log.Write(LogLevel.Error, "the store is damaged: retained messages, or messages of several Sessions, were lost");
            }
        }

        private static string Count(int count, string what)
        {
            return count.ToString(CultureInfo.InvariantCulture) + " " + what + (count == 1 ? "" : "s");
        }
    }
}
