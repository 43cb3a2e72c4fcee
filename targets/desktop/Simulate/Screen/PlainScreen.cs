using System;
using System.Globalization;
using System.Threading;
using EdgeBroker.DesktopProgram.Page;

namespace EdgeBroker.DesktopProgram.Simulate.Screen
{
    /// <summary>Plain lines, where the output is not a terminal: how it is, now and then, and the log as far as it is asked for.</summary>
    internal sealed class PlainScreen : IScreen
    {
        private const int WaitMs = 200;
        private const int StatusRounds = 50;

        private readonly PageFeed _feed;
        private readonly LogLevel _level;
        private long _line;

        /// <summary>Makes it.</summary>
        internal PlainScreen(PageFeed feed, LogLevel level)
        {
            _feed = feed;
            _level = level;
        }

        /// <inheritdoc/>
        public void Run(Func<bool> isOver)
        {
            for (int round = 1; !isOver(); round++)
            {
                Thread.Sleep(WaitMs);
                WriteLog();
                if (round % StatusRounds == 0 && _feed.Latest is { } state)
                {
                    Console.Out.WriteLine(StatusOf(state));
                }
            }

            WriteLog();
        }

        private static string StatusOf(PageState state)
        {
            Verdict verdict = state.Verdict!;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{Duration.Text((long)(state.TimeS * 1000))} {(state.Powered ? "power on" : "no power")}, "
                + $"{state.Connections.Used} connected, {state.Sessions.Used} Sessions, "
                + $"{verdict.Acknowledged} acknowledged, {verdict.Delivered} delivered, {verdict.Owed} owed, {verdict.Lost} lost, "
                + $"{verdict.Duplicated} duplicated, heap {state.Heap.Used} of {state.Heap.Max}");
        }

        private void WriteLog()
        {
            foreach (LogEntry entry in _feed.LinesAfter(_line))
            {
                _line = entry.Number;
                LogLevel level = entry.Level == "error" ? LogLevel.Error : entry.Level == "warning" ? LogLevel.Warning : LogLevel.Info;
                if (level <= _level)
                {
                    Console.Error.WriteLine($"{Duration.Text((long)(entry.TimeS * 1000))} {entry.Level} {entry.Text}");
                }
            }
        }
    }
}
