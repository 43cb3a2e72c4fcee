using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Interop.Tests
{
    /// <summary>A program under test: what it writes, how it ends. Every wait is bounded and fails with all that was written.</summary>
    internal sealed class RunningProgram : IDisposable
    {
        private const int WaitMsMax = 60_000;
        private const int SignalTerminate = 15;
        private const int SignalKill = 9;

        private readonly Process _process;
        private readonly object _lock = new();
        private readonly List<string> _output = [];
        private readonly List<string> _error = [];
        private int _openStreams = 2;

        private RunningProgram(ProcessStartInfo start)
        {
            start.RedirectStandardOutput = true;
            start.RedirectStandardError = true;
            start.UseShellExecute = false;
            _process = new Process { StartInfo = start };
            _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
            _process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
            _process.Start();
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
        }

        /// <summary>The most memory that it had resident so far, in bytes.</summary>
        internal long PeakResidentBytes
        {
            get
            {
                _process.Refresh();
                return _process.PeakWorkingSet64;
            }
        }

        /// <summary>Everything written to standard output so far.</summary>
        internal string Output => Text(_output);

        /// <summary>Everything written to standard error so far.</summary>
        internal string Error => Text(_error);

        /// <summary>Starts a program.</summary>
        internal static RunningProgram Start(string fileName, IReadOnlyList<string> arguments)
        {
            return new RunningProgram(new ProcessStartInfo(fileName, arguments));
        }

        /// <summary>Starts a program with an environment variable.</summary>
        internal static RunningProgram Start(string fileName, IReadOnlyList<string> arguments, string variable, string value)
        {
            ProcessStartInfo start = new(fileName, arguments);
            start.Environment[variable] = value;
            return new RunningProgram(start);
        }

        /// <summary>Waits for a line of standard output that holds a text.</summary>
        internal string WaitForOutput(string text)
        {
            return WaitFor(_output, text);
        }

        /// <summary>Waits for a line of standard error that holds a text.</summary>
        internal string WaitForError(string text)
        {
            return WaitFor(_error, text);
        }

        /// <summary>Waits for the end and for all that was written until then.</summary>
        /// <returns>The exit code.</returns>
        internal int WaitForExit()
        {
            lock (_lock)
            {
                while (_openStreams > 0)
                {
                    Assert.IsTrue(Monitor.Wait(_lock, WaitMsMax), "the program did not end; " + Everything());
                }
            }

            Assert.IsTrue(_process.WaitForExit(WaitMsMax), "the program closed its output but did not end");
            return _process.ExitCode;
        }

        /// <summary>Asks the program to end, as the system does.</summary>
        internal void Terminate()
        {
            Assert.AreEqual(0, Kill(_process.Id, SignalTerminate));
        }

        /// <summary>Ends the program at once, as a crash does.</summary>
        internal void Crash()
        {
            Assert.AreEqual(0, Kill(_process.Id, SignalKill));
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (!_process.HasExited)
            {
                _process.Kill();
            }

            _process.Dispose();
        }

        [DllImport("libc", EntryPoint = "kill")]
        private static extern int Kill(int processIdentifier, int signal);

        private void Append(List<string> lines, string? line)
        {
            lock (_lock)
            {
                if (line == null)
                {
                    _openStreams--;
                }
                else
                {
                    lines.Add(line);
                }

                Monitor.PulseAll(_lock);
            }
        }

        private string WaitFor(List<string> lines, string text)
        {
            lock (_lock)
            {
                while (true)
                {
                    foreach (string line in lines)
                    {
                        if (line.Contains(text, StringComparison.Ordinal))
                        {
                            return line;
                        }
                    }

                    Assert.IsTrue(_openStreams > 0, $"ended without '{text}'; {Everything()}");
                    Assert.IsTrue(Monitor.Wait(_lock, WaitMsMax), $"no line with '{text}'; {Everything()}");
                }
            }
        }

        private string Text(List<string> lines)
        {
            lock (_lock)
            {
                return string.Join('\n', lines);
            }
        }

        private string Everything()
        {
            return $"standard output:\n{Text(_output)}\nstandard error:\n{Text(_error)}";
        }
    }
}
