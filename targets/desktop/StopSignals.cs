using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace EdgeBroker.DesktopProgram
{
    /// <summary>
    /// Turns Ctrl-C and the signals to end into a request to stop. The second one is not held back: who asks twice does not want
    /// to wait.
    /// </summary>
    internal sealed class StopSignals : IDisposable
    {
        private readonly PosixSignalRegistration[] _registrations;
        private readonly Lock _lock = new();
        private Action? _wake;
        private bool _isRequested;

        internal StopSignals()
        {
            _registrations =
            [
                PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
                PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
                PosixSignalRegistration.Create(PosixSignal.SIGQUIT, OnSignal),
            ];
        }

        /// <summary>Whether the program was asked to stop.</summary>
        internal bool IsRequested
        {
            get
            {
                lock (_lock)
                {
                    return _isRequested;
                }
            }
        }

        /// <summary>Says what ends the wait of the thread that looks at <see cref="IsRequested"/>.</summary>
        internal void WakeBy(Action wake)
        {
            lock (_lock)
            {
                _wake = wake;
            }
        }

        /// <summary>Leaves the signals to the system again.</summary>
        public void Dispose()
        {
            foreach (PosixSignalRegistration registration in _registrations)
            {
                registration.Dispose();
            }
        }

        /// <summary>Asks for it, as a signal does.</summary>
        /// <returns>Whether that is the first time.</returns>
        internal bool Request()
        {
            lock (_lock)
            {
                bool isFirst = !_isRequested;
                _isRequested = true;
                _wake?.Invoke();
                return isFirst;
            }
        }

        // Runs on a thread of the thread pool.
        private void OnSignal(PosixSignalContext context)
        {
            context.Cancel = Request();
        }
    }
}
