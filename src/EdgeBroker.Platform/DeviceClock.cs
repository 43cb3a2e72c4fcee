using System;
using EdgeBroker.Ports;

namespace EdgeBroker.Platform
{
    /// <summary>The time since the device started. Setting the wall clock, as SNTP does, does not move it.</summary>
    public sealed class DeviceClock : IClock
    {
        /// <inheritdoc/>
        public long NowMs
        {
            get { return Environment.TickCount64; }
        }
    }
}
