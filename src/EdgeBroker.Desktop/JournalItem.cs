namespace EdgeBroker.Desktop
{
    /// <summary>A live item that a <see cref="JournalScan"/> has found.</summary>
    /// <param name="Id">Its id; they go up in the order in which items were made.</param>
    /// <param name="Type">Its type, which its owner has named.</param>
    /// <param name="Owner">Its owner.</param>
    /// <param name="RecordSize">The bytes of its record.</param>
    /// <param name="IsLost">Whether a mount drops it, since something of its owner's is missing.</param>
    /// <param name="IsWhole">Whether its bytes could be read and check.</param>
    public readonly record struct JournalItem(long Id, int Type, int Owner, int RecordSize, bool IsLost, bool IsWhole);
}
