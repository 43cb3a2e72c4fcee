using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;

namespace EdgeBroker.DesktopProgram.Page
{
    /// <summary>
    /// The hand-over between the broker's thread, which fills it, and the page's, which read. What is handed over is never
    /// changed, so the lock is held for moments only.
    /// </summary>
    internal sealed class PageFeed
    {
        // A point a second: the last ten minutes.
        private const int SamplesMax = 600;
        private const int LinesMax = 400;

        // A page that is open asks more often.
        private static readonly TimeSpan s_openFor = TimeSpan.FromSeconds(3);

        private readonly TimeProvider _time;
        private readonly Lock _lock = new();
        private readonly Ring<Sample> _samples = new(SamplesMax);
        private readonly Ring<LogEntry> _lines = new(LinesMax);
        private readonly string _program = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        private PageState? _state;
        private long _askedAt;
        private bool _wasAsked;

        /// <summary>Makes an empty feed.</summary>
        internal PageFeed(TimeProvider time)
        {
            _time = time;
        }

        /// <summary>Hears that a page is open that was not: a state is wanted soon. Called on any thread.</summary>
        internal Action? Opened { get; set; }

        /// <summary>Whether a page is open: it asked within the last seconds.</summary>
        internal bool IsOpen
        {
            get
            {
                lock (_lock)
                {
                    return _wasAsked && _time.GetElapsedTime(_askedAt) < s_openFor;
                }
            }
        }

        /// <summary>What was handed over last, or null.</summary>
        internal PageState? Latest
        {
            get
            {
                lock (_lock)
                {
                    return _state;
                }
            }
        }

        /// <summary>The lines of the log after a number, for a screen in the same program.</summary>
        internal List<LogEntry> LinesAfter(long number)
        {
            lock (_lock)
            {
                return _lines.After(number);
            }
        }

        /// <summary>Hands over how things are.</summary>
        internal void Show(PageState state)
        {
            lock (_lock)
            {
                _state = state;
            }
        }

        /// <summary>Adds a point to the charts; its number is given here.</summary>
        internal void Add(Sample sample)
        {
            lock (_lock)
            {
                _samples.Add(sample with { Number = _samples.NextNumber });
            }
        }

        /// <summary>Adds a line to the log.</summary>
        internal void Log(double timeS, LogLevel level, string text)
        {
            string name = level switch
            {
                LogLevel.Error => "error",
                LogLevel.Warning => "warning",
                _ => "info",
            };
            lock (_lock)
            {
                _lines.Add(new LogEntry(_lines.NextNumber, timeS, name, text));
            }
        }

        /// <summary>Answers a page.</summary>
        /// <param name="program">The program whose numbers follow; of another one, everything is new.</param>
        /// <param name="sample">The last point it has.</param>
        /// <param name="line">The last line it has.</param>
        /// <returns>The answer, or null if nothing was handed over yet.</returns>
        internal PageAnswer? Read(string? program, long sample, long line)
        {
            bool wasOpen = IsOpen;
            PageAnswer? answer = null;
            lock (_lock)
            {
                _wasAsked = true;
                _askedAt = _time.GetTimestamp();
                bool isKnown = program == _program;
                if (_state != null)
                {
                    answer = new PageAnswer(_program, _state, _samples.After(isKnown ? sample : 0), _lines.After(isKnown ? line : 0));
                }
            }

            if (!wasOpen)
            {
                Opened?.Invoke();
            }

            return answer;
        }
    }
}
