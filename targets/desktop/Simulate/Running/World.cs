using System;
using EdgeBroker.DesktopProgram.Page;
using EdgeBroker.DesktopProgram.Simulate.Checks;
using EdgeBroker.DesktopProgram.Simulate.Devices;
using EdgeBroker.DesktopProgram.Simulate.Faults;
using EdgeBroker.DesktopProgram.Simulate.Keeping;
using EdgeBroker.DesktopProgram.Simulate.Reports;
using EdgeBroker.DesktopProgram.Simulate.Scenarios;
using EdgeBroker.Limits;
using EdgeBroker.Ports;
using EdgeBroker.Simulation;

namespace EdgeBroker.DesktopProgram.Simulate.Running
{
    /// <summary>
    /// A gateway, the devices around it, what happens to them, and the checkers, in virtual time on one thread. Without real
    /// Clients and without pacing everything follows from the seed.
    /// </summary>
    internal sealed class World : IDisposable
    {
        private const int LinksMax = 256;

        private readonly WorldKeeper? _keeper;

        /// <summary>Makes everything; <see cref="Start"/> switches it on.</summary>
        /// <param name="scenario">The devices and what happens to them.</param>
        /// <param name="plan">The gateway.</param>
        /// <param name="seed">What chance is made of.</param>
        /// <param name="clock">Virtual time: 0, or where the run before ended.</param>
        /// <param name="pacing">Real time; null for a run as fast as it goes.</param>
        /// <param name="log">Takes what happens.</param>
        internal World(Scenario scenario, GatewayPlan plan, int seed, VirtualClock clock, Pacing? pacing, Log log)
        {
            Scenario = scenario;
            Seed = seed;
            Clock = clock;
            StartMs = clock.NowMs;
            Pacing = pacing;
            VirtualNetwork network = new(LinksMax);
            Radio = new Radio(network);
            Ledger = new Ledger(ReportedDrops)
            {
                LossWindowMs = LossWindowMs(plan.Limits),
                RetainedCommitMs = plan.Limits.RetainedCommitMs,
            };
            Population = new Population(scenario, Radio, Ledger, seed, StartMs);
            _keeper = plan.Folder == null ? null : new WorldKeeper(plan.Folder, Ledger, Population, Clock);
            Gateway = new Gateway(plan, Clock, network, Pacing, new GatewayFlash(Clock, seed, plan.Folder), log, Population.KindOf);
            Power = new PowerSwitch(Gateway, Radio, Ledger, Clock, seed);
            Faults = new FaultBoard(this, log);
            if (plan.Folder != null)
            {
                // The devices first: with the flash the folder is complete.
                _keeper!.Keep();
                Gateway.Flash.KeepIn(plan.Folder);
            }
        }

        /// <summary>Virtual time: it passes for the devices; the gateway has a clock of its own.</summary>
        internal VirtualClock Clock { get; }

        /// <summary>The scenario.</summary>
        internal Scenario Scenario { get; }

        /// <summary>What chance is made of.</summary>
        internal int Seed { get; }

        /// <summary>Real time, or null.</summary>
        internal Pacing? Pacing { get; }

        /// <summary>What is between devices and gateway.</summary>
        internal Radio Radio { get; }

        /// <summary>The truth.</summary>
        internal Ledger Ledger { get; }

        /// <summary>The devices.</summary>
        internal Population Population { get; }

        /// <summary>The gateway.</summary>
        internal Gateway Gateway { get; }

        /// <summary>Its power.</summary>
        internal PowerSwitch Power { get; }

        /// <summary>What happens to it.</summary>
        internal FaultBoard Faults { get; }

        /// <summary>When this run began, in virtual milliseconds.</summary>
        internal long StartMs { get; }

        /// <summary>Seconds since the gateway was new.</summary>
        internal double TimeS => Clock.NowMs / 1000.0;

        /// <summary>When somebody other than the broker has a turn, in milliseconds.</summary>
        internal long DueMs => long.Min(Population.DueMs, long.Min(Faults.DueMs, Power.DueMs));

        /// <summary>What the checkers found so far.</summary>
        internal Verdict Verdict => new()
        {
            Acknowledged = Ledger.AcknowledgedCount,
            Delivered = Ledger.DeliveredCount,
            Owed = Ledger.OwedCount,
            Lost = Ledger.LostCount,
            Duplicated = Ledger.DuplicatedCount,
            Other = Ledger.OtherCount,
            Dropped = Ledger.DroppedCount,
            Forgotten = Ledger.ForgottenCount,
            Permits = ReportWriter.Permits(StoreModeNames.Of(Gateway.Limits.Mode), Ledger.LossWindowS),
            Cuts = Gateway.CutCount,
            CutsInWrites = Gateway.TornCount,
            Failure = Ledger.Failures.Count > 0 ? Ledger.Failures[0] : null,
        };

        /// <summary>Whether a promise was broken.</summary>
        internal bool IsBroken => Ledger.LostCount + Ledger.DuplicatedCount + Ledger.OtherCount > 0;

        /// <summary>Switches the gateway on.</summary>
        /// <exception cref="StartException">The port can't be used.</exception>
        internal void Start()
        {
            Power.On();
        }

        /// <summary>Everybody has a turn, the broker last.</summary>
        /// <param name="waitMsMax">The longest virtual time to wait for something, in milliseconds.</param>
        /// <returns>Whether anything happened.</returns>
        internal bool Round(int waitMsMax)
        {
            Pacing?.CatchUp();
            bool any = Faults.Act(Clock.NowMs);
            any |= Population.Act(Clock.NowMs);
            if (any)
            {
                _keeper?.Keep();
            }

            if (Pacing != null)
            {
                Pacing.DueMs = DueMs;
            }

            long untilDueMs = DueMs - Clock.NowMs;
            any |= Gateway.Tick((int)long.Clamp(untilDueMs, 0, waitMsMax));
            return Power.Act() || any;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            Gateway.Dispose();
        }

        // What an acknowledgement of the mode may be worth nothing for, if the power goes: commits are paced to save the flash.
        private static long LossWindowMs(BrokerLimits limits)
        {
            return limits.Mode switch
            {
                StoreMode.Memory => long.MaxValue,
                StoreMode.Relaxed => int.Max(limits.CommitIntervalMs, limits.CommitIntervalMaxMs),
                _ => 0,
            };
        }

        // Not those of Sessions that end: simulated devices are owed nothing by a Session that they let end.
        private long ReportedDrops()
        {
            BrokerTotals totals = Gateway.Monitor.Totals;
            return totals.DroppedFor(DropReason.QueueFull) + totals.DroppedFor(DropReason.NoMemory)
                + totals.DroppedFor(DropReason.Expired);
        }
    }
}
