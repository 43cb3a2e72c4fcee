namespace EdgeBroker.DesktopProgram.Simulate.Checks
{
    /// <summary>Why a Client's Session of before is no more.</summary>
    internal enum SessionLoss
    {
        /// <summary>The Client asked for a new one, or for one that ends with its connection.</summary>
        Asked,

        /// <summary>It went with the power, in a mode that does not promise to keep it.</summary>
        WentWithPower,

        /// <summary>
        /// The broker had said that it would end with the connection, as it does when its store has failed. What it had acknowledged
        /// before is lost all the same.
        /// </summary>
        Announced,

        /// <summary>It should have been kept: a broken promise.</summary>
        Broken,
    }
}
