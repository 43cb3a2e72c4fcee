using System;
using EdgeBroker.DesktopProgram.Page;

namespace EdgeBroker.DesktopProgram.Simulate.Running
{
    /// <summary>Runs a simulation as fast as it goes: time passes when nothing is left to do.</summary>
    internal sealed class HeadlessRun
    {
        private const int SampleMs = 15_000;
        private const int QuietRounds = 2;
        private const int BusyRoundsMax = 10_000;

        // Far longer than anybody is asleep, refused or stuck.
        private const long SettleMs = 900_000;

        private readonly World _world;
        private long _sampleDueMs;

        /// <summary>Makes it.</summary>
        internal HeadlessRun(World world)
        {
            _world = world;
        }

        /// <summary>The highest figures that were seen.</summary>
        internal Peaks Peaks { get; } = new();

        /// <summary>Runs for a time, then lets everything come to rest and checks what is owed.</summary>
        /// <param name="milliseconds">The time, in virtual milliseconds.</param>
        /// <param name="progress">Hears how far it is, from 0 to 1.</param>
        internal void Run(long milliseconds, Action<double> progress)
        {
            RunFor(milliseconds, progress);
            _world.Faults.EndAll();
            _world.Population.Settle();
            RunUntil(_world.Clock.NowMs + SettleMs, _ => { }, true);
            progress(1);
        }

        /// <summary>Runs for a time, and ends in the middle of everything.</summary>
        /// <param name="milliseconds">The time, in virtual milliseconds.</param>
        /// <param name="progress">Hears how far it is, from 0 to 1.</param>
        internal void RunFor(long milliseconds, Action<double> progress)
        {
            _world.Start();
            RunUntil(_world.Clock.NowMs + milliseconds, progress, false);
        }

        private void RunUntil(long endMs, Action<double> progress, bool endsWhenPaid)
        {
            long startMs = _world.Clock.NowMs;
            while (_world.Clock.NowMs < endMs && !(endsWhenPaid && IsPaid(startMs)))
            {
                ComeToRest();
                if (_world.Clock.NowMs >= _sampleDueMs)
                {
                    _sampleDueMs = _world.Clock.NowMs + SampleMs;
                    _world.Gateway.MeasureHeap();
                    Peaks.Note(_world.Gateway);
                    progress((double)(_world.Clock.NowMs - startMs) / (endMs - startMs));
                }

                long nextMs = long.Min(_world.DueMs, _world.Clock.NowMs + _world.Gateway.WaitMs);
                nextMs = long.Min(long.Min(nextMs, endMs), _sampleDueMs);
                _world.Clock.Advance(long.Max(1, nextMs - _world.Clock.NowMs));
            }
        }

        // Everybody is back after a minute; then nothing may be owed any more.
        private bool IsPaid(long startMs)
        {
            return _world.Clock.NowMs - startMs >= 60_000 && _world.Ledger.OwedCount == 0;
        }

        private void ComeToRest()
        {
            int quiet = 0;
            for (int round = 0; quiet < QuietRounds; round++)
            {
                if (round == BusyRoundsMax)
                {
                    // A device would be busy for nothing, and nobody else would have a turn. Let time pass, and see what else comes.
                    _world.Ledger.NoRest(_world.TimeS);
                    return;
                }

                quiet = _world.Round(int.MaxValue) ? 0 : quiet + 1;
            }
        }
    }
}
