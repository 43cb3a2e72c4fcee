namespace EdgeBroker.Store
{
    /// <summary>Hears at mount what the journal holds.</summary>
    public interface IJournalOwner
    {
        /// <summary>A live item. They come in the order in which they were made. Items may be deleted here, nothing else.</summary>
        /// <param name="item">The handle for <see cref="Journal.Read"/> and <see cref="Journal.Delete"/>.</param>
        /// <param name="id">Its id, by which other items may name it; they go up.</param>
        /// <param name="type">Its type.</param>
        /// <param name="owner">Its owner.</param>
        /// <param name="buffer">Holds the body; not to be kept.</param>
        /// <param name="offset">Where the body begins.</param>
        /// <param name="count">Its bytes.</param>
        void OnItem(int item, long id, int type, int owner, byte[] buffer, int offset, int count);

        /// <summary>
        /// An owner of whom something may be missing. Its items do not come, and are gone with the next commit.
        /// </summary>
        void OnOwnerLost(int owner);
    }
}
