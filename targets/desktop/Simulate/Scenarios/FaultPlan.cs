namespace EdgeBroker.DesktopProgram.Simulate.Scenarios
{
    /// <summary>A fault that happens by itself.</summary>
    internal sealed record FaultPlan
    {
        /// <summary>The name of the fault, such as cut-power.</summary>
        public required string Fault { get; init; }

        /// <summary>When it happens first, in seconds from the start.</summary>
        public double AtS { get; set; }

        /// <summary>The time from one to the next, in seconds; 0 = only once.</summary>
        public double EveryS { get; set; }

        /// <summary>How long it lasts, in seconds.</summary>
        public double ForS { get; set; } = 10;
    }
}
