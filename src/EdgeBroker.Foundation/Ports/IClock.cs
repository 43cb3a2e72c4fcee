namespace EdgeBroker.Ports
{
    /// <summary>Time as the broker sees it.</summary>
    public interface IClock
    {
        /// <summary>
        /// Milliseconds since an arbitrary start. Never goes back, and is not moved by setting the wall clock.
        /// </summary>
        long NowMs { get; }
    }
}
