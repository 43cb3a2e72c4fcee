namespace EdgeBroker.DesktopProgram.Page
{
    /// <summary>The flash and its wear.</summary>
    /// <param name="Used">Bytes in use.</param>
    /// <param name="Size">Bytes there are.</param>
    /// <param name="Erases">Blocks erased for the broker since the flash was new.</param>
    /// <param name="MostWorn">Erases of the block that has most of them; it stands about 100,000.</param>
    /// <param name="LifeYears">How long it lasts at the rate so far; 0 = too early to tell or no wear.</param>
    internal sealed record FlashFigures(double Used, double Size, double Erases, double MostWorn, double LifeYears);
}
