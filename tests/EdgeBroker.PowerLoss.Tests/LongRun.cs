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

        private readonly int _cutsMax;
        private readonly StringBuilder _report = new();
        private readonly List<string> _failures = [];
        private readonly int[] _byKind = new int[(int)CutKind.Sick + 1];
        private int _cuts;
        private int _mountCuts;

        /// <summary>Makes a run of so many cuts.</summary>
        internal LongRun(int cutsMax)
        {
            _cutsMax = cutsMax;
        }

        /// <summary>The lines that replay what went wrong.</summary>
        internal IReadOnlyList<string> Failures => _failures;

        /// <summary>What was run, in a few lines.</summary>
        internal string Report => _report.ToString();

        private bool IsDone => _cuts >= _cutsMax || _failures.Count >= FailuresMax;

        /// <summary>Runs what does not depend on the seed, and then worlds from a seed on.</summary>
        internal void Go(int seed)
        {
            foreach (Scenario scenario in Scripts.All)
            {
                Runner linear = new(_cutsMax - _cuts);
                Add(linear, linear.RunLinear(scenario, seed, Runner.Kinds));
                Runner exhaustive = new(Math.Min(_cutsMax - _cuts, _cutsMax / 50));
                Add(exhaustive, exhaustive.RunExhaustive(scenario, seed, Runner.Kinds, 12));
                _report.AppendLine($"{scenario.Name}: {linear.CutCount} linear, {exhaustive.CutCount} pairs");
            }

            int[] byWorld = new int[RandomWorlds.All.Length];
            int last = seed;
            for (; !IsDone; last++)
            {
                for (int world = 0; world < byWorld.Length && !IsDone; world++)
                {
                    Scenario scenario = RandomWorlds.All[world];
                    Runner runner = new(_cutsMax - _cuts);
                    Add(runner, scenario.Name.EndsWith("long", StringComparison.Ordinal)
                        ? runner.Run(scenario, last, "r100000,25", out _)
                        : runner.RunLinear(scenario, last, Runner.Kinds));
                    byWorld[world] += runner.CutCount;
                }
            }

            for (int world = 0; world < byWorld.Length; world++)
            {
                _report.AppendLine($"{RandomWorlds.All[world].Name}: {byWorld[world]}");
            }

            string kinds = string.Join(", ", _byKind.Select((count, kind) => $"{(CutKind)kind} {count}"));
            _report.AppendLine($"seeds {seed} to {last - 1}, {_cuts} cuts, {_mountCuts} of them in a mount: {kinds}");
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
