using System;
using System.Threading;
using EdgeBroker.Simulation;

namespace EdgeBroker.DesktopProgram.Simulate.Running
{
    /// <summary>
    /// Keeps virtual time in step with real time, perhaps faster. Without it (a run without a screen) time passes as soon as
    /// there is nothing left to do.
    /// </summary>
    internal sealed class Pacing : IDisposable
    {
        private const int WaitMsMax = 250;

        private readonly VirtualClock _clock;
        private readonly TimeProvider _time;
        private readonly AutoResetEvent _woken = new(false);
        private readonly double _speed;
        private readonly long _start;
        private readonly long _startMs;

        /// <summary>Starts.</summary>
        /// <param name="clock">Virtual time.</param>
        /// <param name="speed">How many seconds of it pass in one.</param>
        /// <param name="time">Real time.</param>
        internal Pacing(VirtualClock clock, double speed, TimeProvider time)
        {
            _clock = clock;
            _speed = speed;
            _time = time;
            _start = time.GetTimestamp();
            _startMs = clock.NowMs;
        }

        /// <summary>Until when virtual time may pass before somebody has to have a turn, in milliseconds.</summary>
        internal long DueMs { get; set; }

        /// <summary>Lets virtual time catch up, as far as it may.</summary>
        internal void CatchUp()
        {
            long target = long.Min(DueMs, _startMs + (long)(_time.GetElapsedTime(_start).TotalMilliseconds * _speed));
            if (target > _clock.NowMs)
            {
                _clock.Advance(target - _clock.NowMs);
            }
        }

        /// <summary>How long to wait in real time until somebody has to have a turn, in milliseconds.</summary>
        /// <param name="virtualMs">The longest virtual time to wait.</param>
        internal int RealWaitMs(long virtualMs)
        {
            double untilDue = ((DueMs - _startMs) / _speed) - _time.GetElapsedTime(_start).TotalMilliseconds;
            double wait = double.Min(untilDue, virtualMs / _speed);
            return (int)double.Clamp(double.Ceiling(wait), 0, WaitMsMax);
        }

        /// <summary>Waits in real time, or until it is woken.</summary>
        internal void Sleep(int milliseconds)
        {
            if (milliseconds > 0)
            {
                _woken.WaitOne(milliseconds);
            }
        }

        /// <summary>Ends a <see cref="Sleep"/>. From any thread.</summary>
        internal void Wake()
        {
            _woken.Set();
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _woken.Dispose();
        }
    }
}
