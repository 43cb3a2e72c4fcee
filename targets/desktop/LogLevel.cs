namespace EdgeBroker.DesktopProgram
{
    /// <summary>How much a line of the log matters; in this order, a level includes those before it.</summary>
    internal enum LogLevel
    {
        /// <summary>The broker can't do its work.</summary>
        Error,

        /// <summary>A Client did not get what it asked for.</summary>
        Warning,

        /// <summary>Clients come and go.</summary>
        Info,

        /// <summary>Everything the broker tells.</summary>
        Debug,
    }
}
