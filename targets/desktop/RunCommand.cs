using System;
using EdgeBroker.Desktop;
using EdgeBroker.DesktopProgram.Page;
using EdgeBroker.Limits;
using EdgeBroker.Store;

namespace EdgeBroker.DesktopProgram
{
    /// <summary><c>edgebroker run</c>: puts the broker together and runs it until a signal ends it.</summary>
    internal static class RunCommand
    {
        // One to answer a Client for which there is no room, the others for connections that are on their way out.
        private const int SpareHandles = 64;

        private const int LogLinesMax = 10_000;

        private static readonly TimeSpan s_logWaitMax = TimeSpan.FromSeconds(1);

        /// <summary>Runs the broker. Nothing is started before everything was checked.</summary>
        /// <returns>An <see cref="ExitCode"/>.</returns>
        /// <exception cref="UsageException">The options make no sense.</exception>
        /// <exception cref="StartException">The machine does not allow it.</exception>
        internal static int Run(RunOptions options)
        {
            BrokerLimits limits = LimitsLoader.Load(options);
            using StopSignals signals = new();
            using DesktopNetwork network = Bind(options, limits);
            using FileStorage? storage = DataFolder.Open(options.DataFolder, limits.Mode);
            LogQueue lines = new(Console.Error, LogLinesMax);
            bool inOrder;
            try
            {
                Log log = new(lines.Write, options.LogLevel, TimeProvider.System);
                inOrder = Serve(options, limits, network, signals, log, storage, CutOff);

                void CutOff()
                {
                    log.Write(LogLevel.Error, "stopped late: the storage does not answer, cut off");
                    lines.Close(s_logWaitMax);
                    Environment.Exit(ExitCode.Failure);
                }
            }
            finally
            {
                lines.Close(s_logWaitMax);
            }

            return inOrder ? ExitCode.Success : ExitCode.Failure;
        }

        private static bool Serve(
            RunOptions options,
            BrokerLimits limits,
            DesktopNetwork network,
            StopSignals signals,
            Log log,
            IStorage? storage,
            Action cutOff)
        {
            MachineFit.FitConnections(limits, network.HandlesMax - SpareHandles, log);
            MachineFit.FitMemory(limits, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, log);
            if (storage != null)
            {
                MachineFit.FitDisk(limits, DataFolder.RoomIn(options.DataFolder!), log);
            }

            MonotonicClock clock = new();
            using RunPage? page = options.PagePort is { } port
                ? new RunPage(port, limits, options.ProfileName, clock, network, log)
                : null;
            BrokerHost host = new(limits, clock, network, log, page, storage) { CutOff = cutOff };
            signals.WakeBy(network.Wake);

            Console.Out.WriteLine(DataFolder.Describe(options.DataFolder, limits.Mode));
            StartListening(network);
            Console.Out.WriteLine("listening on " + network.LocalEndpoint);
            if (page != null)
            {
                Console.Out.WriteLine("page on " + page.Address);
            }

            return host.Run(signals);
        }

        private static DesktopNetwork Bind(RunOptions options, BrokerLimits limits)
        {
            try
            {
                return DesktopNetwork.Bind(options.Bind, options.Port, limits.ConnectionsMax + SpareHandles);
            }
            catch (ListenException exception) when (exception.Failure == ListenFailure.BadPort)
            {
                throw new UsageException(exception.Message);
            }
            catch (ListenException exception)
            {
                throw new StartException(exception.Message);
            }
        }

        private static void StartListening(DesktopNetwork network)
        {
            try
            {
                network.StartListening();
            }
            catch (ListenException exception)
            {
                throw new StartException(exception.Message);
            }
        }
    }
}
