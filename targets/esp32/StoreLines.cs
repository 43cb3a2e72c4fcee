using EdgeBroker.Persistence;
using EdgeBroker.Store;

namespace EdgeBroker.Esp32
{
    /// <summary>Says what was found on the flash, and how it does.</summary>
    internal static class StoreLines
    {
        /// <summary>What the start of a broker found.</summary>
        public static void Mounted(Broker broker, ILog log)
        {
            MountReport report = broker.Mounted;
            if (report == null)
            {
                log.Line("mode is memory: nothing survives a restart");
                return;
            }

            if (report.Result == MountResult.UnknownFormat)
            {
                log.Line("the flash held files of another format: they are set aside, and the broker starts empty");
            }

            if (broker.StoreState == StoreState.Failed)
            {
                log.Line("THE FLASH CAN'T BE USED: durable sessions are refused, nothing survives a restart");
                return;
            }

            if (report.LostCount > 0 || report.IsSharedLost)
            {
                log.Line("THE FLASH WAS DAMAGED: " + report.LostCount + " sessions are lost"
                    + (report.IsSharedLost ? ", and retained messages" : ""));
            }

            log.Line("found " + report.SessionCount + " sessions, " + report.MessageCount + " queued and "
                + report.RetainedCount + " retained messages");
        }
    }
}
