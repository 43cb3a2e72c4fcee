namespace EdgeBroker.DesktopProgram
{
    /// <summary>The entry point of <c>edgebroker</c>.</summary>
    public static class Program
    {
        /// <summary>Runs the command line.</summary>
        /// <returns>An <see cref="ExitCode"/>.</returns>
        public static int Main(string[] args)
        {
            return CommandLine.Run(args);
        }
    }
}
