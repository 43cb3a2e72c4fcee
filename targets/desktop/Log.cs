using System;
using System.Globalization;

namespace EdgeBroker.DesktopProgram
{
    /// <summary>The log: one line per event, with the time in UTC and the level.</summary>
    internal sealed class Log
    {
        private readonly Action<string> _write;
        private readonly LogLevel _level;
        private readonly TimeProvider _time;

        /// <summary>Makes a log.</summary>
        /// <param name="write">Takes a line.</param>
        /// <param name="level">The last level that is written.</param>
        /// <param name="time">The time of day.</param>
        internal Log(Action<string> write, LogLevel level, TimeProvider time)
        {
            _write = write;
            _level = level;
            _time = time;
        }

        /// <summary>Hears lines as well, up to level info; null for nobody.</summary>
        internal Action<LogLevel, string>? Listener { get; set; }

        /// <summary>Whether anybody takes lines of a level: to be asked before a line is put together.</summary>
        internal bool Writes(LogLevel level)
        {
            return level <= _level || (Listener != null && level <= LogLevel.Info);
        }

        /// <summary>Writes a line, if its level is written.</summary>
        internal void Write(LogLevel level, string text)
        {
            if (level <= LogLevel.Info)
            {
                Listener?.Invoke(level, text);
            }

            if (level > _level)
            {
                return;
            }

            string time = _time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            _write($"{time} {Name(level)} {text}");
        }

        private static string Name(LogLevel level)
        {
            return level switch
            {
                LogLevel.Error => "error",
                LogLevel.Warning => "warning",
                LogLevel.Info => "info",
                _ => "debug",
            };
        }
    }
}
