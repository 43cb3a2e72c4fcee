namespace EdgeBroker.Memory
{
    /// <summary>The messages that are items of the journal.</summary>
    internal interface IMessageItems
    {
        /// <summary>Lets a view show the message of an item, as a copy that lasts until the next call.</summary>
        /// <returns>False if it can't be read any more.</returns>
        bool Load(int item, MessageView message);

        /// <summary>Ends an item.</summary>
        /// <param name="item">The item.</param>
        /// <param name="owner">Its owner.</param>
        void Forget(int item, int owner);
    }
}
