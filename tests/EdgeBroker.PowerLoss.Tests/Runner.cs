using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace EdgeBroker.PowerLoss.Tests
{
    /// <summary>Runs scenarios with cuts, and says in one line how to see a failure again.</summary>
    internal sealed class Runner
    {
        /// <summary>The kinds of cuts that take the power away.</summary>
        internal static readonly CutKind[] Kinds = [CutKind.Before, CutKind.Torn, CutKind.After, CutKind.Failing];

        /// <summary>And those where the storage fails, and the power goes later or not at all.</summary>
        internal static readonly CutKind[] Faults = [CutKind.Hiccup, CutKind.Dying, CutKind.Sick];

        private readonly int _cutsMax;
        private bool _wasHit;
        private long _recoveryOperations;

        /// <summary>Makes a runner that stops after so many cuts.</summary>
        internal Runner(int cutsMax = int.MaxValue)
        {
            _cutsMax = cutsMax;
        }

        /// <summary>Cuts so far.</summary>
        internal int CutCount { get; private set; }

        /// <summary>The same by <see cref="CutKind"/>.</summary>
        internal int[] CutCounts { get; } = new int[(int)CutKind.Sick + 1];

        /// <summary>How many of them were in a mount.</summary>
        internal int MountCutCount { get; private set; }

        /// <summary>The most operations on the flash that a mount took.</summary>
        internal long MountOperationsMax { get; private set; }

        /// <summary>Whether there were as many cuts as there may be.</summary>
        internal bool IsDone => CutCount >= _cutsMax;

        /// <summary>Replays one line that was printed.</summary>
        internal static string? Replay(string line, Action<string> trace)
        {
            string[] parts = line.Split(' ');
            Scenario scenario = Scripts.All.Concat(RandomWorlds.All).Single(scenario => scenario.Name == parts[0]);
            int seed = int.Parse(parts[1], CultureInfo.InvariantCulture);
            return new Runner().Run(scenario, seed, parts.Length > 2 ? parts[2] : "", out _, trace);
        }

        /// <summary>One run.</summary>
        /// <param name="scenario">What happens.</param>
        /// <param name="seed">What chance follows from.</param>
        /// <param name="cuts">As in "17t,3b", or "r5000,60" for 5,000 cuts at random at most 60 operations apart.</param>
        /// <param name="taken">How many cuts there were.</param>
        /// <param name="trace">Hears what happens, or null.</param>
        /// <returns>Null, or the line that tells what went wrong.</returns>
        internal string? Run(Scenario scenario, int seed, string cuts, out int taken, Action<string>? trace = null)
        {
            ICutSource source = CutList.Parse(cuts.StartsWith('r') ? "" : cuts);
            if (cuts.StartsWith('r'))
            {
                string[] numbers = cuts[1..].Split(',');
                source = new RandomCuts(
                    seed, int.Parse(numbers[0], CultureInfo.InvariantCulture), int.Parse(numbers[1], CultureInfo.InvariantCulture));
            }

            string? failure;
            World? world = null;
            try
            {
                world = new World(scenario.Settings(seed), seed, source, trace);
                scenario.Script(world);
                world.Finish();
                failure = world.Ledger.Failure;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                failure = exception.ToString();
            }

            taken = world?.CutCount ?? 0;
            _wasHit = world?.HasFailed ?? false;
            _recoveryOperations = world?.RecoveryOperations ?? 0;
            CutCount += taken;
            MountCutCount += world?.MountCutCount ?? 0;
            for (int kind = 0; kind < CutCounts.Length; kind++)
            {
                CutCounts[kind] += world?.CutCounts[kind] ?? 0;
            }

            MountOperationsMax = Math.Max(MountOperationsMax, world?.MountOperationsMax ?? 0);
            return failure == null ? null : $"REPLAY \"{scenario.Name} {seed} {cuts}\": {failure}";
        }

        /// <summary>One cut at each operation, one run for each.</summary>
        /// <param name="scenario">What happens.</param>
        /// <param name="seed">What chance follows from.</param>
        /// <param name="kinds">The kinds of cuts.</param>
        /// <param name="first">The first operation to cut at.</param>
        /// <param name="step">Every which operation.</param>
        internal string? RunLinear(Scenario scenario, int seed, CutKind[] kinds, int first = 0, int step = 1)
        {
            for (int operation = first; !IsDone; operation += step)
            {
                bool any = false;
                foreach (CutKind kind in kinds)
                {
                    string? failure = Run(scenario, seed, new Cut(operation, kind).ToString(), out int taken);
                    any |= taken > 0 || _wasHit;
                    if (failure != null)
                    {
                        return failure;
                    }
                }

                if (!any)
                {
                    break;
                }
            }

            return null;
        }

        /// <summary>Each pair of cuts: after each first one the recovery is cut at each of its operations, in every way.</summary>
        /// <param name="scenario">What happens.</param>
        /// <param name="seed">What chance follows from.</param>
        /// <param name="kinds">The kinds of cuts, of the first one and of the second.</param>
        /// <param name="beyond">How many operations after the recovery the second cut may be.</param>
        /// <param name="first">The first operation to cut at.</param>
        /// <param name="step">Every which operation.</param>
        internal string? RunExhaustive(Scenario scenario, int seed, CutKind[] kinds, int beyond, int first = 0, int step = 1)
        {
            for (int operation = first; !IsDone; operation += step)
            {
                bool any = false;
                foreach (CutKind kind in kinds)
                {
                    string cut = new Cut(operation, kind).ToString();
                    string? failure = Run(scenario, seed, cut, out int taken);
                    any |= taken > 0;
                    long end = _recoveryOperations + beyond;
                    for (int second = 0; second < end && taken > 0 && failure == null && !IsDone; second++)
                    {
                        failure = RunSecond(scenario, seed, cut, second, kinds, out taken);
                    }

                    if (failure != null)
                    {
                        return failure;
                    }
                }

                if (!any)
                {
                    break;
                }
            }

            return null;
        }

        // Nothing is taken if there is no such operation any more.
        private string? RunSecond(Scenario scenario, int seed, string cut, int second, CutKind[] kinds, out int taken)
        {
            taken = 0;
            foreach (CutKind kind in kinds)
            {
                string? failure = Run(scenario, seed, cut + "," + new Cut(second, kind), out int count);
                taken += count - 1;
                if (failure != null)
                {
                    return failure;
                }
            }

            return null;
        }
    }
}
