using System;
using EdgeBroker.Desktop;
using EdgeBroker.Ports;

namespace EdgeBroker.Interop.Tests
{
    /// <summary>A clock that throws once, when a test says so, as if there were no memory left.</summary>
    internal sealed class ThrowingClock : IClock
    {
        private readonly MonotonicClock _clock = new();

        /// <summary>Whether the next call throws.</summary>
        internal bool Throws { get; set; }

        /// <inheritdoc/>
        public long NowMs
        {
            get
            {
                if (Throws)
                {
                    Throws = false;
                    throw new OutOfMemoryException();
                }

                return _clock.NowMs;
            }
        }
    }
}
