namespace EdgeBroker.Sabotage.Tests
{
    /// <summary>What a broker is brought down by.</summary>
    internal enum Cause
    {
        /// <summary>The power goes.</summary>
        Cut,

        /// <summary>The storage fails.</summary>
        Fault,

        /// <summary>What is on the storage is damaged.</summary>
        Damage,
    }
}
