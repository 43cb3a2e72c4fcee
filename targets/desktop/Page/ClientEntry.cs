namespace EdgeBroker.DesktopProgram.Page
{
    /// <summary>What is remembered of a Client, connected or not.</summary>
    internal sealed class ClientEntry
    {
        /// <summary>Where it connected from the last time.</summary>
        internal string Address { get; set; } = "";

        /// <summary>Whether it is connected.</summary>
        internal bool IsConnected { get; set; }

        /// <summary>Why it left the last time; empty if it has not.</summary>
        internal string Reason { get; set; } = "";

        /// <summary>Since when it has been connected or away, in the broker's milliseconds.</summary>
        internal long SinceMs { get; set; }

        /// <summary>Whether it speaks 5.0.</summary>
        internal bool IsV5 { get; set; }
    }
}
