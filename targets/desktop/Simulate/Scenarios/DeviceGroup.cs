using System.Collections.Generic;

namespace EdgeBroker.DesktopProgram.Simulate.Scenarios
{
    /// <summary>Some devices of the same kind.</summary>
    internal sealed record DeviceGroup
    {
        /// <summary>What they are called, with a number behind if there are several.</summary>
        public required string Name { get; init; }

        /// <summary>How they behave.</summary>
        public required DeviceKind Kind { get; init; }

        /// <summary>How many there are.</summary>
        public int Count { get; set; } = 1;

        /// <summary>Whether <c>--sensors</c> leaves their number alone: there is one display, however many sensors.</summary>
        public bool Fixed { get; set; }

        /// <summary>The protocol version: 3.1.1, 5.0 or mixed.</summary>
        public string Protocol { get; set; } = "mixed";

        /// <summary>Whether the broker is to keep their Sessions while they are away.</summary>
        public bool Durable { get; set; }

        /// <summary>The Keep Alive in seconds; 0 = none.</summary>
        public int KeepAliveS { get; set; } = 30;

        /// <summary>What they publish.</summary>
        public IReadOnlyList<PublishPlan> Publish { get; set; } = [];

        /// <summary>What they subscribe to.</summary>
        public IReadOnlyList<SubscribePlan> Subscribe { get; set; } = [];

        /// <summary>Sleeping: the longest time awake, in seconds.</summary>
        public double AwakeS { get; set; } = 5;

        /// <summary>Sleeping: the time asleep, in seconds.</summary>
        public double AsleepS { get; set; } = 60;

        /// <summary>Flaky Wi-Fi: the mean time from one drop-out to the next, in seconds.</summary>
        public double DropEveryS { get; set; } = 90;

        /// <summary>Flaky Wi-Fi: the mean time of a drop-out, in seconds.</summary>
        public double DropForS { get; set; } = 15;

        /// <summary>Slow reader: bytes per second.</summary>
        public int ReadBytesPerS { get; set; } = 200;
    }
}
