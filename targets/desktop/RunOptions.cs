using System.Collections.Generic;

namespace EdgeBroker.DesktopProgram
{
    /// <summary>What <c>edgebroker run</c> was asked for.</summary>
    internal sealed class RunOptions
    {
        /// <summary>The address to listen on.</summary>
        internal required string Bind { get; init; }

        /// <summary>The port to listen on; 0 = any free one.</summary>
        internal required int Port { get; init; }

        /// <summary>The folder for what has to survive a restart, or null.</summary>
        internal required string? DataFolder { get; init; }

        /// <summary>The name of the mode, or null: safe with a folder, memory without.</summary>
        internal required string? Mode { get; init; }

        /// <summary>The name of the profile that gives the defaults.</summary>
        internal required string ProfileName { get; init; }

        /// <summary>The file of settings, or null.</summary>
        internal required string? ConfigFile { get; init; }

        /// <summary>Settings as NAME=VALUE, in order.</summary>
        internal required IReadOnlyList<string> Settings { get; init; }

        /// <summary>The port of the page on 127.0.0.1, 0 = a free one; null = no page.</summary>
        internal required int? PagePort { get; init; }

        /// <summary>What is logged.</summary>
        internal required LogLevel LogLevel { get; init; }
    }
}
