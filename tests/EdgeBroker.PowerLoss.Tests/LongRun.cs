using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace EdgeBroker.PowerLoss.Tests
{
    /// <summary>As many cuts as are asked for, over all scenarios and seed after seed.</summary>
    internal sealed class LongRun
    {
        // There is enough to look at then.
        private const int FailuresMax = 20;

        private static readonly CutKind[] s_all = [.. Runner.Kinds, .. Runner.Faults];

        private readonly int _cutsMax;
        private readonly StringBuilder _report = new();
        private readonly List<string> _failures = [];
        private readonly int[] _byKind = new int[(int)CutKind.Sick + 1];
        private readonly Scenario[] _scripts;
        private readonly Scenario[] _worlds;
        private int _cuts;
        private int _mountCuts;

        /// <summary>Makes a run of so many cuts.</summary>
        /// <param name="cutsMax">How many.</param>
        /// <param name="only">The scenarios to run, by name, with commas between them; empty for all.</param>
        internal LongRun(int cutsMax, string only)
        {
            _cutsMax = cutsMax;
            _scripts = Scripts.All.Where(scenario => IsWanted(scenario, only)).ToArray();
            _worlds = RandomWorlds.All.Where(scenario => IsWanted(scenario, only)).ToArray();
        }

        /// <summary>The lines that replay what went wrong.</summary>
        internal IReadOnlyList<string> Failures => _failures;

        /// <summary>What was run, in a few lines.</summary>
        internal string Report => _report.ToString();

        private bool IsDone => _cuts >= _cutsMax || _failures.Count >= FailuresMax;

        /// <summary>Runs what does not depend on the seed, and then worlds from a seed on.</summary>
        internal void Go(int seed)
        {
            foreach (Scenario scenario in _scripts)
            {
                Runner linear = new(_cutsMax - _cuts);
                Add(linear, linear.RunLinear(scenario, seed, s_all));
                Runner exhaustive = new(_cutsMax - _cuts);
                Add(exhaustive, exhaustive.RunExhaustive(scenario, seed, Runner.Kinds, 8));
                _report.AppendLine($"{scenario.Name}: {linear.CutCount} linear, {exhaustive.CutCount} pairs");
            }

            int[] byWorld = new int[_worlds.Length];
            int last = seed;
            for (; !IsDone && _worlds.Length > 0; last++)
            {
                for (int world = 0; world < byWorld.Length && !IsDone; world++)
                {
                    Scenario scenario = _worlds[world];
                    Runner runner = new(_cutsMax - _cuts);
                    Add(runner, scenario.Name.EndsWith("long", StringComparison.Ordinal)
                        ? runner.Run(scenario, last, "r100000,25", out _)
                        : runner.RunLinear(scenario, last, s_all));
                    byWorld[world] += runner.CutCount;
                }
            }

            for (int world = 0; world < byWorld.Length; world++)
            {
                _report.AppendLine($"{_worlds[world].Name}: {byWorld[world]}");
            }

            string kinds = string.Join(", ", _byKind.Select((count, kind) => $"{(CutKind)kind} {count}"));
            _report.AppendLine($"seeds {seed} to {last - 1}, {_cuts} cuts, {_mountCuts} of them in a mount: {kinds}");
        }

        private static bool IsWanted(Scenario scenario, string only)
        {
            return only.Length == 0 || only.Split(',').Contains(scenario.Name);
        }

        private void Add(Runner runner, string? failure)
        {
            _cuts += runner.CutCount;
            _mountCuts += runner.MountCutCount;
            for (int kind = 0; kind < _byKind.Length; kind++)
            {
                _byKind[kind] += runner.CutCounts[kind];
            }

            if (failure != null)
            {
                _failures.Add(failure);
            }
        }
    }
}
