using System;

namespace EdgeBroker.DesktopProgram
{
    /// <summary>What the user asked for can't be had on this machine. The message is one line that says why.</summary>
    internal sealed class StartException : Exception
    {
        internal StartException(string message)
            : base(message)
        {
        }
    }
}
