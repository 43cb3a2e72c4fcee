namespace EdgeBroker.Tests.Whole
{
    /// <summary>What the model of a device's heap says; a test of it fails if this is not what it says.</summary>
    internal static class HeapFigure
    {
        /// <summary>The bytes of a broker with the state of <see cref="WholeBroker"/>. Only ever lowered; the goal is 40 KB.</summary>
        public const int BytesMax = 54300;
    }
}
