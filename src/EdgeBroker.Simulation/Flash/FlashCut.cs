namespace EdgeBroker.Simulation.Flash
{
    /// <summary>Where in a program or an erase the power goes.</summary>
    public enum FlashCut
    {
        /// <summary>Before it begins: the block is as it was.</summary>
        Before,

        /// <summary>
        /// In the middle. Of a program a prefix sticks, of the byte after it a part of the bits; an erase leaves any content.
        /// </summary>
        Torn,

        /// <summary>At its end: it is done, but nobody is told.</summary>
        After,
    }
}
