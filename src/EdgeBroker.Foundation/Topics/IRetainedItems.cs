namespace EdgeBroker.Topics
{
    /// <summary>The retained messages that are items of the journal.</summary>
    internal interface IRetainedItems
    {
        /// <summary>A message is removed.</summary>
        /// <param name="item">What is stored of its topic.</param>
        /// <param name="isUnstored">Whether that is an older one: then its time is already running.</param>
        void OnRemoved(int item, bool isUnstored);
    }
}
