namespace EdgeBroker.PowerLoss.Tests
{
    /// <summary>One of those that a message of a Shared Subscription may have been given to.</summary>
    /// <param name="Peer">Who.</param>
    /// <param name="Epoch">The number of its Session then.</param>
    /// <param name="IsDurable">Whether that Session outlives its connection.</param>
    /// <param name="IsSure">Whether it was subscribed for certain, from before the message was sent until it was acknowledged.</param>
    internal sealed record Member(Peer Peer, int Epoch, bool IsDurable, bool IsSure)
    {
        /// <summary>Whether the Session is the same now, and durable.</summary>
        internal bool IsThere => IsDurable && Peer.Epoch == Epoch;
    }
}
