namespace EdgeBroker.Ports
{
    /// <summary>Figures of the machine that the broker reports but can't know by itself.</summary>
    public interface IStatusSource
    {
        /// <summary>Free bytes of the managed heap, or -1 if not known.</summary>
        long HeapFreeBytes { get; }
    }
}
