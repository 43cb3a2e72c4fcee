namespace EdgeBroker.DesktopProgram
{
    /// <summary>What the program's exit code means.</summary>
    internal static class ExitCode
    {
        /// <summary>Done as asked: for <c>run</c>, stopped by a signal in an orderly way.</summary>
        internal const int Success = 0;

        /// <summary>The machine does not allow it: the port is in use, a file can't be used.</summary>
        internal const int Failure = 1;

        /// <summary>The command line, the file of settings or the settings together make no sense.</summary>
        internal const int Usage = 2;

        /// <summary>A simulation found a broken promise.</summary>
        internal const int Broken = 3;
    }
}
