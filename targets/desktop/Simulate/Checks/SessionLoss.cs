namespace EdgeBroker.DesktopProgram.Simulate.Checks
{
    /// <summary>Why a Client's Session of before is no more.</summary>
    internal enum SessionLoss
    {
        /// <summary>The Client asked for a new one, or for one that ends with its connection.</summary>
        Asked,

        /// <summary>It went with the power, in a mode that does not promise to keep it.</summary>
        WentWithPower,

        /// <summary>It should have been kept: a broken promise.</summary>
        Broken,
    }
}
