using System;
using System.Threading;
using EdgeBroker.DesktopProgram.Page;
using EdgeBroker.DesktopProgram.Simulate.Reports;
using EdgeBroker.DesktopProgram.Simulate.Scenarios;
using EdgeBroker.DesktopProgram.Simulate.Screen;
using EdgeBroker.Simulation;

namespace EdgeBroker.DesktopProgram.Simulate.Running
{
    /// <summary>A simulation to watch: paced, with real Clients, a page and a screen.</summary>
    internal static class LiveRun
    {
        private static readonly TimeSpan s_endWithin = TimeSpan.FromSeconds(15);

        /// <summary>Runs until a signal, a key or the time that was asked for.</summary>
        /// <returns>An <see cref="ExitCode"/>.</returns>
        /// <exception cref="StartException">The machine does not allow it.</exception>
        internal static int Run(SimulateOptions options, Scenario scenario, GatewayPlan plan, int seed)
        {
            VirtualClock clock = plan.MakeClock();
            PageFeed feed = new(TimeProvider.System);
            Log log = new(_ => { }, LogLevel.Error, TimeProvider.System)
            {
                Listener = (level, text) => feed.Log(clock.NowMs / 1000.0, level, text),
            };
            using StopSignals signals = new();
            using Pacing pacing = new(clock, options.Speed, TimeProvider.System);
            using World world = new(scenario, plan, seed, clock, pacing, log);
            world.Start();
            LiveWorld live = new(world, feed, options.Speed, options.For == null ? long.MaxValue : Duration.Parse(options.For));
            using PageServer? page = options.PagePort is { } port ? PageServer.Start(port, feed, live.Ask) : null;
            Announce(options, plan, world, seed, page);

            Thread thread = new(live.Run) { Name = "simulation" };
            thread.Start();
            signals.WakeBy(live.Stop);
            IScreen screen = LiveScreen.IsPossible ? new LiveScreen(feed, live, page?.Address) : new PlainScreen(feed, options.LogLevel);
            screen.Run(() => signals.IsRequested || live.IsOver);
            live.Stop();
            bool isEnded = thread.Join(s_endWithin);
            if (live.Failure is StartException failure)
            {
                throw failure;
            }

            if (!isEnded || live.Failure != null)
            {
                throw new StartException("the simulation did not end: " + (live.Failure?.ToString() ?? "it is stuck"));
            }

            return SimulateCommand.Finish(options, Report.Of(world, live.Peaks, plan.Profile));
        }

        private static void Announce(SimulateOptions options, GatewayPlan plan, World world, int seed, PageServer? page)
        {
            Console.Out.WriteLine(
                $"a simulated {plan.Profile} with {world.Population.Count} devices (scenario {world.Scenario.Name}, seed {seed})");
            Console.Out.WriteLine(
                plan.Limits.Mode == Limits.StoreMode.Memory ? "mode memory: nothing survives a power cut" : plan.DescribeFlash());

            if (options.Speed != 1)
            {
                Console.Out.WriteLine($"time passes {options.Speed} times as fast, for your own Clients as well: mind their keep alive");
            }

            Console.Out.WriteLine("listening on " + world.Gateway.Listening);
            if (page != null)
            {
                Console.Out.WriteLine("page on " + page.Address);
            }
        }
    }
}
