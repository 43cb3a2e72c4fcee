using System;

namespace EdgeBroker.DesktopProgram
{
    /// <summary>What the user asked for makes no sense. The message is one line that says what to change.</summary>
    internal sealed class UsageException : Exception
    {
        internal UsageException(string message)
            : base(message)
        {
        }
    }
}
