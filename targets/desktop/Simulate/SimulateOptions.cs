using System.Collections.Generic;

namespace EdgeBroker.DesktopProgram.Simulate
{
    /// <summary>What <c>edgebroker simulate</c> was asked for.</summary>
    internal sealed class SimulateOptions
    {
        /// <summary>The port for real Clients on 127.0.0.1; 0 = any free one.</summary>
        internal required int Port { get; init; }

        /// <summary>The port of the page on 127.0.0.1, 0 = a free one; null = no page.</summary>
        internal required int? PagePort { get; init; }

        /// <summary>The folder that holds the flash, or null.</summary>
        internal required string? DataFolder { get; init; }

        /// <summary>The name of the profile that gives the bounds.</summary>
        internal required string ProfileName { get; init; }

        /// <summary>What an acknowledgement promises: safe, relaxed or memory; null = as the settings say, or safe.</summary>
        internal required string? Mode { get; init; }

        /// <summary>Settings as NAME=VALUE, in order.</summary>
        internal required IReadOnlyList<string> Settings { get; init; }

        /// <summary>How many devices there are, or null for as many as the scenario has.</summary>
        internal required int? Sensors { get; init; }

        /// <summary>The name or file of the scenario.</summary>
        internal required string Scenario { get; init; }

        /// <summary>What chance is made of, or null for anything.</summary>
        internal required int? Seed { get; init; }

        /// <summary>How many seconds of virtual time pass in one.</summary>
        internal required double Speed { get; init; }

        /// <summary>Whether to run as fast as it goes, without real Clients and page.</summary>
        internal required bool Headless { get; init; }

        /// <summary>For how long, as in 10m; null = until it is interrupted, or 10 minutes if headless.</summary>
        internal required string? For { get; init; }

        /// <summary>What is logged on standard error where no screen shows it.</summary>
        internal required LogLevel LogLevel { get; init; }

        /// <summary>Where the report goes, without .json and .md; null = none.</summary>
        internal required string? Report { get; init; }
    }
}
