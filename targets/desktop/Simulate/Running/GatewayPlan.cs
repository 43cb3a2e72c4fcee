using EdgeBroker.DesktopProgram.Simulate.Keeping;
using EdgeBroker.Limits;
using EdgeBroker.Simulation;

namespace EdgeBroker.DesktopProgram.Simulate.Running
{
    /// <summary>What a gateway is made of.</summary>
    internal sealed record GatewayPlan
    {
        /// <summary>The bounds.</summary>
        public required BrokerLimits Limits { get; init; }

        /// <summary>The name of the profile they come from.</summary>
        public required string Profile { get; init; }

        /// <summary>
        /// Whether the broker gets the flash. Without it, it forgets everything in a power cut, whatever the mode promises.
        /// </summary>
        public bool HasStorage { get; init; } = true;

        /// <summary>Where the flash and what the devices know is kept; null = nowhere.</summary>
        public FlashFolder? Folder { get; init; }

        /// <summary>The port for real Clients on 127.0.0.1, 0 = a free one; null = none are served.</summary>
        public int? Port { get; init; }

        /// <summary>Makes virtual time, which goes on where the run before ended.</summary>
        internal VirtualClock MakeClock()
        {
            VirtualClock clock = new();
            clock.Advance(Folder?.Memory?.TimeMs ?? 0);
            return clock;
        }

        /// <summary>Where the flash is kept, in a line.</summary>
        internal string DescribeFlash()
        {
            if (Folder == null)
            {
                return "the flash lasts as long as this program: --data DIR keeps it between runs";
            }

            return Folder.Memory is { } memory
                ? $"the flash is kept in {Folder.Path}, and so are the devices: they go on where the run before ended, "
                    + $"{Duration.Text(memory.TimeMs)} after the start"
                : $"the flash is kept in {Folder.Path}, from now on";
        }
    }
}
