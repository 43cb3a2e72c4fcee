namespace EdgeBroker.Sessions
{
    /// <summary>Who takes what is queued for a Session without a Network Connection: a client inside the process.</summary>
    internal interface ILocalReader
    {
        /// <summary>Takes what is in the queue, up to a bound.</summary>
        /// <returns>Whether there is more.</returns>
        bool Feed();
    }
}
