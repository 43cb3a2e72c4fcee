using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO;
using System.Threading;

namespace EdgeBroker.DesktopProgram
{
    /// <summary>
    /// Writes lines on a thread of its own, so that a log that nobody reads (a full pipe, a stopped terminal) can't stop the
    /// broker: what does not fit the queue is left out, counted, and said in its place.
    /// </summary>
    internal sealed class LogQueue
    {
        private readonly TextWriter _output;
        private readonly BlockingCollection<string> _lines;
        private readonly Thread _writer;
        private int _left;

        /// <summary>Starts the thread.</summary>
        /// <param name="output">Where the lines go.</param>
        /// <param name="linesMax">How many lines may wait.</param>
        internal LogQueue(TextWriter output, int linesMax)
        {
            _output = output;
            _lines = new BlockingCollection<string>(linesMax);
            _writer = new Thread(WriteLines) { IsBackground = true, Name = "log" };
            _writer.Start();
        }

        /// <summary>Adds a line. Never waits. One thread at a time.</summary>
        internal void Write(string line)
        {
            if (_left > 0)
            {
                string text = "(the log was not read: " + _left.ToString(CultureInfo.InvariantCulture) + " lines are left out)";
                if (!_lines.TryAdd(text))
                {
                    _left++;
                    return;
                }

                _left = 0;
            }

            if (!_lines.TryAdd(line))
            {
                _left++;
            }
        }

        /// <summary>Waits until all lines are written, up to a time.</summary>
        internal void Close(TimeSpan wait)
        {
            _lines.CompleteAdding();
            _writer.Join(wait);
        }

        private void WriteLines()
        {
            foreach (string line in _lines.GetConsumingEnumerable())
            {
                try
                {
                    _output.WriteLine(line);
                }
                catch (IOException)
                {
                    // The reader is gone (a closed pipe). The broker goes on without a log, as it would without a terminal.
                    return;
                }
            }
        }
    }
}
