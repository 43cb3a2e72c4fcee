using System.IO;
using System.Text;
using System.Threading;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Interop.Tests
{
    /// <summary>A writer that takes the first line only when it is told to, as a full pipe does.</summary>
    internal sealed class BlockedWriter : TextWriter
    {
        private const int WaitMsMax = 60_000;

        private readonly object _lock = new();
        private readonly StringBuilder _text = new();
        private bool _isBlocked = true;
        private bool _isWaiting;
        private int _lines;

        /// <inheritdoc/>
        public override Encoding Encoding => Encoding.UTF8;

        /// <inheritdoc/>
        public override void WriteLine(string? value)
        {
            lock (_lock)
            {
                _isWaiting = true;
                Monitor.PulseAll(_lock);
                while (_isBlocked)
                {
                    Monitor.Wait(_lock);
                }

                _text.Append(value).Append('\n');
                _lines++;
                Monitor.PulseAll(_lock);
            }
        }

        /// <inheritdoc/>
        public override string ToString()
        {
            lock (_lock)
            {
                return _text.ToString();
            }
        }

        /// <summary>Waits until somebody waits in <see cref="WriteLine(string)"/>.</summary>
        internal void WaitUntilBlocked()
        {
            lock (_lock)
            {
                while (!_isWaiting)
                {
                    Assert.IsTrue(Monitor.Wait(_lock, WaitMsMax));
                }
            }
        }

        /// <summary>Lets the lines pass.</summary>
        internal void Unblock()
        {
            lock (_lock)
            {
                _isBlocked = false;
                Monitor.PulseAll(_lock);
            }
        }

        /// <summary>Waits until lines have passed.</summary>
        internal void WaitForLines(int count)
        {
            lock (_lock)
            {
                while (_lines < count)
                {
                    Assert.IsTrue(Monitor.Wait(_lock, WaitMsMax));
                }
            }
        }
    }
}
