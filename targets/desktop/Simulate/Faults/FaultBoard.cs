using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeBroker.DesktopProgram.Page;
using EdgeBroker.DesktopProgram.Simulate.Devices;
using EdgeBroker.DesktopProgram.Simulate.Running;
using EdgeBroker.DesktopProgram.Simulate.Scenarios;

namespace EdgeBroker.DesktopProgram.Simulate.Faults
{
    /// <summary>Begins and ends faults: those of the scenario by themselves, others when somebody asks for them.</summary>
    internal sealed class FaultBoard
    {
        private const long JumpMs = 600_000;

        // How long a cut may wait for a write: who presses a button does not want to wait.
        private const long AskedCutMs = 1000;
        private const long PlannedCutMs = 8000;

        private readonly World _world;
        private readonly Log _log;
        private readonly List<(FaultPlan Plan, Fault Fault, long[] NextMs)> _planned = [];
        private readonly Dictionary<FaultKind, long> _active = [];
        private readonly int[] _counts = new int[FaultBook.All.Count];
        private Device? _stalled;

        /// <summary>Makes a board with the faults of the scenario on it.</summary>
        internal FaultBoard(World world, Log log)
        {
            _world = world;
            _log = log;
            foreach (FaultPlan plan in world.Scenario.Faults)
            {
                _planned.Add((plan, FaultBook.Find(plan.Fault)!, [world.StartMs + (long)(plan.AtS * 1000)]));
            }
        }

        /// <summary>When something is to begin or to end, in milliseconds.</summary>
        internal long DueMs =>
            long.Min(
                _planned.Count == 0 ? long.MaxValue : _planned.Min(planned => planned.NextMs[0]),
                _active.Count == 0 ? long.MaxValue : _active.Values.Min());

        /// <summary>What a page or screen shows.</summary>
        internal IReadOnlyList<FaultRow> Rows =>
            [.. FaultBook.All.Select(fault => new FaultRow(
                fault.Name,
                IsActive(fault.Kind) && fault.EndLabel != null ? fault.EndLabel : fault.Label,
                fault.Help,
                fault.Key.ToString(),
                IsActive(fault.Kind)))];

        /// <summary>How often each fault has begun, by name.</summary>
        internal IReadOnlyDictionary<string, int> Counts =>
            FaultBook.All.ToDictionary(fault => fault.Name, fault => _counts[(int)fault.Kind]);

        /// <summary>Begins and ends what is due.</summary>
        /// <returns>Whether anything was.</returns>
        internal bool Act(long nowMs)
        {
            bool any = false;
            foreach ((FaultKind kind, long _) in _active.Where(active => nowMs >= active.Value).ToList())
            {
                End(kind);
                any = true;
            }

            foreach ((FaultPlan plan, Fault fault, long[] next) in _planned)
            {
                if (nowMs >= next[0])
                {
                    next[0] = plan.EveryS > 0 ? next[0] + (long)(plan.EveryS * 1000) : long.MaxValue;
                    Begin(fault, nowMs + (long)(plan.ForS * 1000));
                    any = true;
                }
            }

            return any;
        }

        /// <summary>Begins a fault, or ends it if it is at work.</summary>
        /// <returns>What it did, in words.</returns>
        internal string Toggle(Fault fault)
        {
            if (IsActive(fault.Kind) && fault.EndLabel != null)
            {
                return Capitalized(End(fault.Kind));
            }

            return Begin(fault, long.MaxValue);
        }

        /// <summary>Ends all faults, and lets none begin.</summary>
        internal void EndAll()
        {
            _planned.Clear();
            foreach (FaultKind kind in _active.Keys.ToList())
            {
                End(kind);
            }
        }

        private bool IsActive(FaultKind kind)
        {
            return kind == FaultKind.Crowd ? _world.Population.HasCrowd : _active.ContainsKey(kind);
        }

        private string Begin(Fault fault, long endMs)
        {
            string? done = Begin(fault.Kind, endMs != long.MaxValue);
            if (done == null)
            {
                return "Not now: there is nothing that could fail.";
            }

            _counts[(int)fault.Kind]++;
            if (fault.EndLabel != null)
            {
                _active[fault.Kind] = endMs;
            }

            if (fault.Kind != FaultKind.CutPower)
            {
                _log.Write(LogLevel.Warning, "fault: " + done);
            }

            return Capitalized(done);
        }

        private string? Begin(FaultKind kind, bool isPlanned)
        {
            Gateway gateway = _world.Gateway;
            switch (kind)
            {
                case FaultKind.CutPower:
                    if (!gateway.IsPowered)
                    {
                        return null;
                    }

                    return _world.Power.Cut(isPlanned ? PlannedCutMs : AskedCutMs);
                case FaultKind.DropWifi:
                    _world.Radio.IsDown = true;
                    gateway.IsWifiDown = true;
                    return "the Wi-Fi is gone";
                case FaultKind.StallSubscriber:
                    if (_stalled != null)
                    {
                        _stalled.IsStalled = false;
                    }

                    _stalled = _world.Population.Stall();
                    return _stalled == null ? null : $"{_stalled.Plan.Name} stops to read";
                case FaultKind.Crowd:
                    _world.Population.BeginCrowd(_world.Clock.NowMs);
                    return "thirty more Clients want to connect at once";
                case FaultKind.SqueezeHeap:
                    gateway.MeasureHeap();
                    gateway.Heap.Squeeze(true);
                    return $"the heap is squeezed: {Number(gateway.Heap.HeapFreeBytes)} bytes are left";
                case FaultKind.FillFlash:
                    gateway.Flash.Fill(true);
                    return "the flash is full";
                case FaultKind.FailFlash:
                    gateway.Flash.Fail(true);
                    return "every write to the flash fails";
                default:
                    gateway.JumpClock(JumpMs);
                    return gateway.IsPowered ? "the gateway stood still for ten minutes" : null;
            }
        }

        private string End(FaultKind kind)
        {
            _active.Remove(kind);
            string done = Undo(kind);
            _log.Write(LogLevel.Info, done);
            return done;
        }

        private string Undo(FaultKind kind)
        {
            Gateway gateway = _world.Gateway;
            switch (kind)
            {
                case FaultKind.CutPower:
                    return _world.Power.On() ? "the power is back: " + gateway.Restored : "the power stays";
                case FaultKind.DropWifi:
                    _world.Radio.IsDown = false;
                    gateway.IsWifiDown = false;
                    return "the Wi-Fi is back";
                case FaultKind.StallSubscriber:
                    string name = _stalled?.Plan.Name ?? "everybody";
                    _stalled?.IsStalled = false;
                    _stalled = null;
                    return $"{name} reads again";
                case FaultKind.SqueezeHeap:
                    gateway.Heap.Squeeze(false);
                    return "the heap is free again";
                case FaultKind.FillFlash:
                    gateway.Flash.Fill(false);
                    return "there is room on the flash again";
                default:
                    gateway.Flash.Fail(false);
                    return "the flash works again";
            }
        }

        private static string Number(long value)
        {
            return value.ToString("N0", CultureInfo.InvariantCulture);
        }

        private static string Capitalized(string text)
        {
            return char.ToUpperInvariant(text[0]) + text[1..] + ".";
        }
    }
}
