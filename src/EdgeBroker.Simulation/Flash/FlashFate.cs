namespace EdgeBroker.Simulation.Flash
{
    /// <summary>What becomes of one program or erase.</summary>
    internal enum FlashFate
    {
        /// <summary>It is done.</summary>
        Done,

        /// <summary>It reports an error and leaves what a torn one leaves.</summary>
        Fails,

        /// <summary>The power goes before it.</summary>
        CutBefore,

        /// <summary>The power goes in it.</summary>
        CutTorn,

        /// <summary>The power goes after it.</summary>
        CutAfter,
    }
}
